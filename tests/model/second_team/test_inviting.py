"""Inviting a second team: what it takes over from the first, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from model.assessment.assessment import AssessmentState, Kind, Mode, PromptState, Role, SecondTeam
from model.assessment.history import Happened
from model.assessment.other_side import TEAM_LIMIT
from model.assessment.steps import AddPeople, Close, Join, OpenDimension, RecordLevel
from model.refusals import Reason
from model.second_team.pair import seen_from
from tests.model.assessments import GRACE, NIA, NOW, OMAR, after, finished, opened, started
from tests.model.pairs import ANA, JO, SECOND, TOM, invited, together, why_not_invited


def test_the_second_team_has_the_same_questions_and_its_own_people() -> None:
    first = after(together(), OpenDimension("roads"))
    closing = NOW.date() + timedelta(days=9)
    wish = replace(
        SECOND,
        channel_id="C2",
        team="  Peer \n team ",
        closing_date=closing,
        assessors=(TOM,),
        observers=(ANA,),
    )
    both = invited(first, wish)
    second = both.second.assessment
    assert second.second_team == SecondTeam("A1", "Peer team", same_channel=False)
    assert second.title == "How are we doing? – Peer team"
    assert (second.kind, second.mode, second.channel_id) == (Kind.PEER, Mode.TOGETHER, "C2")
    assert second.framework is first.framework and second.scope == first.scope
    assert second.closing_date == closing
    assert (second.facilitators, second.assessors, second.people(Role.OBSERVER)) == ((JO,), (TOM,), (ANA,))
    assert all(prompt.state is PromptState.WAITING for prompt in second.prompts)
    assert both.first.assessment == first
    assert [each.what for each in both.first.entries] == [Happened.SECOND_TEAM_INVITED]
    assert [(each.what, each.by) for each in both.second.entries] == [(Happened.STARTED, NIA)]


def test_a_closed_assessment_may_be_looked_at_in_another_channel() -> None:
    first = after(finished(), Close())
    assert invited(first, replace(SECOND, channel_id="C2")).second.assessment.mode is Mode.QUICK
    refusal = why_not_invited(replace(first, mode=Mode.TOGETHER))
    assert refusal.reason is Reason.SHOWN_IN_CHANNEL


@pytest.mark.parametrize(
    ("wish", "reason"),
    [
        (replace(SECOND, team=" "), Reason.TEAM_MISSING),
        (replace(SECOND, team="x" * (TEAM_LIMIT + 1)), Reason.TEXT_TOO_LONG),
        (replace(SECOND, channel_id=""), Reason.CHANNEL_MISSING),
        (replace(SECOND, facilitators=()), Reason.FACILITATOR_MISSING),
        (replace(SECOND, facilitators=tuple(f"U{n}" for n in range(11))), Reason.TOO_MANY_FACILITATORS),
        (replace(SECOND, closing_date=NOW.date() - timedelta(days=1)), Reason.CLOSING_DATE_PAST),
    ],
)
def test_a_form_that_cannot_be_taken(wish: object, reason: Reason) -> None:
    assert why_not_invited(together(), wish).reason is reason  # type: ignore[arg-type]


def test_nobody_is_in_both_teams() -> None:
    first = after(together(), AddPeople((ANA,), Role.OBSERVER))
    for leads, both in (((JO, GRACE), (GRACE,)), ((OMAR, NIA, NIA), (OMAR, NIA))):
        refusal = why_not_invited(first, replace(SECOND, facilitators=leads))
        assert (refusal.reason, refusal.who_can) == (Reason.IN_OTHER_TEAM, both)
        assert refusal.part == "facilitators"
    wish = replace(SECOND, facilitators=(ANA,), assessors=(TOM, GRACE, NIA))
    second = invited(first, wish).second.assessment
    assert second.facilitators == (ANA,), "who only read along may change sides"
    assert second.assessors == (TOM,), "a roster that is remembered brings nobody into both"


def test_only_facilitators_invite() -> None:
    refusal = why_not_invited(together(), by=GRACE)
    assert (refusal.reason, refusal.who_can) == (Reason.FACILITATORS_ONLY, (NIA, OMAR))


def test_one_second_team_at_a_time() -> None:
    first = together()
    second = invited(first).second.assessment
    refusal = why_not_invited(seen_from(first, second), replace(SECOND, team="More", channel_id="C3"))
    assert (refusal.reason, refusal.words) == (Reason.SECOND_TEAM_THERE, "Peer team")
    gone = replace(second, state=AssessmentState.CANCELLED)
    assert invited(seen_from(first, gone))


def test_a_second_team_invites_nobody() -> None:
    second = invited(together()).second.assessment
    assert why_not_invited(second, by=JO).reason is Reason.SECOND_TEAM_INVITES_NOBODY


def test_what_was_cancelled_has_no_second_team() -> None:
    gone = replace(together(), state=AssessmentState.CANCELLED, state_changed_by=OMAR, state_changed_at=NOW)
    refusal = why_not_invited(gone)
    assert (refusal.reason, refusal.by) == (Reason.ASSESSMENT_CANCELLED, OMAR)


def test_not_in_one_channel_what_all_could_see() -> None:
    assert why_not_invited(started()).reason is Reason.QUICK_IN_ONE_CHANNEL
    voted = after(after(together(), OpenDimension("bins")), Join(), by=ANA)
    hidden = after(voted, RecordLevel("bins-q1", 2), by=GRACE)
    assert invited(hidden), "votes that nobody has seen stand in nobody's way"
    shown = after(hidden, RecordLevel("bins-q1", 3), by=ANA)
    assert why_not_invited(shown).reason is Reason.SHOWN_IN_CHANNEL
    assert invited(shown, replace(SECOND, channel_id="C2"))
    assert invited(opened("bins"), replace(SECOND, channel_id="C2"))
