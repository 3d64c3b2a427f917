"""Switching the weekly digest of a plan off, and on again."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press
from bot.listeners.planning import press_in_plan
from bot.views.digest import switched_receipt
from bot.views.ids import ActionId
from model.plan_steps import SetDigest


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons under a digest."""
    app.action(ActionId.DIGEST_OFF.value)(handling.press(press_off))
    app.action(ActionId.DIGEST_ON.value)(handling.press(press_on))


async def press_off(bot: Bot, press: Press) -> None:
    """No digest any more, until somebody wants it again."""
    await press_in_plan(bot, press, SetDigest(False), "", lambda taken: switched_receipt(on=False))


async def press_on(bot: Bot, press: Press) -> None:
    """Weekly again."""
    await press_in_plan(bot, press, SetDigest(True), "", lambda taken: switched_receipt(on=True))
