"""What the forms of a proposal say, as typed values."""

from __future__ import annotations

from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.payloads import Submission
from bot.views.block_kit.ids import InputId
from model.library.draft import ActionDraft
from model.library.library import Amount
from model.proposals.proposal import ProposedEffort
from model.proposals.steps import EditProposal


def details_of(submission: Submission) -> EditProposal:
    """What the form of a proposal says of it.

    Raises:
        UnreadableForm: a menu holds what it does not offer.
    """
    return EditProposal(
        seen=submission.reference.revision or 0,
        title=submission.text(InputId.ITEM_TITLE),
        dimension_id=submission.choice(InputId.DIMENSION) or None,
        from_level=_number(submission.choice(InputId.FROM_LEVEL)),
        to_level=_number(submission.choice(InputId.TO_LEVEL)),
        effort=ProposedEffort(*_amounts(submission)),
        benefits=submission.choices(InputId.BENEFITS),
    )


def draft_of(submission: Submission) -> ActionDraft:
    """What the form of an action for the library says.

    Raises:
        UnreadableForm: a menu holds what it does not offer.
    """
    time, money, skills = _amounts(submission)
    return ActionDraft(
        title=submission.text(InputId.ITEM_TITLE),
        summary=submission.text(InputId.SUMMARY),
        why=submission.text(InputId.WHY),
        dimension_id=submission.choice(InputId.DIMENSION),
        from_level=_number(submission.choice(InputId.FROM_LEVEL)) or 0,
        time=time,
        money=money,
        skills=skills,
        weeks=submission.text(InputId.WEEKS),
        steps=submission.text(InputId.STEPS),
        success=submission.text(InputId.SUCCESS),
        evidence=submission.text(InputId.EVIDENCE_LEFT),
        milestones=submission.text(InputId.MILESTONES),
        benefits=submission.choices(InputId.BENEFITS),
    )


def _amounts(submission: Submission) -> tuple[Amount | None, Amount | None, Amount | None]:
    try:
        time, money, skills = (
            Amount(chosen) if (chosen := submission.choice(each)) else None
            for each in (InputId.TIME, InputId.MONEY, InputId.SKILLS)
        )
    except ValueError:
        raise UnreadableForm from None
    return time, money, skills


def _number(chosen: str) -> int | None:
    if not chosen:
        return None
    try:
        return int(chosen)
    except ValueError:
        raise UnreadableForm from None
