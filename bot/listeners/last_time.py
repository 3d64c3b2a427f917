"""What was found last time for a question."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press
from bot.services.assessing import Refused
from bot.services.last_time import see_last_time
from bot.views.blocks import View
from bot.views.ids import ActionId
from bot.views.last_time import last_time_modal
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button on the cards."""
    app.action(ActionId.LAST_TIME.value)(handling.press(press_last_time))


async def press_last_time(bot: Bot, press: Press) -> None:
    """Show it, with the evidence."""
    about = press.reference

    async def build() -> View:
        assessment, last = await see_last_time(bot.database, press.asked, about.assessment, bot.members)
        if about.prompt not in {each.prompt_id for each in assessment.prompts}:
            raise Refused(Refusal(Reason.UNKNOWN_PROMPT), assessment)
        return last_time_modal(assessment, last, about.prompt)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)
