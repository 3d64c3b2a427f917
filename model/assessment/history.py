"""What happened in an assessment, one entry a step: who, when, what, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from model.assessment.roster import Role


class Happened(StrEnum):
    """The kinds of entries."""

    STARTED = "started"
    DIMENSION_OPENED = "dimension_opened"
    VOTED = "voted"
    VOTED_AFTER_REVEAL = "voted_after_reveal"
    ABSTAINED = "abstained"
    READY = "ready"
    REVEALED = "revealed"
    VOTE_AGAIN = "vote_again"
    LEVEL_AGREED = "level_agreed"
    MARKED_NOT_APPLICABLE = "marked_not_applicable"
    PUT_OFF = "put_off"
    ANSWER_REOPENED = "answer_reopened"
    EVIDENCE_ADDED = "evidence_added"
    EVIDENCE_MOVED = "evidence_moved"
    EVIDENCE_CARRIED = "evidence_carried"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn"
    LEVEL_CONFIRMED = "level_confirmed"
    CONFIRMATION_WITHDRAWN = "confirmation_withdrawn"
    CLOSING_DATE_SET = "closing_date_set"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    CLOSED = "closed"
    JOINED = "joined"
    LEFT = "left"
    LEFT_CHANNEL = "left_channel"
    TOOK_OVER = "took_over"
    ADDED = "added"
    REMOVED = "removed"
    ROLE_SET = "role_set"
    LEAD_SET = "lead_set"
    SECOND_TEAM_INVITED = "second_team_invited"
    MODERATED = "moderated"


# What happened by the clock and not by anybody's press has this in place of a person.
THE_CLOSING_DATE = "closing-date"
# What revealed votes when the last one came in, or whoever was still waited for had left.
ALL_HAD_VOTED = "all-had-voted"


@dataclass(frozen=True)
class HistoryEntry:
    """One line of an assessment's history. Levels are 1 to 5; None is none or not applicable.

    `about` is the person whom a change of the roster concerns, and `role` what they became; with evidence it
    is the author, where somebody else did it. `from_prompt_id` is where moved evidence was before. The dates
    are closing dates; None is none. The levels of votes stand here before they are revealed, so whoever shows
    a history leaves out those of prompts that
    are not revealed.
    """

    what: Happened
    by: str
    at: datetime
    dimension_id: str | None = None
    prompt_id: str | None = None
    level_before: int | None = None
    level_after: int | None = None
    reason: str = ""
    about: str | None = None
    role: Role | None = None
    dissent: str = ""
    evidence_id: str | None = None
    from_prompt_id: str | None = None
    date_before: date | None = None
    date_after: date | None = None
