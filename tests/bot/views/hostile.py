"""Frameworks filled to their limits, and what people type to see whether it breaks."""

from __future__ import annotations

from functools import cache
from typing import Any

from hypothesis import strategies as st

from model.content_files.text_limits import (
    CARD_LIMIT,
    DESCRIPTOR_LIMIT,
    DIMENSION_LIMIT,
    EXAMPLE_LIMIT,
    LEVEL_NAME_LIMIT,
    LIST_LIMIT,
    NAME_LIMIT,
    PARAGRAPH_LIMIT,
    PROMPT_LIMIT,
    QUESTION_LIMIT,
    SECTION_LIMIT,
    STORY_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    VERSION_LIMIT,
    WEEKS_LIMIT,
    WHY_LIMIT,
    slack_length,
)
from model.framework.framework import Framework
from model.library.library import Library

UNITS = ("word ", "&", "<!channel> ", "*R&D* _<@U1>_ `x` ", "💡", "שלום ")
"""What the texts of a framework are made of: plain words, what grows fivefold in Slack, a broadcast, …"""
SHAPES = ((DIMENSION_LIMIT, 1), (2, PROMPT_LIMIT), (10, 5), (1, 1))
"""Dimensions, and prompts in each."""

_MENTIONS = ["<!channel>", "<!here>", "<@U1NIA>", "<!subteam^S1>", "@everyone", "<https://a.example|b>"]
_MARKS = ["&", "&amp;", "*_~`", "```", "> ", "\n", "\r\n", "\x00", "\ud800", "\u202e", "שלום", "💡", " "]
_PIECES = st.sampled_from([*_MENTIONS, *_MARKS, "<!date^1^x|y>"])
words = st.one_of(
    st.lists(_PIECES | st.text(max_size=5), max_size=8).map("".join),
    st.builds(lambda piece, room: (piece * room)[:room], _PIECES, st.sampled_from([80, 1_000, 3_000])),
)
"""What people type, up to the longest a form takes."""


def filled(unit: str, room: int, slack_room: int | None = None, ending: str = "") -> str:
    """A text of repeated units, as long as it may be."""
    text = (unit * room)[: room - len(ending)].strip() + ending
    while slack_room is not None and slack_length(text) > slack_room:
        text = text[: -len(ending) - 1].strip() + ending
    return text


@cache
def framework(unit: str, dimensions: int, prompts: int) -> Framework:
    """A framework of this shape in which every text is as long as it may be."""
    whole = {
        "id": "hostile",
        "title": filled(unit, NAME_LIMIT),
        "version": filled(unit, VERSION_LIMIT),
        "summary": filled(unit, SUMMARY_LIMIT),
        "provenance_note": filled(unit, WHY_LIMIT),
        "levels": [
            {
                "number": number,
                "name": filled(unit, LEVEL_NAME_LIMIT, ending=str(number)),
                "summary": filled(unit, SUMMARY_LIMIT),
            }
            for number in range(1, 6)
        ],
        "groups": [{"id": "first", "name": filled(unit, NAME_LIMIT)}],
        "benefits": [_benefit(unit, number) for number in range(LIST_LIMIT)],
        "method": {"note": filled(unit, SUMMARY_LIMIT)},
        "dimensions": [_dimension(unit, number, prompts) for number in range(dimensions)],
        "handbook": [
            {
                "id": "chapter",
                "title": filled(unit, NAME_LIMIT),
                "text": [filled(unit, PARAGRAPH_LIMIT, 1_300)] * 2,
            }
        ],
    }
    return Framework.model_validate(whole)


def _benefit(unit: str, number: int) -> dict[str, Any]:
    return {
        "id": f"benefit-{number}",
        "name": filled(unit, NAME_LIMIT),
        "summary": filled(unit, SUMMARY_LIMIT),
        "paragraph": filled(unit, PARAGRAPH_LIMIT),
        "example": filled(unit, WHY_LIMIT),
        "drivers": [_id(0)],
    }


def _dimension(unit: str, number: int, prompts: int) -> dict[str, Any]:
    room = SECTION_LIMIT // LIST_LIMIT - 3
    listed = [filled(unit, EXAMPLE_LIMIT, room)] * LIST_LIMIT
    return {
        "id": _id(number),
        "name": filled(unit, NAME_LIMIT, ending=f" {number}"),
        "group": "first",
        "summary": filled(unit, SUMMARY_LIMIT),
        "covers": listed,
        "does_not_cover": listed,
        "why_it_matters": filled(unit, WHY_LIMIT),
        "benefits": [f"benefit-{each}" for each in range(LIST_LIMIT)],
        "benefit_examples": [
            {"benefit": f"benefit-{each}", "example": filled(unit, STORY_LIMIT)} for each in range(LIST_LIMIT)
        ],
        "descriptors": [filled(unit, DESCRIPTOR_LIMIT)] * 5,
        "points_to_consider": listed,
        "evidence_examples": listed,
        "traps": listed,
        "prompts": [_prompt(unit, _prompt_id(number, each), listed) for each in range(prompts)],
    }


def _id(number: int) -> str:
    return f"{'d' * 37}-{number:02}"


def _prompt(unit: str, prompt_id: str, listed: list[str]) -> dict[str, Any]:
    question = filled(unit, QUESTION_LIMIT, CARD_LIMIT // 6)
    descriptor = filled(unit, DESCRIPTOR_LIMIT, (CARD_LIMIT - slack_length(question)) // 5)
    return {
        "id": prompt_id,
        "question": question,
        "why": filled(unit, WHY_LIMIT),
        "descriptors": [descriptor] * 5,
        "evidence_examples": listed,
    }


@cache
def library(unit: str, dimensions: int, prompts: int) -> Library:
    """A library for a framework of this shape: four actions a dimension, every text as long as may be."""
    actions = [_action(unit, number, begin, prompts) for number in range(dimensions) for begin in range(1, 5)]
    return Library.model_validate({"actions": actions})


def _action(unit: str, number: int, begin: int, prompts: int) -> dict[str, Any]:
    earlier = [f"{_id(number)}-from-{begin - 1}"] if begin > 1 else []
    listed = [filled(unit, EXAMPLE_LIMIT, SECTION_LIMIT // LIST_LIMIT - 3)] * 7
    return {
        "id": f"{_id(number)}-from-{begin}",
        "title": filled(unit, TITLE_LIMIT, ending=f"{number} {begin}"),
        "summary": filled(unit, SUMMARY_LIMIT),
        "why": filled(unit, SUMMARY_LIMIT),
        "benefits": [f"benefit-{each}" for each in range(LIST_LIMIT)],
        "dimension": _id(number),
        "from_level": begin,
        "to_level": begin + 1,
        "prompts": [_prompt_id(number, each) for each in range(min(prompts, LIST_LIMIT))],
        "effort": {"time": "high", "money": "high", "skills": "high"},
        "weeks": WEEKS_LIMIT,
        "prerequisites": earlier,
        "steps": listed,
        "milestones": [{"name": filled(unit, TITLE_LIMIT), "week": week} for week in range(LIST_LIMIT)],
        "success": filled(unit, STORY_LIMIT),
        "evidence": listed,
        "author": filled(unit, NAME_LIMIT),
        "licence": filled(unit, NAME_LIMIT),
    }


def _prompt_id(number: int, place: int) -> str:
    prompt_id = f"{_id(number)}-q{place}"
    return f"{prompt_id}{'q' * (60 - len(prompt_id))}"
