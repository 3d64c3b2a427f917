"""Nudges and what is said of a closing date, with the longest texts and in whole sentences."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.block_kit.blocks import Message
from bot.views.reminders.closing_date import closing_moved, closing_reminder
from bot.views.reminders.nudge import nudge, nudges_receipt
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment, Mode, Role
from model.assessment.steps import AddPeople, OpenDimension
from model.reminders.closing_date import StillOpen, still_open
from tests.bot.views.checking import check_shown
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.bot.views.hostile_assessments import address, titles
from tests.model.assessments import GRACE, OMAR, after, started

TODAY = started().started_at.date()
PEOPLE = tuple(f"U{number}ASSESSOR" for number in range(30))


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    """An assessment of any size with many assessors, some of it opened."""
    unit, shape = draw(st.sampled_from(UNITS)), draw(st.sampled_from(SHAPES))
    assessment = replace(started(framework(unit, *shape), title=draw(titles)), mode=Mode.TOGETHER)
    assessment = after(assessment, AddPeople(PEOPLE, Role.ASSESSOR))
    opened = assessment.scope[: draw(st.integers(0, 24))]
    return after(assessment, *(OpenDimension(each) for each in opened))


@given(assessments(), st.booleans(), words)
@settings(max_examples=30, deadline=None)
def test_slack_takes_them_and_nobody_is_notified(assessment: Assessment, stopped: bool, name: str) -> None:
    prompts = [each.prompt_id for each in assessment.prompts]
    addresses = {each: address("00") for each in prompts[::2]}
    for some in (prompts, prompts[:1], []):
        check_shown(nudge(assessment, some, stopped=stopped, addresses=addresses))
    for wanted in (True, False):
        check_shown(Message(nudges_receipt(assessment, wanted=wanted, changed=stopped)))
    for closing in (TODAY, None):
        check_shown(closing_moved(replace(assessment, closing_date=closing)))
    check_shown(
        closing_reminder(
            assessment,
            still_open(assessment),
            closing=TODAY,
            today=TODAY,
            names=Names(dict.fromkeys(PEOPLE, name)),
            board_address=address("00"),
        )
    )


def test_a_nudge_says_what_waits_and_how_to_be_left_in_peace() -> None:
    assessment = after(replace(started(), mode=Mode.TOGETHER), OpenDimension("roads"), OpenDimension("bins"))
    shown = nudge(assessment, ["roads-q1", "bins-q1"], stopped=False, addresses={"bins-q1": address("00")})
    assert shown.text.split("\n") == [
        "2 questions wait for your vote: *How are we doing?* in <#C1>",
        "• Question of roads-q1? (Roads, question 1 of 5)",
        f"• <{address('00')}|Question of bins-q1?> (Bins, question 1 of 1)",
        "You are nudged twice about a question at most. If it is not yours, press Not for me on its card.",
    ]
    assert nudge(assessment, [], stopped=False, addresses={}).text == (
        "Nothing waits for your vote in *How are we doing?* in <#C1> at the moment."
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "closes *today*"),
        (1, "closes *tomorrow*"),
        (4, "closes on *Friday 27 November 2026*"),
        (-2, "was to close on *Saturday 21 November 2026*"),
    ],
)
def test_the_closing_date_in_words(days: int, said: str) -> None:
    assessment = replace(started(), mode=Mode.TOGETHER)
    shown = closing_reminder(
        assessment,
        [
            StillOpen("roads", unanswered=4, to_agree=1, put_off=2, waiting_for=(GRACE, OMAR)),
            StillOpen("parks", to_confirm=True),
            StillOpen("bins", opened=False),
        ],
        closing=TODAY + timedelta(days),
        today=TODAY,
        names=Names({GRACE: "Grace", OMAR: "Omar"}),
        board_address=None,
    )
    lines = shown.text.split("\n")
    assert lines[:4] == [
        f"*How are we doing?* in <#C1> {said}. Still open:",
        "• *Roads*: 4 questions without an answer, 1 to be agreed, 2 put off, waiting for Grace and Omar",
        "• *Parks*: its level is to be confirmed",
        "• *Bins*: not opened",
    ]
    assert len(lines) == (4 if days < 0 else 5)
