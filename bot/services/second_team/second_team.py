"""Use cases between two teams: inviting a second one, comparing, and recording moderated levels."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from bot.services.asking import Asked, Refused
from bot.services.assessment.chosen_people import not_people
from bot.services.assessment.finding import must_be_inside
from bot.services.assessment.stepping import save_side
from bot.services.assessment.still_there import gone_since
from bot.services.desk import Desk
from bot.services.membership import any_inside
from bot.services.messages.of_assessments import out_of_date
from bot.services.messages.of_pairs import comparisons_out_of_date
from bot.services.messages.wanting import want_all
from bot.services.recording import allowed, existing, locked, record_once
from model.assessment.assessment import Assessment, Role
from model.assessment.guards import not_facilitator
from model.refusals import Reason, Refusal
from model.second_team.inviting import Invitation, Invited, invite
from model.second_team.moderating import Moderate, cannot_moderate, moderate
from model.second_team.pair import Pair, left_alone, pair_of, seen_from
from storage.engine.errors import AlreadyUnderWay
from storage.unit_of_work import UnitOfWork


async def invite_second_team(
    desk: Desk, asked: Asked, first_id: str, invitation: Invitation
) -> Assessment | None:
    """Begin the assessment of a second team beside a first; None when this delivery was handled before.

    Whoever invites need not be in the second team's channel, so that they need not see what is voted there.
    One of those who are to facilitate it has to be.

    Returns:
        The second team's assessment.

    Raises:
        NoSuchAssessment: there is no first with this id.
        Refused: the rules do not allow it, or the channel is taken; nothing is said of what is there.
    """
    await must_be_inside(desk, asked, first_id)
    leads, where = invitation.facilitators, invitation.channel_id
    nobody = await not_people(asked.workspace_id, leads, desk.accounts, "facilitators")
    led = await any_inside(desk.membership, asked.workspace_id, where, leads)
    gone = await gone_since(desk, asked.workspace_id, where)

    async def change(work: UnitOfWork) -> Assessment:
        first = await locked(work, first_id)
        allowed(nobody, first)
        outcome = invite(
            first,
            await _with_last_roster(work, first, invitation, gone),
            assessment_id=uuid4().hex,
            by=asked.person,
            at=asked.at,
            today=desk.today(asked.at),
        )
        invited = allowed(outcome, first)
        allowed(None if led else Refusal(Reason.FACILITATORS_OUTSIDE), first)
        await _add(work, asked, first, invited)
        return invited.second.assessment

    return await record_once(desk.database, asked, change)


async def _with_last_roster(
    work: UnitOfWork, first: Assessment, invitation: Invitation, gone: frozenset[str]
) -> Invitation:
    """The same with those who took part last time in the second team's own channel and are still there."""
    if invitation.channel_id == first.channel_id:
        return invitation
    last = await work.assessments.latest_in(invitation.channel_id)
    if last is None:
        return invitation
    return replace(
        invitation,
        assessors=tuple(each for each in last.assessors if each not in gone),
        observers=tuple(each for each in last.people(Role.OBSERVER) if each not in gone),
    )


async def _add(work: UnitOfWork, asked: Asked, first: Assessment, invited: Invited) -> None:
    """Store the second side, and want what either side shows now."""
    second = invited.second.assessment
    try:
        await work.assessments.add(second, invited.second.entries)
    except AlreadyUnderWay:
        raise Refused(Refusal(Reason.CHANNEL_TAKEN), first) from None
    await work.assessments.save(first, first, invited.first.entries)
    await want_all(work, out_of_date(first, seen_from(first, second)), asked.at)
    await want_all(work, out_of_date(None, seen_from(second, first)), asked.at)


async def see_pair(desk: Desk, asked: Asked, assessment_id: str) -> Pair:
    """Both sides, for somebody who is in the channel of this one and may see how the two compare.

    When both are complete that is everybody in either channel, before that the facilitators.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they may not, there is no second team, or nothing is agreed on both sides yet.
    """
    await must_be_inside(desk, asked, assessment_id)
    async with desk.database.reading(asked.workspace_id) as work:
        own = await existing(work, assessment_id)
        pair = pair_of(own, await work.assessments.other_side(own))
    refusal = _not_to_be_seen(own, pair, asked.person)
    if pair is None or refusal is not None:
        raise Refused(refusal or Refusal(Reason.NO_SECOND_TEAM), own)
    return pair


def _not_to_be_seen(own: Assessment, pair: Pair | None, by: str) -> Refusal | None:
    if pair is None:
        return Refusal(Reason.NO_SECOND_TEAM)
    refusal = None if pair.complete else not_facilitator(own, by)
    if refusal is None and (own.other is None or not own.other.comparable):
        return Refusal(Reason.NOTHING_TO_COMPARE)
    return refusal


async def moderate_level(desk: Desk, asked: Asked, assessment_id: str, step: Moderate) -> Pair | None:
    """Record the level that both teams agree on; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)

    async def change(work: UnitOfWork) -> Pair:
        own = await locked(work, assessment_id)
        before = pair_of(own, await work.assessments.other_side(own))
        if before is None:
            raise Refused(Refusal(Reason.NO_SECOND_TEAM), own)
        outcome = allowed(moderate(before, step, by=asked.person, at=asked.at), own)
        await work.assessments.save(before.first, before.first, (outcome.entry,))
        await work.assessments.save(before.second, outcome.second, (outcome.entry,))
        after = Pair(before.first, outcome.second)
        await want_all(work, await comparisons_out_of_date(work, before, after), asked.at)
        return after

    return await record_once(desk.database, asked, change)


async def other_side_deleted(
    work: UnitOfWork, gone: Assessment, left: Assessment, *, by: str, at: datetime
) -> None:
    """Bring one side of a pair into line when the other was deleted in the same unit of work.

    Args:
        work: In which both were locked.
        gone: What was deleted.
        left: The other side as it was before.
        by: Who deleted it.
        at: The moment.
    """
    await save_side(work, left, left_alone(left, by, at), at)
    stale = await comparisons_out_of_date(work, pair_of(left, gone), None)
    await want_all(work, [each for each in stale if each.assessment_id == left.id], at)


def why_not_moderate(pair: Pair, asked: Asked) -> Refusal | None:
    """Why somebody could not record a moderated level, to say so before they fill in the form."""
    return cannot_moderate(pair, asked.person)
