"""Where calls of the Web API come in: token, scopes, faults, limits, then the method itself."""

import asyncio

from aiohttp import web

from bot.sandbox.conditions.faults import Fault, FaultKind
from bot.sandbox.conditions.rate_limits import Allowance
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api import app, chat, conversations, files, people, reactions, views
from bot.sandbox.web_api.arguments import Arguments, read_arguments
from bot.sandbox.web_api.method import Desk, Method, need_scope
from bot.sandbox.workspace.records import Call, Json

METHODS: dict[str, Method] = {
    **app.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **reactions.METHODS,
    **views.METHODS,
}
_TOKEN_KINDS = ("xoxb", "xapp")


class WebApi:
    """Answers calls and keeps a record of each."""

    def __init__(self, desk: Desk) -> None:
        """Answer from `desk`."""
        self._desk = desk
        self._slack = desk.slack

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one HTTP request to /api/METHOD."""
        name = request.match_info["method"]
        self._slack.calls_under_way += 1
        try:
            return await self._answer(name, request)
        finally:
            self._slack.calls_under_way -= 1
            self._slack.changes.note()

    async def _answer(self, name: str, request: web.Request) -> web.StreamResponse:
        try:
            values = await read_arguments(request)
            method = self._method(name, await token_of(request))
        except SlackRefusal as refusal:
            return self._closed(name, {}, refusal.body(), None)
        fault = self._slack.faults.take(name, values)
        if fault is not None and not _is_after(fault):
            return await self._broken(name, values, fault, request)
        wait = self._wait(name, method, values)
        if wait:
            return self._limited(name, values, wait)
        try:
            body = {"ok": True, **method.handler(self._desk, Arguments(values))}
        except SlackRefusal as refusal:
            body = refusal.body()
        response = self._closed(name, values, body, method)
        if fault is not None:
            await self._late(fault, request)
        return response

    def _method(self, name: str, token: str) -> Method:
        method = METHODS.get(name)
        if method is None:
            raise SlackRefusal("unknown_method", req_method=name)
        if method.token:
            self._check_token(method, token)
            need_scope(self._slack, method.scopes)
        return method

    def _check_token(self, method: Method, token: str) -> None:
        if not token:
            raise SlackRefusal("not_authed")
        if not self._slack.knows(token):
            raise SlackRefusal("invalid_auth")
        if self._slack.is_retired(token):
            raise SlackRefusal("account_inactive")
        kind = next(kind for kind in _TOKEN_KINDS if token.startswith(kind))
        if kind != method.token:
            raise SlackRefusal("not_allowed_token_type")

    def _wait(self, name: str, method: Method, values: Json) -> int:
        rules = self._slack.rules
        if not rules.rate_limits or method.tier == "":
            return 0
        channel = str(values.get("channel") or "")
        if method.tier is None and channel in self._slack.people:
            channel = self._slack.dm_with(channel).id
        allowance = Allowance(method.tier, rules.post_burst, rules.workspace_posts_per_minute)
        return self._slack.limits.wait(name, allowance, channel)

    def _closed(self, name: str, values: Json, body: Json, method: Method | None) -> web.Response:
        self._keep(name, values, body, 200)
        headers = {"x-slack-req-id": f"{self._slack.next_number():032x}"}
        if method is not None and method.token == "xoxb":  # noqa: S105 - the kind of a token
            headers["x-oauth-scopes"] = ",".join(sorted(self._slack.rules.scopes))
            headers["x-accepted-oauth-scopes"] = ",".join(method.scopes)
        return web.json_response(body, headers=headers)

    def _limited(self, name: str, values: Json, seconds: int) -> web.Response:
        body = {"ok": False, "error": "ratelimited"}
        self._keep(name, values, body, 429)
        return web.json_response(body, status=429, headers={"Retry-After": str(seconds)})

    def _keep(self, name: str, values: Json, body: Json, status: int) -> None:
        arguments = {key: value for key, value in values.items() if key != "token"}
        self._slack.calls.append(Call(name, arguments, self._slack.epoch(), body, status))

    async def _broken(
        self, name: str, values: Json, fault: Fault, request: web.Request
    ) -> web.StreamResponse:
        """Answer a call for which something was ordered to go wrong before anything is done."""
        if fault.kind is FaultKind.RATE_LIMITED:
            return self._limited(name, values, max(1, round(fault.seconds)))
        if fault.kind is FaultKind.API_ERROR:
            body = SlackRefusal(fault.error).body()
            self._keep(name, values, body, 200)
            return web.json_response(body)
        if fault.kind is FaultKind.HTTP_ERROR:
            self._keep(name, values, {}, fault.status)
            return web.Response(status=fault.status, text="the sandbox broke this on order")
        self._keep(name, values, {}, 0)
        if fault.kind is FaultKind.HANG_BEFORE:
            await asyncio.sleep(fault.seconds)
        _cut(request)
        return web.Response(status=500)

    async def _late(self, fault: Fault, request: web.Request) -> None:
        """Spoil the answer to a call whose work is done."""
        self._slack.changes.note()
        if fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        else:
            _cut(request)


def _is_after(fault: Fault) -> bool:
    return fault.kind in (FaultKind.DROP_AFTER, FaultKind.SLOW)


def _cut(request: web.Request) -> None:
    """Break the connection, so that the caller never sees an answer."""
    if request.transport is not None:
        request.transport.abort()


async def token_of(request: web.Request) -> str:
    """Return the token of a call, from its header or its arguments; an empty text when there is none.

    The body can be read again afterwards.

    Raises:
        SlackRefusal: When the token is not in the header and the body is not what its content type says.
    """
    header = request.headers.get("Authorization", "")
    if header.startswith("Bearer "):
        return header.removeprefix("Bearer ").strip()
    return str((await read_arguments(request)).get("token") or "")
