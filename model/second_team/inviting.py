"""How a second team is invited to answer the same prompts beside the first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from model.assessment.assessment import Assessment, AssessmentState, Kind, Mode, SecondTeam
from model.assessment.guards import because, not_facilitator, too_long
from model.assessment.history import Happened, HistoryEntry
from model.assessment.other_side import TEAM_LIMIT
from model.assessment.starting import begin
from model.assessment.steps import NewAssessment, Taken
from model.refusals import Reason, Refusal
from model.second_team.pair import takes_part


@dataclass(frozen=True)
class Invitation:
    """What the invitation form asks for, and the assessors and observers of last time in that channel."""

    channel_id: str
    kind: Kind
    team: str
    facilitators: tuple[str, ...]
    closing_date: date | None = None
    assessors: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Invited:
    """Both sides after an invitation, each with what it adds to its history."""

    first: Taken
    second: Taken


def invite(
    first: Assessment, invitation: Invitation, *, assessment_id: str, by: str, at: datetime, today: date
) -> Invited | Refusal:
    """Begin the assessment of a second team beside a first, with the same framework, scope and mode.

    Args:
        first: The first team's assessment; a closed one may be looked at by others too.
        invitation: The form.
        assessment_id: The id of the second.
        by: Who invites.
        at: The moment.
        today: The date where the inviter is.
    """
    same_channel = invitation.channel_id == first.channel_id
    team = " ".join(invitation.team.split())
    refusal = cannot_invite(first, by) or _bad_team(team) or _in_first_team(first, invitation)
    if refusal is None and same_channel:
        refusal = _in_one_channel(first)
    if refusal is not None:
        return refusal
    outcome = begin(
        NewAssessment(
            channel_id=invitation.channel_id,
            title=first.title,
            kind=invitation.kind,
            mode=first.mode,
            scope=first.scope,
            facilitators=invitation.facilitators,
            closing_date=invitation.closing_date,
            assessors=tuple(each for each in invitation.assessors if not takes_part(first, each)),
            observers=invitation.observers,
        ),
        assessment_id=assessment_id,
        framework=first.framework,
        by=by,
        at=at,
        today=today,
    )
    if isinstance(outcome, Refusal):
        return outcome
    second = replace(
        outcome.assessment,
        title=f"{first.title} – {team}",
        second_team=SecondTeam(first.id, team, same_channel),
    )
    entry = HistoryEntry(Happened.SECOND_TEAM_INVITED, by, at)
    return Invited(Taken(first, (entry,)), Taken(second, outcome.entries))


def cannot_invite(first: Assessment, by: str) -> Refusal | None:
    """Refuse whoever may not invite, and what cannot have a second team, or has one already."""
    if first.state is AssessmentState.CANCELLED:
        return because(first, Reason.ASSESSMENT_CANCELLED)
    if first.second_team is not None:
        return Refusal(Reason.SECOND_TEAM_INVITES_NOBODY)
    refusal = not_facilitator(first, by)
    if refusal is None and first.other is not None:
        return Refusal(Reason.SECOND_TEAM_THERE, words=first.other.team)
    return refusal


def _bad_team(team: str) -> Refusal | None:
    return too_long(team, TEAM_LIMIT) if team else Refusal(Reason.TEAM_MISSING)


def _in_first_team(first: Assessment, invitation: Invitation) -> Refusal | None:
    """Refuse to have the second team led by people of the first, who see its levels and vote there."""
    both = tuple(each for each in dict.fromkeys(invitation.facilitators) if takes_part(first, each))
    return Refusal(Reason.IN_OTHER_TEAM, who_can=both, part="facilitators") if both else None


def _in_one_channel(first: Assessment) -> Refusal | None:
    """Refuse what nobody could keep from the second team, if it were in the same channel."""
    if first.mode is Mode.QUICK:
        return Refusal(Reason.QUICK_IN_ONE_CHANNEL)
    if any(prompt.came_to_light for prompt in first.prompts):
        return Refusal(Reason.SHOWN_IN_CHANNEL)
    return None
