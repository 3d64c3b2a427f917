"""How the bot is installed in a workspace."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from storage.engine.inserting import insert_into
from storage.engine.repository import Repository
from storage.mapping import RecordMapping
from storage.tables import installation as table


@dataclass(frozen=True)
class Installation:
    """Who the bot is in one workspace, and what it may do there. Holds no token.

    Attributes:
        address: Where the workspace is on the web, such as `https://example.slack.com/`; links begin with it.
    """

    workspace_id: str
    team_name: str
    address: str
    bot_user_id: str
    bot_id: str
    scopes: tuple[str, ...]
    updated_at: datetime


_INSTALLATION = RecordMapping(Installation, besides=("scopes",))


class InstallationRepository(Repository):
    """The installation of one workspace."""

    async def get(self) -> Installation | None:
        """The installation, if there is one."""
        query = select(table).where(table.c.workspace_id == self._workspace_id)
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else _INSTALLATION.from_row(row, scopes=tuple(json.loads(row["scopes"])))

    async def put(self, installation: Installation) -> None:
        """Store the installation in place of the earlier one.

        Raises:
            ValueError: It is another workspace's.
        """
        self._transaction.must_write()
        if installation.workspace_id != self._workspace_id:
            raise ValueError("An installation is stored in its own workspace.")
        values = _INSTALLATION.to_row(installation, scopes=json.dumps(installation.scopes))
        changing = {name: value for name, value in values.items() if name != "workspace_id"}
        statement = insert_into(self._transaction, table, values)
        await self._transaction.execute(
            statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=changing)
        )
