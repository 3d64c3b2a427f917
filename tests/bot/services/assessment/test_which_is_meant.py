"""Words that name one assessment are never about another."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.services.assessment.which_is_meant import named_among, one_of, other_name
from tests.model.assessments import started

SPRING = started(title="Digital quality, Spring 2026")
WINTER = replace(started(title="Winter"), id="A2")


@pytest.mark.parametrize(
    "words", ["", "please", ", please!", "the assessment for now", "Spring", "digital spring, thanks", "it"]
)
def test_words_that_name_nothing_else(words: str) -> None:
    meant, rest = named_among([SPRING], words)
    assert meant == [SPRING] and other_name(rest, meant) == ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Winter", "Winter"),
        ("Secret plan", "Secret plan"),
        ("the Winter one, please", "Winter"),
        ("Spring 2025", "2025"),
        ("digital quality, spring 2026 and Winter", "winter"),
    ],
)
def test_words_that_name_something_else(words: str, name: str) -> None:
    meant, rest = named_among([SPRING], words)
    assert other_name(rest, meant) == name


def test_of_two_each_is_known_by_its_title() -> None:
    for words, each in (("winter", WINTER), ("spring please", SPRING)):
        meant, rest = named_among([SPRING, WINTER], words)
        assert each in meant and other_name(rest, meant) == ""
    meant, rest = named_among([SPRING, WINTER], "Summer")
    assert other_name(rest, meant) == "Summer"


def test_a_name_is_that_of_an_assessment_or_a_part_of_it() -> None:
    for name, is_one in (("winter", True), ("Wint", True), ("Winter soon", True), ("election", False)):
        assert one_of([WINTER], name) is is_one
