"""What was found last time for a question, and carrying its evidence over."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import of_prompt, step_by_form
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.assessment.last_time import see_last_time
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.last_time import carried_receipt, last_time_modal
from model.assessment.steps import CarryEvidence
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button on the cards, and to what it opens."""
    app.action(ActionId.LAST_TIME.value)(handling.press(press_last_time))
    app.view(ViewId.LAST_TIME.value)(handling.submission(submit_last_time))


async def press_last_time(bot: Bot, press: Press) -> None:
    """Show it, with the evidence."""
    about = press.reference

    async def build() -> View:
        assessment, last = await see_last_time(bot.desk, press.asked, about.assessment)
        if about.prompt not in {each.prompt_id for each in assessment.prompts}:
            raise Refused(Refusal(Reason.UNKNOWN_PROMPT), assessment)
        return last_time_modal(assessment, last, about.prompt)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_last_time(bot: Bot, submission: Submission) -> FormAnswer:
    """Carry over the pieces that were chosen; the notes appear in the thread by themselves."""
    about, chosen = submission.reference, submission.choices(InputId.PIECES)
    assessment, last = await see_last_time(bot.desk, submission.asked, about.assessment)
    found = None if last is None else last.prompt(about.prompt)
    pieces = () if found is None else tuple(each for each in found.evidence if each.id in chosen)
    ended_at = assessment.started_at if last is None else last.ended_at
    step = CarryEvidence(about.prompt, pieces, "" if last is None else last.title, ended_at)
    return await step_by_form(
        bot, submission, step, lambda after: carried_receipt(len(pieces)), of_prompt(about.prompt)
    )
