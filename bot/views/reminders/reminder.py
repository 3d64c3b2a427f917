"""The direct message that reminds somebody of milestones, and the one that passes them on to a facilitator.

After a press it is edited: what was done, by whom, in place of the buttons. A milestone that is still open
keeps its buttons, also when it is snoozed or blocked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.views.block_kit.blocks import ROOM, Block, Message, View, actions, button, context, option, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.outcome_card import answer_buttons, outcome_said
from bot.views.reminders.words import due_words, long_day, outcome_words, owner_words
from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, link, plain, shorten
from model.calendar.working_hours import Diary
from model.plan.guards import not_theirs
from model.plan.plan import ItemStatus, PlanItem, Worked
from model.reminders.standing import Remark, Standing

TOMORROW, NEXT_WEEK, A_DATE = "tomorrow", "next_week", "a_date"
_SNOOZES = {TOMORROW: "Tomorrow", NEXT_WEEK: "Next week", A_DATE: "A date…"}
# A message holds 50 blocks; heading, lateness and the last lines need some of them.
_MOST_BLOCKS = 44
_NAME = 120
_REASON = 200


@dataclass(frozen=True)
class Reminding:
    """A reminder as it stands now.

    Attributes:
        remarks: The milestones, by date.
        reader: Who gets it.
        passed_on: Whether it is for a facilitator, in place of an owner or after the last reminder.
        today: The date where the reader is.
        diary: The days of the reader, and where they are.
        planned: When it should have come, where it comes late.
        names: Display names.
        addresses: Assessment id to the address of its plan.
        command: The slash command.
    """

    remarks: Sequence[Remark]
    reader: str
    passed_on: bool
    today: date
    diary: Diary
    planned: datetime | None
    names: Names
    addresses: Mapping[str, str]
    command: str


def reminder(about: Reminding) -> Message:
    """The message, with as many buttons as fit."""
    head = [_heading(about), *_late(about)]
    foot = [_footing(about)] if any(each.open for each in about.remarks) else []
    lines = {id(each): _lines(about, each) for each in about.remarks}
    text = "\n\n".join([*head, *("\n".join(lines[id(each)]) for each in about.remarks), *foot])
    start = [section("\n".join(head))]
    end = [context(each) for each in foot]
    return Message(text, (*start, *_fitting(about, lines, start + end), *end))


def from_reminder(view: View, due: str) -> View:
    """A form that a reminder opens; it has the date that was shown, and the reminder is its receipt."""
    about = Reference.decode(view["private_metadata"]).model_copy(update={"due": due})
    return {**view, "private_metadata": about.encode()}


def _heading(about: Reminding) -> str:
    number = sum(each.open for each in about.remarks)
    if any(_asks(about, each) or _asks_outcome(about, each) for each in about.remarks) and not number:
        return "*Reminder*: one more question."
    if not number and any(each.standing is Standing.MOVED for each in about.remarks):
        return "*Reminder*: nothing is to be done for now."
    if not number:
        return "*Reminder*: nothing is left to do here."
    milestones = count(number, "milestone")
    if about.passed_on:
        return f"*For you as a facilitator*: {milestones} to look at."
    return f"*Reminder*: {milestones} of yours."


def _late(about: Reminding) -> list[str]:
    if about.planned is None:
        return []
    local = about.planned.astimezone(about.diary.zone)
    return [f"This comes late: it was planned for {long_day(local.date())} at {local:%H:%M}."]


def _footing(about: Reminding) -> str:
    if about.passed_on:
        return f"All that is planned: `{about.command} plan all`."
    return (
        f"All that is yours: `{about.command} plan mine`. "
        f"Days away, and no more reminders: `{about.command} settings`."
    )


def _lines(about: Reminding, remark: Remark) -> list[str]:
    """What is said of one milestone."""
    name = f"*{shorten(remark.milestone.name, _NAME)}*"
    if not remark.open:
        settled = f"{name}: {outcome_words(remark, about.names, about.reader, about.diary.zone)}"
        return [settled, *_after_last(about, remark)]
    lines = [f"{name}: {due_words(remark.due, about.today)}.", _item_words(about, remark)]
    item = remark.item
    if item.status is ItemStatus.BLOCKED:
        lines.append(f"Blocked: {shorten(item.status_reason, _REASON)}")
    if about.passed_on:
        lines.append(owner_words(remark, about.names))
    elif not item.owners:
        lines.append("Nobody owns this yet, so it comes to you.")
    return [*lines, *_snoozed(about, remark)]


def _snoozed(about: Reminding, remark: Remark) -> list[str]:
    """When somebody who has snoozed it hears of it again, until they have."""
    until = remark.milestone.snoozed_until(about.reader)
    if until is None or remark.told_again:
        return []
    again = about.diary.next_open_day(until)
    return [f"You hear of it again on {long_day(again)}."] if again >= about.today else []


def _asks(about: Reminding, remark: Remark) -> bool:
    """Whether to ask if the whole action is done: of those who may say so, once no milestone is left."""
    return remark.last and not_theirs(remark.assessment, remark.item, about.reader) is None


def _after_last(about: Reminding, remark: Remark) -> list[str]:
    title = shorten(remark.item.title, _NAME)
    if _asks(about, remark):
        return [f"{title}: that was the last milestone. Is the whole action done?"]
    if remark.finished and not_theirs(remark.assessment, remark.item, about.reader) is None:
        return _outcome(title, remark.item, about.names)
    if remark.standing is Standing.DONE and remark.item.status is ItemStatus.DONE:
        return [f"{title}: the whole action is done."]
    return []


def _asks_outcome(about: Reminding, remark: Remark) -> bool:
    """Whether to ask if the action has worked: of those who may say so, until they have."""
    said = remark.item.outcome
    unsaid = said is None or said.worked is Worked.TOO_EARLY
    return remark.finished and unsaid and not_theirs(remark.assessment, remark.item, about.reader) is None


def _outcome(title: str, item: PlanItem, names: Names) -> list[str]:
    if item.outcome is None:
        success = [f"You wanted to see: {shorten(item.success, _REASON)}"] if item.success else []
        return [f"{title} is done. Did it work?", *success]
    later = " I ask again in four weeks." if item.outcome.worked is Worked.TOO_EARLY else ""
    return [f"{title} is done. {outcome_said(item.outcome, names)}.{later}"]


def _item_words(about: Reminding, remark: Remark) -> str:
    framework, item = remark.assessment.framework, remark.item
    dimension = escape(framework.dimension(item.dimension_id).name)
    steps = " to ".join(escape(level_name(framework, each)) for each in (item.from_level, item.to_level))
    title = shorten(remark.assessment.title, _NAME)
    address = about.addresses.get(remark.assessment.id)
    plan = link(address, f"Plan of {remark.assessment.title[:_NAME]}") if address else f"Plan of {title}"
    return f"{shorten(item.title, _NAME)} ({dimension}, {steps}). {plan}"


def _fitting(
    about: Reminding, lines: Mapping[int, Sequence[str]], others: Sequence[Block]
) -> Sequence[Block]:
    """The milestones with their buttons; where that is too much with one each, or only the first of them."""
    room = ROOM - len(json.dumps(others, ensure_ascii=False))
    whole = [_whole(about, each, lines[id(each)]) for each in about.remarks]
    short = [_short(about, each, lines[id(each)]) for each in about.remarks]
    for shown in (whole, short):
        blocks = [block for blocks in shown for block in blocks]
        if _fits(blocks, room):
            return blocks
    kept: list[Block] = []
    for number, blocks in enumerate(short):
        more = context(f"And {count(len(short) - number, 'more milestone', 'more milestones')}.")
        if not _fits([*kept, *blocks, more], room):
            return [*kept, more]
        kept += blocks
    return kept


def _fits(blocks: Sequence[Block], room: int) -> bool:
    return len(blocks) <= _MOST_BLOCKS and len(json.dumps(blocks, ensure_ascii=False)) <= room


def _whole(about: Reminding, remark: Remark, lines: Sequence[str]) -> list[Block]:
    """One milestone with everything that can be said of it."""
    said = section("\n".join(lines))
    if _asks_outcome(about, remark):
        answers = answer_buttons(_reference(remark).model_copy(update={"item": remark.item.id}))
        return [said, actions(*answers)]
    if not remark.open:
        return _short(about, remark, lines)
    elements = [
        _button("Done", ActionId.REMINDER_DONE, remark),
        *([] if about.passed_on else [_snooze_menu(remark)]),
        _button("Change date…", ActionId.REMINDER_MOVE, remark),
        *(
            []
            if remark.item.status is ItemStatus.BLOCKED
            else [_button("Blocked…", ActionId.REMINDER_BLOCKED, remark)]
        ),
        _button("Not doing…", ActionId.REMINDER_DROP, remark),
    ]
    return [said, actions(*elements)]


def _short(about: Reminding, remark: Remark, lines: Sequence[str]) -> list[Block]:
    """One milestone with a button that opens its item, or that says the item is done."""
    opens = remark.open or _asks_outcome(about, remark)
    accessory = _button("Open…", ActionId.REMINDER_OPEN, remark) if opens else None
    if _asks(about, remark):
        accessory = _item_done_button(remark)
    return [section("\n".join(lines), accessory=accessory)]


def _button(label: str, action: ActionId, remark: Remark) -> Block:
    spoken = f"{label.rstrip('…')}: {remark.milestone.name}"
    return button(label, action, _reference(remark), accessibility_label=spoken)


def _item_done_button(remark: Remark) -> Block:
    label = "The action is done"
    reference = _reference(remark).model_copy(update={"item": remark.item.id})
    spoken = f"{label}: {remark.item.title}"
    return button(label, ActionId.REMINDER_ITEM_DONE, reference, accessibility_label=spoken)


def _snooze_menu(remark: Remark) -> Block:
    options = [option(label, _reference(remark, word).encode()) for word, label in _SNOOZES.items()]
    return {
        "type": "static_select",
        "action_id": ActionId.REMINDER_SNOOZE.value,
        "placeholder": plain("Snooze"),
        "options": options,
    }


def _reference(remark: Remark, word: str = "") -> Reference:
    return Reference(
        assessment=remark.assessment.id,
        milestone=remark.milestone.id,
        due=remark.due.isoformat(),
        word=word,
    )
