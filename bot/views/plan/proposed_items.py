"""What is only proposed for a plan: the buttons that decide about it, and what those who decide are told."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.message import item_line
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, shorten
from model.plan.plan import ItemStatus, PlanItem
from model.plan.plan_in_context import Planned

_TITLE = 150
# A message holds 50 blocks, and each item takes two.
_MOST_ITEMS = 12


def decide_buttons(assessment_id: str, item: PlanItem, due: str = "") -> list[Block]:
    """Take it in, or not; `due` is given where the message itself shows what came of it."""
    about = Reference(assessment=assessment_id, item=item.id, due=due)
    take, leave = (
        about.model_copy(update={"word": status.value}) for status in (ItemStatus.TO_DO, ItemStatus.DROPPED)
    )
    return [
        button(
            "Take into the plan",
            ActionId.TAKE_IN,
            take,
            style="primary",
            accessibility_label=f"Take into the plan: {item.title}",
        ),
        button("Not taking it…", ActionId.LEAVE_OUT, leave, accessibility_label=f"Not taking: {item.title}"),
    ]


def to_decide(
    planned: Planned, items: Sequence[PlanItem], *, day: date, names: Names, today: date, command: str
) -> Message:
    """Told to whoever decides about what was proposed on a day.

    Args:
        planned: The plan that it was proposed for.
        items: What was proposed, decided or not.
        day: The day, as the message keeps it.
        names: Display names of owners, proposers and those who decided.
        today: The date where the council is.
        command: The slash command.
    """
    waiting = [item for item in items if item.status is ItemStatus.PROPOSED]
    where = f"The plan is that of {escape(planned.assessment.title)}, in <#{planned.plan.channel_id}>."
    number = f"{count(len(waiting), 'item')} for you to take in or not" if waiting else "all is decided"
    head = f"*Proposed for the plan*: {number}. {where}"
    blocks: list[Block] = [section(head)]
    lines = []
    for item in items[:_MOST_ITEMS]:
        about = Reference(assessment=planned.assessment.id, item=item.id)
        opener = button("Open…", ActionId.OPEN_ITEM, about, accessibility_label=f"Open {item.title}")
        if item.status is ItemStatus.PROPOSED:
            line = f"{item_line(item, planned.assessment, names, today)}\n{_by(item, names)}{_dates(item)}"
            row = actions(*decide_buttons(planned.assessment.id, item, day.isoformat()), opener)
            blocks += [section(line), row]
        else:
            line = _decided(item, names, today)
            blocks.append(section(line, accessory=opener))
        lines.append(line)
    left = len(items) - len(lines)
    more = [f"And {count(left, 'more item', 'more items')}: {command} plan"] if left else []
    return Message("\n".join([head, *lines, *more]), (*blocks, *map(context, more)))


def _by(item: PlanItem, names: Names) -> str:
    return f"Proposed by {names.of(item.added_by)}."


def _dates(item: PlanItem) -> str:
    """Of an action of the library the dates begin with the work; others were chosen."""
    counted = item.action_id is not None and bool(item.open_milestones)
    return " Once you take it in, its dates count from that day." if counted else ""


def _decided(item: PlanItem, names: Names, today: date) -> str:
    title, by = f"• *{shorten(item.title, _TITLE)}*", names.of(item.status_by)
    if item.status is ItemStatus.DROPPED:
        return f"{title}: not done, says {by}. Reason: {shorten(item.status_reason, 300)}"
    lacks = "" if item.owners else " It has no owner yet."
    late = " It is overdue already, so please look at its dates." if item.overdue(today) else ""
    return f"{title}: in the plan.{lacks}{late}"
