"""The items of a plan: looking at one, adding, editing, setting the status, handing over."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.plan.stepping import open_plan_form, plan_by_form, press_in_plan, show_item
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.plan.stepping import new_item_id, why_not_in_plan
from bot.services.suggestions.adopting import status_from_today
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import BadReference
from bot.views.plan.forms import MINE, choose_item, hand_over_form, status_form
from bot.views.plan.item_form import add_item_form, edit_item_form
from bot.views.plan.receipts import added_receipt, edited_receipt, handed_over_receipt, status_receipt
from bot.views.reminders.reminder import from_reminder
from model.assessment.guards import because
from model.errors import UnknownItem
from model.plan.guards import NEEDS_REASON, not_theirs, observing
from model.plan.milestone_lines import read_lines
from model.plan.plan import ItemStatus, PlanItem
from model.plan.plan_in_context import Planned
from model.plan.steps import AddItem, EditItem, HandOver, SetStatus, WantedMilestone
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of a plan and its items, and their forms."""
    app.action(ActionId.ADD_ITEM.value)(handling.press(press_add))
    app.action(ActionId.CHOOSE_ITEM.value)(handling.press(press_choose))
    app.action(ActionId.OPEN_ITEM.value)(handling.press(press_open))
    app.action(ActionId.EDIT_ITEM.value)(handling.press(press_edit))
    for action in (ActionId.ITEM_STATUS, ActionId.TAKE_IN, ActionId.LEAVE_OUT):
        app.action(action.value)(handling.press(press_status))
    app.action(ActionId.HAND_OVER.value)(handling.press(press_hand_over))
    app.view(ViewId.ADD_ITEM.value)(handling.submission(submit_add))
    app.view(ViewId.EDIT_ITEM.value)(handling.submission(submit_edit))
    app.view(ViewId.ITEM_STATUS.value)(handling.submission(submit_status))
    app.view(ViewId.HAND_OVER.value)(handling.submission(submit_hand_over))


async def press_add(bot: Bot, press: Press) -> None:
    """Open the form for a new item."""
    person, dimension_id = press.asked.person, press.reference.dimension

    def form(planned: Planned) -> View | Refusal:
        assessment = planned.assessment
        if planned.ended:
            return because(assessment, Reason.ASSESSMENT_CANCELLED)
        leads = any(person in assessment.leaders(each) for each in assessment.scope)
        return observing(assessment, person) or add_item_form(
            assessment, person, bot.today(), proposes=not leads, dimension=dimension_id
        )

    await open_plan_form(bot, press, form, to_take_part=True)


async def press_choose(bot: Bot, press: Press) -> None:
    """Show the items that this person may change."""
    await open_plan_form(
        bot,
        press,
        lambda planned: choose_item(planned, press.asked.person, today=bot.today(), command=bot.command),
    )


async def press_open(bot: Bot, press: Press) -> None:
    """Show one item at length."""
    await show_item(bot, press, press.reference.item)


async def press_edit(bot: Bot, press: Press) -> None:
    """Open the form of an item, for those who may change it."""
    await _open(bot, press, lambda planned, item: edit_item_form(planned.assessment, item, bot.today()))


async def press_status(bot: Bot, press: Press) -> None:
    """Set a status, or ask for its reason first."""
    about = press.reference
    status = _status(about.word)
    step = SetStatus(about.item, status)
    if status not in NEEDS_REASON:
        step = await status_from_today(bot.desk, press.asked, about.assessment, step)
        await press_in_plan(
            bot, press, step, about.item, lambda taken: status_receipt(taken.after, about.item)
        )
        return

    def form(planned: Planned, item: PlanItem) -> View | Refusal:
        probe = SetStatus(item.id, status, "…")
        refusal = why_not_in_plan(planned, press.asked, probe, bot.today())
        if refusal is not None:
            return refusal
        view = status_form(planned.assessment, item, status)
        return from_reminder(view, about.due) if about.due else view

    await _open(bot, press, form)


def _status(value: str) -> ItemStatus:
    try:
        return ItemStatus(value)
    except ValueError:
        raise BadReference(value[:20]) from None


