"""The whole bot on stage, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.stage import Stage, staged


@pytest.fixture
async def stage(database_url: str) -> AsyncIterator[Stage]:
    """A running bot on either engine."""
    async with staged(database_url) as stage:
        yield stage


@pytest.fixture
async def sqlite_stage(sqlite_url: str) -> AsyncIterator[Stage]:
    """A running bot on SQLite, for what no database could change."""
    async with staged(sqlite_url) as stage:
        yield stage
