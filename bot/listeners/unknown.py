"""What no other listener takes: acknowledged, so that Slack neither repeats it nor shows an error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Command, Press, Submission
from bot.running.bot import Bot
from bot.views.refusals.refusals import OLD_BUTTON, OTHER_COMMAND

_ANYTHING = re.compile(r".*", re.DOTALL)


def register(app: AsyncApp, handling: Handling) -> None:
    """Registered last, since Bolt runs the first listener that matches."""
    app.event(_ANYTHING)(handling.event(ignore_event))
    app.action(_ANYTHING)(handling.press(press_unknown))
    app.shortcut(_ANYTHING)(handling.press(press_unknown))
    app.command(_ANYTHING)(handling.command(command_unknown))
    app.view(_ANYTHING)(handling.submission(submit_unknown))


async def ignore_event(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Nothing to do for events we did not ask for."""


async def press_unknown(bot: Bot, press: Press) -> None:
    """A button of an older version of Milepost."""
    await bot.tell(press.place, OLD_BUTTON.format(command=bot.command))


async def command_unknown(bot: Bot, command: Command) -> None:
    """A command that the manifest has and the settings do not."""
    await bot.tell(command.place, OTHER_COMMAND.format(command=bot.command))


async def submit_unknown(bot: Bot, submission: Submission) -> FormAnswer:
    """A form of an older version of Milepost: nothing can be recorded, but nothing typed is lost."""
    raise UnreadableForm
