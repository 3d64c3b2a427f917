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
    UNKNOWN_EVIDENCE = "unknown_evidence"
    EVIDENCE_OF_OTHERS = "evidence_of_others"
    EVIDENCE_WITHDRAWN = "evidence_withdrawn"
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
    REVEALED_ALREADY = "revealed_already"
    NOT_THE_MEDIAN = "not_the_median"
    DISSENT_TOO_LONG = "dissent_too_long"
    NOT_IN_CHANNEL = "not_in_channel"
    STILL_FACILITATED = "still_facilitated"
    STILL_UNDER_WAY = "still_under_way"
    WITH_OTHER_TEAM = "with_other_team"
    WAITS_FOR_OTHER_TEAM = "waits_for_other_team"
    OTHER_TEAM_FIRST = "other_team_first"
    SECOND_TEAM_INVITES_NOBODY = "second_team_invites_nobody"
    SECOND_TEAM_THERE = "second_team_there"
    TEAM_MISSING = "team_missing"
    QUICK_IN_ONE_CHANNEL = "quick_in_one_channel"
    SHOWN_IN_CHANNEL = "shown_in_channel"
    CHANNEL_TAKEN = "channel_taken"
    FACILITATORS_OUTSIDE = "facilitators_outside"
    NO_SECOND_TEAM = "no_second_team"
    NOTHING_TO_COMPARE = "nothing_to_compare"
    NOT_CONFIRMED_BY_BOTH = "not_confirmed_by_both"
    EITHER_FACILITATOR = "either_facilitator"
    OBSERVERS_READ = "observers_read"
    OWNERS_ONLY = "owners_only"
    PROPOSALS_ARE_ACCEPTED = "proposals_are_accepted"
    UNKNOWN_ITEM = "unknown_item"
    UNKNOWN_MILESTONE = "unknown_milestone"
    IN_PLAN_ALREADY = "in_plan_already"
    ITEM_UNNAMED = "item_unnamed"
    ITEM_DONE = "item_done"
    ITEM_DROPPED = "item_dropped"
    ITEM_HAS_CHANGED = "item_has_changed"
    MILESTONE_UNNAMED = "milestone_unnamed"
    MILESTONE_LINE = "milestone_line"
    MILESTONE_TWICE = "milestone_twice"
    MILESTONE_DONE = "milestone_done"
    MILESTONE_DROPPED = "milestone_dropped"
    MILESTONE_MOVED = "milestone_moved"
    LEVELS_OUT_OF_ORDER = "levels_out_of_order"
    DATE_PAST = "date_past"
    SNOOZE_OUT_OF_RANGE = "snooze_out_of_range"
    TARGET_BELOW_LEVEL = "target_below_level"
    TARGET_NOT_APPLICABLE = "target_not_applicable"
    TOO_MANY_ITEMS = "too_many_items"
    TOO_MANY_OWNERS = "too_many_owners"
    TOO_MANY_MILESTONES = "too_many_milestones"
    OUTSIDE_CHANNEL = "outside_channel"
    NOT_A_PERSON = "not_a_person"
    NOT_AN_OWNER = "not_an_owner"
    NOT_DONE_YET = "not_done_yet"
    NOTHING_CHANGED = "nothing_changed"
    PROPOSERS_ONLY = "proposers_only"
    PROPOSAL_EMPTY = "proposal_empty"
    PROPOSAL_INCOMPLETE = "proposal_incomplete"
    PROPOSAL_HAS_CHANGED = "proposal_has_changed"
    PROPOSAL_WITHDRAWN = "proposal_withdrawn"
    PROPOSAL_DISMISSED = "proposal_dismissed"
    PROPOSAL_PLANNED = "proposal_planned"
    IN_LIBRARY_ALREADY = "in_library_already"
    ACTION_NAMED_ALREADY = "action_named_already"
    GUESTS_READ = "guests_read"
    OUR_OWN_MESSAGE = "our_own_message"
    AWAY_INCOMPLETE = "away_incomplete"
    AWAY_ENDS_FIRST = "away_ends_first"
    AWAY_PAST = "away_past"
    AWAY_TOO_LONG = "away_too_long"
    TOO_OFTEN_AWAY = "too_often_away"
    DAYS_CHANGED_MEANWHILE = "days_changed_meanwhile"
    TITLE_DIFFERS = "title_differs"
    NOTHING_CHOSEN = "nothing_chosen"


@dataclass(frozen=True)
class Refusal:
    """A step that was not taken.

    `who_can` are people's ids; `by` and `at` tell who did what stands in the way and when; `level` is the
    level that stands; `limit` and `length` are characters, people, or other things that are counted. `part`
    is what of the step is at fault: the name of a field of it, or a dimension's id. `words` are people's own.
    """

    reason: Reason
    who_can: tuple[str, ...] = ()
    by: str | None = None
    at: datetime | None = None
    level: int | None = None
    limit: int | None = None
    length: int | None = None
    part: str = ""
    words: str = ""
