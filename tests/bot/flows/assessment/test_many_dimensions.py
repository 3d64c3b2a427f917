"""A framework with more dimensions than a board has room for buttons."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.bot.flows.small import about, framework_folder
from tests.bot.stage import Stage, read, staged


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot with fourteen dimensions."""
    folder = framework_folder(tmp_path, others=[f"more-{number}" for number in range(11)])
    async with staged(database_url, milepost_framework=str(folder)) as stage:
        yield stage


async def test_a_dimension_is_opened_by_the_menu_and_then_by_buttons(stage: Stage) -> None:
    await stage.start(title="How are we doing?")
    board = await stage.board()
    assert "[Open]" not in read(board)
    assert "<Leadership / Data / Culture / More-0 / " in read(board)
    value = await about(stage, dimension="more-9")
    outcome = await stage.nia.choose(stage.channel, board.ts, "dimension.open", option=value)
    assert outcome.acknowledged
    await stage.card("prompt", "more-9-1")
    await stage.until_reads(board.ts, "*More-9*: open, 0 of 1 answered")
    value = await about(stage, dimension="culture")
    await stage.nia.choose(stage.channel, board.ts, "dimension.open", option=value)
    assert read(await stage.until_reads(board.ts, "[Open]")).count("[Open]") == 12
