"""What a workspace has set, by scope and name."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import delete, select, update

from storage.engine.inserting import insert_into, insert_new
from storage.engine.repository import Repository
from storage.tables import setting as table


class SettingRepository(Repository):
    """The settings of one workspace. A scope is a part of it, such as `channel:C1`."""

    async def get(self, scope: str, name: str) -> Any:
        """The value, as JSON has it; None when it was never put."""
        query = select(table.c.value).where(
            table.c.workspace_id == self._workspace_id, table.c.scope == scope, table.c.name == name
        )
        value = (await self._transaction.execute(query)).scalar_one_or_none()
        return None if value is None else json.loads(value)

    async def put(self, scope: str, name: str, value: Any) -> None:
        """Set a value in place of the earlier one.

        Raises:
            TypeError: JSON cannot hold the value.
            ValueError: It holds a number that JSON does not know, such as infinity.
        """
        self._transaction.must_write()
        values = {
            "workspace_id": self._workspace_id,
            "scope": scope,
            "name": name,
            "value": json.dumps(value, allow_nan=False),
        }
        statement = insert_into(self._transaction, table, values)
        await self._transaction.execute(
            statement.on_conflict_do_update(
                index_elements=list(table.primary_key), set_={"value": statement.excluded.value}
            )
        )

    async def swap(self, scope: str, name: str, before: Any, after: Any) -> bool:
        """Set a value, provided that it is still what it was; false when somebody else has changed it.

        Args:
            scope: The part of the workspace.
            name: The name within it.
            before: What `get` gave.
            after: The new value; not None.

        Raises:
            TypeError: JSON cannot hold the value.
            ValueError: It holds a number that JSON does not know, such as infinity.
        """
        self._transaction.must_write()
        key = {"workspace_id": self._workspace_id, "scope": scope, "name": name}
        value = json.dumps(after, allow_nan=False)
        if before is None:
            statement: Any = insert_new(self._transaction, table, {**key, "value": value})
        else:
            unchanged = table.c.value == json.dumps(before, allow_nan=False)
            statement = (
                update(table)
                .where(*(table.c[each] == key[each] for each in key), unchanged)
                .values(value=value)
            )
        return bool((await self._transaction.execute(statement)).rowcount)

    async def forget(self, scope: str) -> None:
        """Forget all that was put in a scope."""
        self._transaction.must_write()
        await self._transaction.execute(
            delete(table).where(table.c.workspace_id == self._workspace_id, table.c.scope == scope)
        )
