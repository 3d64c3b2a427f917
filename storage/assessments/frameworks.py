"""The frameworks that assessments began with, each kept whole."""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime

from sqlalchemy import select

from model.framework.framework import Framework
from storage.engine.errors import StorageError
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.engine.transaction import Transaction
from storage.tables import framework as table

_CACHED = 64


class FrameworkCache:
    """Parsed frameworks of one process, by workspace and content hash: parsing one takes milliseconds."""

    def __init__(self) -> None:
        """Begin empty."""
        self._parsed: OrderedDict[tuple[str, str], Framework] = OrderedDict()

    def get(self, workspace_id: str, content_hash: str) -> Framework | None:
        """One that was read lately."""
        found = self._parsed.get((workspace_id, content_hash))
        if found is not None:
            self._parsed.move_to_end((workspace_id, content_hash))
        return found

    def keep(self, workspace_id: str, content_hash: str, framework: Framework) -> None:
        """Remember one, and forget the one that was not needed for longest."""
        self._parsed[(workspace_id, content_hash)] = framework
        self._parsed.move_to_end((workspace_id, content_hash))
        if len(self._parsed) > _CACHED:
            self._parsed.popitem(last=False)


class FrameworkRepository(Repository):
    """The frameworks of one workspace."""

    def __init__(self, transaction: Transaction, workspace_id: str, cache: FrameworkCache) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id)
        self._cache = cache

    async def get(self, content_hash: str) -> Framework | None:
        """The framework with this content hash, if an assessment of this workspace began with it.

        Raises:
            UnreadableSnapshot: What is stored is not a whole framework.
        """
        cached = self._cache.get(self._workspace_id, content_hash)
        if cached is not None:
            return cached
        statement = select(table.c.document).where(
            table.c.workspace_id == self._workspace_id, table.c.content_hash == content_hash
        )
        document = (await self._transaction.execute(statement)).scalar_one_or_none()
        if document is None:
            return None
        parsed = Framework.from_json(document)
        self._cache.keep(self._workspace_id, content_hash, parsed)
        return parsed

    async def snapshot(self, content_hash: str) -> Framework:
        """The framework that an assessment of this workspace began with.

        Raises:
            StorageError: It is gone, which a foreign key prevents.
        """
        found = await self.get(content_hash)
        if found is None:
            raise StorageError("The framework that an assessment began with is missing.")
        return found

    async def keep(self, framework: Framework, at: datetime) -> None:
        """Store a framework unless it is stored already."""
        self._transaction.must_write()
        values = {
            "workspace_id": self._workspace_id,
            "content_hash": framework.content_hash,
            "document": framework.to_json(),
            "first_used_at": at,
        }
        await self._transaction.execute(insert_new(self._transaction, table, values))
