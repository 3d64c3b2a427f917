"""What waits for one person: only what they can do now, and nothing of what stands still."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.assessment.assessment import Assessment, Mode, PromptState, Role
from model.assessment.steps import (
    Abstain,
    AddPeople,
    Cancel,
    GiveLead,
    Leave,
    MarkNotApplicable,
    OpenDimension,
    Pause,
    PutOff,
    RecordLevel,
    ReopenAnswer,
    Resume,
    Reveal,
    VoteAgain,
)
from model.home import Home, Task, led_by, to_agree, to_confirm, to_reveal, to_vote_on
from tests.model.assessments import GRACE, NIA, OMAR, after, confirmed, started

ANA, LEAD = "U4ANA", "U5TOM"
ROADS, BINS = "roads-q1", "bins-q1"


def asked(mode: Mode = Mode.TOGETHER) -> Assessment:
    """Roads and bins are open; Grace and Ana vote, and Tom, who votes too, leads bins."""
    people = AddPeople((GRACE, ANA, LEAD), Role.ASSESSOR)
    steps = (OpenDimension("roads"), OpenDimension("bins"), GiveLead("bins", LEAD))
    return after(replace(started(), mode=mode), people, *steps)


def revealed(prompt_id: str = BINS) -> Assessment:
    assessment = after(asked(), RecordLevel(prompt_id, 2), by=GRACE)
    return after(after(assessment, RecordLevel(prompt_id, 4), by=ANA), Reveal(prompt_id))


def unanimous() -> Assessment:
    """Bins is answered, since all said the same."""
    assessment = asked()
    for person in (GRACE, ANA, LEAD):
        assessment = after(assessment, RecordLevel(BINS, 3), by=person)
    return assessment


class TestVotes:
    def test_wait_for_assessors_who_have_said_nothing_yet(self) -> None:
        assessment = after(after(asked(), RecordLevel(ROADS, 3), by=GRACE), Abstain(BINS), by=ANA)
        assert to_vote_on(assessment, GRACE) == (BINS,)
        assert to_vote_on(assessment, ANA) == (ROADS,)
        assert to_vote_on(assessment, LEAD) == (ROADS, BINS), "in the framework's order"

    def test_wait_for_nobody_else(self) -> None:
        assessment = after(asked(), AddPeople((ANA,), Role.OBSERVER))
        for person in (NIA, ANA, "U9NEVER"):
            assert to_vote_on(assessment, person) == ()
        assert to_vote_on(asked(Mode.QUICK), GRACE) == ()

    def test_wait_again_in_another_round_and_not_while_put_off(self) -> None:
        assessment = revealed()
        assert to_vote_on(assessment, GRACE) == (ROADS,)
        assert to_vote_on(after(assessment, VoteAgain(BINS)), GRACE) == (ROADS, BINS)
        put_off = after(asked(), PutOff(BINS))
        assert to_vote_on(put_off, GRACE) == (ROADS,)
        assert to_vote_on(after(put_off, ReopenAnswer(BINS)), GRACE) == (ROADS, BINS)


class TestToAgree:
    def test_what_is_revealed_waits_for_whoever_leads_it(self) -> None:
        assert [to_agree(revealed(), each) for each in (NIA, OMAR, LEAD, GRACE)] == [(BINS,)] * 3 + [()]
        assert to_agree(revealed(ROADS), LEAD) == (), "not what others lead"
        assert to_agree(asked(), NIA) == () == to_agree(unanimous(), NIA)

    def test_what_was_reopened_waits_again(self) -> None:
        assert to_agree(after(unanimous(), ReopenAnswer(BINS, "New facts.")), LEAD) == (BINS,)


class TestToReveal:
    def test_what_everyone_has_voted_on_waits_for_whoever_leads_it(self) -> None:
        begun = after(replace(started(), mode=Mode.TOGETHER), OpenDimension("bins"), GiveLead("bins", LEAD))
        begun = after(begun, Leave(), by=LEAD)
        assessment = after(begun, RecordLevel(BINS, 3), by=GRACE)
        assert assessment.prompt(BINS).state is PromptState.ASKED, (
            "the vote that joins somebody reveals nothing"
        )
        assert [to_reveal(assessment, each) for each in (NIA, OMAR, GRACE)] == [(BINS,), (BINS,), ()]
        assert to_reveal(after(assessment, Pause()), NIA) == ()
        assert to_reveal(after(assessment, Reveal(BINS)), NIA) == ()

    def test_what_somebody_is_still_waited_for_does_not(self) -> None:
        nobody = after(replace(started(), mode=Mode.TOGETHER), OpenDimension("bins"))
        for assessment in (asked(), nobody, after(nobody, RecordLevel(BINS, 3), by=NIA), asked(Mode.QUICK)):
            assert to_reveal(assessment, NIA) == ()


class TestToConfirm:
    @pytest.mark.parametrize("mode", Mode)
    def test_an_answered_dimension_waits_for_whoever_leads_it(self, mode: Mode) -> None:
        assessment = after(asked(mode), MarkNotApplicable(BINS, "The county does it."))
        assert [to_confirm(assessment, each) for each in (NIA, LEAD, GRACE)] == [("bins",), ("bins",), ()]
        assert to_confirm(asked(mode), NIA) == (), "roads and bins have no answer"

    def test_what_is_confirmed_waits_no_more_until_its_answer_goes(self) -> None:
        assessment = confirmed(unanimous(), "bins")
        assert to_confirm(assessment, NIA) == ()
        anew = after(assessment, ReopenAnswer(BINS, "New facts."), MarkNotApplicable(BINS, "The county."))
        assert to_confirm(anew, NIA) == ("bins",)


def test_a_lead_has_their_dimensions_until_they_are_confirmed() -> None:
    assessment = after(unanimous(), GiveLead("parks", LEAD))
    assert led_by(assessment, LEAD) == ("parks", "bins"), "one that is not open yet too"
    assert led_by(confirmed(assessment, "bins"), LEAD) == ("parks",)
    assert led_by(assessment, NIA) == (), "who facilitates leads all of them"


def test_nothing_waits_in_a_pause_or_after_the_end() -> None:
    for assessment in (asked(), revealed(), unanimous()):
        paused, over = after(assessment, Pause()), after(assessment, Cancel())
        for each in (paused, over):
            for person in (NIA, LEAD, GRACE):
                assert (to_vote_on(each, person), to_agree(each, person), to_confirm(each, person)) == (
                    (),
                ) * 3
        again = after(paused, Resume())
        assert to_agree(again, NIA) == to_agree(assessment, NIA)


def test_what_is_only_to_be_read_does_not_wait() -> None:
    task = Task(started())
    assert not Home(leads=(task,), under_way=(task,), results=(task,)).waiting
    for one in (Home(votes=(task,)), Home(reveal=(task,)), Home(agree=(task,)), Home(confirm=(task,))):
        assert one.waiting
