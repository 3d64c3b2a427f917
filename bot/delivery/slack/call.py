"""One call to Slack: what goes wrong becomes a `SlackFault`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

from bot.delivery.slack.faults import CALL_ERRORS, fault_of

LOOK_UP_PAGES = 10
"""How many pages of one answer we ask for at most."""


async def call_slack(method: Callable[..., Awaitable[Any]], **arguments: Any) -> Any:
    """Call a method of the SDK's client with the arguments that are given.

    Raises:
        SlackFault: the call failed; its kind says what to do.
    """
    given = {name: value for name, value in arguments.items() if value is not None}
    try:
        return await method(**given)
    except CALL_ERRORS as error:
        raise fault_of(error) from None


async def send_bytes(session: aiohttp.ClientSession, url: str, content: bytes) -> None:
    """Send a file to the address that Slack gave for it.

    Raises:
        SlackFault: the call failed.
    """
    try:
        async with session.post(url, data=content) as response:
            response.raise_for_status()
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise fault_of(error) from None
