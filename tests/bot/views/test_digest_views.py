"""Digests with the longest texts and the most of everything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.blocks import Message
from bot.views.digest import digest_message, digest_switched_off, switched_receipt
from bot.views.people import Names
from model.digest import Dated, Digest, Waiting
from model.plan import ItemStatus
from tests.bot.views.hostile import words
from tests.bot.views.test_every_view import check_shown
from tests.bot.views.test_reminder_views import remark, said
from tests.model.assessments import NIA, NOW, OMAR
from tests.model.days import LONDON
from tests.model.plans import ASSESSED


def message(digest: Digest, name: str = "Omar Shah") -> Message:
    return digest_message(
        ASSESSED,
        digest,
        since=NOW,
        planned=NOW,
        zone=LONDON,
        names=Names({OMAR: name}),
        address="https://saltmarsh.slack.com/archives/C1/p1",
        command="/milepost",
    )


def dated(text: str, number: int) -> tuple[Dated, ...]:
    each = remark(text=text, status=ItemStatus.BLOCKED)
    return (Dated(each.item, each.milestone, handed_over=True),) * number


@given(words, words, st.integers(0, 120))
@settings(max_examples=40, deadline=None)
def test_slack_takes_it_whatever_is_in_it(text: str, name: str, number: int) -> None:
    text = text.strip() or "?"
    many = dated(text, number)
    items = tuple(each.item for each in many)
    waiting = (Waiting(text, 3),) * number
    check_shown(message(Digest(items, many, many, many, waiting), name))
    check_shown(digest_switched_off(replace(ASSESSED, title=text[:80]), by=NIA, on=None, names=Names()))


def test_what_is_left_out_is_counted() -> None:
    text = said(message(Digest((), (), dated("First list", 20), (), ())))
    assert text.count("• First list") == 8 and "And 12 more." in text
    assert "blocked, handed over to the facilitators" in text
    assert "This comes late: it was planned for Monday 23 November 2026 at 09:30." in text


def test_what_waits_is_named_as_the_team_answers() -> None:
    text = said(
        message(Digest((), (), (), (), (Waiting("Who?", 2), Waiting("What?", 1), Waiting("Why?", None))))
    )
    assert "• Who? – 2 votes to come\n• What? – 1 vote to come\n• Why? – waits for an answer" in text


def test_nothing_left_to_report() -> None:
    assert "There is nothing to report any more." in said(message(Digest((), (), (), (), ())))
    off = said(digest_switched_off(ASSESSED, by=None, on=None, names=Names()))
    assert "was switched off." in off


@pytest.mark.parametrize("on", [True, False])
def test_receipts(on: bool) -> None:
    check_shown(Message(switched_receipt(on=on)))
