"""The steps of a proposal and what came of them, as data. Rules: `model.proposals.state_machine`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from model.proposals.proposal import Mark, Proposal, ProposedEffort, Source
from model.refusals import Refusal


@dataclass(frozen=True)
class NewProposal:
    """What a proposal begins with.

    Attributes:
        sign: The sign by which the proposer supports it.
        signed_at: When they gave it, by Slack's clock.
        title: Empty for the first line of the text.
        dimension_id: The dimension in whose thread the message stands, if any.
        given: The signs of support that the message has already; those of observers do not count.
    """

    proposal_id: str
    text: str
    sign: str
    signed_at: datetime
    source: Source | None = None
    title: str = ""
    dimension_id: str | None = None
    given: tuple[Mark, ...] = ()


@dataclass(frozen=True)
class Support:
    """Give a sign of support; `at` is when that was, by Slack's clock."""

    sign: str
    at: datetime


@dataclass(frozen=True)
class TakeSupportBack:
    """Take a sign of support back; `at` is when that was, by Slack's clock."""

    sign: str
    at: datetime


@dataclass(frozen=True)
class EditProposal:
    """Everything that the form says; `seen` is the revision that it was filled in from.

    Where a dimension is chosen and levels are not, they are the step it is on.
    """

    seen: int
    title: str
    dimension_id: str | None = None
    from_level: int | None = None
    to_level: int | None = None
    effort: ProposedEffort = field(default_factory=ProposedEffort)
    benefits: tuple[str, ...] = ()


@dataclass(frozen=True)
class NoteEdit:
    """The message was edited and says this now."""

    text: str


@dataclass(frozen=True)
class NoteDeletion:
    """The message is gone from Slack."""


@dataclass(frozen=True)
class TakeNewText:
    """Copy what the message says since it was edited."""


@dataclass(frozen=True)
class DismissProposal:
    """Decide that it is not for the plan, and why."""

    reason: str


@dataclass(frozen=True)
class Reconsider:
    """Take up again what was dismissed."""


@dataclass(frozen=True)
class MarkPlanned:
    """It was added to the plan; whoever does that may fill in what it lacks."""

    details: EditProposal | None = None


@dataclass(frozen=True)
class MarkAccepted:
    """It was taken into the council's own library as this action."""

    action_id: str


ProposalStep = (
    Support
    | TakeSupportBack
    | EditProposal
    | NoteEdit
    | NoteDeletion
    | TakeNewText
    | DismissProposal
    | Reconsider
    | MarkPlanned
    | MarkAccepted
)


class ProposalHappened(StrEnum):
    """The kinds of entries in a proposal's history."""

    PROPOSED = "proposed"
    SUPPORTED = "supported"
    SUPPORT_TAKEN_BACK = "support_taken_back"
    WITHDRAWN = "withdrawn"
    BROUGHT_BACK = "brought_back"
    TITLE_CHANGED = "title_changed"
    DIMENSION_CHANGED = "dimension_changed"
    LEVELS_CHANGED = "levels_changed"
    EFFORT_CHANGED = "effort_changed"
    BENEFITS_CHANGED = "benefits_changed"
    TEXT_TAKEN = "text_taken"
    DISMISSED = "dismissed"
    RECONSIDERED = "reconsidered"
    PLANNED = "planned"
    ACCEPTED = "accepted"
    TAKEN_OUT = "taken_out"


@dataclass(frozen=True)
class ProposalEntry:
    """One line of a proposal's history.

    `before` and `after` hold what the kind is about: words, ids with spaces between them, two levels
    ("2-3"), amounts of time, money and skills ("low - high"), or the sign of support. Empty is none.
    """

    what: ProposalHappened
    by: str
    at: datetime
    before: str = ""
    after: str = ""
    reason: str = ""


@dataclass(frozen=True)
class ProposalTaken:
    """A step that was taken: the proposal after it, and what it adds to the history."""

    proposal: Proposal
    entries: tuple[ProposalEntry, ...]


ProposalOutcome = ProposalTaken | Refusal
