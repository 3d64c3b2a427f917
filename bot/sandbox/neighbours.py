"""Several workspaces on one server, with one Web API address for all of them, as Slack has it."""

from collections.abc import Sequence

from aiohttp import web

from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.conditions.rules import Rules
from bot.sandbox.http_listener import Listener, Served, application
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.server import Sandbox
from bot.sandbox.web_api.endpoint import METHODS, token_of
from bot.sandbox.workspace.world import World, default_world, second_world


class Neighbours(Served):
    """Workspaces side by side, each a whole `Sandbox` with an app, people and control API of its own.

    The token of a call says which workspace is meant. Use it as an async context manager, or call `start` and
    `stop`.
    """

    def __init__(
        self,
        clock: SandboxClock | None = None,
        worlds: Sequence[World] | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        strict: bool = True,
        rules: Rules | None = None,
    ) -> None:
        """Set the workspaces up without starting them.

        Args:
            clock: The clock that all share with the bot; real time when not given.
            worlds: The teams; the two built-in ones when not given.
            host: Where the server listens.
            port: Where the server listens; 0 takes any free one.
            strict: Whether calls are rate limited, in each workspace for itself.
            rules: How each workspace behaves at first; from then on each has rules of its own.

        Raises:
            ValueError: When there is no world, or two are the same team or have the same app.
        """
        chosen = tuple(worlds) if worlds is not None else (default_world(), second_world())
        if not chosen:
            raise ValueError("there is no world")
        for what in ("team_id", "app_id"):
            if len({getattr(world, what) for world in chosen}) < len(chosen):
                raise ValueError(f"every world needs a {what} of its own")
        self.clock = clock or SandboxClock()
        self.sandboxes = tuple(
            Sandbox(self.clock, world=world, strict=strict, rules=rules) for world in chosen
        )
        self._listener = Listener(host, port)

    async def start(self) -> None:
        """Listen."""
        app = application()
        app.router.add_route("*", "/api/{method}", self._call)
        for sandbox in self.sandboxes:
            app.add_subapp(f"/{sandbox.team_id}/", sandbox.application())
        server = await self._listener.start(app)
        for sandbox in self.sandboxes:
            sandbox.reached_at(server, f"{server}/{sandbox.team_id}")

    async def stop(self) -> None:
        """Stop everything that is under way and listen no more."""
        for sandbox in self.sandboxes:
            await sandbox.courier.close()
        await self._listener.stop()

    async def _call(self, request: web.Request) -> web.StreamResponse:
        """Pass a call of the Web API on; one that nobody's token came with is in no workspace's record."""
        try:
            sandbox = self._meant(request.match_info["method"], await token_of(request))
        except SlackRefusal as refusal:
            return web.json_response(refusal.body())
        return await sandbox.web_api.handle(request)

    def _meant(self, name: str, token: str) -> Sandbox:
        for sandbox in self.sandboxes:
            if sandbox.workspace.knows(token):
                return sandbox
        method = METHODS.get(name)
        if method is None:
            raise SlackRefusal("unknown_method", req_method=name)
        if method.token:
            raise SlackRefusal("invalid_auth" if token else "not_authed")
        # It takes no token and is about no workspace, such as blocks.validate.
        return self.sandboxes[0]
