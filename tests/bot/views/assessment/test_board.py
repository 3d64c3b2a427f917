"""The board of the largest frameworks there may be."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from bot.delivery.block_kit import check_message
from bot.views.assessment.board import board
from bot.views.block_kit.reference import Reference
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment, Mode
from model.assessment.steps import Cancel, OpenDimension, Pause, Step
from model.content_files.text_limits import DIMENSION_LIMIT
from tests.bot.views.hostile import UNITS, framework
from tests.model.assessments import NIA, NOW, after, started

FACILITATORS = (NIA, *(f"U{number}FACILITATOR" for number in range(9)))
ADDRESS = "https://the-council-of-somewhere-or-other.slack.com/archives/C0123456789/p1700000000000100"


def largest(unit: str, opened: int, dimensions: int = DIMENSION_LIMIT) -> Assessment:
    """An assessment in which every name and every id is as long as it may be."""
    assessment = started(
        framework(unit, dimensions, 1), title="&" * 80, facilitators=FACILITATORS, closing_date=NOW.date()
    )
    assessment = replace(assessment, id="a" * 32, mode=Mode.TOGETHER)
    return after(assessment, *(OpenDimension(each) for each in assessment.scope[:opened]))


def blocks_of(assessment: Assessment, name: str = "Nia Bevan") -> list[dict[str, Any]]:
    """The board as Slack gets it; everybody has this name."""
    threads = {each.dimension_id: ADDRESS for each in assessment.dimensions if each.opened_at is not None}
    message = board(assessment, names=Names(dict.fromkeys(FACILITATORS, name)), threads=threads)
    assert check_message(message.payload()) == ()
    blocks: list[dict[str, Any]] = message.payload()["blocks"]
    return blocks


def openers(blocks: list[dict[str, Any]]) -> list[str]:
    """The dimensions that have a button of their own."""
    values = [block["accessory"]["value"] for block in blocks if "accessory" in block]
    return [Reference.decode(value).dimension for value in values]


def menu(blocks: list[dict[str, Any]]) -> list[str]:
    """The dimensions that the menu offers."""
    elements = [element for block in blocks if block["type"] == "actions" for element in block["elements"]]
    options = [
        each for element in elements if element["type"] == "static_select" for each in element["options"]
    ]
    return [Reference.decode(option["value"]).dimension for option in options]


@pytest.mark.parametrize(("unit", "opened"), [*product(UNITS, (0, 11, 12, 18, 24))])
def test_it_fits_whatever_the_names(unit: str, opened: int) -> None:
    endings: list[list[Step]] = [[], [Pause()], [Cancel("&" * 1_000)]]
    for ending in endings:
        blocks_of(after(largest(unit, opened), *ending), name="<!channel>" * 8)


@pytest.mark.parametrize("opened", [0, 11, 12, 18, 24])
def test_with_long_names_every_line_is_still_whole(opened: int) -> None:
    blocks = blocks_of(largest("word ", opened))
    lines = [block["text"]["text"] for block in blocks if block["type"] == "section"][2:]
    ends = [": not opened" if number >= opened else "Go to thread>" for number in range(DIMENSION_LIMIT)]
    assert [line for line, end in zip(lines, ends, strict=True) if not line.endswith(end)] == []


def test_up_to_twelve_dimensions_have_a_button_each() -> None:
    assessment = largest("word ", 12)
    blocks = blocks_of(assessment)
    assert openers(blocks) == list(assessment.scope[12:])
    assert menu(blocks) == []


def test_more_have_one_menu() -> None:
    assessment = largest("word ", 11)
    blocks = blocks_of(assessment)
    assert openers(blocks) == []
    assert menu(blocks) == list(assessment.scope[11:])


def test_nothing_is_offered_to_open_in_a_pause() -> None:
    blocks = blocks_of(after(largest("word ", 11), Pause()))
    assert openers(blocks) == menu(blocks) == []
