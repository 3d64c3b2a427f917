"""Wiring of the Bolt app, and nothing else."""

from __future__ import annotations

import logging
import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from uuid import uuid4

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.kwargs_injection.async_args import AsyncArgs
from slack_bolt.response import BoltResponse
from slack_bolt.util.utils import get_arg_names_of_callable
from slack_sdk.web.async_client import AsyncWebClient

from bot.listeners.handling.handling import Handling
from bot.listeners.registering import register
from bot.log import logger
from bot.running.bot import Bot
from bot.running.in_flight_handlers import Work
from bot.running.installations import Installations

_log = logger(__name__)
# Bolt reads these by itself and would turn on OAuth with files, or another way to authorize.
_READ_BY_BOLT = ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")


class ListenerProblem(Exception):
    """A listener asks for something that Bolt would pass as None."""


def build_app(bot: Bot, installations: Installations, client: AsyncWebClient) -> AsyncApp:
    """The Bolt app with all listeners.

    Signatures are checked before a request gets here, in `bot.web`: each Slack app has a secret of its own.

    Raises:
        ListenerProblem: a listener's parameter has a name that Bolt does not know.
    """

    # A plain function: Bolt would pass a value for the "self" of a bound method.
    async def authorize(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult | None:
        return installations.authorize(enterprise_id, team_id)

    with _without_what_bolt_reads():
        app = AsyncApp(
            name="milepost",
            logger=logging.getLogger("slack_bolt"),
            client=client,
            request_verification_enabled=False,
            # Bolt takes None for "not installed here", though its type does not say so.
            authorize=authorize,  # type: ignore[arg-type]
            raise_error_for_unhandled_request=True,
            attaching_function_token_enabled=False,
        )
    app.error(_answer_errors)
    app.middleware(_only_when_there_is_room(bot.work))
    register(app, Handling(bot), bot.command)
    check_listeners(app)
    return app


def check_listeners(app: AsyncApp) -> None:
    """Refuse a misspelt parameter at the start: Bolt passes None for it, with a line in the log.

    Raises:
        ListenerProblem: naming the listener and the parameter.
    """
    known = set(AsyncArgs.__annotations__) | {"args"}
    for listener in app._async_listeners:
        unknown = set(get_arg_names_of_callable(listener.ack_function)) - known
        if unknown:
            name = getattr(listener.ack_function, "__qualname__", "?")
            raise ListenerProblem(
                f"Listener {name} asks for {', '.join(sorted(unknown))}, which Bolt does not pass."
            )


def _only_when_there_is_room(work: Work) -> Callable[..., Awaitable[BoltResponse | None]]:
    async def refuse_when_full(next: Callable[[], Awaitable[None]]) -> BoltResponse | None:  # noqa: A002 - Bolt's name for it
        if work.full:
            _log.error("overloaded", under_way=work.under_way)
            return BoltResponse(status=503, body="")
        await next()
        return None

    return refuse_when_full


async def _answer_errors(error: Exception) -> BoltResponse:
    """Whatever escaped the listeners' own ladder: answered with 200, so that Slack does not repeat it."""
    if isinstance(error, BoltUnhandledRequestError):
        return BoltResponse(status=200, body="")
    error_id = uuid4().hex[:8]
    _log.error("request_failed", error_id=error_id, exc_info=error)
    return BoltResponse(status=200, body="")


@contextmanager
def _without_what_bolt_reads() -> Iterator[None]:
    hidden = {name: os.environ.pop(name) for name in _READ_BY_BOLT if name in os.environ}
    try:
        yield
    finally:
        os.environ.update(hidden)
