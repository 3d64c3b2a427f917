"""Two teams in one channel: no vote and no level of one is shown before the other has voted."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from model.assessment.assessment import AssessmentState, Mode, PromptState, Role
from model.assessment.history import ALL_HAD_VOTED, THE_CLOSING_DATE, Happened
from model.assessment.state_machine import take
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Cancel,
    GiveLead,
    Join,
    Leave,
    LeaveChannel,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    SetRole,
    Taken,
    TakeOver,
    VoteAgain,
)
from model.assessment.voting import reveal_at_closing
from model.refusals import Reason
from model.second_team.pair import after_step, pair_of, seen_from
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR
from tests.model.pairs import ANA, JO, TOM, Sides, invited, together

Q1, Q2 = "roads-q1", "roads-q2"


def states(sides: Sides, prompt_id: str = Q1) -> tuple[PromptState, PromptState]:
    return sides.first.prompt(prompt_id).state, sides.second.prompt(prompt_id).state


class TestTheVotesOfBothAreShownTogether:
    def test_when_the_last_of_both_has_voted(self) -> None:
        sides = Sides.opened()
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.ASKED, PromptState.ASKED)
        assert sides.first.prompt(Q1).ready_at == LATER and sides.first.prompt(Q1).ready_by == GRACE
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED), "one vote each"
        assert (sides.first.prompt(Q1).level, sides.second.prompt(Q1).level) == (2, 4)
        assert sides.first.prompt(Q1).ready_at is None
        told = [entry.what for entry in sides.histories["A1"] if entry.prompt_id == Q1]
        assert told == [Happened.VOTED, Happened.READY, Happened.REVEALED, Happened.LEVEL_AGREED]
        assert sides.histories["A1"][-1].by == TOM, "by whose press it was"

    def test_whichever_is_last(self) -> None:
        sides = Sides.opened()
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)

    def test_by_whoever_leads_on_both_sides(self) -> None:
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_first(Reveal(Q1))
        assert states(sides) == (PromptState.ASKED, PromptState.ASKED), "one side alone reveals nothing"
        refusal = sides.refused_first(Reveal(Q1), by=OMAR)
        assert (refusal.reason, refusal.by) == (Reason.WAITS_FOR_OTHER_TEAM, NIA)
        sides.do_second(RecordLevel(Q1, 5), by=TOM)
        assert states(sides) == (PromptState.REVEALED, PromptState.AGREED), "one vote of two is not unanimous"

    def test_a_side_without_votes_may_be_ready_and_votes_later_as_ever(self) -> None:
        sides = Sides.opened()
        sides.do_second(Reveal(Q1))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.AGREED, PromptState.ASKED)
        assert sides.second.prompt(Q1).ready_at is None
        sides.do_second(AddPeople((ANA,), Role.ASSESSOR))
        assert sides.refused_second(Reveal(Q1)).reason is Reason.NOTHING_TO_REVEAL
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        assert sides.second.prompt(Q1).state is PromptState.ASKED, "Ana is waited for"

    def test_the_vote_that_joins_somebody_makes_nobody_ready(self) -> None:
        sides = Sides.opened()
        sides.do_second(RemovePerson(TOM))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_second(RecordLevel(Q1, 3), by=ANA)
        assert states(sides) == (PromptState.ASKED, PromptState.ASKED)

    def test_who_leaves_is_waited_for_no_longer_on_either_side(self) -> None:
        sides = Sides.opened()
        sides.do_second(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        sides.do_second(LeaveChannel(), by=ANA)
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)

    def test_abstaining_counts_as_having_voted(self) -> None:
        sides = Sides.opened()
        sides.do_second(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_second(Abstain(Q1), by=ANA)
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.AGREED, PromptState.REVEALED)


class TestNeitherSideWaitsMoreThanItMust:
    def test_the_quicker_side_goes_on_with_its_next_question(self) -> None:
        sides = Sides.opened()
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides, Q2) == (PromptState.ASKED, PromptState.WAITING)
        sides.do_first(RecordLevel(Q2, 2), by=GRACE)
        assert sides.first.prompt("roads-q3").state is PromptState.ASKED
        for prompt in (Q1, Q2):
            sides.do_second(RecordLevel(prompt, 3), by=TOM)
            assert states(sides, prompt) == (PromptState.AGREED, PromptState.AGREED)

    def test_the_other_side_need_not_have_opened_the_dimension(self) -> None:
        sides = Sides()
        sides.do_second(AddPeople((TOM,), Role.ASSESSOR))
        sides.do_first(OpenDimension("bins"), RecordLevel("bins-q1", 2), by=GRACE)
        assert sides.first.prompt("bins-q1").state is PromptState.ASKED
        sides.do_second(OpenDimension("bins"))
        sides.do_second(RecordLevel("bins-q1", 2), by=TOM)
        assert states(sides, "bins-q1") == (PromptState.AGREED, PromptState.AGREED)

    def test_later_rounds_wait_for_nobody(self) -> None:
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_first(RecordLevel(Q1, 4), by=ANA)
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        sides.do_first(VoteAgain(Q1))
        sides.do_second(ReopenAnswer(Q1, "Look again."))
        sides.do_second(VoteAgain(Q1))
        sides.do_second(RecordLevel(Q1, 5), by=TOM)
        assert states(sides) == (PromptState.ASKED, PromptState.AGREED)
        sides.do_first(RecordLevel(Q1, 3), by=GRACE)
        sides.do_first(RecordLevel(Q1, 3), by=ANA)
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)

    def test_what_was_put_off_with_its_votes_is_shown_when_it_is_taken_up(self) -> None:
        sides = Sides.opened()
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_first(PutOff(Q1))
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        assert states(sides) == (PromptState.PUT_OFF, PromptState.AGREED)
        sides.do_first(ReopenAnswer(Q1))
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)

    def test_what_is_put_off_without_votes_holds_up_only_that_question(self) -> None:
        sides = Sides.opened()
        sides.do_second(PutOff(Q1))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.ASKED, PromptState.PUT_OFF)
        sides.do_first(RecordLevel(Q2, 2), by=GRACE)
        sides.do_second(RecordLevel(Q2, 2), by=TOM)
        assert states(sides, Q2) == (PromptState.AGREED, PromptState.AGREED)

    def test_a_pause_hides_until_it_ends_and_then_nothing_can_be_changed_before_the_reveal(self) -> None:
        sides = Sides.opened()
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_first(Pause())
        assert sides.second.other is not None and sides.second.other.paused
        sides.do_second(RecordLevel(Q1, 3), by=TOM)
        assert states(sides) == (PromptState.ASKED, PromptState.AGREED), "the first team had voted"
        assert sides.refused_first(RecordLevel(Q1, 3), by=GRACE).reason is Reason.ASSESSMENT_PAUSED
        sides.do_first(Resume())
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)
        assert sides.first.prompt(Q1).level == 2

    @pytest.mark.parametrize("cancelled", ["first", "second"])
    def test_when_one_is_cancelled_the_other_goes_on_alone(self, cancelled: str) -> None:
        sides = Sides.opened()
        if cancelled == "first":
            sides.do_second(RecordLevel(Q1, 3), by=TOM)
            sides.do_first(Cancel())
            assert sides.second.other is None
            assert states(sides) == (PromptState.ASKED, PromptState.AGREED)
        else:
            sides.do_first(RecordLevel(Q1, 3), by=GRACE)
            sides.do_second(Cancel())
            assert sides.first.other is None
            assert states(sides) == (PromptState.AGREED, PromptState.ASKED)
        assert pair_of(sides.first, sides.second) is None

    def test_the_closing_date_makes_a_side_ready_and_the_second_of_them_reveals_both(self) -> None:
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_second(AddPeople(("U7IDA",), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        closing = NOW.date()
        for own in ("first", "second"):
            assert states(sides) == (PromptState.ASKED, PromptState.ASKED)
            side = replace(getattr(sides, own), closing_date=closing)
            other = sides.second if own == "first" else sides.first
            taken = reveal_at_closing(side, closing + timedelta(days=1), LATER)
            assert taken is not None
            mine, theirs = after_step(taken, other, THE_CLOSING_DATE, LATER)
            for each in (mine.assessment, theirs.assessment):
                setattr(sides, "first" if each.id == "A1" else "second", each)
        assert states(sides) == (PromptState.REVEALED, PromptState.REVEALED)

    def test_a_side_that_waited_was_revealed_by_nobody(self) -> None:
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.ASSESSOR))
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_first(RecordLevel(Q1, 3), by=ANA)
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        told = sides.refused_first(Reveal(Q1))
        assert (told.reason, told.by) == (Reason.REVEALED_ALREADY, ALL_HAD_VOTED), "nor by the other team's"


class TestNotApplicable:
    def test_is_an_answer_too_and_waits_for_the_other_side(self) -> None:
        sides = Sides.opened()
        leave_out = MarkNotApplicable(Q1, "Done by the county.")
        assert sides.refused_first(leave_out).reason is Reason.OTHER_TEAM_FIRST
        sides.do_second(Abstain(Q1), by=TOM)
        assert sides.second.prompt(Q1).ready_at is not None, "nobody is waited for any more"
        sides.do_first(leave_out)
        assert states(sides) == (PromptState.NOT_APPLICABLE, PromptState.ASKED)
        assert sides.second.prompt(Q1).ready_at is None, "without a vote there is nothing to show"
        sides.do_second(leave_out)
        assert states(sides) == (PromptState.NOT_APPLICABLE, PromptState.NOT_APPLICABLE)

    def test_shows_the_votes_of_the_side_that_waited_for_it(self) -> None:
        sides = Sides.opened()
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        sides.do_first(MarkNotApplicable(Q1, "Done by the county."))
        assert states(sides) == (PromptState.NOT_APPLICABLE, PromptState.AGREED)

    def test_of_what_was_shown_before_waits_for_nobody(self) -> None:
        sides = Sides.opened()
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        sides.do_first(ReopenAnswer(Q1, "Look again."), MarkNotApplicable(Q1, "Done by the county."))
        assert states(sides) == (PromptState.NOT_APPLICABLE, PromptState.AGREED)

    def test_when_it_is_for_nobody_on_one_side_the_other_is_not_held_up(self) -> None:
        sides = Sides.opened()
        sides.do_second(RecordLevel(Q1, 4), by=TOM)
        sides.do_first(Abstain(Q1), by=GRACE)
        assert states(sides) == (PromptState.ASKED, PromptState.AGREED)
        assert sides.first.prompt(Q1).ready_at is None
        assert sides.first.prompt(Q2).state is PromptState.ASKED
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.AGREED, PromptState.AGREED)


class TestWhoIsOnTheOtherSide:
    def test_does_not_join_this_one_by_a_slip(self) -> None:
        sides = Sides.opened()
        for step in (RecordLevel(Q1, 3), Abstain(Q1), Join()):
            refusal = sides.refused_second(step, by=GRACE)
            assert (refusal.reason, refusal.who_can) == (Reason.WITH_OTHER_TEAM, (JO,))
        assert sides.refused_second(RecordLevel(Q1, 3), by=NIA).reason is Reason.WITH_OTHER_TEAM

    def test_may_be_added_by_whoever_leads_it_once_they_have_left_the_other(self) -> None:
        sides = Sides.opened()
        steps = (
            AddPeople((ANA, GRACE, NIA), Role.ASSESSOR),
            AddPeople((GRACE, NIA), Role.FACILITATOR),
            GiveLead("roads", GRACE),
        )
        for step in steps:
            refusal = sides.refused_second(step)
            assert (refusal.reason, refusal.part) == (Reason.IN_OTHER_TEAM, "people")
            assert set(refusal.who_can) <= {GRACE, NIA}
        sides.do_second(AddPeople((GRACE,), Role.OBSERVER))
        assert sides.refused_second(SetRole(GRACE, Role.ASSESSOR)).who_can == (GRACE,)
        sides.do_first(Leave(), by=GRACE)
        sides.do_second(SetRole(GRACE, Role.ASSESSOR))
        sides.do_second(RecordLevel(Q1, 3), by=GRACE)
        assert sides.refused_first(AddPeople((GRACE,), Role.ASSESSOR)).reason is Reason.IN_OTHER_TEAM

    def test_votes_in_one_team_only_after_taking_over_the_other(self) -> None:
        sides = Sides.opened()
        sides.do_second(LeaveChannel(), by=JO)
        sides.do_second(TakeOver(), by=GRACE)
        refusal = sides.refused_second(RecordLevel(Q1, 3), by=GRACE)
        assert refusal.reason is Reason.WITH_OTHER_TEAM, "an assessor there, and none here"
        sides.do_first(RecordLevel(Q1, 3), by=GRACE)
        for gone in (NIA, OMAR):
            sides.do_first(LeaveChannel(), by=gone)
        sides.do_first(TakeOver(), by=TOM)
        assert sides.refused_first(RecordLevel(Q1, 3), by=TOM).reason is Reason.WITH_OTHER_TEAM
        sides.do_second(RecordLevel(Q1, 3), by=TOM)

    def test_is_made_an_assessor_in_one_team_only_after_taking_over_the_other(self) -> None:
        sides = Sides.opened()
        sides.do_second(LeaveChannel(), by=JO)
        sides.do_second(TakeOver(), by=GRACE)
        sides.do_second(AddPeople((ANA,), Role.FACILITATOR), by=GRACE)
        for step in (SetRole(GRACE, Role.ASSESSOR), AddPeople((GRACE,), Role.ASSESSOR)):
            refusal = sides.refused_second(step, by=ANA)
            assert (refusal.reason, refusal.who_can) == (Reason.IN_OTHER_TEAM, (GRACE,))
        sides.do_first(Leave(), by=GRACE)
        sides.do_second(SetRole(GRACE, Role.ASSESSOR), by=ANA)

    def test_whoever_leads_both_votes_in_the_first(self) -> None:
        sides = Sides.opened()
        sides.do_second(LeaveChannel(), by=JO)
        sides.do_second(TakeOver(), by=NIA)
        assert sides.refused_second(Abstain(Q1), by=NIA).reason is Reason.WITH_OTHER_TEAM
        sides.do_first(RecordLevel(Q1, 3), by=NIA)

    def test_observers_of_one_side_may_join_the_other(self) -> None:
        sides = Sides.opened()
        sides.do_first(AddPeople((ANA,), Role.OBSERVER))
        sides.do_second(Join(), by=ANA)


class TestInTwoChannels:
    def test_neither_waits_for_the_other(self) -> None:
        sides = Sides.opened(channel="C2")
        sides.do_first(RecordLevel(Q1, 2), by=GRACE)
        assert states(sides) == (PromptState.AGREED, PromptState.ASKED)
        assert sides.second.other is not None
        assert not sides.second.other.linked and not sides.second.other.waiting
        sides.do_first(MarkNotApplicable(Q2, "Done by the county."))
        sides.do_second(RecordLevel(Q1, 5), by=TOM)
        assert sides.second.other is not None and sides.second.other.comparable == 1


class TestWhatIsAPair:
    def test_needs_the_link_and_nobody_cancelled(self) -> None:
        first = together()
        second = invited(first).second.assessment
        assert pair_of(first, second) == pair_of(second, first)
        assert pair_of(first, None) is None
        assert pair_of(first, replace(first, id="A3")) is None
        assert pair_of(first, replace(second, state=AssessmentState.CANCELLED)) is None
        assert seen_from(first, replace(second, state=AssessmentState.CANCELLED)).other is None

    def test_a_closed_side_is_not_waited_for(self) -> None:
        first = together()
        second = invited(first).second.assessment
        seen = seen_from(replace(second, mode=Mode.TOGETHER), replace(first, state=AssessmentState.CLOSED))
        assert seen.other is not None and not seen.other.waiting

    def test_a_single_assessment_is_as_it_was(self) -> None:
        assessment = together()
        taken = take(assessment, OpenDimension("bins"), by=NIA, at=NOW)
        assert isinstance(taken, Taken)
        assert taken.assessment.other is None and not taken.assessment.held_back("bins-q1")
        agreed = take(taken.assessment, RecordLevel("bins-q1", 3), by=GRACE, at=NOW)
        assert isinstance(agreed, Taken)
        assert agreed.assessment.prompt("bins-q1").state is PromptState.AGREED
