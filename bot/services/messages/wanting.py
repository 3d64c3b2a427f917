"""Noting in the outbox which messages are out of date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from bot.log import logger
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

_log = logger(__name__)

# A burst of presses becomes one redraw a second: Slack's own pace for a channel.
REDRAW_AFTER = timedelta(seconds=1)


async def want_all(work: UnitOfWork, messages: Sequence[WantedMessage], at: datetime) -> None:
    """Note in the outbox that these messages are out of date, in order."""
    if messages:
        _log.debug("messages_wanted", keys=[each.key for each in messages])
    await work.messages.want_all(messages, at, redraw_after=REDRAW_AFTER)
