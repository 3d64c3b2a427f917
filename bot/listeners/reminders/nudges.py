"""The buttons on nudges."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press
from bot.running.bot import Bot
from bot.services.reminders.nudge_round import switch_nudges
from bot.views.block_kit.ids import ActionId
from bot.views.reminders.nudge import nudges_receipt


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to both."""
    app.action(ActionId.STOP_NUDGES.value)(handling.press(press_stop))
    app.action(ActionId.ALLOW_NUDGES.value)(handling.press(press_allow))


async def press_stop(bot: Bot, press: Press) -> None:
    """No more nudges about this assessment."""
    await _switch(bot, press, wanted=False)


async def press_allow(bot: Bot, press: Press) -> None:
    """Nudges again."""
    await _switch(bot, press, wanted=True)


async def _switch(bot: Bot, press: Press, *, wanted: bool) -> None:
    switched = await switch_nudges(bot.database, press.asked, press.reference.assessment, wanted=wanted)
    if switched is None:
        return
    bot.dispatcher.wake()
    receipt = nudges_receipt(switched.assessment, wanted=switched.wanted, changed=switched.changed)
    await bot.tell(press.place, receipt)
