"""What was missed of the reactions to a proposal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

from model.assessment.roster import ERASED
from model.proposals.missed_signs import missed_signs
from model.proposals.proposal import BUTTON, Mark, Proposal
from tests.model.assessments import GRACE, NIA, NOW, OMAR
from tests.model.plans import ZED
from tests.model.proposals.small_proposal import proposed

BULB, PALE, THUMB = "message:bulb", "message:bulb::skin-tone-2", "card:+1"
WRITTEN = NOW - timedelta(days=1)
JUST_AFTER = NOW + timedelta(microseconds=1)


def with_marks(*marks: Mark) -> Proposal:
    return replace(proposed(), marks=marks)


def missed(
    proposal: Proposal, shown: Mapping[str, set[str]], place: str = "message:", unsure: str = ""
) -> tuple[Mark, ...]:
    return missed_signs(proposal, place, shown, counting={BULB, PALE, THUMB}, unsure={unsure}, begins=WRITTEN)


def test_what_was_given_and_taken_back_unheard() -> None:
    known = with_marks(
        Mark(NIA, BULB, True, NOW),
        Mark(OMAR, BULB, True, NOW),
        Mark(GRACE, BULB, False, NOW),
        Mark(GRACE, THUMB, True, NOW),
        Mark(GRACE, BUTTON, True, NOW),
    )
    shown = {BULB: {OMAR, GRACE}, PALE: {ZED}, "message:eyes": {ZED}}
    assert missed(known, shown) == (
        Mark(GRACE, BULB, True, JUST_AFTER),
        Mark(ZED, PALE, True, WRITTEN),
        Mark(NIA, BULB, False, JUST_AFTER),
    )
    assert missed(known, {THUMB: {GRACE}}, "card:") == ()
    assert missed(known, {}, "card:") == (Mark(GRACE, THUMB, False, JUST_AFTER),)


def test_who_is_not_named_may_still_be_there() -> None:
    known = with_marks(Mark(NIA, BULB, True, NOW))
    assert missed(known, {BULB: {OMAR}}, unsure=BULB) == (Mark(OMAR, BULB, True, WRITTEN),)


def test_who_was_erased_is_not_written_down_again() -> None:
    assert missed(with_marks(Mark(f"{ERASED}1", BULB, True, NOW)), {BULB: {OMAR}}) == ()
