"""Asking Slack whose each bot token is, when the bot starts."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from pydantic import SecretStr

from bot.delivery.slack.faults import SlackFault, TokenFault
from bot.delivery.slack.slack import Identity, Slack
from bot.log import logger
from bot.running.installations import InstalledTwice
from bot.starting.start_problem import StartProblem
from storage.engine.errors import StorageUnavailable

_log = logger(__name__)
_FIRST_WAIT = 1.0
_LONGEST_WAIT = 60.0
# Real seconds: so long the workspaces that can be served wait for one whose Slack does not answer.
_PATIENCE = 5.0

Add = Callable[[int, Identity, SecretStr], Awaitable[None]]


async def sign_in(
    tokens: Sequence[SecretStr], slack_with: Callable[[SecretStr], Slack], add: Add
) -> set[asyncio.Task[None]]:
    """Add the workspace of each token, as soon as Slack has said which it is.

    A token that is not good keeps only its own workspace from being served, and is logged by its place in the
    setting. While Slack cannot be reached, it is asked again and again.

    Args:
        tokens: The bot tokens.
        slack_with: Makes Slack from a token.
        add: Takes the place of a token, counted from 0, who we are there, and the token.

    Returns:
        Those that are still waiting for Slack, to be cancelled when the bot stops.

    Raises:
        StartProblem: no token is good, or two belong to one workspace.
    """
    asking = [
        asyncio.ensure_future(_sign_in(place, token, slack_with, add)) for place, token in enumerate(tokens)
    ]
    waiting = set(asking)
    try:
        while waiting:
            done, waiting = await asyncio.wait(asking, timeout=_PATIENCE)
            if any(each.exception() is None for each in done):
                break
    except asyncio.CancelledError:
        await _call_off(asking)
        raise
    faults = [error for each in asking if each.done() and (error := each.exception()) is not None]
    twice = [error for error in faults if not isinstance(error, TokenFault)]
    if twice or len(faults) == len(asking):
        await _call_off(asking)
        raise _problem(twice[0] if twice else faults[0], several=len(asking) > 1)
    return waiting


async def _call_off(asking: Sequence[asyncio.Task[None]]) -> None:
    for each in asking:
        each.cancel()
    await asyncio.gather(*asking, return_exceptions=True)


def _problem(error: BaseException, *, several: bool) -> BaseException:
    """What to say of a fault; what is none of Slack's or of the settings stays what it is."""
    if isinstance(error, InstalledTwice):
        return StartProblem(f"Two of the tokens in SLACK_BOT_TOKEN belong to {error}. Leave one of them out.")
    if not isinstance(error, TokenFault):
        return error
    which = "any token in SLACK_BOT_TOKEN" if several else "SLACK_BOT_TOKEN"
    return StartProblem(
        f"Slack does not accept {which} ({error.error}). Copy the bot token from OAuth & "
        "Permissions of your Slack app, and reinstall the app there if it was removed."
    )


async def _sign_in(place: int, token: SecretStr, slack_with: Callable[[SecretStr], Slack], add: Add) -> None:
    """Ask Slack and add the workspace; while either cannot be reached, wait and try again.

    Raises:
        TokenFault: the token is not good.
        InstalledTwice: another token belongs to the same workspace.
    """
    slack = slack_with(token)
    wait = _FIRST_WAIT
    while True:
        try:
            await add(place, await slack.identity(), token)
            return
        except TokenFault as fault:
            _log.error("token_refused", place=place + 1, error=fault.error)
            raise
        except InstalledTwice:
            _log.error("workspace_named_twice", place=place + 1)
            raise
        except SlackFault as fault:
            _log.warning("slack_not_reached", error=fault.error, next_try_in_seconds=wait)
        except StorageUnavailable:
            _log.warning("database_unavailable", next_try_in_seconds=wait)
        # Real time, since this waits for the network and not for anything in an assessment.
        await asyncio.sleep(wait)
        wait = min(wait * 2, _LONGEST_WAIT)
