"""Between the objects of a proposal, or of the council's own library, and the rows of their tables."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import RowMapping

from model.library.council_library import OwnAction, Provenance
from model.library.library import Action, Amount
from model.proposals.proposal import Accepted, Mark, Proposal, ProposalState, ProposedEffort, Source
from model.proposals.steps import ProposalEntry, ProposalHappened

Row = dict[str, Any]


def proposal_row(proposal: Proposal) -> Row:
    """The row of the proposal itself."""
    source, accepted = proposal.source, proposal.accepted
    return {
        "id": proposal.id,
        "assessment_id": proposal.assessment_id,
        "source_channel_id": None if source is None else source.channel_id,
        "source_ts": None if source is None else source.ts,
        "source_thread_ts": None if source is None else source.thread_ts,
        "source_author": None if source is None else source.author,
        "source_edited_text": None if source is None else source.edited_text,
        "source_deleted": source is not None and source.deleted,
        "title": proposal.title,
        "text": proposal.text,
        "shortened": proposal.shortened,
        "proposed_by": proposal.proposed_by,
        "proposed_at": proposal.proposed_at,
        "state": proposal.state.value,
        "state_by": proposal.state_by,
        "state_at": proposal.state_at,
        "state_reason": proposal.state_reason,
        "dimension_id": proposal.dimension_id,
        "from_level": proposal.from_level,
        "to_level": proposal.to_level,
        "time": _value(proposal.effort.time),
        "money": _value(proposal.effort.money),
        "skills": _value(proposal.effort.skills),
        "benefits": " ".join(proposal.benefits),
        "accepted_as": None if accepted is None else accepted.action_id,
        "accepted_by": None if accepted is None else accepted.by,
        "accepted_at": None if accepted is None else accepted.at,
        "told_at": proposal.told_at,
        "revision": proposal.revision,
    }


def proposal_from(row: RowMapping, channel_id: str, marks: Iterable[RowMapping]) -> Proposal:
    """Read a proposal."""
    return Proposal(
        id=row["id"],
        assessment_id=row["assessment_id"],
        channel_id=channel_id,
        title=row["title"],
        text=row["text"],
        proposed_by=row["proposed_by"],
        proposed_at=row["proposed_at"],
        state=ProposalState(row["state"]),
        state_by=row["state_by"],
        state_at=row["state_at"],
        source=_source_from(row),
        shortened=row["shortened"],
        state_reason=row["state_reason"],
        dimension_id=row["dimension_id"],
        from_level=row["from_level"],
        to_level=row["to_level"],
        effort=ProposedEffort(_amount(row["time"]), _amount(row["money"]), _amount(row["skills"])),
        benefits=tuple(row["benefits"].split()),
        marks=tuple(Mark(each["person"], each["sign"], each["standing"], each["at"]) for each in marks),
        accepted=_accepted_from(row),
        told_at=row["told_at"],
        revision=row["revision"],
    )


def mark_row(mark: Mark) -> Row:
    """The row of one sign of support."""
    return {"person": mark.person, "sign": mark.sign, "standing": mark.on, "at": mark.at}


def proposal_entry_row(entry: ProposalEntry) -> Row:
    """The row of one line of history."""
    return {
        "what": entry.what.value,
        "by": entry.by,
        "at": entry.at,
        "before": entry.before,
        "after": entry.after,
        "reason": entry.reason,
    }


def proposal_entry_from(row: RowMapping) -> ProposalEntry:
    """Read one line of history."""
    return ProposalEntry(
        ProposalHappened(row["what"]), row["by"], row["at"], row["before"], row["after"], row["reason"]
    )


def own_action_row(own: OwnAction) -> Row:
    """The row of one action of the council's own library."""
    came = own.provenance
    return {
        "id": own.action.id,
        "title": own.action.title,
        "document": own.action.model_dump_json(),
        "added_at": came.added_at,
        "added_by": came.added_by,
        "proposed_by": came.proposed_by,
        "source_channel_id": came.channel_id,
        "source_ts": came.message_ts,
        "changed_at": came.changed_at,
    }


def own_action_from(row: RowMapping) -> OwnAction:
    """Read one action of the council's own library."""
    came = Provenance(
        added_at=row["added_at"],
        added_by=row["added_by"],
        proposed_by=row["proposed_by"],
        channel_id=row["source_channel_id"],
        message_ts=row["source_ts"],
        changed_at=row["changed_at"],
    )
    return OwnAction(Action.model_validate_json(row["document"]), came)


def _source_from(row: RowMapping) -> Source | None:
    if row["source_ts"] is None:
        return None
    return Source(
        channel_id=row["source_channel_id"],
        ts=row["source_ts"],
        thread_ts=row["source_thread_ts"],
        author=row["source_author"],
        edited_text=row["source_edited_text"],
        deleted=row["source_deleted"],
    )


def _accepted_from(row: RowMapping) -> Accepted | None:
    if row["accepted_as"] is None:
        return None
    return Accepted(row["accepted_as"], row["accepted_by"], row["accepted_at"])


def _value(amount: Amount | None) -> str | None:
    return None if amount is None else amount.value


def _amount(value: str | None) -> Amount | None:
    return None if value is None else Amount(value)
