"""The whole bot on stage with the small framework."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.flows.small import framework_folder, pinged
from tests.bot.stage import Stage, staged


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot on either engine. Whatever happened, nobody was notified and nothing was refused."""
    framework = str(framework_folder(tmp_path))
    async with staged(database_url, milepost_framework=framework) as stage:
        yield stage
        assert pinged((await stage.still()).messages(stage.channel)) == []


@pytest.fixture
async def running(stage: Stage) -> Stage:
    """The same with an assessment under way, its dimensions not opened."""
    await stage.start(title="How are we doing?")
    return stage


@pytest.fixture
async def opened(stage: Stage) -> Stage:
    """An assessment of one dimension, opened."""
    await stage.start("culture", title="How are we doing?")
    await stage.open("culture")
    return stage
