"""How people come onto the roster of an assessment, and what that leaves in its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import Assessment, Participant, Role
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import Taken
from model.refusals import Reason, Refusal


def joined(assessment: Assessment, person: str, at: datetime) -> Taken:
    """Put somebody on the roster as an assessor by their own doing; nothing happens when they are on it."""
    if assessment.participant(person) is not None:
        return Taken(assessment, ())
    new = Participant(person, Role.ASSESSOR, at, person)
    entry = HistoryEntry(Happened.JOINED, person, at, about=person, role=Role.ASSESSOR)
    return Taken(with_participant(assessment, new), (entry,))


def with_participant(assessment: Assessment, changed: Participant) -> Assessment:
    """The same assessment with this entry of the roster in place of the person's earlier one."""
    places = [each.person for each in assessment.participants]
    if changed.person not in places:
        return replace(assessment, participants=(*assessment.participants, changed))
    roster = tuple(changed if each.person == changed.person else each for each in assessment.participants)
    return replace(assessment, participants=roster)


def not_with_us(assessment: Assessment, person: str) -> Refusal | None:
    """Refuse the vote of whoever takes part in the other side of a pair, so that nobody votes in both.

    Who came onto both rosters all the same, as by taking over, votes where they are an assessor, else in
    the first team.
    """
    other = assessment.other
    if other is None or person not in other.people:
        return None
    here = assessment.participant(person)
    first = assessment.second_team is None
    if here is not None and (here.role is Role.ASSESSOR, first) > (person in other.assessors, not first):
        return None
    return Refusal(Reason.WITH_OTHER_TEAM, who_can=assessment.facilitators)


def in_other_team(assessment: Assessment, people: Iterable[str], role: Role | None = None) -> Refusal | None:
    """Refuse to put people on the roster who take part in the other side of a pair, unless they are on it.

    Whoever is on both all the same, as by taking over, becomes an assessor of one only: else both teams would
    wait for them, and one in vain. `role` is what they are to become; None where they keep theirs.
    """
    if assessment.other is None or role is Role.OBSERVER:
        return None
    there = assessment.other.people
    waited_for = assessment.other.assessors if role is Role.ASSESSOR else frozenset()
    here = {
        each.person for each in assessment.participants if each.present and each.role is not Role.OBSERVER
    }
    both = tuple(each for each in people if each in waited_for or (each in there and each not in here))
    return Refusal(Reason.IN_OTHER_TEAM, who_can=both, part="people") if both else None
