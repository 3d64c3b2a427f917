"""What most presses and forms do: take a step, wake the dispatcher, and say privately what came of it."""

from __future__ import annotations

from collections.abc import Callable

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.payloads import Press, Submission
from bot.running.bot import Bot
from bot.services.assessment.finding import see_assessment
from bot.services.assessment.stepping import StepTaken, take_step
from bot.services.messages.places import thread_place
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.modals import notice_modal
from model.assessment.assessment import Assessment
from model.assessment.steps import Step
from model.refusals import Refusal

DimensionOf = Callable[[Assessment], str]


async def step_by_press(
    bot: Bot, press: Press, step: Step, receipt: Callable[[StepTaken], str | Message]
) -> None:
    """Take the step that a button stands for."""
    taken = await take_step(bot.desk, press.asked, press.reference.assessment, step)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(press.place, receipt(taken))


async def step_by_form(
    bot: Bot,
    submission: Submission,
    step: Step,
    receipt: Callable[[Assessment], str],
    dimension_of: DimensionOf | None = None,
) -> FormAnswer:
    """Take the step that a form describes; the receipt goes to the dimension's thread, or to the channel."""
    assessment_id = submission.reference.assessment
    taken = await take_step(bot.desk, submission.asked, assessment_id, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    channel_id, thread_ts = taken.after.channel_id, None
    if dimension_of is not None:
        dimension_id = dimension_of(taken.after)
        channel_id, thread_ts = await thread_place(bot.database, submission.asked, taken.after, dimension_id)
    where = Place(submission.place.workspace_id, submission.place.person, channel_id, thread_ts)
    return Accepted(receipt(taken.after), where)


def of_prompt(prompt_id: str) -> DimensionOf:
    """The dimension of a prompt, for `step_by_form`."""
    return lambda assessment: assessment.dimension_of(prompt_id).dimension_id


async def open_form(
    bot: Bot,
    press: Press,
    refused: Callable[[Assessment], Refusal | None],
    form: Callable[[Assessment], View],
) -> None:
    """Open a form about an assessment, unless what it is for would be refused anyway."""
    about = press.reference

    async def build() -> View:
        assessment = await see_assessment(bot.desk, press.asked, about.assessment)
        refusal = refused(assessment)
        if refusal is not None:
            return notice_modal(told_refusal(bot, refusal, assessment.framework, press.asked.person))
        return form(assessment)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)
