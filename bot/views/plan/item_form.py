"""The form of an item of a plan: to add one, or to change everything about one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.plan.parts import STATUS_NAMES
from bot.views.wording.levels import level_name
from model.assessment.assessment import Assessment
from model.plan.milestone_lines import written
from model.plan.plan import (
    ITEM_TITLE_LIMIT,
    NOTES_LIMIT,
    OWNER_LIMIT,
    PLAN_REASON_LIMIT,
    SUCCESS_LIMIT,
    PlanItem,
)

_MOST_TYPED = 3_000


def add_item_form(
    assessment: Assessment, person: str, today: date, *, proposes: bool, dimension: str
) -> View:
    """The form for a new item.

    Args:
        assessment: Whose plan it is for.
        person: Who adds it, and is offered as its owner.
        today: The date where the council is.
        proposes: Whether it will wait as a proposal until a facilitator accepts it.
        dimension: The id of the dimension that is chosen beforehand, if any.
    """
    level = assessment.dimension_level(dimension) if dimension in assessment.scope else None
    start = level if isinstance(level, int) and level < len(assessment.framework.levels) else None
    note = "A facilitator will take it into the plan or not. Until then it stands there as proposed."
    blocks = [
        *([section(note)] if proposes else []),
        *_what(assessment, "", dimension, start, None if start is None else start + 1),
        *_who((person,), None),
        _milestones("", today),
        *_more("", ""),
    ]
    return modal(
        ViewId.ADD_ITEM,
        "Add an item",
        blocks,
        submit="Propose" if proposes else "Add",
        close="Cancel",
        reference=Reference(assessment=assessment.id),
    )


def edit_item_form(assessment: Assessment, item: PlanItem, today: date) -> View:
    """The form for everything about an item."""
    statuses = [option(name, status.value) for status, name in STATUS_NAMES.items()]
    status: Block = {
        "type": "static_select",
        "options": statuses,
        "initial_option": next(each for each in statuses if each["value"] == item.status.value),
    }
    reason = text_input(longest=PLAN_REASON_LIMIT, initial=item.status_reason)
    blocks = [
        *_what(assessment, item.title, item.dimension_id, item.from_level, item.to_level),
        *_who(item.owners, item.sponsor),
        field(InputId.STATUS, "Status", status),
        field(
            InputId.REASON,
            "Reason for the status",
            reason,
            optional=True,
            hint="Needed when it is blocked or dropped.",
        ),
        _milestones(written(item.open_milestones), today),
        *_more(item.success, item.notes),
    ]
    reference = Reference(assessment=assessment.id, item=item.id, revision=item.revision)
    return modal(ViewId.EDIT_ITEM, "Edit", blocks, submit="Save", close="Cancel", reference=reference)


def _what(
    assessment: Assessment, title: str, dimension: str, start: int | None, end: int | None
) -> list[Block]:
    framework = assessment.framework
    dimensions = [option(framework.dimension(each).name, each) for each in assessment.scope]
    levels = [option(level_name(framework, each.number), str(each.number)) for each in framework.levels]
    return [
        field(InputId.ITEM_TITLE, "What is to be done?", text_input(longest=ITEM_TITLE_LIMIT, initial=title)),
        field(InputId.DIMENSION, "Dimension", _select(dimensions, dimension)),
        field(InputId.FROM_LEVEL, "From level", _select(levels[:-1], str(start))),
        field(InputId.TO_LEVEL, "To level", _select(levels[1:], str(end))),
    ]


def _select(options: Sequence[Block], value: str) -> Block:
    menu: Block = {"type": "static_select", "options": list(options)}
    chosen = next((each for each in options if each["value"] == value), None)
    return menu if chosen is None else {**menu, "initial_option": chosen}


def _who(owners: Sequence[str], sponsor: str | None) -> list[Block]:
    owner: Block = {"type": "multi_users_select", "max_selected_items": OWNER_LIMIT}
    if owners:
        owner["initial_users"] = list(owners)
    backer: Block = {"type": "users_select"}
    if sponsor is not None:
        backer["initial_user"] = sponsor
    return [
        field(
            InputId.OWNERS,
            "Owners",
            owner,
            optional=True,
            hint="They are reminded of its dates, and may change it. They are told.",
        ),
        field(InputId.SPONSOR, "Sponsor", backer, optional=True, hint="Who backs it in the council."),
    ]


def _milestones(lines: str, today: date) -> Block:
    example = today.replace(day=1).isoformat()
    return field(
        InputId.MILESTONES,
        "Milestones, one a line",
        text_input(multiline=True, longest=_MOST_TYPED, initial=lines, placeholder=f"{example} First list"),
        optional=True,
        hint="Each line is a date and a name. A line that you take away is dropped from the plan.",
    )


def _more(success: str, notes: str) -> list[Block]:
    return [
        field(
            InputId.SUCCESS,
            "Measure of success",
            text_input(multiline=True, longest=SUCCESS_LIMIT, initial=success),
            optional=True,
            hint="How will you know that it worked?",
        ),
        field(
            InputId.NOTES,
            "Notes",
            text_input(multiline=True, longest=NOTES_LIMIT, initial=notes),
            optional=True,
        ),
    ]
