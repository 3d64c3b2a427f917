"""The sandbox as one HTTP server: Web API, sockets, uploads, response URLs and control."""

from aiohttp import web

from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.conditions.rules import Rules
from bot.sandbox.control.endpoint import ControlApi
from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.http import HttpDelivery
from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.gestures.scene import Scene
from bot.sandbox.http_listener import Listener, Served, application
from bot.sandbox.web_api.endpoint import WebApi
from bot.sandbox.web_api.files import receive_upload
from bot.sandbox.web_api.interaction_answers import receive_answer
from bot.sandbox.wire.event_feed import EventFeed
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import World, default_world


class Sandbox(Served):
    """A strict local Slack. Use it as an async context manager, or call `start` and `stop`."""

    def __init__(
        self,
        clock: SandboxClock | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        world: World | None = None,
        strict: bool = True,
        rules: Rules | None = None,
    ) -> None:
        """Set the sandbox up without starting it.

        Args:
            clock: The clock it shares with the bot; real time when not given.
            host: Where it listens.
            port: Where it listens; 0 takes any free one.
            world: The team it starts with; the built-in one when not given.
            strict: Whether calls are rate limited. Everything else is always checked.
            rules: How it behaves; `strict=False` switches the rate limits off on top of these.
        """
        self.clock = clock or SandboxClock()
        self._listener = Listener(host, port)
        self._server = ""
        chosen = rules or Rules()
        self.workspace = Workspace(
            world or default_world(), self.clock, chosen if strict else chosen.changed({"rate_limits": False})
        )
        self.sockets = SocketMode(self.workspace)
        self.courier = Courier(self.workspace, self.sockets)
        self.feed = EventFeed(self.workspace, self._send_event)
        self._scene = Scene(self.workspace, self.feed, self.courier, self.sockets)
        self.web_api = WebApi(self._scene.desk)

    @property
    def base_url(self) -> str:
        """The address of everything of this workspace's, without a slash at the end."""
        return self.workspace.base_url

    @property
    def api_url(self) -> str:
        """The Web API's address, as `base_url` of a slack_sdk client."""
        return f"{self._server}/api/"

    @property
    def control_url(self) -> str:
        """The control API's address."""
        return f"{self.base_url}/control/"

    @property
    def bot_token(self) -> str:
        """The bot's `xoxb-` token; another after the app was removed and let in again."""
        return self.workspace.identity.bot_token

    @property
    def app_token(self) -> str:
        """The app's `xapp-` token, for Socket Mode."""
        return self.workspace.identity.app_token

    @property
    def signing_secret(self) -> str:
        """The secret that signs HTTP requests to the bot."""
        return self.workspace.identity.signing_secret

    @property
    def team_id(self) -> str:
        """The team's id."""
        return self.workspace.world.team_id

    @property
    def bot_user_id(self) -> str:
        """The bot's user id."""
        return self.workspace.world.bot_user_id

    @property
    def bot_id(self) -> str:
        """The bot's `B...` id."""
        return self.workspace.world.bot_id

    async def start(self) -> None:
        """Listen."""
        app = self.application()
        app.router.add_route("*", "/api/{method}", self.web_api.handle)
        server = await self._listener.start(app)
        self.reached_at(server, server)

    async def stop(self) -> None:
        """Stop everything that is under way and listen no more."""
        await self.courier.close()
        await self._listener.stop()

    def application(self) -> web.Application:
        """Return all that is this workspace's alone: uploads, response URLs, sockets and control."""
        app = application()
        desk, control = self._scene.desk, ControlApi(self._scene)

        async def upload(request: web.Request) -> web.Response:
            return await receive_upload(self.workspace, request)

        async def answer(request: web.Request) -> web.Response:
            return await receive_answer(desk, request)

        app.router.add_post("/upload/v1/{ticket}", upload)
        app.router.add_post("/response/{team}/{key}", answer)
        app.router.add_get("/link/", self.sockets.connect)
        app.router.add_post("/control/{order}", control.handle)
        app.router.add_get("/control/{order}", control.handle)
        return app

    def reached_at(self, server: str, base_url: str) -> None:
        """Say where the Web API's server is and where this workspace's own addresses begin."""
        self._server = server
        self.workspace.base_url = base_url

    def deliver_to(self, url: str) -> HttpDelivery:
        """Send everything to a URL as signed HTTP requests from now on, instead of over sockets."""
        delivery = HttpDelivery(self.workspace, url)
        self.courier.use(delivery)
        return delivery

    def _send_event(self, payload: Json) -> None:
        self.courier.event(payload)
