"""The private answer to `/milepost plan`: somebody's items, all, the overdue, or those of a dimension."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.views.block_kit.blocks import Block, Message, actions, button, context, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.ambitions import projection_lines
from bot.views.plan.parts import dimension_name, items_in_order
from bot.views.plan.proposed_items import decide_buttons
from bot.views.plan.words import item_words
from bot.views.wording.text import count, escape, shorten
from model.plan.plan import PlanItem
from model.plan.plan_in_context import Planned

MINE, ALL, OVERDUE = "mine", "all", "overdue"
# Each takes about 1,500 characters of the 12,000 that a message may have.
PAGE = 6
_MOST_PLANS = 5
_EVERYWHERE = {
    MINE: ("Your items", "You own no item in any plan"),
    OVERDUE: ("Overdue", "Nothing is overdue in any plan"),
    ALL: ("Everything that is planned", "There is no item in any plan"),
}


@dataclass(frozen=True)
class Chosen:
    """Which items somebody asked for.

    Attributes:
        which: `MINE`, `ALL` or `OVERDUE`; with a dimension it is `ALL`.
        dimension: The id of a dimension, or empty.
        page: Counted from 0.
    """

    which: str = ALL
    dimension: str = ""
    page: int = 0


def chosen_items(planned: Planned, chosen: Chosen, viewer: str, today: date) -> list[PlanItem]:
    """The items that were asked for, in the order of the plan."""
    items = items_in_order(planned.plan, planned.assessment)
    if chosen.which == MINE:
        theirs = {item.id for item in planned.plan.items_of(viewer)}
        return [item for item in items if item.id in theirs]
    if chosen.which == OVERDUE:
        return [item for item in items if item.overdue(today)]
    return [item for item in items if chosen.dimension in ("", item.dimension_id)]


def plan_answer(
    planned: Planned, items: Sequence[PlanItem], chosen: Chosen, *, viewer: str, today: date, command: str
) -> Message:
    """The items of one plan.

    Args:
        planned: The plan.
        items: All that were asked for, in their order; those of the page are shown.
        chosen: What was asked for.
        viewer: Who asked.
        today: The date where the council is.
        command: The slash command.
    """
    title = escape(planned.assessment.title)
    head = f"*Plan: {title}*\n{_how_many(planned, items, chosen)}"
    if chosen.which == ALL and not chosen.dimension and not chosen.page:
        head = "\n".join([head, *projection_lines(planned.plan, planned.assessment)])
    pairs = [(planned, item) for item in items]
    return _listed([head], pairs, chosen, Reference(assessment=planned.assessment.id), viewer, today, command)


def plans_answer(
    plans: Sequence[Planned], chosen: Chosen, *, channel_id: str, viewer: str, today: date, command: str
) -> Message:
    """The items of several plans of one channel.

    Args:
        plans: The plans, in the order in which to show them.
        chosen: What was asked for.
        channel_id: Their channel.
        viewer: Who asked.
        today: The date where the council is.
        command: The slash command.
    """
    head = ["*Plans in this channel*"]
    pairs: list[tuple[Planned, PlanItem]] = []
    for planned in plans:
        items = chosen_items(planned, chosen, viewer, today)
        head.append(f"• {shorten(planned.assessment.title, 60)}: {_how_many(planned, items, chosen)}")
        pairs += [(planned, item) for item in items]
    if len(plans) > _MOST_PLANS:
        more = count(len(plans) - _MOST_PLANS, "more plan", "more plans")
        head = [*head[: _MOST_PLANS + 1], f"And {more}."]
    return _listed(head, pairs, chosen, Reference(channel=channel_id), viewer, today, command)


def items_everywhere(
    found: Sequence[tuple[Planned, PlanItem]], chosen: Chosen, *, viewer: str, today: date, command: str
) -> Message:
    """The items that somebody asked for, of all the plans that they may see."""
    title, nothing = _EVERYWHERE[chosen.which]
    head = [f"{nothing} of the channels that you are in."]
    if found:
        head = [f"*{title}*", f"{count(len(found), 'item')} in the plans of the channels that you are in."]
    return _listed(head, found, chosen, Reference(), viewer, today, command)


def no_such_part(command: str, words: str, nearest: str | None) -> str:
    """When the words after the command name neither a dimension nor a choice."""
    hint = f" Did you mean *{command} plan {escape(nearest)}*?" if nearest else ""
    return (
        f"There is no part of the plan called “{escape(words[:40])}”.{hint} "
        f"Type *{command} plan* with mine, overdue, all, export or the name of a dimension."
    )


def _how_many(planned: Planned, items: Sequence[PlanItem], chosen: Chosen) -> str:
    number = count(len(items), "item")
    if not planned.plan.items:
        return "Nothing is planned yet."
    if chosen.which == MINE:
        return f"{number} of yours." if items else "You own no item here."
    if chosen.which == OVERDUE:
        return f"{number} overdue." if items else "Nothing is overdue."
    if chosen.dimension:
        return f"{number} for {dimension_name(planned.assessment.framework, chosen.dimension)}."
    done, total = planned.plan.progress
    return f"{number}; {done} of {total} taken on are done." if total else f"{number}; none taken on so far."


def _listed(
    head: Sequence[str],
    found: Sequence[tuple[Planned, PlanItem]],
    chosen: Chosen,
    about: Reference,
    viewer: str,
    today: date,
    command: str,
) -> Message:
    """A page of items; `about` is the one plan that they are in, or the channel of the plans, or nothing."""
    first = chosen.page * PAGE
    shown = found[first : first + PAGE]
    rows = [_words(planned, item, today, named=not about.assessment) for planned, item in shown]
    blocks: list[Block] = paragraphs(head)
    for (planned, item), words in zip(shown, rows, strict=True):
        blocks += [section(words), _buttons(planned, item, viewer)]
    left = len(found) - first - len(shown)
    last = []
    if left > 0:
        after = {"word": chosen.which, "dimension": chosen.dimension, "page": chosen.page + 1}
        last.append(button(f"Show more ({left})", ActionId.MORE_ITEMS, about.model_copy(update=after)))
    if about.assessment and not found:
        last.append(button("Add an item…", ActionId.ADD_ITEM, about))
    blocks += [actions(*last)] if last else []
    note = f"{command} plan: mine, overdue, all, the name of a dimension, or export."
    blocks.append(context(note))
    more = [f"And {count(left, 'more item', 'more items')}."] if left > 0 else []
    return Message("\n".join([*head, *rows, *more, note]), tuple(blocks))


def _words(planned: Planned, item: PlanItem, today: date, *, named: bool) -> str:
    words = item_words(planned.assessment.framework, item, today)
    return f"{words}\n{escape(planned.assessment.title)}" if named else words


def _buttons(planned: Planned, item: PlanItem, viewer: str) -> Block:
    reference = Reference(assessment=planned.assessment.id, item=item.id)
    row = [
        button("Open…", ActionId.OPEN_ITEM, reference, accessibility_label=f"Open {item.title}"),
    ]
    if planned.may_decide(item, viewer):
        row += decide_buttons(planned.assessment.id, item)
    if planned.may_change(item, viewer):
        if item.under_way and item.next_milestone is not None:
            done = Reference(assessment=planned.assessment.id, milestone=item.next_milestone.id)
            label = f"Done: {item.next_milestone.name}"
            row.append(button(label, ActionId.MILESTONE_DONE, done, accessibility_label=label))
        row.append(button("Edit…", ActionId.EDIT_ITEM, reference, accessibility_label=f"Edit {item.title}"))
    return actions(*row)
