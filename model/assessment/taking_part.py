"""The rules of the roster: joining, leaving, roles, and leads of dimensions."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import FACILITATOR_LIMIT, Assessment, Participant, Role
from model.assessment.guards import not_facilitator
from model.assessment.history import Happened, HistoryEntry
from model.assessment.joining import in_other_team, joined, not_with_us, with_participant
from model.assessment.steps import (
    AddPeople,
    GiveLead,
    Join,
    Leave,
    LeaveChannel,
    Outcome,
    RemovePerson,
    SetRole,
    Taken,
    TakeOver,
)
from model.assessment.voting import waited_for_nobody_else
from model.refusals import Reason, Refusal


def join(assessment: Assessment, step: Join, by: str, at: datetime) -> Outcome:
    """Take part; whoever comes back does so as an assessor."""
    already = assessment.participant(by)
    if already is not None:
        return Refusal(Reason.ON_THE_LIST, who_can=assessment.facilitators, part=already.role.value)
    return not_with_us(assessment, by) or joined(assessment, by, at)


def leave(assessment: Assessment, step: Leave, by: str, at: datetime) -> Outcome:
    """Take part no longer."""
    return _last_facilitator(assessment, by) or _gone(assessment, by, Happened.LEFT, by, at)


def leave_channel(assessment: Assessment, step: LeaveChannel, by: str, at: datetime) -> Outcome:
    """Whoever has left the channel takes part no longer, even its only facilitator; see `take_over`."""
    return _gone(assessment, by, Happened.LEFT_CHANNEL, by, at)


def take_over(assessment: Assessment, step: TakeOver, by: str, at: datetime) -> Outcome:
    """Facilitate what nobody facilitates any more."""
    if assessment.facilitators:
        return Refusal(Reason.STILL_FACILITATED, who_can=assessment.facilitators)
    taken = Taken(assessment, (HistoryEntry(Happened.TOOK_OVER, by, at),))
    return _with_role(taken, by, Role.FACILITATOR, by, at)


def remove_person(assessment: Assessment, step: RemovePerson, by: str, at: datetime) -> Outcome:
    """Take somebody off the roster."""
    refusal = not_facilitator(assessment, by) or _last_facilitator(assessment, step.person)
    return refusal or _gone(assessment, step.person, Happened.REMOVED, by, at)


def _last_facilitator(assessment: Assessment, person: str) -> Refusal | None:
    return Refusal(Reason.LAST_FACILITATOR) if assessment.facilitators == (person,) else None


def _gone(assessment: Assessment, person: str, what: Happened, by: str, at: datetime) -> Outcome:
    leaving = assessment.participant(person)
    if leaving is None:
        return Refusal(Reason.NOT_ON_ROSTER)
    after = with_participant(assessment, replace(leaving, left_at=at))
    entries = [HistoryEntry(what, by, at, about=person, role=leaving.role)]
    for dimension in assessment.dimensions:
        if dimension.lead == person:
            after = after.with_dimension(replace(dimension, lead=None))
            entries.append(HistoryEntry(Happened.LEAD_SET, by, at, dimension_id=dimension.dimension_id))
    return waited_for_nobody_else(Taken(after, tuple(entries)), assessment, person, by, at)


def add_people(assessment: Assessment, step: AddPeople, by: str, at: datetime) -> Outcome:
    """Put people on the roster, or give them another role; who has it already stays as they are."""
    people = tuple(dict.fromkeys(step.people))
    refusal = not_facilitator(assessment, by) or (None if people else Refusal(Reason.NOBODY_CHOSEN))
    refusal = refusal or in_other_team(assessment, people, step.role)
    if refusal is not None:
        return refusal
    taken = Taken(assessment, ())
    for person in people:
        taken = _with_role(taken, person, step.role, by, at)
    return _checked(assessment, taken)


def set_role(assessment: Assessment, step: SetRole, by: str, at: datetime) -> Outcome:
    """Give another role to somebody on the roster."""
    refusal = not_facilitator(assessment, by)
    if refusal is None and assessment.participant(step.person) is None:
        refusal = Refusal(Reason.NOT_ON_ROSTER)
    refusal = refusal or in_other_team(assessment, (step.person,), step.role)
    if refusal is not None:
        return refusal
    return _checked(assessment, _with_role(Taken(assessment, ()), step.person, step.role, by, at))


def _checked(before: Assessment, taken: Taken) -> Outcome:
    """The outcome, unless nothing is left to do or the facilitators are too few or too many."""
    facilitators = taken.assessment.facilitators
    if not taken.entries:
        return Refusal(Reason.ALREADY_DONE)
    if not facilitators:
        return Refusal(Reason.LAST_FACILITATOR)
    if len(facilitators) > FACILITATOR_LIMIT and len(facilitators) > len(before.facilitators):
        return Refusal(Reason.TOO_MANY_FACILITATORS, limit=FACILITATOR_LIMIT, length=len(facilitators))
    return taken


def _with_role(taken: Taken, person: str, role: Role, by: str, at: datetime) -> Taken:
    before = taken.assessment
    already = before.participant(person)
    if already is not None and already.role is role:
        return taken
    known = next((each for each in before.participants if each.person == person), None)
    changed = Participant(person, role, at, by) if known is None else known.given(role, at)
    if already is None:
        changed = replace(changed, joined_at=at, added_by=by, left_at=None)
    what = Happened.ADDED if already is None else Happened.ROLE_SET
    entry = HistoryEntry(what, by, at, about=person, role=role)
    after = Taken(with_participant(before, changed), (*taken.entries, entry))
    return waited_for_nobody_else(after, before, person, by, at)


def give_lead(assessment: Assessment, step: GiveLead, by: str, at: datetime) -> Outcome:
    """Give a dimension to somebody, who joins by it, or take it back."""
    dimension = assessment.dimension(step.dimension_id)
    refusal = not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    if dimension.lead == step.person:
        return Refusal(Reason.ALREADY_DONE)
    refusal = None if step.person is None else in_other_team(assessment, (step.person,))
    if refusal is not None:
        return refusal
    taken = Taken(assessment, ())
    if step.person is not None and assessment.participant(step.person) is None:
        taken = _with_role(taken, step.person, Role.ASSESSOR, by, at)
    entry = HistoryEntry(Happened.LEAD_SET, by, at, dimension_id=step.dimension_id, about=step.person)
    led = replace(taken.assessment.dimension(step.dimension_id), lead=step.person)
    return Taken(taken.assessment.with_dimension(led), (*taken.entries, entry))
