"""A first and a second team in one channel or in two, and steps on either side as the service takes them."""

from __future__ import annotations

from dataclasses import replace

from model.assessment.assessment import Assessment, Kind, Mode, Role
from model.assessment.history import HistoryEntry
from model.assessment.state_machine import take
from model.assessment.steps import AddPeople, OpenDimension, Step
from model.refusals import Refusal
from model.second_team.inviting import Invitation, Invited, invite
from model.second_team.pair import Pair, after_step, pair_of, seen_from
from tests.model.assessments import GRACE, LATER, NIA, NOW, after, started

JO, TOM, ANA = "U6JO", "U5TOM", "U4ANA"
"""Jo facilitates the second team, Tom votes in it. Nia and Omar facilitate the first, Grace votes in it."""
SECOND = Invitation("C1", Kind.PEER, "Peer team", (JO,))


def together(**more: object) -> Assessment:
    """The first team's assessment, with Grace as its assessor."""
    assessment = replace(started(), mode=Mode.TOGETHER, **more)  # type: ignore[arg-type]
    return after(assessment, AddPeople((GRACE,), Role.ASSESSOR))


def invited(first: Assessment, invitation: Invitation = SECOND, by: str = NIA) -> Invited:
    """An invitation that the rules allow."""
    outcome = invite(first, invitation, assessment_id="A2", by=by, at=NOW, today=NOW.date())
    assert isinstance(outcome, Invited), outcome
    return outcome


def why_not_invited(first: Assessment, invitation: Invitation = SECOND, by: str = NIA) -> Refusal:
    """Why an invitation is refused."""
    outcome = invite(first, invitation, assessment_id="A2", by=by, at=NOW, today=NOW.date())
    assert isinstance(outcome, Refusal), outcome
    return outcome


class Sides:
    """Both sides as they are stored, each knowing the other, and what was added to their histories."""

    def __init__(self, first: Assessment | None = None, *, channel: str = "C1") -> None:
        first = first or together()
        second = invited(first, replace(SECOND, channel_id=channel)).second.assessment
        self.first, self.second = seen_from(first, second), seen_from(second, first)
        self.histories: dict[str, list[HistoryEntry]] = {"A1": [], "A2": []}

    @classmethod
    def opened(cls, *dimensions: str, channel: str = "C1") -> Sides:
        """Both with an assessor and these dimensions open; roads by default."""
        sides = cls(channel=channel)
        sides.do_second(AddPeople((TOM,), Role.ASSESSOR), by=JO)
        for dimension in dimensions or ("roads",):
            sides.do_first(OpenDimension(dimension))
            sides.do_second(OpenDimension(dimension), by=JO)
        return sides

    @property
    def pair(self) -> Pair:
        found = pair_of(self.first, self.second)
        assert found is not None
        return found

    def do_first(self, *steps: Step, by: str = NIA) -> None:
        for step in steps:
            assert self.attempt(self.first, step, by) is None

    def do_second(self, *steps: Step, by: str = JO) -> None:
        for step in steps:
            assert self.attempt(self.second, step, by) is None

    def refused_first(self, step: Step, by: str = NIA) -> Refusal:
        refusal = self.attempt(self.first, step, by)
        assert refusal is not None
        return refusal

    def refused_second(self, step: Step, by: str = JO) -> Refusal:
        refusal = self.attempt(self.second, step, by)
        assert refusal is not None
        return refusal

    def attempt(self, own: Assessment, step: Step, by: str) -> Refusal | None:
        """Take a step on one side with all that follows from it; the refusal where there is one."""
        outcome = take(own, step, by=by, at=LATER)
        if isinstance(outcome, Refusal):
            return outcome
        other = self.second if own.id == self.first.id else self.first
        mine, theirs = after_step(outcome, other, by, LATER)
        for side in (mine, theirs):
            self.histories[side.assessment.id] += side.entries
            if side.assessment.id == self.first.id:
                self.first = side.assessment
            else:
                self.second = side.assessment
        return None
