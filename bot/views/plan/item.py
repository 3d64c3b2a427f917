"""One item of a plan at length, in a modal, with what the one who looks may do."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.views.block_kit.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    header,
    modal,
    option,
    paragraphs,
    section,
)
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.plan.outcome_card import answer_buttons
from bot.views.plan.parts import MILESTONE_STATES, STATUS_NAMES, bar, milestone_words, milestones_done
from bot.views.plan.proposed_items import decide_buttons
from bot.views.plan.words import WORKED_WORDS, history_line, item_words
from bot.views.wording.text import count, person, plain, shorten, typed
from model.plan.history import PlanEntry
from model.plan.plan import ItemStatus, Milestone, MilestoneState, PlanItem
from model.plan.plan_in_context import Planned

MOVE, DROP, SNOOZE, DONE, REOPEN = "move", "drop", "snooze", "done", "reopen"
# A modal holds 100 blocks.
_MOST_MILESTONES = 50
_MOST_ENTRIES = 60


def item_view(
    planned: Planned,
    item: PlanItem,
    viewer: str,
    history: Sequence[PlanEntry],
    *,
    today: date,
    zone: ZoneInfo,
    notice: str = "",
) -> View:
    """The item as it is now.

    Args:
        planned: The plan that it is in.
        item: The item.
        viewer: Who looks at it; people who may not change it see no buttons.
        history: What happened to the item, the oldest first.
        today: The date where the council is.
        zone: The council's time zone.
        notice: What to say first, such as why a press changed nothing.
    """
    framework = planned.assessment.framework
    changes, decides = planned.may_change(item, viewer), planned.may_decide(item, viewer)
    blocks: list[Block] = [
        *([section(notice)] if notice else []),
        header(item.title),
        section(item_words(framework, item, today)),
        context(f"Added by {person(item.added_by)} on {_day(item.added_at.astimezone(zone).date())}."),
        *([actions(*decide_buttons(planned.assessment.id, item))] if decides else []),
        *([_buttons(planned, item)] if changes else []),
        *_milestones(planned, item, viewer, today, changes),
        *_typed("Measure of success", item.success),
        *_typed("Notes", item.notes),
        *_outcome(planned, item, changes=changes),
        *_history(planned, item, history, zone),
    ]
    return modal(ViewId.ITEM, "Plan item", blocks)


def _day(day: date) -> str:
    return day.strftime("%-d %B %Y")


def _buttons(planned: Planned, item: PlanItem) -> Block:
    reference = Reference(assessment=planned.assessment.id, item=item.id)
    statuses = [
        option(name, reference.model_copy(update={"word": status.value}).encode())
        for status, name in STATUS_NAMES.items()
        if status is not item.status
    ]
    menu: Block = {
        "type": "static_select",
        "action_id": ActionId.ITEM_STATUS.value,
        "placeholder": plain("Set the status…"),
        "options": statuses,
    }
    hand_over = [] if item.over else [button("Hand over…", ActionId.HAND_OVER, reference)]
    return actions(button("Edit…", ActionId.EDIT_ITEM, reference), menu, *hand_over)


def _milestones(planned: Planned, item: PlanItem, viewer: str, today: date, changes: bool) -> list[Block]:
    if not item.milestones:
        return []
    shown = sorted(item.milestones, key=lambda each: each.state is MilestoneState.DROPPED)[:_MOST_MILESTONES]
    head = f"*Milestones*\n{bar(*item.progress)} {milestones_done(item)}" if item.live_milestones else ""
    blocks = [section(head or "*Milestones*")]
    for milestone in shown:
        menu = _menu(planned, item, milestone) if changes and not item.over else None
        blocks.append(section(_milestone(milestone, viewer, today), accessory=menu))
    left = len(item.milestones) - len(shown)
    return [*blocks, *([context(f"And {count(left, 'dropped milestone')}.")] if left else [])]


def _milestone(milestone: Milestone, viewer: str, today: date) -> str:
    words = f"{MILESTONE_STATES[milestone.state].capitalize()}: {milestone_words(milestone, today)}"
    if milestone.settled_by is not None:
        words += f", by {person(milestone.settled_by)}"
    if milestone.reason:
        words += f". Reason: {shorten(milestone.reason, 300)}"
    until = milestone.snoozed_until(viewer)
    if until is not None and until > today:
        words += f". You are not reminded before {_day(until)}"
    return words


def _menu(planned: Planned, item: PlanItem, milestone: Milestone) -> Block:
    reference = Reference(assessment=planned.assessment.id, item=item.id, milestone=milestone.id)
    choices = [(REOPEN, "Take it up again")]
    if milestone.open:
        choices = [
            (DONE, "Done"),
            (MOVE, "Another date…"),
            (SNOOZE, "Remind me later…"),
            (DROP, "Not doing it…"),
        ]
    return {
        "type": "overflow",
        "action_id": ActionId.MILESTONE_MENU.value,
        "options": [
            option(label, reference.model_copy(update={"word": word}).encode()) for word, label in choices
        ],
    }


def _typed(head: str, words: str) -> list[Block]:
    return [section(f"*{head}*"), typed(words)] if words else []


def _outcome(planned: Planned, item: PlanItem, *, changes: bool) -> list[Block]:
    if item.outcome is None:
        done = item.status is ItemStatus.DONE and changes
        about = Reference(assessment=planned.assessment.id, item=item.id)
        return [section("*Did it work?*"), actions(*answer_buttons(about))] if done else []
    words = f"*Did it work?*\n{person(item.outcome.by)}: {WORKED_WORDS[item.outcome.worked]}."
    return [section(words), *([typed(item.outcome.note)] if item.outcome.note else [])]


def _history(planned: Planned, item: PlanItem, history: Sequence[PlanEntry], zone: ZoneInfo) -> list[Block]:
    if not history:
        return []
    framework = planned.assessment.framework
    latest = list(reversed(history))[:_MOST_ENTRIES]
    lines = [history_line(entry, framework, item, zone) for entry in latest]
    left = len(history) - len(latest)
    return paragraphs(["*History*", *lines, *([f"And {count(left, 'earlier change')}."] if left else [])])
