"""The plan: one message for each assessment, edited in place."""

from __future__ import annotations

from datetime import date

from bot.views.block_kit.blocks import Block, Message, actions, button, context, header, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.ambitions import projection_lines, target_lines
from bot.views.plan.parts import (
    STATUS_NAMES,
    bar,
    items_in_order,
    milestone_words,
    milestones_done,
    owner_label,
    steps_words,
)
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, full_stop, join_names, shorten
from model.assessment.assessment import Assessment, AssessmentState
from model.plan.plan import ItemStatus, Plan, PlanItem

# Characters of all item lines together: with the targets and buttons they stay inside what Slack takes.
_ROOM = 5_000
_TITLE = 150
_REASON = 150
_AMBITIONS = 3_000


def plan_message(plan: Plan, assessment: Assessment, *, names: Names, today: date, command: str) -> Message:
    """The plan as it should look now.

    Args:
        plan: The plan.
        assessment: Whose plan it is.
        names: Display names of owners.
        today: The date where the council is.
        command: The slash command, which shows what does not fit.
    """
    head = f"Plan: {assessment.title}"
    ambitions = [
        *_within(target_lines(plan, assessment), _AMBITIONS, command),
        *projection_lines(plan, assessment),
    ]
    over = _cancelled(assessment)
    progress = _progress(plan, over=bool(over))
    items = _item_lines(plan, assessment, names, today, command)
    blocks: list[Block] = [
        header(head),
        *(section(line) for line in over),
        *paragraphs(["*Where we want to be*", *ambitions]),
        *([section(f"{_bar(plan)}{progress}")] if progress else []),
        *paragraphs(items),
        *([] if over else [_buttons(assessment)]),
        context(f"Only owners and facilitators change an item. {command} plan shows your items and all."),
    ]
    text = "\n".join([full_stop(escape(head)), *over, *ambitions, progress, *items])
    return Message(text, tuple(blocks))


def _cancelled(assessment: Assessment) -> list[str]:
    if assessment.state is not AssessmentState.CANCELLED:
        return []
    return ["The assessment was cancelled, so its plan has ended. What was planned stays here to read."]


def _progress(plan: Plan, *, over: bool) -> str:
    done, total = plan.progress
    if not plan.items and over:
        return "Nothing was planned."
    if not plan.items:
        return "Nothing planned yet. Add an item, or ask for suggestions."
    if not total:
        return "No item is taken on so far."
    milestones = [item.progress for item in plan.items if item.under_way or item.status is ItemStatus.DONE]
    reached, ahead = sum(each[0] for each in milestones), sum(each[1] for each in milestones)
    also = f", {reached} of {count(ahead, 'milestone')}" if ahead else ""
    return f"{done} of {count(total, 'item')} done{also}."


def _bar(plan: Plan) -> str:
    return f"{bar(*plan.progress)} " if plan.items else ""


def _item_lines(plan: Plan, assessment: Assessment, names: Names, today: date, command: str) -> list[str]:
    """The items with a heading for each status, as many as there is room for."""
    lines: list[str] = []
    used, shown = 0, 0
    status: ItemStatus | None = None
    ordered = items_in_order(plan, assessment)
    for item in ordered:
        line = item_line(item, assessment, names, today)
        if used + len(line) > _ROOM:
            break
        if item.status is not status:
            status = item.status
            same = sum(each.status is status for each in ordered)
            lines.append(f"*{STATUS_NAMES[status]}* ({same})")
        lines.append(line)
        used += len(line)
        shown += 1
    left = len(ordered) - shown
    return [*lines, *([f"And {count(left, 'more item', 'more items')}: {command} plan"] if left else [])]


def item_line(item: PlanItem, assessment: Assessment, names: Names, today: date) -> str:
    """One item in a line: what, where it leads, whose it is, what comes next, how far it is."""
    owners = join_names([names.of(person) for person in item.owners])
    parts = [
        steps_words(assessment.framework, item),
        f"{owner_label(item).lower()}: {owners}" if item.owners else "no owner yet",
    ]
    if item.next_milestone is not None:
        parts.append(f"next: {milestone_words(item.next_milestone, today)}")
    if milestones_done(item):
        parts.append(milestones_done(item))
    if item.status_reason:
        parts.append(f"reason: {shorten(item.status_reason, _REASON)}")
    return f"• *{shorten(item.title, _TITLE)}*: {'; '.join(parts)}"


def _within(lines: list[str], room: int, command: str) -> list[str]:
    """As many lines as there is room for, and how many more there are."""
    kept: list[str] = []
    for line in lines:
        if sum(map(len, kept)) + len(line) > room:
            break
        kept.append(line)
    left = len(lines) - len(kept)
    return [*kept, *([f"And {left} more: {command} targets"] if left else [])]


def _buttons(assessment: Assessment) -> Block:
    reference = Reference(assessment=assessment.id)
    return actions(
        button("Add an item…", ActionId.ADD_ITEM, reference, style="primary"),
        button("Edit…", ActionId.CHOOSE_ITEM, reference),
        button("My items", ActionId.MY_ITEMS, reference),
        button("Targets…", ActionId.TARGETS, reference),
    )
