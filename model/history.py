"""What happened in an assessment, one entry a step: who, when, what, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Happened(StrEnum):
    """The kinds of entries."""

    STARTED = "started"
    DIMENSION_OPENED = "dimension_opened"
    VOTED = "voted"
    LEVEL_AGREED = "level_agreed"
    MARKED_NOT_APPLICABLE = "marked_not_applicable"
    PUT_OFF = "put_off"
    ANSWER_REOPENED = "answer_reopened"
    EVIDENCE_ADDED = "evidence_added"
    LEVEL_CONFIRMED = "level_confirmed"
    CONFIRMATION_WITHDRAWN = "confirmation_withdrawn"
    PAUSED = "paused"
    RESUMED = "resumed"
    CANCELLED = "cancelled"
    CLOSED = "closed"


@dataclass(frozen=True)
class HistoryEntry:
    """One line of an assessment's history. Levels are 1 to 5; None is none or not applicable."""

    what: Happened
    by: str
    at: datetime
    dimension_id: str | None = None
    prompt_id: str | None = None
    level_before: int | None = None
    level_after: int | None = None
    reason: str = ""
