"""What the presses and forms of a plan share: take the step, wake the dispatcher, say what came of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.payloads import Press, Submission
from bot.running.bot import Bot
from bot.services.asking import Asked, Refused
from bot.services.guests import only_a_guest
from bot.services.plan.stepping import PlanStepTaken, plan_history, see_plan, take_plan_step
from bot.views.block_kit.blocks import View
from bot.views.block_kit.modals import notice_modal
from bot.views.plan.item import item_view
from model.errors import UnknownItem
from model.plan.plan_in_context import Planned
from model.plan.steps import PlanStep
from model.refusals import Reason, Refusal

BuildForm = Callable[[Planned], View | Refusal]
"""Makes the form for a plan, or says why this person would fill it in for nothing."""


async def step_in_plan(bot: Bot, asked: Asked, assessment_id: str, step: PlanStep) -> PlanStepTaken | None:
    """Take a step, and wake the dispatcher where one was taken."""
    taken = await take_plan_step(bot.desk, asked, assessment_id, step)
    if taken is not None:
        bot.dispatcher.wake()
    return taken


async def plan_by_form(
    bot: Bot, submission: Submission, step: PlanStep, receipt: Callable[[PlanStepTaken], str]
) -> FormAnswer:
    """Take the step that a form describes; the receipt goes to the channel of the plan."""
    taken = await step_in_plan(bot, submission.asked, submission.reference.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    place = Place(submission.place.workspace_id, submission.place.person, taken.after.channel_id)
    # A form that such a message opened needs no receipt either.
    return Accepted(receipt(taken), None if submission.reference.due else place)


async def press_in_plan(
    bot: Bot, press: Press, step: PlanStep, item_id: str, receipt: Callable[[PlanStepTaken], str]
) -> None:
    """Take the step of a button. Under a message a receipt says what came of it; in a modal it shows that."""
    assessment_id = press.reference.assessment
    if not press.in_modal:
        taken = await step_in_plan(bot, press.asked, assessment_id, step)
        # A message with a date shows by itself what came of it.
        if taken is not None and not press.reference.due:
            await bot.tell(press.place, receipt(taken))
        return
    notice = ""
    try:
        if await step_in_plan(bot, press.asked, assessment_id, step) is None:
            return
    except Refused as refused:
        framework = None if refused.assessment is None else refused.assessment.framework
        notice = told_refusal(bot, refused.refusal, framework, press.asked.person)
    await show_item(bot, press, item_id, notice)


async def show_item(bot: Bot, press: Press, item_id: str, notice: str = "") -> None:
    """Show an item at length, in a new modal or in place of the one that was pressed in."""
    assessment_id = press.reference.assessment
    history = await plan_history(bot.database, press.place.workspace_id, assessment_id, item_id)

    def form(planned: Planned) -> View | Refusal:
        try:
            item = planned.plan.item(item_id)
        except UnknownItem:
            return Refusal(Reason.UNKNOWN_ITEM)
        return item_view(
            planned,
            item,
            press.asked.person,
            history,
            today=bot.today(),
            zone=bot.zone,
            notice=notice,
        )

    await open_plan_form(bot, press, form)


async def open_plan_form(bot: Bot, press: Press, form: BuildForm, *, to_take_part: bool = False) -> None:
    """Open a form about a plan; where the button stands in a modal, the form takes the modal's place.

    Args:
        bot: The bot.
        press: The press that asks for it.
        form: Makes it.
        to_take_part: Whether it is only for those who take part, and so not for guests who read along.
    """

    async def build() -> View:
        return await plan_form(bot, press.asked, press.reference.assessment, form, to_take_part=to_take_part)

    if not press.in_modal:
        await bot.open_form(press.asked.workspace_id, press.trigger_id, build)
        return
    view = await build()
    await bot.show_view(press.place.workspace_id, press.view_id, view)


async def plan_form(
    bot: Bot, asked: Asked, assessment_id: str, form: BuildForm, *, to_take_part: bool = False
) -> View:
    """A form about a plan, or why somebody may not have it."""
    planned = await see_plan(bot.desk, asked, assessment_id)
    refusal = await only_a_guest(bot.desk, asked, planned.assessment) if to_take_part else None
    made = refusal or form(planned)
    if isinstance(made, Refusal):
        return notice_modal(told_refusal(bot, made, planned.assessment.framework, asked.person))
    return made
