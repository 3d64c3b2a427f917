"""Use case of making a proposal, in one unit of work."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256

from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.assessment.finding import must_take_part
from bot.services.desk import Desk
from bot.services.proposals.places import dimension_of_thread
from bot.services.proposals.stepping import (
    ProposalSeen,
    ProposalStepTaken,
    locked_proposal,
    outcome_of,
    save_proposal_step,
    want_and_tell,
)
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.proposals.proposal import BUTTON, Mark, Source
from model.proposals.state_machine import propose
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


async def make_proposal(desk: Desk, asked: Asked, what: ToPropose) -> ProposalStepTaken | None:
    """Make a proposal, or support the one there is of the same message; None when handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, or they are not in its channel, or a guest who takes no part.
    """
    await must_take_part(desk, asked, what.assessment_id)
    what = replace(what, given=await _of_those_who_may(desk, asked, what))

    async def change(work: UnitOfWork) -> ProposalStepTaken:
        taken = await _make_or_support(work, asked, what, await existing(work, what.assessment_id))
        return await want_and_tell(work, desk, asked, taken)

    return await record_once(desk.database, asked, change)


async def _of_those_who_may(desk: Desk, asked: Asked, what: ToPropose) -> tuple[Mark, ...]:
    """Only the signs that would have counted, had they been heard of when they were given."""
    may: set[str] = set()
    for person in {each.person for each in what.given}:
        with suppress(Refused):
            await must_take_part(desk, replace(asked, person=person), what.assessment_id)
            may.add(person)
    return tuple(each for each in what.given if each.person in may)


async def _make_or_support(
    work: UnitOfWork, asked: Asked, what: ToPropose, assessment: Assessment
) -> ProposalStepTaken:
    new = await _made(work, asked, what, assessment)
    if await work.proposals.add(new.proposal, new.entries):
        return ProposalStepTaken(None, new.proposal, assessment)
    # Somebody else was quicker with this message, perhaps in another replica.
    source = what.source
    standing = None if source is None else await work.proposals.of_message(source.channel_id, source.ts)
    if standing is None:
        raise NoSuchAssessment(what.assessment_id)
    before = await locked_proposal(work, standing.id)
    return await save_proposal_step(work, asked, before, Support(what.sign, what.signed_at))


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
    made = allowed(propose(new, assessment, by=asked.person, at=asked.at), assessment)
    if what.details is None:
        return made
    details = replace(what.details, seen=made.proposal.revision, title=made.proposal.title)
    outcome = outcome_of(ProposalSeen(made.proposal, assessment), asked, details)
    if isinstance(outcome, Refusal) and outcome.reason is Reason.NOTHING_CHANGED:
        return made
    edited = allowed(outcome, assessment)
    return ProposalTaken(edited.proposal, (*made.entries, *edited.entries))


async def why_not_propose(desk: Desk, asked: Asked, assessment: Assessment) -> Refusal | None:
    """Why nothing that somebody proposes would be recorded, to say so before they fill in a form."""
    try:
        await must_take_part(desk, asked, assessment.id)
    except Refused as refused:
        return refused.refusal
    probe = propose(NewProposal("", "…", BUTTON, asked.at), assessment, by=asked.person, at=asked.at)
    return probe if isinstance(probe, Refusal) else None


def _new_id(asked: Asked, what: ToPropose) -> str:
    """An id, the same for everybody who proposes the same message in the same assessment."""
    about = asked.key if what.source is None else f"{what.source.channel_id}:{what.source.ts}"
    return sha256(f"{what.assessment_id}:{about}".encode()).hexdigest()[:20]
