"""Between the objects of a proposal, or of the council's own library, and the rows of their tables."""

from __future__ import annotations

from sqlalchemy import RowMapping

from model.library.council_library import OwnAction, Provenance
from model.library.library import Action
from model.proposals.proposal import Accepted, Mark, Proposal, ProposedEffort, Source
from model.proposals.steps import ProposalEntry
from storage.mapping import RecordMapping, Row

_PROPOSAL = RecordMapping(
    Proposal,
    parts={
        "source": RecordMapping(Source, prefix="source_", present="ts", absent={"source_deleted": False}),
        "effort": RecordMapping(ProposedEffort),
        "accepted": RecordMapping(
            Accepted, prefix="accepted_", columns={"action_id": "accepted_as"}, present="action_id"
        ),
    },
    besides=("channel_id", "benefits", "marks"),
)
MARK = RecordMapping(Mark, columns={"on": "standing"})
PROPOSAL_ENTRY = RecordMapping(ProposalEntry)
_PROVENANCE = RecordMapping(
    Provenance, columns={"channel_id": "source_channel_id", "message_ts": "source_ts"}
)


def proposal_row(proposal: Proposal) -> Row:
    """The row of the proposal itself."""
    return _PROPOSAL.to_row(proposal, benefits=" ".join(proposal.benefits))


def proposal_from(row: RowMapping, channel_id: str, marks: tuple[Mark, ...]) -> Proposal:
    """Read a proposal."""
    benefits = tuple(row["benefits"].split())
    return _PROPOSAL.from_row(row, channel_id=channel_id, benefits=benefits, marks=marks)


def own_action_row(own: OwnAction) -> Row:
    """The row of one action of the council's own library."""
    action = own.action
    return _PROVENANCE.to_row(
        own.provenance, id=action.id, title=action.title, document=action.model_dump_json()
    )


def own_action_from(row: RowMapping) -> OwnAction:
    """Read one action of the council's own library."""
    return OwnAction(Action.model_validate_json(row["document"]), _PROVENANCE.from_row(row))
