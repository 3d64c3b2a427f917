"""Digests with the longest texts and the most of everything."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.block_kit.blocks import Message
from bot.views.digest import digest_message, digest_switched_off, switched_receipt
from bot.views.wording.people import Names
from model.assessment.assessment import TITLE_LIMIT, Assessment
from model.digest.contents import Dated, Digest, Finished, Proposed, Unsettled, Waiting
from model.plan.plan import ItemStatus
from tests.bot.views.checking import check_shown
from tests.bot.views.hostile import words
from tests.bot.views.reminders.test_reminder import remark, said
from tests.model.assessments import NOW, OMAR
from tests.model.days import LONDON
from tests.model.plans import ASSESSED

OTHER = replace(ASSESSED, id="A2", title="Second team")


def message(digest: Digest, name: str = "Omar Shah") -> Message:
    return digest_message(
        "C1",
        digest,
        since=NOW,
        planned=NOW,
        zone=LONDON,
        names=Names({OMAR: name}),
        addresses={
            each.id: f"https://saltmarsh.slack.com/archives/C1/p{each.id}" for each in (ASSESSED, OTHER)
        },
        command="/milepost",
    )


def dated(text: str, number: int, of: Assessment = ASSESSED) -> tuple[Dated, ...]:
    each = remark(text=text, status=ItemStatus.BLOCKED)
    return (Dated(of, each.item, each.milestone, handed_over=True),) * number


@given(words, words, st.integers(0, 60))
@settings(max_examples=40, deadline=None)
def test_slack_takes_it_whatever_is_in_it(text: str, name: str, number: int) -> None:
    text = text.strip() or "?"
    titled = [replace(each, title=text[:TITLE_LIMIT]) for each in (ASSESSED, OTHER)]
    many = tuple(each for of in titled for each in dated(text, number, of))
    digest = Digest(
        tuple(Finished(each.assessment, each.item) for each in many),
        many,
        many,
        many,
        tuple(Proposed(of, text, OMAR) for of in titled for _ in range(number)),
        tuple(Waiting(of, text, 3) for of in titled for _ in range(number)),
        tuple(Unsettled(of, text, confirm=True) for of in titled for _ in range(number)),
    )
    check_shown(message(digest, name))
    off = digest_switched_off("C1", by=OMAR, on=None, names=Names({OMAR: name}), command="/milepost")
    check_shown(off)


def test_what_is_left_out_is_counted() -> None:
    text = said(message(Digest(overdue=dated("First list", 20))))
    assert text.count("• First list") == 8 and "And 12 more." in text
    assert "blocked, handed over to the facilitators" in text
    assert "This comes late: it was planned for Monday 23 November 2026 at 09:30." in text


def test_what_a_paragraph_cannot_hold_is_counted_as_well() -> None:
    titled = [replace(each, title="&" * TITLE_LIMIT) for each in (ASSESSED, OTHER)]
    many = tuple(each for of in titled for each in dated("&" * TITLE_LIMIT, 6, of))
    text = said(message(Digest(overdue=many), "&" * 80))
    named = text.count("\n• ")
    assert 0 < named < 8 and f"…\nAnd {len(many) - named} more.\n" in text


def test_what_waits_is_named_as_the_team_answers() -> None:
    votes = (Waiting(ASSESSED, "Who?", 2), Waiting(ASSESSED, "What?", 1))
    answer = (Waiting(ASSESSED, "Why?", None),)
    assert "*Waiting for votes*\n• Who? – 2 votes to come\n• What? – 1 vote to come" in said(
        message(Digest(waiting=votes))
    )
    assert "*Waiting for answers*\n• Why? – waits for an answer" in said(message(Digest(waiting=answer)))
    assert "*Waiting for votes and answers*" in said(message(Digest(waiting=(*votes, *answer))))


def test_what_is_to_be_decided_is_named() -> None:
    text = said(
        message(
            Digest(
                proposed=(Proposed(ASSESSED, "Bin days online", OMAR),),
                unsettled=(Unsettled(ASSESSED, "Who?", False), Unsettled(ASSESSED, "Roads", True)),
            )
        )
    )
    assert "*Proposed and not decided*\n• Bin days online, by Omar Shah" in text
    assert "• Who? – voted on, to be agreed\n• Roads – to be confirmed" in text


def test_where_several_have_something_to_say_each_line_names_its_own() -> None:
    one = said(message(Digest(overdue=dated("First list", 1))))
    assert "This week: How are we doing?" in one and "– in" not in one
    assert f"p{ASSESSED.id}|How are we doing?>\nIt comes once a week" in one
    both = said(message(Digest(overdue=dated("First list", 1), due=dated("Other", 1, OTHER))))
    assert "This week in this channel" in both
    assert "handed over to the facilitators – in How are we doing?" in both
    assert "– in Second team" in both
    assert (
        "How are we doing?> and <https://saltmarsh.slack.com/archives/C1/pA2|Second team>\nIt comes" in both
    )


def test_nothing_left_to_report() -> None:
    assert "There is nothing to report any more." in said(message(Digest()))
    off = said(digest_switched_off("C1", by=None, on=None, names=Names(), command="/milepost"))
    assert "was switched off." in off and "`/milepost settings`" in off


@pytest.mark.parametrize("on", [True, False])
def test_receipts(on: bool) -> None:
    check_shown(Message(switched_receipt(on=on, command="/milepost")))
