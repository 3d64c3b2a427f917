"""Direct messages about a plan: what became somebody's, what no longer is, and whose owner is gone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.message import item_line
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names, shorten
from model.assessment.assessment import Assessment
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus, PlanItem
from model.plan.plan_in_context import Planned

_TITLE = 150
# A message holds 50 blocks, and each item takes one.
_MOST_ITEMS = 12


def got_item(
    planned: Planned,
    item: PlanItem,
    entry: PlanEntry | None,
    *,
    person: str,
    names: Names,
    today: date,
    command: str,
) -> Message:
    """Told to whom an item was given.

    Args:
        planned: The plan that it is in.
        item: The item.
        entry: What made it theirs, where that is known.
        person: Who is told.
        names: Display names of the owners and of who did it.
        today: The date where the council is.
        command: The slash command.
    """
    title = f"*{shorten(item.title, _TITLE)}*"
    how = "is yours now"
    if entry is not None and entry.by != person:
        given = {PlanHappened.HANDED_OVER: "handed it over to you", PlanHappened.STATUS_SET: "accepted it"}
        how += f"; {names.of(entry.by)} {given.get(entry.what, 'made you an owner')}"
    lines = [
        f"{title} {how}. {_where(planned.assessment)}",
        *_reason(entry),
        item_line(item, planned.assessment, names, today),
    ]
    reference = Reference(assessment=planned.assessment.id, item=item.id)
    row = actions(
        button("Open…", ActionId.OPEN_ITEM, reference, style="primary"),
        button("Edit…", ActionId.EDIT_ITEM, reference),
        button("Hand over…", ActionId.HAND_OVER, reference),
    )
    note = f"You are reminded of its dates. All that is yours: {command} plan mine, or write plan here."
    blocks: list[Block] = [*map(section, lines), row, context(note)]
    return Message("\n".join([*lines, note]), tuple(blocks))


def gave_item(
    planned: Planned, item: PlanItem, entry: PlanEntry | None, *, person: str, names: Names
) -> Message:
    """Told to whose an item is no longer."""
    title = f"*{shorten(item.title, _TITLE)}*"
    owners = [names.of(each) for each in item.owners]
    whose = f"It belongs to {', '.join(owners)} now" if owners else "It has no owner now"
    by = "" if entry is None or entry.by == person else f"; {names.of(entry.by)} changed it"
    lines = [
        f"{title} is yours no longer. {whose}{by}. {_where(planned.assessment)}",
        *_reason(entry),
        "You are not reminded of its dates any more.",
    ]
    return Message("\n".join(lines), tuple(map(section, lines)))


def decided_note(planned: Planned, item: PlanItem, entry: PlanEntry, *, names: Names) -> Message:
    """Told to whoever proposed an item, once others have decided about it, which the entry says."""
    title, by = f"*{shorten(item.title, _TITLE)}*", names.of(entry.by)
    if item.status is ItemStatus.DROPPED:
        lines = [f"{title}, which you proposed, was not taken into the plan; {by} decided so."]
        lines.append(f"Reason: {shorten(entry.reason, 300)}")
    else:
        owners = join_names([names.of(each) for each in item.owners]) or "nobody yet"
        lines = [f"{title}, which you proposed, is in the plan now; {by} took it in. It belongs to {owners}."]
    lines.append(_where(planned.assessment))
    about = Reference(assessment=planned.assessment.id, item=item.id)
    opener = button("Open…", ActionId.OPEN_ITEM, about, accessibility_label=f"Open {item.title}")
    text = "\n".join(lines)
    return Message(text, (section(text, accessory=opener),))


def owner_gone(
    planned: Planned, items: Sequence[PlanItem], *, person: str, names: Names, today: date
) -> Message:
    """Told to a facilitator when somebody who owns or sponsors items is not there any more."""
    head = (
        f"{names.of(person)} is no longer there: deactivated, or no longer in the channel. "
        f"{count(len(items), 'item')} of the plan {'is' if len(items) == 1 else 'are'} still theirs. "
        f"{_where(planned.assessment)}"
    )
    blocks: list[Block] = [section(head)]
    lines = []
    for item in items[:_MOST_ITEMS]:
        line = item_line(item, planned.assessment, names, today)
        owns = person in item.owners
        reference = Reference(assessment=planned.assessment.id, item=item.id, person=person if owns else "")
        action = button(
            "Hand over…" if owns else "Edit…",
            ActionId.HAND_OVER if owns else ActionId.EDIT_ITEM,
            reference,
            accessibility_label=f"{'Hand over' if owns else 'Edit'} {item.title}",
        )
        lines.append(line)
        blocks.append(section(line, accessory=action))
    left = len(items) - len(lines)
    more = [f"And {count(left, 'more item', 'more items')}."] if left else []
    return Message("\n".join([head, *lines, *more]), (*blocks, *map(context, more)))


def _where(assessment: Assessment) -> str:
    return f"The plan is that of {escape(assessment.title)}, in <#{assessment.channel_id}>."


def _reason(entry: PlanEntry | None) -> list[str]:
    if entry is None or not entry.reason:
        return []
    return [f"Note: {shorten(entry.reason, 300)}"]
