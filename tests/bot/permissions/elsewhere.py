"""What needs a scene of its own: who may is checked beside the rest of its behaviour, in the file named here.

That somebody outside the channel gets nothing from it is checked here all the same.
"""

from __future__ import annotations

from bot.views.block_kit.ids import ActionId, ViewId

_EVIDENCE = "tests/bot/flows/evidence/test_reactions.py"
_NOTES = "tests/bot/flows/evidence/test_notes.py"
_PROPOSALS = "tests/bot/flows/proposals/test_card.py"
_PLAN = "tests/bot/flows/plan/test_items.py"
_PLAN_PEOPLE = "tests/bot/flows/plan/test_people.py"
_SUGGESTIONS = "tests/bot/flows/suggestions/test_cards.py"
_OUTCOMES = "tests/bot/flows/plan/test_outcomes.py"
_REMINDERS = "tests/bot/flows/reminders/test_buttons.py"
_TEAMS = "tests/bot/flows/second_team/test_second_team.py"

BUTTONS_ELSEWHERE: dict[ActionId, str] = {
    ActionId.LOG_FOR: _EVIDENCE,
    ActionId.LOG_FORM: _EVIDENCE,
    ActionId.NOT_EVIDENCE: _EVIDENCE,
    ActionId.PROPOSE: _PROPOSALS,
    ActionId.SUPPORT: _PROPOSALS,
    ActionId.TAKE_SUPPORT_BACK: _PROPOSALS,
    ActionId.EDIT_PROPOSAL: _PROPOSALS,
    ActionId.TAKE_NEW_TEXT: _PROPOSALS,
    ActionId.PLAN_PROPOSAL: _PROPOSALS,
    ActionId.PLAN_PROPOSAL_FORM: _PROPOSALS,
    ActionId.ADD_TO_LIBRARY: "tests/bot/flows/library/test_own_library.py",
    ActionId.REMOVE_ACTION: "tests/bot/flows/library/test_own_library.py",
    ActionId.DISMISS_PROPOSAL: _PROPOSALS,
    ActionId.RECONSIDER: _PROPOSALS,
    ActionId.CHOOSE_ITEM: _PLAN,
    ActionId.MY_ITEMS: _PLAN,
    ActionId.MORE_ITEMS: _PLAN,
    ActionId.ITEM_STATUS: _PLAN,
    ActionId.TAKE_IN: _PLAN_PEOPLE,
    ActionId.LEAVE_OUT: _PLAN_PEOPLE,
    ActionId.MILESTONE_DONE: _PLAN,
    ActionId.MILESTONE_MENU: _PLAN,
    ActionId.SUGGEST: _SUGGESTIONS,
    ActionId.MORE_SUGGESTIONS: _SUGGESTIONS,
    ActionId.ADD_SUGGESTED: _SUGGESTIONS,
    ActionId.NOT_FOR_US: _SUGGESTIONS,
    ActionId.FOR_US_AFTER_ALL: _SUGGESTIONS,
    ActionId.WHY_NOT_OTHERS: _SUGGESTIONS,
    ActionId.RANKING_BEFORE: _SUGGESTIONS,
    ActionId.RANKING_AFTER: _SUGGESTIONS,
    ActionId.CAPACITY: _SUGGESTIONS,
    ActionId.WORKED_YES: _OUTCOMES,
    ActionId.WORKED_PARTLY: _OUTCOMES,
    ActionId.WORKED_NO: _OUTCOMES,
    ActionId.WORKED_TOO_EARLY: _OUTCOMES,
    ActionId.SAY_MORE: _OUTCOMES,
    ActionId.REVIEW: "tests/bot/flows/assessment/test_reviewing.py",
    ActionId.LATE_EVIDENCE: _OUTCOMES,
    ActionId.REMINDER_DONE: _REMINDERS,
    ActionId.REMINDER_SNOOZE: _REMINDERS,
    ActionId.REMINDER_MOVE: _REMINDERS,
    ActionId.REMINDER_BLOCKED: _REMINDERS,
    ActionId.REMINDER_DROP: _REMINDERS,
    ActionId.REMINDER_OPEN: _REMINDERS,
    ActionId.REMINDER_ITEM_DONE: _REMINDERS,
    ActionId.COMPARE: _TEAMS,
    ActionId.PAGE_BACK: _TEAMS,
    ActionId.PAGE_ON: _TEAMS,
    ActionId.MODERATE: _TEAMS,
    ActionId.DIGEST_ON: "tests/bot/flows/digest/test_digest.py",
    ActionId.DIGEST_OFF: "tests/bot/flows/digest/test_digest.py",
}

FORMS_ELSEWHERE: dict[ViewId, str] = {
    ViewId.START: "tests/bot/flows/assessment/test_starting.py",
    ViewId.LOG: "tests/bot/flows/evidence/test_log_message.py",
    ViewId.MOVE_EVIDENCE: _NOTES,
    ViewId.LAST_TIME: "tests/bot/flows/assessment/test_last_time.py",
    ViewId.PROPOSE: _PROPOSALS,
    ViewId.EDIT_PROPOSAL: _PROPOSALS,
    ViewId.PLAN_PROPOSAL: _PROPOSALS,
    ViewId.DISMISS_PROPOSAL: _PROPOSALS,
    ViewId.ADD_TO_LIBRARY: "tests/bot/flows/library/test_own_library.py",
    ViewId.REMOVE_ACTION: "tests/bot/flows/library/test_own_library.py",
    ViewId.SETTINGS: "tests/bot/flows/settings/test_settings.py",
    ViewId.TARGETS: "tests/bot/flows/plan/test_targets.py",
    ViewId.ADD_ITEM: _PLAN,
    ViewId.EDIT_ITEM: _PLAN,
    ViewId.OUTCOME: _OUTCOMES,
    ViewId.REVIEW: "tests/bot/flows/assessment/test_reviewing.py",
    ViewId.LATE_EVIDENCE: _OUTCOMES,
    ViewId.ITEM_STATUS: _PLAN,
    ViewId.HAND_OVER: _PLAN,
    ViewId.MOVE_MILESTONE: _PLAN,
    ViewId.DROP_MILESTONE: _PLAN,
    ViewId.SNOOZE_MILESTONE: _PLAN,
    ViewId.NOT_FOR_US: _SUGGESTIONS,
    ViewId.INVITE_TEAM: _TEAMS,
    ViewId.MODERATE: _TEAMS,
}
