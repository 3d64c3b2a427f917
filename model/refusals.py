"""Why a step cannot be taken, as data; the sentences are made in the views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Reason(StrEnum):
    """The kinds of refusals."""

    FACILITATORS_ONLY = "facilitators_only"
    ASSESSMENT_PAUSED = "assessment_paused"
    ASSESSMENT_CLOSED = "assessment_closed"
    ASSESSMENT_CANCELLED = "assessment_cancelled"
    NOT_PAUSED = "not_paused"
    NOT_COMPLETE = "not_complete"
    UNKNOWN_PROMPT = "unknown_prompt"
    UNKNOWN_DIMENSION = "unknown_dimension"
    LEVEL_OUT_OF_RANGE = "level_out_of_range"
    NOT_OPENED = "not_opened"
    NOT_ASKED_YET = "not_asked_yet"
    ALREADY_DECIDED = "already_decided"
    ALREADY_DONE = "already_done"
    DIMENSION_NOT_ANSWERED = "dimension_not_answered"
    LEVEL_HAS_CHANGED = "level_has_changed"
    REASON_MISSING = "reason_missing"
    EVIDENCE_EMPTY = "evidence_empty"
    TEXT_TOO_LONG = "text_too_long"
    LINK_NOT_WEB = "link_not_web"
    TITLE_MISSING = "title_missing"
    NOTHING_IN_SCOPE = "nothing_in_scope"
    CHANNEL_MISSING = "channel_missing"
    TOO_MANY_FACILITATORS = "too_many_facilitators"
    FACILITATOR_MISSING = "facilitator_missing"
    CLOSING_DATE_PAST = "closing_date_past"
    ONLY_TOGETHER = "only_together"
    LEADERS_ONLY = "leaders_only"
    OBSERVERS_WATCH = "observers_watch"
    NOT_ON_ROSTER = "not_on_roster"
    LAST_FACILITATOR = "last_facilitator"
    NOBODY_CHOSEN = "nobody_chosen"
    PUT_OFF = "put_off"
    AGREED_ALREADY = "agreed_already"
    LEFT_OUT_ALREADY = "left_out_already"
    NOTHING_TO_REVEAL = "nothing_to_reveal"
    NOT_REVEALED = "not_revealed"
    NOT_THE_MEDIAN = "not_the_median"
    DISSENT_TOO_LONG = "dissent_too_long"
    NOT_IN_CHANNEL = "not_in_channel"
    STILL_FACILITATED = "still_facilitated"


@dataclass(frozen=True)
class Refusal:
    """A step that was not taken.

    `who_can` are people's ids; `by` and `at` tell who did what stands in the way and when; `level` is the
    level that stands; `limit` and `length` are characters, or people.
    """

    reason: Reason
    who_can: tuple[str, ...] = ()
    by: str | None = None
    at: datetime | None = None
    level: int | None = None
    limit: int | None = None
    length: int | None = None