async def press_hand_over(bot: Bot, press: Press) -> None:
    """Ask to whom."""

    def form(planned: Planned, item: PlanItem) -> View | Refusal:
        # A person whom nobody is, so that anybody can be chosen.
        probe = HandOver(item.id, "\N{NULL}")
        refusal = why_not_in_plan(planned, press.asked, probe, bot.today())
        return refusal or hand_over_form(planned.assessment, item, press.asked.person, press.reference.person)

    await _open(bot, press, form)


async def _open(bot: Bot, press: Press, form: Callable[[Planned, PlanItem], View | Refusal]) -> None:
    """Open a form about the item of a button, for those who may change it."""

    def of_plan(planned: Planned) -> View | Refusal:
        try:
            item = planned.plan.item(press.reference.item)
        except UnknownItem:
            return Refusal(Reason.UNKNOWN_ITEM)
        if planned.ended:
            return because(planned.assessment, Reason.ASSESSMENT_CANCELLED)
        return not_theirs(planned.assessment, item, press.asked.person) or form(planned, item)

    await open_plan_form(bot, press, of_plan)


async def submit_add(bot: Bot, submission: Submission) -> FormAnswer:
    """Add what the form says."""
    item_id = new_item_id()
    step = AddItem(
        item_id=item_id,
        title=submission.text(InputId.ITEM_TITLE),
        dimension_id=submission.choice(InputId.DIMENSION),
        from_level=_level(submission, InputId.FROM_LEVEL),
        to_level=_level(submission, InputId.TO_LEVEL),
        owners=submission.choices(InputId.OWNERS),
        sponsor=submission.choice(InputId.SPONSOR) or None,
        milestones=_milestones(submission),
        notes=submission.text(InputId.NOTES),
        success=submission.text(InputId.SUCCESS),
    )
    return await plan_by_form(
        bot, submission, step, lambda taken: added_receipt(taken.after, item_id, bot.command)
    )


async def submit_edit(bot: Bot, submission: Submission) -> FormAnswer:
    """Change what the form says otherwise."""
    about = submission.reference
    step = EditItem(
        item_id=about.item,
        seen=-1 if about.revision is None else about.revision,
        title=submission.text(InputId.ITEM_TITLE),
        dimension_id=submission.choice(InputId.DIMENSION),
        from_level=_level(submission, InputId.FROM_LEVEL),
        to_level=_level(submission, InputId.TO_LEVEL),
        owners=submission.choices(InputId.OWNERS),
        sponsor=submission.choice(InputId.SPONSOR) or None,
        status=_status(submission.choice(InputId.STATUS)),
        status_reason=submission.text(InputId.REASON),
        milestones=_milestones(submission),
        notes=submission.text(InputId.NOTES),
        success=submission.text(InputId.SUCCESS),
    )
    return await plan_by_form(
        bot, submission, step, lambda taken: edited_receipt(taken.after, about.item, taken.entries)
    )


def _level(submission: Submission, field: InputId) -> int:
    value = submission.choice(field)
    if not value.isdecimal():
        raise UnreadableForm
    return int(value)


def _milestones(submission: Submission) -> tuple[WantedMilestone, ...]:
    """The milestones that were written down.

    Raises:
        Refused: a line cannot be read.
    """
    found = read_lines(submission.text(InputId.MILESTONES))
    if isinstance(found, Refusal):
        raise Refused(found)
    return found


async def submit_status(bot: Bot, submission: Submission) -> FormAnswer:
    """Set the status with its reason."""
    about = submission.reference
    step = SetStatus(about.item, _status(about.word), submission.text(InputId.REASON))
    return await plan_by_form(bot, submission, step, lambda taken: status_receipt(taken.after, about.item))


async def submit_hand_over(bot: Bot, submission: Submission) -> FormAnswer:
    """Give the item to somebody else."""
    about = submission.reference
    step = HandOver(
        item_id=about.item,
        receiver=submission.choice(InputId.PEOPLE),
        giver=_giver(submission),
        reason=submission.text(InputId.REASON),
    )
    return await plan_by_form(
        bot, submission, step, lambda taken: handed_over_receipt(taken.after, about.item)
    )


def _giver(submission: Submission) -> str | None:
    if submission.reference.person:
        return submission.reference.person
    return submission.asked.person if submission.choice(InputId.GIVER) == MINE else None
