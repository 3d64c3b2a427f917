"""A proposal: something that somebody said and others think should be done, as frozen data.

It belongs to an assessment and often copies a message of Slack's. Steps are in `model.proposals.steps`, rules
in `model.proposals.state_machine`. Being in the plan is a state; being in the council's own library stands
beside it, since a proposal can be both.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

from model.library.library import Amount
from model.plan.item import ITEM_TITLE_LIMIT

PROPOSAL_TITLE_LIMIT = ITEM_TITLE_LIMIT
PROPOSAL_TEXT_LIMIT = 3_000
"""Characters that are copied of a message; the message itself holds the rest."""
ELLIPSIS = "…"
BUTTON = "button"
"""The sign of whoever supports by a press, or proposed without a reaction."""


class ProposalState(StrEnum):
    """Where a proposal is."""

    DRAFT = "draft"
    WITHDRAWN = "withdrawn"
    PLANNED = "planned"
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Source:
    """The message that a proposal copies.

    Attributes:
        channel_id: Where it was written.
        ts: Slack's id of it in its channel.
        thread_ts: The message that began its thread; None when it stands in no thread.
        author: Who wrote it; None when that was a bot.
        edited_text: What it says since it was edited; None while it says what was copied.
        deleted: Whether it is gone from Slack.
    """

    channel_id: str
    ts: str
    thread_ts: str | None = None
    author: str | None = None
    edited_text: str | None = None
    deleted: bool = False

    @property
    def thread(self) -> str:
        """The message in whose thread an answer to it goes."""
        return self.thread_ts or self.ts


@dataclass(frozen=True)
class Mark:
    """One sign of support by one person, such as a reaction; it stays when taken back, with `on` false.

    Attributes:
        sign: What and where: a reaction on the message or on the card, or the button.
        at: When it was last given or taken back, by Slack's clock, so that what arrives late changes nothing.
    """

    person: str
    sign: str
    on: bool
    at: datetime


@dataclass(frozen=True)
class ProposedEffort:
    """What it takes, as far as somebody has said."""

    time: Amount | None = None
    money: Amount | None = None
    skills: Amount | None = None


@dataclass(frozen=True)
class Accepted:
    """That a proposal was taken into the council's own library: as which action, by whom and when."""

    action_id: str
    by: str
    at: datetime


@dataclass(frozen=True)
class Proposal:
    """One proposal.

    Attributes:
        source: The message it copies; None for words of the proposer's own.
        text: The copy, or those words.
        shortened: Whether the message was longer than the copy.
        told_at: When the facilitators were told of its support; they are told once.
        revision: How often its words were changed, so that a form which was opened before is noticed.
    """

    id: str
    assessment_id: str
    channel_id: str
    title: str
    text: str
    proposed_by: str
    proposed_at: datetime
    state: ProposalState
    state_by: str
    state_at: datetime
    source: Source | None = None
    shortened: bool = False
    state_reason: str = ""
    dimension_id: str | None = None
    from_level: int | None = None
    to_level: int | None = None
    effort: ProposedEffort = field(default_factory=ProposedEffort)
    benefits: tuple[str, ...] = ()
    marks: tuple[Mark, ...] = ()
    accepted: Accepted | None = None
    told_at: datetime | None = None
    revision: int = 0

    @property
    def supporters(self) -> tuple[str, ...]:
        """Who supports it, in the order in which they began to."""
        standing = sorted((each for each in self.marks if each.on), key=lambda each: (each.at, each.person))
        return tuple(dict.fromkeys(each.person for each in standing))

    @property
    def author(self) -> str | None:
        """Who wrote the words; None when that was a bot."""
        return self.proposed_by if self.source is None else self.source.author

    @property
    def theirs(self) -> tuple[str, ...]:
        """Whose it is: who proposed it, and who wrote the words."""
        people = (self.proposed_by, self.author)
        return tuple(dict.fromkeys(each for each in people if each is not None))

    @property
    def draft(self) -> bool:
        """Whether nothing was decided about it."""
        return self.state is ProposalState.DRAFT

    @property
    def ready(self) -> bool:
        """Whether it says all that the plan needs."""
        return None not in (self.dimension_id, self.from_level, self.to_level) and bool(self.title)

    def mark(self, person: str, sign: str) -> Mark | None:
        """One sign of one person, standing or taken back."""
        return next((each for each in self.marks if (each.person, each.sign) == (person, sign)), None)

    def with_mark(self, changed: Mark) -> Proposal:
        """The same with a sign in place of its earlier self."""
        kept = tuple(
            each for each in self.marks if (each.person, each.sign) != (changed.person, changed.sign)
        )
        return replace(self, marks=(*kept, changed))


def title_from(text: str) -> str:
    """The first line of a text that says something, cut after a word where it is too long for a title."""
    line = next((" ".join(each.split()) for each in text.splitlines() if each.strip()), "")
    if len(line) <= PROPOSAL_TITLE_LIMIT:
        return line
    head = line[: PROPOSAL_TITLE_LIMIT - 1]
    whole, _, _ = head.rpartition(" ")
    return (whole.rstrip(" ,;:-–") or head) + ELLIPSIS


def copied(text: str) -> tuple[str, bool]:
    """As much of a message as is copied, and whether that is not all of it."""
    words = text.strip()
    if len(words) <= PROPOSAL_TEXT_LIMIT:
        return words, False
    return words[: PROPOSAL_TEXT_LIMIT - 1].rstrip() + ELLIPSIS, True
