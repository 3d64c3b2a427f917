"""The question whether something worked: Slack takes it with the longest texts, and nobody is notified."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.block_kit.blocks import Message
from bot.views.plan.outcome_card import (
    outcome_card,
    outcome_form,
    outcome_receipt,
    review_form,
    review_receipt,
)
from bot.views.wording.people import Names
from model.assessment.assessment import AssessmentState
from model.assessment.steps import Cancel, ConfirmLevel, OpenDimension, Step
from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, Outcome, PlanItem, Worked
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import words
from tests.bot.views.hostile_assessments import called
from tests.bot.views.plan.test_every_view import OWNERS, TODAY
from tests.model.assessments import NOW, after, answered, started
from tests.model.plans import ASSESSED, item_step, planned


def item(title: str, success: str, status: ItemStatus, worked: Worked | None, note: str) -> PlanItem:
    outcome = None if worked is None else Outcome(worked, note[:PLAN_REASON_LIMIT], OWNERS[0], NOW)
    made = planned(item_step()).item("I1")
    return replace(made, title=title[:120] or "?", success=success[:1_000], status=status, outcome=outcome)


items = st.builds(item, words, words, st.sampled_from(ItemStatus), st.none() | st.sampled_from(Worked), words)


@given(items, words.map(called), st.booleans())
@settings(max_examples=60, deadline=None)
def test_the_card_and_its_form(made: PlanItem, names: Names, again: bool) -> None:
    check_shown(outcome_card(ASSESSED, made, names=names, again=again, asked_again_on=TODAY))
    check_modal(outcome_form(ASSESSED, made))
    check_modal(review_form(ASSESSED, made.dimension_id))
    check_shown(Message(review_receipt(ASSESSED)))
    assert outcome_receipt(made).endswith((".", "you."))


@pytest.mark.parametrize(
    ("step", "look"),
    [(None, False), (Cancel(), True), (ConfirmLevel("roads", 3, 3), False)],
    ids=["under way", "cancelled", "confirmed"],
)
def test_nobody_is_sent_to_look_again_at_what_was_or_is_being(step: Step | None, look: bool) -> None:
    made = item("Mend the road list", "", ItemStatus.DONE, Worked.YES, "")
    begun = answered(after(started(scope=["roads"]), OpenDimension("roads")), "roads", 3)
    review = replace(begun if step is None else after(begun, step), review=True)
    card = outcome_card(ASSESSED, made, names=Names(), again=False, asked_again_on=None, review=review)
    assert ("To see whether Roads has, look at it again." in card.text) == look
    assert ("Look again at Roads…" in str(card.blocks)) == (look or not review.active)
    over = replace(review, state=AssessmentState.CLOSED)
    card = outcome_card(ASSESSED, made, names=Names(), again=False, asked_again_on=None, review=over)
    assert "Look again at Roads…" in str(card.blocks)


@pytest.mark.parametrize(
    ("worked", "again", "head"),
    [
        (None, False, "*Mend the road list* is done. Did it work?"),
        (Worked.YES, False, "*Mend the road list* is done. It worked, says a colleague."),
        (Worked.TOO_EARLY, True, "was done some weeks ago, when it was too early to say. Did it work?"),
        (Worked.TOO_EARLY, False, "I ask again on 23 November 2026."),
    ],
)
def test_what_it_says(worked: Worked | None, again: bool, head: str) -> None:
    made = item("Mend the road list", "Less noise", ItemStatus.DONE, worked, "")
    text = outcome_card(ASSESSED, made, names=Names(), again=again, asked_again_on=TODAY).text
    assert head in text
    assert ("You wanted to see: Less noise" in text) == (worked is not Worked.YES)
