"""Switching the weekly digest of a channel off, and on again."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press
from bot.running.bot import Bot
from bot.services.digest.switch import switch_digest
from bot.views.block_kit.ids import ActionId
from bot.views.digest import switched_receipt


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons under a digest."""
    app.action(ActionId.DIGEST_OFF.value)(handling.press(press_off))
    app.action(ActionId.DIGEST_ON.value)(handling.press(press_on))


async def press_off(bot: Bot, press: Press) -> None:
    """No digest any more, until somebody wants it again."""
    await _switch(bot, press, on=False)


async def press_on(bot: Bot, press: Press) -> None:
    """Weekly again."""
    await _switch(bot, press, on=True)


async def _switch(bot: Bot, press: Press, *, on: bool) -> None:
    # A digest of an earlier version names its assessment; it is the channel's all the same.
    channel_id = press.reference.channel or press.place.channel_id or ""
    if await switch_digest(bot.desk, press.asked, channel_id, on=on):
        bot.dispatcher.wake()
        await bot.tell(press.place, switched_receipt(on=on, command=bot.command))
