"""The actions that a council keeps beside the bundled ones, in one workspace."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from model.library.council_library import OwnAction
from storage.engine.inserting import insert_new
from storage.engine.repository import Repository
from storage.proposals.rows import own_action_from, own_action_row
from storage.tables import library_action, library_removal


class OwnLibraryRepository(Repository):
    """The council's own library in one workspace."""

    async def all(self) -> list[OwnAction]:
        """Every action, by id."""
        query = (
            select(library_action)
            .where(library_action.c.workspace_id == self._workspace_id)
            .order_by(library_action.c.id)
        )
        return [own_action_from(row) for row in (await self._transaction.execute(query)).mappings()]

    async def get(self, action_id: str) -> OwnAction | None:
        """One action."""
        query = select(library_action).where(
            library_action.c.workspace_id == self._workspace_id, library_action.c.id == action_id
        )
        row = (await self._transaction.execute(query)).mappings().one_or_none()
        return None if row is None else own_action_from(row)

    async def add(self, own: OwnAction) -> bool:
        """Store a new action; false when there is one with its id or its title."""
        self._transaction.must_write()
        row = {"workspace_id": self._workspace_id, **own_action_row(own)}
        result = await self._transaction.execute(insert_new(self._transaction, library_action, row))
        return result.rowcount == 1

    async def replace(self, own: OwnAction) -> None:
        """Store other words for an action that is there; where it came from stays."""
        self._transaction.must_write()
        row = own_action_row(own)
        changed = {name: row[name] for name in ("title", "document", "changed_at")}
        statement = update(library_action).where(
            library_action.c.workspace_id == self._workspace_id, library_action.c.id == own.action.id
        )
        await self._transaction.execute(statement.values(**changed))

    async def remove(self, own: OwnAction, by: str, at: datetime) -> None:
        """Take an action out, and keep what it was."""
        self._transaction.must_write()
        row = {**own_action_row(own), "removed_by": by, "removed_at": at}
        await self._transaction.execute(
            insert(library_removal).values(workspace_id=self._workspace_id, **row)
        )
        statement = delete(library_action).where(
            library_action.c.workspace_id == self._workspace_id, library_action.c.id == own.action.id
        )
        await self._transaction.execute(statement)

    async def removed_ids(self) -> set[str]:
        """The ids of all that was ever taken out: items of plans still name them."""
        query = select(library_removal.c.id).where(library_removal.c.workspace_id == self._workspace_id)
        return set((await self._transaction.execute(query)).scalars())
