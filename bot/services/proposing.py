"""Use cases of proposals: make one, take a step in it, add it to the plan. One unit of work each."""

from __future__ import annotations

from collections.abc import Hashable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.services.assessing import Asked, NoSuchAssessment, Refused, want_all
from bot.services.guests import only_a_guest
from bot.services.membership import NOT_INSIDE, Guests, Membership
from bot.services.projection import MessageKind, key_of
from model.assessment import Assessment
from model.proposal import BUTTON, Mark, Proposal, Source
from model.proposal_steps import EditProposal, NewProposal, ProposalStep, ProposalTaken, Support
from model.proposing import propose, supported_enough, take_in_proposal
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.messages import WantedMessage
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Proposals:
    """What the use cases need besides who asks.

    Attributes:
        threshold: With how many supporters the facilitators are told.
    """

    database: Database
    membership: Membership
    guests: Guests
    threshold: int


@dataclass(frozen=True)
class ProposalSeen:
    """A proposal and the assessment that it belongs to."""

    proposal: Proposal
    assessment: Assessment


@dataclass(frozen=True)
class ProposalStepTaken:
    """A proposal before and after a step; there is none before it was made."""

    before: Proposal | None
    after: Proposal
    assessment: Assessment


@dataclass(frozen=True)
class ToPropose:
    """Words to propose, and what their form says of them, if they come from one.

    Attributes:
        source: The message that they copy; None for words of the proposer's own.
        sign: The sign by which the proposer supports it, and when they gave it.
        details: What the form says besides; its title and revision do not count.
        given: The signs of support that people have given the message already.
    """

    assessment_id: str
    text: str
    sign: str
    signed_at: datetime
    source: Source | None = None
    title: str = ""
    details: EditProposal | None = None
    given: tuple[Mark, ...] = ()


async def make_proposal(uses: Proposals, asked: Asked, what: ToPropose) -> ProposalStepTaken | None:
    """Make a proposal, or support the one there is of the same message; None when handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel, or a guest who takes no part.
    """
    async with uses.database.reading(asked.workspace_id) as work:
        assessment = await work.assessments.get(what.assessment_id)
    if assessment is None:
        raise NoSuchAssessment(what.assessment_id)
    await must_take_part(uses, asked, assessment)
    what = replace(what, given=await _of_those_who_may(uses, asked, assessment, what.given))
    async with uses.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        taken = await _make_or_support(work, asked, what, assessment)
        taken = await _after(work, uses, asked, taken)
        await work.commit()
    return taken


async def _of_those_who_may(
    uses: Proposals, asked: Asked, assessment: Assessment, given: tuple[Mark, ...]
) -> tuple[Mark, ...]:
    """Only the signs that would have counted, had they been heard of when they were given."""
    may: set[str] = set()
    for person in {each.person for each in given}:
        with suppress(Refused):
            await must_take_part(uses, replace(asked, person=person), assessment)
            may.add(person)
    return tuple(each for each in given if each.person in may)


async def _make_or_support(
    work: UnitOfWork, asked: Asked, what: ToPropose, assessment: Assessment
) -> ProposalStepTaken:
    new = await _made(work, asked, what, assessment)
    if await work.proposals.add(new.proposal, new.entries):
        return ProposalStepTaken(None, new.proposal, assessment)
    # Somebody else was quicker with this message, perhaps in another replica.
    source = what.source
    standing = None if source is None else await work.proposals.of_message(source.channel_id, source.ts)
    before = None if standing is None else await work.proposals.lock(standing.id)
    if before is None:
        raise NoSuchAssessment(what.assessment_id)
    return await _step(work, asked, before, assessment, Support(what.sign, what.signed_at))


async def _made(work: UnitOfWork, asked: Asked, what: ToPropose, assessment: Assessment) -> ProposalTaken:
    source = what.source
    new = NewProposal(
        proposal_id=_new_id(asked, what),
        text=what.text,
        sign=what.sign,
        signed_at=what.signed_at,
        source=source,
        title=what.title,
        given=what.given,
        dimension_id=await _dimension_at(work, source.channel_id, source.thread_ts) if source else None,
    )
    made = propose(new, assessment, by=asked.person, at=asked.at)
    if isinstance(made, Refusal):
        raise Refused(made, assessment)
    if what.details is None:
        return made
    details = replace(what.details, seen=made.proposal.revision, title=made.proposal.title)
    edited = take_in_proposal(made.proposal, details, assessment, by=asked.person, at=asked.at)
    if not isinstance(edited, Refusal):
        return ProposalTaken(edited.proposal, (*made.entries, *edited.entries))
    if edited.reason is Reason.NOTHING_CHANGED:
        return made
    raise Refused(edited, assessment)


