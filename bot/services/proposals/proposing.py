"""Use case of making a proposal, in one unit of work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.proposals.places import dimension_of_thread
from bot.services.proposals.stepping import (
    Proposals,
    ProposalStepTaken,
    must_take_part,
    save_proposal_step,
    want_proposal_changes,
)
from model.assessment.assessment import Assessment
from model.proposals.proposal import BUTTON, Mark, Source
from model.proposals.state_machine import propose, take_in_proposal
from model.proposals.steps import EditProposal, NewProposal, ProposalTaken, Support
from model.refusals import Reason, Refusal
from storage.unit_of_work import UnitOfWork


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
    async with uses.desk.database.reading(asked.workspace_id) as work:
        assessment = await work.assessments.get(what.assessment_id)
    if assessment is None:
        raise NoSuchAssessment(what.assessment_id)
    await must_take_part(uses, asked, assessment)
    what = replace(what, given=await _of_those_who_may(uses, asked, assessment, what.given))
    async with uses.desk.database.unit_of_work(asked.workspace_id) as work:
        if not await work.deliveries_seen.first_time(asked.key, asked.at):
            return None
        taken = await _make_or_support(work, asked, what, assessment)
        taken = await want_proposal_changes(work, uses, asked, taken)
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
    return await save_proposal_step(work, asked, before, assessment, Support(what.sign, what.signed_at))


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
        dimension_id=await dimension_of_thread(work, source.channel_id, source.thread_ts) if source else None,
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


async def why_not_propose(uses: Proposals, asked: Asked, assessment: Assessment) -> Refusal | None:
    """Why nothing that somebody proposes would be recorded, to say so before they fill in a form."""
    try:
        await must_take_part(uses, asked, assessment)
    except Refused as refused:
        return refused.refusal
    probe = propose(NewProposal("", "…", BUTTON, asked.at), assessment, by=asked.person, at=asked.at)
    return probe if isinstance(probe, Refusal) else None


def _new_id(asked: Asked, what: ToPropose) -> str:
    """An id, the same for everybody who proposes the same message in the same assessment."""
    about = asked.key if what.source is None else f"{what.source.channel_id}:{what.source.ts}"
    return sha256(f"{what.assessment_id}:{about}".encode()).hexdigest()[:20]
