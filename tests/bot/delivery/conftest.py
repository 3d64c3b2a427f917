"""The office for the tests of delivery."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.bot.delivery.post_office import Office, open_office


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    """An office on either engine."""
    async with open_office(database_url) as office:
        yield office


@pytest.fixture
async def quick_office(sqlite_url: str) -> AsyncIterator[Office]:
    """An office on one engine, for what is not about the database."""
    async with open_office(sqlite_url) as office:
        yield office
