"""The HTTP side: Slack's requests in HTTP mode, and the health check in both."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from aiohttp import web
from pydantic import SecretStr
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp
from slack_sdk.signature import SignatureVerifier

SLACK_PATH = "/slack/events"
HEALTH_PATH = "/health"

Health = Callable[[], Awaitable[tuple[bool, dict[str, Any]]]]


class PortTaken(Exception):
    """Another program listens on our port."""


@dataclass(frozen=True)
class SlackDoor:
    """Where Slack's requests go in HTTP mode.

    Attributes:
        app: The listeners.
        signing_secrets: The secrets of the apps that requests may come from.
        admits: Whether the app with a secret, counted from 0, speaks for a workspace.
    """

    app: AsyncApp
    signing_secrets: Sequence[SecretStr]
    admits: Callable[[int, str], bool]


class WebServer:
    """A small web server. Slack's requests are taken only in HTTP mode, where their signature is checked."""

    def __init__(self, host: str, port: int, health: Health, slack: SlackDoor | None) -> None:
        self._host = host
        self._port = port
        self._health = health
        self._slack = slack
        secrets = [] if slack is None else slack.signing_secrets
        self._verifiers = [SignatureVerifier(each.get_secret_value()) for each in secrets]
        self._runner: web.AppRunner | None = None

    @property
    def port(self) -> int:
        """The port it listens on; useful when 0 asked for any."""
        addresses = [] if self._runner is None else self._runner.addresses
        return int(addresses[0][1]) if addresses else self._port

    async def start(self) -> None:
        """Listen.

        Raises:
            PortTaken: the port is in use or not allowed.
        """
        # Slack's payloads are far smaller; a larger body is not from Slack.
        application = web.Application(client_max_size=1024 * 1024)
        application.router.add_get(HEALTH_PATH, self._answer_health)
        if self._slack is not None:
            application.router.add_post(SLACK_PATH, self._answer_slack)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=5)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError:
            await self._runner.cleanup()
            self._runner = None
            raise PortTaken(str(self._port)) from None

    async def stop(self) -> None:
        """Stop listening; requests under way are answered first."""
        runner, self._runner = self._runner, None
        if runner is not None:
            with suppress(Exception):
                await runner.cleanup()

    async def _answer_slack(self, request: web.Request) -> web.Response:
        if self._slack is None:
            raise web.HTTPNotFound
        body, headers = await request.read(), dict(request.headers)
        signers = [n for n, verifier in enumerate(self._verifiers) if _signed_by(verifier, body, headers)]
        if not signers:
            raise web.HTTPUnauthorized
        try:
            bolt_request = await to_bolt_request(request)
        except (ValueError, TypeError, AttributeError):
            # Slack never sends what is not text, or not JSON.
            raise web.HTTPBadRequest from None
        workspace_id = bolt_request.context.team_id
        if workspace_id is not None and not self._slack.admits(signers[0], workspace_id):
            raise web.HTTPUnauthorized
        return await to_aiohttp_response(await self._slack.app.async_dispatch(bolt_request))

    async def _answer_health(self, _request: web.Request) -> web.Response:
        healthy, facts = await self._health()
        return web.json_response(facts, status=200 if healthy else 503)


def _signed_by(verifier: SignatureVerifier, body: bytes, headers: Mapping[str, str]) -> bool:
    """Whether one app signed this, in the last five minutes.

    Source: https://docs.slack.dev/authentication/verifying-requests-from-slack.
    """
    try:
        return verifier.is_valid_request(body, {name.lower(): value for name, value in headers.items()})
    except (ValueError, TypeError):
        # The time stamp is no number, the signature no ASCII, or the body no text.
        return False
