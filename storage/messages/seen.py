"""The deliveries that were handled already, so that Slack may send one twice."""

from __future__ import annotations

from datetime import datetime

import structlog

from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.tables import seen as table

_log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


class SeenRepository(Repository):
    """The handled deliveries of one workspace; `Outbox.forget_seen_before` clears old ones."""

    async def first_time(self, key: str, at: datetime) -> bool:
        """Note a delivery; true for the first who does, once their unit of work is committed."""
        self._transaction.must_write()
        values = {"workspace_id": self._workspace_id, "key": key, "at": at}
        result = await self._transaction.execute(insert_new(self._transaction, table, values))
        first = result.rowcount == 1
        if not first:
            _log.debug("redelivery_skipped")
        return first
