"""The ids that builders and listeners share: actions, blocks, inputs and views."""

from __future__ import annotations

from enum import StrEnum


class ActionId(StrEnum):
    """Buttons and menus."""

    START = "assessment.start"
    PAUSE = "assessment.pause"
    RESUME = "assessment.resume"
    CANCEL = "assessment.cancel"
    CLOSE = "assessment.close"
    DELETE = "assessment.delete"
    OPEN_DIMENSION = "dimension.open"
    LEVEL = "prompt.level"
    NOT_APPLICABLE = "prompt.not_applicable"
    PUT_OFF = "prompt.put_off"
    REOPEN = "prompt.reopen"
    REOPEN_AGREED = "prompt.reopen_agreed"
    ABSTAIN = "prompt.abstain"
    REVEAL = "prompt.reveal"
    AGREE = "prompt.agree"
    AGREE_OTHER = "prompt.agree_other"
    VOTE_AGAIN = "prompt.vote_again"
    JOIN = "roster.join"
    TAKE_OVER = "roster.take_over"
    PEOPLE = "roster.people"
    CHANGE_PERSON = "roster.change_person"
    GIVE_LEAD = "dimension.give_lead"
    ADD_EVIDENCE = "evidence.add"
    CONFIRM = "level.confirm"
    SET_OTHER = "level.set_other"
    MORE_ABOUT_DIMENSION = "guide.dimension"
    MORE_ABOUT_PROMPT = "guide.prompt"
    MORE_ABOUT_BENEFIT = "guide.benefit"
    HANDBOOK = "guide.handbook"
    ACTION_DETAILS = "library.details"
    SETTINGS = "settings.open"
    REMOVE_AWAY = "settings.remove_away"


class ViewId(StrEnum):
    """Callback ids of modals."""

    LOADING = "loading"
    NOTICE = "notice"
    START = "start"
    EVIDENCE = "evidence"
    NOT_APPLICABLE = "not_applicable"
    SET_LEVEL = "set_level"
    CANCEL = "cancel"
    DELETE = "delete"
    REOPEN = "reopen"
    AGREE = "agree"
    VOTE_AGAIN = "vote_again"
    PEOPLE = "people"
    LEAD = "lead"
    GUIDE = "guide"
    ACTION = "action"
    SETTINGS = "settings"


class InputId(StrEnum):
    """Inputs of modals; each is the id of its block and of its element."""

    TITLE = "title"
    KIND = "kind"
    CHANNEL = "channel"
    SCOPE = "scope"
    FACILITATORS = "facilitators"
    CLOSING_DATE = "closing_date"
    EVIDENCE_TEXT = "evidence_text"
    EVIDENCE_LINK = "evidence_link"
    REASON = "reason"
    LEVEL = "level"
    DISSENT = "dissent"
    MODE = "mode"
    PEOPLE = "people"
    ROLE = "role"
    AWAY_FROM = "away_from"
    AWAY_TO = "away_to"
    QUIET = "quiet"
    CLOSED_DAYS = "closed_days"
    PAUSES = "pauses"


class ShortcutId(StrEnum):
    """Callback ids of shortcuts."""

    START = "start_assessment"
