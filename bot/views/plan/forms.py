"""The small forms of a plan: a status with its reason, handing over, and what becomes of a milestone."""

from __future__ import annotations

from datetime import date, timedelta

from bot.views.block_kit.blocks import Block, View, button, context, field, modal, option, section, text_input
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.plan.parts import STATUS_NAMES, day_words, owner_label
from bot.views.plan.words import item_words, people_words
from bot.views.wording.text import count, shorten
from model.assessment.assessment import Assessment
from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, Milestone, PlanItem
from model.plan.plan_in_context import Planned

MINE, ALL = "mine", "all"
# A modal holds 250,000 bytes, and an item with many owners and odd characters takes 5,000.
_MOST_ITEMS = 40


def choose_item(planned: Planned, viewer: str, *, today: date, command: str) -> View:
    """The items that somebody may change, each with a button."""
    theirs = [item for item in planned.plan.items if planned.may_change(item, viewer)]
    if not theirs:
        words = (
            "There is no item here that you may change: that do its owners, its sponsor and the "
            f"facilitators, {people_words(planned.assessment.facilitators)}."
        )
        return modal(ViewId.NOTICE, "Edit", [section(words)])
    theirs.sort(key=lambda item: (item.over, viewer not in item.owners))
    blocks = [
        section(
            item_words(planned.assessment.framework, item, today),
            accessory=button(
                "Edit…",
                ActionId.EDIT_ITEM,
                Reference(assessment=planned.assessment.id, item=item.id),
                accessibility_label=f"Edit {item.title}",
            ),
        )
        for item in theirs[:_MOST_ITEMS]
    ]
    left = len(theirs) - len(blocks)
    more = (
        [context(f"And {count(left, 'more item', 'more items')}: {command} plan shows them all.")]
        if left
        else []
    )
    return modal(ViewId.CHOOSE_ITEM, "Edit", [*blocks, *more])


def status_form(assessment: Assessment, item: PlanItem, status: ItemStatus) -> View:
    """The form that asks why an item is blocked or dropped."""
    questions = {
        ItemStatus.BLOCKED: "What is in the way?",
        ItemStatus.DROPPED: "Why is it not done?",
    }
    reference = Reference(assessment=assessment.id, item=item.id, word=status.value)
    return modal(
        ViewId.ITEM_STATUS,
        STATUS_NAMES[status],
        [_title(item), _reason(questions.get(status, "Reason"), optional=False)],
        submit="Save",
        close="Cancel",
        reference=reference,
    )


def hand_over_form(assessment: Assessment, item: PlanItem, asker: str, giver: str = "") -> View:
    """The form that gives an item to somebody else.

    Args:
        assessment: Whose plan it is in.
        item: The item.
        asker: Who hands it over.
        giver: The owner whose place it is, where the button says so.
    """
    blocks: list[Block] = [_title(item)]
    if item.owners:
        blocks.append(context(f"{owner_label(item)} now: {people_words(item.owners)}."))
    blocks.append(field(InputId.PEOPLE, "To", {"type": "users_select"}, hint="They are told."))
    if len(item.owners) > 1 and asker in item.owners and not giver:
        choices = [option("In my place", MINE), option("In the place of all owners", ALL)]
        radio: Block = {"type": "radio_buttons", "options": choices, "initial_option": choices[0]}
        blocks.append(field(InputId.GIVER, "As owner", radio))
    blocks.append(_reason("Note", optional=True))
    reference = Reference(assessment=assessment.id, item=item.id, person=giver)
    return modal(
        ViewId.HAND_OVER, "Hand over", blocks, submit="Hand over", close="Cancel", reference=reference
    )


def move_form(assessment: Assessment, item: PlanItem, milestone: Milestone) -> View:
    """The form that gives a milestone another date."""
    picker: Block = {"type": "datepicker", "initial_date": milestone.due.isoformat()}
    blocks = [
        _title(item, milestone),
        field(InputId.DUE, "New date", picker),
        _reason("Reason", optional=True),
    ]
    return _of_milestone(ViewId.MOVE_MILESTONE, "Another date", blocks, assessment, milestone)


def drop_form(assessment: Assessment, item: PlanItem, milestone: Milestone) -> View:
    """The form that asks why a milestone is dropped."""
    blocks = [_title(item, milestone), _reason("Why is it not done?", optional=False)]
    return _of_milestone(ViewId.DROP_MILESTONE, "Not doing it", blocks, assessment, milestone)


def snooze_form(assessment: Assessment, item: PlanItem, milestone: Milestone, *, today: date) -> View:
    """The form that asks until when somebody wants to hear nothing of a milestone."""
    picker: Block = {"type": "datepicker", "initial_date": (today + timedelta(days=7)).isoformat()}
    blocks = [
        _title(item, milestone),
        field(InputId.UNTIL, "Remind me again on", picker, hint="For you only; others hear as before."),
    ]
    return _of_milestone(ViewId.SNOOZE_MILESTONE, "Remind me later", blocks, assessment, milestone)


def _of_milestone(
    view_id: ViewId, title: str, blocks: list[Block], assessment: Assessment, milestone: Milestone
) -> View:
    reference = Reference(assessment=assessment.id, milestone=milestone.id)
    return modal(view_id, title, blocks, submit="Save", close="Cancel", reference=reference)


def _title(item: PlanItem, milestone: Milestone | None = None) -> Block:
    words = f"*{shorten(item.title, 150)}*"
    if milestone is not None:
        words += f"\n{shorten(milestone.name, 150)}, {day_words(milestone.due)}"
    return section(words)


def _reason(label: str, *, optional: bool) -> Block:
    return field(
        InputId.REASON, label, text_input(multiline=True, longest=PLAN_REASON_LIMIT), optional=optional
    )
