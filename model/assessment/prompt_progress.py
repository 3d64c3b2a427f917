"""The state of one prompt: who voted, what was agreed, and the evidence."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from model.assessment.evidence import Evidence
from model.calculation.calculator import Answer, NotApplicable


class PromptState(StrEnum):
    """Where one prompt is."""

    WAITING = "waiting"
    ASKED = "asked"
    REVEALED = "revealed"
    AGREED = "agreed"
    NOT_APPLICABLE = "not_applicable"
    PUT_OFF = "put_off"


ANSWERED_STATES = frozenset({PromptState.AGREED, PromptState.NOT_APPLICABLE})
UNDECIDED_STATES = frozenset({PromptState.ASKED, PromptState.REVEALED})


@dataclass(frozen=True)
class Vote:
    """The level one person pressed for one prompt; a later press of theirs in the same round replaces it.

    `level` is None for "not for me". `after_reveal` is true when the votes had been shown before.
    """

    person: str
    level: int | None
    at: datetime
    round: int = 1
    after_reveal: bool = False


@dataclass(frozen=True)
class PromptProgress:
    """One prompt of an assessment: its state, its level, who voted and the evidence.

    `being_changed` is true while the answer stands but its card shows the level buttons again; that is for
    quick mode. In together mode `revealed_at` is when the votes of this round were shown, and `revealed_by`
    who or what did it (`model.assessment.history`; None where that was not recorded). `dissent` is what those
    who see it otherwise have said, and `earlier_votes` are those of the rounds before this one. `asked_at` is
    when it was asked, taken up again, or this round began, whichever came last. `evidence` is what stands;
    what was withdrawn is kept apart, in `withdrawn`. `ready_at` is set while the votes could be shown but
    wait for another team in the same channel.
    """

    prompt_id: str
    state: PromptState = PromptState.WAITING
    level: int | None = None
    reason: str = ""
    decided_by: str | None = None
    decided_at: datetime | None = None
    being_changed: bool = False
    votes: tuple[Vote, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    round: int = 1
    dissent: str = ""
    revealed_at: datetime | None = None
    earlier_votes: tuple[Vote, ...] = ()
    asked_at: datetime | None = None
    withdrawn: tuple[Evidence, ...] = ()
    ready_by: str | None = None
    ready_at: datetime | None = None
    revealed_by: str | None = None

    @property
    def answered(self) -> bool:
        """Whether it counts as done: agreed or not applicable."""
        return self.state in ANSWERED_STATES

    @property
    def takes_level(self) -> bool:
        """Whether its card shows the level buttons."""
        return self.state is PromptState.ASKED or self.being_changed

    @property
    def settled(self) -> bool:
        """Whether it is answered and nobody is about to change it."""
        return self.answered and not self.being_changed

    @property
    def came_to_light(self) -> bool:
        """Whether its votes of any round, or an answer, have been shown to everybody in the channel."""
        return self.answered or self.revealed_at is not None or self.round > 1

    @property
    def agreed_by_all(self) -> bool:
        """Whether the votes were all the same and agreed it as they were shown, so that nobody decided it."""
        at_once = self.revealed_at is not None and self.decided_at == self.revealed_at
        return self.state is PromptState.AGREED and at_once and len(set(self.levels)) == 1

    @property
    def answer(self) -> Answer:
        """What the calculator is told."""
        if self.state is PromptState.NOT_APPLICABLE:
            return NotApplicable.NOT_APPLICABLE
        return self.level if self.state is PromptState.AGREED else None

    @property
    def levels(self) -> tuple[int, ...]:
        """The levels of this round's votes, the lowest first, without those who said "not for me"."""
        return tuple(sorted(vote.level for vote in self.votes if vote.level is not None))

    @property
    def median(self) -> int | None:
        """The median of this round's votes, the lower one of two in the middle; None without votes.

        The lower one, because a level is reached when its description is true, not when half of them say so.
        """
        levels = self.levels
        return levels[(len(levels) - 1) // 2] if levels else None

    @property
    def undecided(self) -> bool:
        """Whether it is asked and has no answer yet."""
        return self.state in UNDECIDED_STATES

    def vote_of(self, person: str) -> Vote | None:
        """The vote of one person, if there is one."""
        return next((vote for vote in self.votes if vote.person == person), None)

    def with_vote(self, vote: Vote) -> PromptProgress:
        """The same prompt with this vote in place of the person's earlier one."""
        others = tuple(existing for existing in self.votes if existing.person != vote.person)
        return replace(self, votes=(*others, vote))
