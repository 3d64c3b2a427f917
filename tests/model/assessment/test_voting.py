"""When hidden votes come to light by themselves: with the last vote that is waited for, and not before."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.history import ALL_HAD_VOTED, THE_CLOSING_DATE, Happened
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Agree,
    Join,
    Leave,
    LeaveChannel,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    RemovePerson,
    ReopenAnswer,
    Resume,
    Reveal,
    SetRole,
    Step,
    VoteAgain,
)
from model.assessment.voting import reveal_at_closing
from model.refusals import Reason, Refusal
from tests.model.assessments import GRACE, LATER, NIA, NOW, OMAR, after, refused, started, taken

QUESTION = "roads-q1"
ANA = "U4ANA"


def asked(*assessors: str) -> Assessment:
    """The first question about roads, asked together of these people; Nia and Omar facilitate."""
    assessment = replace(started(), mode=Mode.TOGETHER)
    if assessors:
        assessment = after(assessment, AddPeople(assessors, Role.ASSESSOR))
    return after(assessment, OpenDimension("roads"))


def state(assessment: Assessment) -> PromptState:
    return assessment.prompt(QUESTION).state


def test_a_change_of_mind_is_not_the_last_vote_where_people_arrive_by_voting() -> None:
    assessment = after(asked(), RecordLevel(QUESTION, 3), by=GRACE)
    assessment = after(assessment, RecordLevel(QUESTION, 4), by=GRACE)
    assert state(assessment) is PromptState.ASKED
    assessment = after(assessment, RecordLevel(QUESTION, 2), by=ANA)
    assert [each.level for each in assessment.prompt(QUESTION).votes] == [4, 2]


def test_the_last_vote_shows_them_all_after_a_change_of_mind() -> None:
    assessment = asked(GRACE, ANA)
    for level in (3, 4):
        assessment = after(assessment, RecordLevel(QUESTION, level), by=GRACE)
        assert state(assessment) is PromptState.ASKED
    assert state(after(assessment, RecordLevel(QUESTION, 2), by=ANA)) is PromptState.REVEALED


def test_a_vote_in_place_of_not_for_me_can_be_the_last() -> None:
    assessment = after(after(asked(GRACE), Abstain(QUESTION), by=GRACE), RecordLevel(QUESTION, 2), by=GRACE)
    assert (state(assessment), assessment.prompt(QUESTION).level) == (PromptState.AGREED, 2)


def revealed_by(assessment: Assessment) -> tuple[str | None, datetime | None]:
    """What whoever presses Reveal once more is told."""
    refusal = refused(assessment, Reveal(QUESTION))
    assert refusal.reason is Reason.REVEALED_ALREADY
    return refusal.by, refusal.at


def test_who_or_what_revealed_is_known() -> None:
    one = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=GRACE)
    another = RecordLevel(QUESTION, 2)
    by_vote = after(one, another, by=ANA, at=LATER)
    assert revealed_by(by_vote) == (ALL_HAD_VOTED, LATER), "and not Ana, who only voted"
    assert refused(by_vote, ReopenAnswer(QUESTION, "New facts.")).by is None, "nobody reopened it"
    assert revealed_by(after(by_vote, RecordLevel(QUESTION, 1), by=ANA)) == (ALL_HAD_VOTED, LATER)
    two = after(asked(GRACE, ANA, "U9NEW"), RecordLevel(QUESTION, 3), by=GRACE)
    two = after(two, another, by=ANA)
    assert revealed_by(after(two, RemovePerson("U9NEW"), at=LATER)) == (ALL_HAD_VOTED, LATER)
    assert revealed_by(after(two, Reveal(QUESTION), by=OMAR, at=LATER)) == (OMAR, LATER)
    closing = reveal_at_closing(replace(two, closing_date=NOW.date()), LATER.date(), LATER)
    assert closing is not None
    assert revealed_by(closing.assessment) == (THE_CLOSING_DATE, LATER)


def test_who_revealed_is_known_after_it_was_agreed_and_reopened_and_anew_after_another_round() -> None:
    assessment = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=GRACE)
    assessment = after(assessment, Reveal(QUESTION), by=OMAR, at=LATER)
    reopened = after(assessment, Agree(QUESTION, 3), ReopenAnswer(QUESTION, "New facts."))
    assert revealed_by(reopened) == (OMAR, LATER), "and not Nia, who reopened it"
    assert refused(reopened, ReopenAnswer(QUESTION, "Me too.")).by == NIA
    assessment = after(reopened, VoteAgain(QUESTION))
    assert assessment.prompt(QUESTION).revealed_by is None
    for person, level in ((GRACE, 3), (ANA, 2)):
        assessment = after(assessment, RecordLevel(QUESTION, level), by=person)
    assert revealed_by(assessment) == (ALL_HAD_VOTED, NOW)


def test_where_it_is_for_nobody_there_is_nothing_to_reveal() -> None:
    assessment = after(asked(GRACE), Abstain(QUESTION), by=GRACE)
    assert refused(assessment, Reveal(QUESTION)).reason is Reason.NOTHING_TO_REVEAL


# What makes somebody an assessor no more, one step or several; only leaving is their own.
GOING: dict[str, tuple[Step, ...]] = {
    "removed": (RemovePerson(GRACE),),
    "left": (Leave(),),
    "left the channel": (LeaveChannel(),),
    "made an observer": (SetRole(GRACE, Role.OBSERVER),),
    "made a facilitator": (AddPeople((GRACE,), Role.FACILITATOR),),
    "made one after the other": (SetRole(GRACE, Role.OBSERVER), SetRole(GRACE, Role.FACILITATOR)),
    "made an observer and removed": (SetRole(GRACE, Role.OBSERVER), RemovePerson(GRACE)),
    "removed and back as an observer": (RemovePerson(GRACE), AddPeople((GRACE,), Role.OBSERVER)),
}
STOPS = pytest.mark.parametrize(
    ("stop", "go_on"),
    [(Pause(), Resume()), (PutOff(QUESTION), ReopenAnswer(QUESTION))],
    ids=["pause", "put off"],
)


@pytest.mark.parametrize("going", GOING.values(), ids=GOING)
@STOPS
def test_who_assesses_no_more_when_votes_are_taken_again_is_not_waited_for(
    going: tuple[Step, ...], stop: Step, go_on: Step
) -> None:
    assessment = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=ANA)
    by = GRACE if isinstance(going[0], Leave | LeaveChannel) else NIA
    assessment = after(after(assessment, stop), *going, by=by, at=LATER)
    went_on = taken(assessment, go_on, NIA, LATER)
    assert state(went_on.assessment) is PromptState.AGREED, "Ana's vote is the only one there is"
    assert went_on.entries[0].what in (Happened.RESUMED, Happened.ANSWER_REOPENED)
    assert went_on.entries[1].what is Happened.REVEALED


@pytest.mark.parametrize(
    "changes",
    [
        (SetRole(GRACE, Role.OBSERVER), SetRole(GRACE, Role.ASSESSOR)),
        (RemovePerson(GRACE), AddPeople((GRACE,), Role.ASSESSOR)),
        (SetRole(GRACE, Role.OBSERVER), AddPeople(("U9NEW",), Role.ASSESSOR)),
    ],
    ids=["back as one", "removed and back", "another in their place"],
)
@STOPS
def test_whoever_is_waited_for_when_votes_are_taken_again_still_has_to_vote(
    changes: tuple[Step, ...], stop: Step, go_on: Step
) -> None:
    assessment = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=ANA)
    assert state(after(assessment, stop, *changes, go_on)) is PromptState.ASKED


@STOPS
def test_who_never_assessed_shows_nothing_by_another_role(stop: Step, go_on: Step) -> None:
    arrived = after(asked(), RecordLevel(QUESTION, 3), by=GRACE)
    roles = (AddPeople((ANA,), Role.OBSERVER), SetRole(ANA, Role.FACILITATOR), SetRole(OMAR, Role.OBSERVER))
    assert state(after(arrived, stop, *roles, RemovePerson(OMAR), go_on)) is PromptState.ASKED


def test_who_became_an_observer_before_the_pause_shows_nothing_after_it() -> None:
    assessment = after(asked(ANA), SetRole(ANA, Role.OBSERVER))
    arrived = after(assessment, RecordLevel(QUESTION, 3), by=GRACE, at=LATER)
    assert state(after(arrived, Pause(), Resume(), at=LATER)) is PromptState.ASKED


def test_going_on_shows_nothing_where_somebody_is_waited_for_or_came_by_voting() -> None:
    waited_for = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=ANA)
    assert state(after(waited_for, Pause(), Resume())) is PromptState.ASKED
    arrived = after(asked(), RecordLevel(QUESTION, 3), by=GRACE)
    assert state(after(arrived, Pause(), Resume())) is PromptState.ASKED
    gone_before = after(after(arrived, Join(), by=ANA), Leave(), by=ANA)
    assert state(gone_before) is PromptState.AGREED
    assert OMAR in gone_before.facilitators


def test_who_did_not_vote_is_known_as_it_was_when_it_was_agreed() -> None:
    assessment = asked(GRACE, ANA, "U5LEFT", "U6FACILITATES")
    for person in (GRACE, OMAR):
        assessment = after(assessment, RecordLevel(QUESTION, 3), by=person)
    assessment = after(assessment, AddPeople(("U7WATCHES",), Role.OBSERVER))
    assert assessment.did_not_vote(QUESTION) == ()
    assessment = after(assessment, Reveal(QUESTION))
    missed = (ANA, "U5LEFT", "U6FACILITATES")
    assert (state(assessment), assessment.did_not_vote(QUESTION)) == (PromptState.AGREED, missed)
    later: list[Step] = [
        RemovePerson("U5LEFT"),
        SetRole("U6FACILITATES", Role.FACILITATOR),
        SetRole("U7WATCHES", Role.ASSESSOR),
        AddPeople(("U8LATE",), Role.ASSESSOR),
    ]
    assert after(assessment, *later, at=LATER).did_not_vote(QUESTION) == missed


def test_the_same_vote_once_more_changes_nothing_and_says_what_stands() -> None:
    assessment = after(asked(GRACE, ANA), RecordLevel(QUESTION, 3), by=GRACE)
    again = refused(assessment, RecordLevel(QUESTION, 3), by=GRACE)
    assert (again.reason, again.level, again.at) == (Reason.VOTE_STANDS, 3, NOW)
    abstained = after(assessment, Abstain(QUESTION), by=GRACE)
    again = refused(abstained, Abstain(QUESTION), by=GRACE)
    assert (again.reason, again.level) == (Reason.VOTE_STANDS, None)


@pytest.mark.parametrize("role", Role)
def test_who_is_on_the_list_is_told_as_what(role: Role) -> None:
    assessment = after(asked(), AddPeople((ANA,), role))
    assert refused(assessment, Join(), by=ANA) == Refusal(
        Reason.ON_THE_LIST, who_can=assessment.facilitators, part=role.value
    )
