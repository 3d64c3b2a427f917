"""How people come onto the roster of an assessment, and what that leaves in its history."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment import Assessment, Participant, Role
from model.history import Happened, HistoryEntry
from model.refusals import Reason, Refusal
from model.steps import Taken


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
    """Refuse whoever takes part in the other side of a pair and would join this one by a slip."""
    if assessment.other is None or person not in assessment.other.people:
        return None
    if assessment.participant(person) is not None:
        return None
    return Refusal(Reason.WITH_OTHER_TEAM, who_can=assessment.facilitators)
