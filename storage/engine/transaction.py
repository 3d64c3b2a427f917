"""One transaction: begun when opened, rolled back unless committed, its faults turned into our errors."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from types import TracebackType
from typing import Any, Self

from sqlalchemy import CursorResult, Executable
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from storage.engine.faults import DRIVER_FAULTS, storage_error

Parameters = Mapping[str, Any] | Sequence[Mapping[str, Any]]

# The event loop keeps only weak references to tasks.
_closing: set[asyncio.Task[None]] = set()


class Transaction:
    """An asynchronous context manager around one connection.

    Used by one task only, and never kept open across a call to Slack.
    """

    def __init__(self, engine: AsyncEngine, *, read_only: bool) -> None:
        """Take the engine; nothing is opened yet."""
        self._engine = engine
        self._connection: AsyncConnection | None = None
        self._done = False
        self.read_only = read_only

    @property
    def on_postgres(self) -> bool:
        """Whether rows are locked one by one."""
        return self._engine.dialect.name == "postgresql"

    async def __aenter__(self) -> Self:
        """Connect and begin.

        Raises:
            StorageUnavailable: The database did not answer in time.
        """
        opening = asyncio.ensure_future(_opened(self._engine))
        try:
            self._connection = await asyncio.shield(opening)
        except DRIVER_FAULTS as error:
            raise storage_error(error) from None
        except asyncio.CancelledError:
            await _to_the_end(_give_back_what_opens(opening))
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Roll back what was not committed, and give the connection back."""
        await self._close()

    async def execute(self, statement: Executable, parameters: Parameters | None = None) -> CursorResult[Any]:
        """Run one statement.

        Raises:
            ConstraintBroken: It broke a rule of the tables.
            StorageUnavailable: The connection broke or the database took too long.
        """
        connection = self._open_connection()
        try:
            return await connection.execute(statement, parameters)
        except DRIVER_FAULTS as error:
            raise storage_error(error) from None

    async def commit(self) -> None:
        """Make the changes last. Nothing can be run afterwards.

        Raises:
            StorageUnavailable: The connection broke; whether the changes lasted is not known.
        """
        if self.read_only:
            raise RuntimeError("A reading unit of work has nothing to commit.")
        connection = self._open_connection()
        self._done = True
        try:
            await connection.commit()
        except DRIVER_FAULTS as error:
            raise storage_error(error) from None

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """Undo only what is inside when it fails, so that the rest of the transaction can go on."""
        connection = self._open_connection()
        try:
            async with connection.begin_nested():
                yield
        except DRIVER_FAULTS as error:
            raise storage_error(error) from None

    def must_write(self) -> None:
        """Refuse to change anything in a reading unit of work."""
        if self.read_only:
            raise RuntimeError("A reading unit of work cannot change anything.")

    def _open_connection(self) -> AsyncConnection:
        if self._connection is None or self._done:
            raise RuntimeError("The transaction is not open.")
        return self._connection

    async def _close(self) -> None:
        """Close to the end even when the task is cancelled meanwhile, so that no lock stays behind."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        await _to_the_end(_give_back(connection))


async def _opened(engine: AsyncEngine) -> AsyncConnection:
    """A connection with a transaction begun.

    Never cancelled: a driver that connects in a thread would leave its connection open for ever.
    """
    connection = await engine.connect()
    try:
        await connection.begin()
    except BaseException:
        await _give_back(connection)
        raise
    return connection


async def _to_the_end(work: Coroutine[Any, Any, None]) -> None:
    """Do this to its end even when the task that asks for it is cancelled."""
    task = asyncio.create_task(work)
    _closing.add(task)
    task.add_done_callback(_closing.discard)
    await asyncio.shield(task)


async def connections_given_back() -> None:
    """Wait until what cancelled tasks left behind is given back; an engine disposed of before loses it."""
    loop = asyncio.get_running_loop()
    await asyncio.gather(*(task for task in _closing if task.get_loop() is loop), return_exceptions=True)


async def _give_back_what_opens(opening: asyncio.Future[AsyncConnection]) -> None:
    with suppress(*DRIVER_FAULTS):
        await _give_back(await opening)


async def _give_back(connection: AsyncConnection) -> None:
    try:
        await connection.close()
    except DRIVER_FAULTS:
        # It broke already, and whoever used it was told then.
        await connection.invalidate()