async def dimension_at(
    database: Database, workspace_id: str, channel_id: str, thread_ts: str | None
) -> str | None:
    """The dimension in whose thread a message stands."""
    async with database.reading(workspace_id) as work:
        return await _dimension_at(work, channel_id, thread_ts)


async def _dimension_at(work: UnitOfWork, channel_id: str, thread_ts: str | None) -> str | None:
    row = None if thread_ts is None else await work.messages.at(channel_id, thread_ts)
    return row.subject if row is not None and row.kind == MessageKind.DIMENSION else None


async def take_proposal_step(
    uses: Proposals, asked: Asked, proposal_id: str, step: ProposalStep
) -> ProposalStepTaken | None:
    """Take one step in a proposal; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is no proposal with this id.
        Refused: the rules do not allow it, or they are not in its channel.
    """
    seen = await see_proposal(uses, asked, proposal_id)
    if isinstance(step, Support):
        await must_take_part(uses, asked, seen.assessment)
    return await _take(uses, asked, seen, step)


async def note_of_message(
    uses: Proposals, asked: Asked, channel_id: str, ts: str, step: ProposalStep
) -> ProposalStepTaken | None:
    """Note what Slack tells of the message of a proposal, if there is one.

    Raises:
        Refused: it is nothing new.
    """
    async with uses.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.of_message(channel_id, ts)
        assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
    if proposal is None or assessment is None:
        return None
    return await _take(uses, asked, ProposalSeen(proposal, assessment), step)


async def _take(
    uses: Proposals, asked: Asked, seen: ProposalSeen, step: ProposalStep
) -> ProposalStepTaken | None:
    async with uses.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        before = await work.proposals.lock(seen.proposal.id)
        if before is None:
            raise NoSuchAssessment(seen.assessment.id)
        taken = await _step(work, asked, before, seen.assessment, step)
        taken = await _after(work, uses, asked, taken)
        await work.commit()
    return taken


async def _step(
    work: UnitOfWork, asked: Asked, before: Proposal, assessment: Assessment, step: ProposalStep
) -> ProposalStepTaken:
    outcome = take_in_proposal(before, step, assessment, by=asked.person, at=asked.at)
    if isinstance(outcome, Refusal):
        raise Refused(outcome, assessment)
    await work.proposals.save(before, outcome.proposal, outcome.entries)
    return ProposalStepTaken(before, outcome.proposal, assessment)


async def _after(
    work: UnitOfWork, uses: Proposals, asked: Asked, taken: ProposalStepTaken
) -> ProposalStepTaken:
    """Want what is out of date, and tell the facilitators once there is support enough."""
    before, after = taken.before, taken.after
    if supported_enough(after, uses.threshold):
        told = replace(after, told_at=asked.at)
        await work.proposals.save(after, told, ())
        await want_all(work, [_notice(told, each) for each in taken.assessment.facilitators], asked.at)
        after = told
    if before is None or _print(before) != _print(after):
        await want_all(work, [card_of(after)], asked.at)
    return replace(taken, after=after)


async def must_take_part(uses: Proposals, asked: Asked, assessment: Assessment) -> None:
    """Refuse whoever is not in the channel, and guests who take no part.

    Asked before the transaction, since it may be a call to Slack.

    Raises:
        Refused: they may not.
    """
    if not await uses.membership.inside(asked.workspace_id, assessment.channel_id, asked.person):
        raise Refused(NOT_INSIDE, assessment)
    refusal = await only_a_guest(uses.guests, asked, assessment)
    if refusal is not None:
        raise Refused(refusal, assessment)


async def why_not_propose(uses: Proposals, asked: Asked, assessment: Assessment) -> Refusal | None:
    """Why nothing that somebody proposes would be recorded, to say so before they fill in a form."""
    try:
        await must_take_part(uses, asked, assessment)
    except Refused as refused:
        return refused.refusal
    probe = propose(NewProposal("", "…", BUTTON, asked.at), assessment, by=asked.person, at=asked.at)
    return probe if isinstance(probe, Refusal) else None


def why_not(seen: ProposalSeen, asked: Asked, step: ProposalStep) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = take_in_proposal(seen.proposal, step, seen.assessment, by=asked.person, at=asked.at)
    return outcome if isinstance(outcome, Refusal) else None


async def see_proposal(uses: Proposals, asked: Asked, proposal_id: str) -> ProposalSeen:
    """One proposal as it is now, for somebody in its channel.

    Raises:
        NoSuchAssessment: there is none with this id in the workspace.
        Refused: they are not in its channel.
    """
    async with uses.database.reading(asked.workspace_id) as work:
        proposal = await work.proposals.get(proposal_id)
        assessment = None if proposal is None else await work.assessments.get(proposal.assessment_id)
    if proposal is None or assessment is None:
        raise NoSuchAssessment(proposal_id)
    if not await uses.membership.inside(asked.workspace_id, assessment.channel_id, asked.person):
        raise Refused(NOT_INSIDE, assessment)
    return ProposalSeen(proposal, assessment)


@dataclass(frozen=True)
class Standing:
    """What there is at a message: a card of ours, a proposal of it, an assessment of its channel.

    Attributes:
        card: Whether the message is a proposal's card.
        ours: Whether it is any message of ours.
    """

    proposal: Proposal | None
    assessment: Assessment | None
    card: bool
    ours: bool


async def standing_in(database: Database, workspace_id: str, channel_id: str) -> Assessment | None:
    """The assessment that a proposal in a channel is for: the active one, else the last not cancelled."""
    async with database.reading(workspace_id) as work:
        return await work.assessments.standing_in(channel_id)


async def standing_at(database: Database, workspace_id: str, channel_id: str, ts: str) -> Standing:
    """What a reaction to a message, or a shortcut on it, meets."""
    async with database.reading(workspace_id) as work:
        row = await work.messages.at(channel_id, ts)
        card = row is not None and row.kind == MessageKind.PROPOSAL
        if row is not None and card:
            proposal = await work.proposals.get(row.subject or "")
        else:
            proposal = await work.proposals.of_message(channel_id, ts)
        assessment = await work.assessments.standing_in(channel_id)
    return Standing(proposal, assessment, card, row is not None)


async def place_of_card(database: Database, workspace_id: str, proposal: Proposal) -> tuple[str, str] | None:
    """Channel and timestamp of a proposal's card, once it was posted."""
    async with database.reading(workspace_id) as work:
        row = await work.messages.get(card_of(proposal).key)
    return None if row is None or row.ts is None else (row.channel_id, row.ts)


def card_of(proposal: Proposal) -> WantedMessage:
    """The card of a proposal: in the thread of its message, or in the channel."""
    return WantedMessage(
        key=key_of(MessageKind.PROPOSAL, proposal.assessment_id, proposal.id),
        kind=MessageKind.PROPOSAL,
        channel_id=proposal.channel_id,
        assessment_id=proposal.assessment_id,
        subject=proposal.id,
        parent_key=None,
        thread_ts=None if proposal.source is None else proposal.source.thread,
    )


def _notice(proposal: Proposal, person: str) -> WantedMessage:
    return WantedMessage(
        key=key_of(MessageKind.PROPOSAL_NOTICE, proposal.assessment_id, f"{proposal.id}/{person}"),
        kind=MessageKind.PROPOSAL_NOTICE,
        channel_id=person,
        assessment_id=proposal.assessment_id,
        subject=proposal.id,
        parent_key=None,
    )


def _print(proposal: Proposal) -> Hashable:
    """What the card depends on: of the signs of support only whose they are."""
    return (replace(proposal, marks=(), told_at=None), proposal.supporters)


def _new_id(asked: Asked, what: ToPropose) -> str:
    """An id, the same for everybody who proposes the same message in the same assessment."""
    about = asked.key if what.source is None else f"{what.source.channel_id}:{what.source.ts}"
    return sha256(f"{what.assessment_id}:{about}".encode()).hexdigest()[:20]
