"""What a Web API method is: its handler, its scopes, its kind of token, how often it may be called."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.wire.event_feed import EventFeed
from bot.sandbox.workspace.records import Json
from bot.sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Desk:
    """What a handler works with."""

    slack: Workspace
    feed: EventFeed
    sockets: SocketMode

    def need(self, *scopes: str) -> None:
        """Go on only when the bot has one of some scopes.

        Raises:
            SlackRefusal: `missing_scope`, with what is needed and what is there.
        """
        need_scope(self.slack, scopes)


def need_scope(slack: Workspace, scopes: Iterable[str]) -> None:
    """Refuse with `missing_scope` unless one of the scopes is granted; no scopes at all means no need."""
    wanted = list(scopes)
    if wanted and not any(scope in slack.rules.scopes for scope in wanted):
        provided = ",".join(sorted(slack.rules.scopes))
        raise SlackRefusal("missing_scope", needed=",".join(wanted), provided=provided)


Handler = Callable[[Desk, Arguments], Json]


@dataclass(frozen=True)
class Method:
    """One method.

    Attributes:
        scopes: One of these is needed.
        tier: T1 to T4; None is the special rule for posts; an empty text is no limit.
        token: Which kind of token it takes: `xoxb`, `xapp`, or an empty text when it needs none.
    """

    handler: Handler
    tier: str | None
    scopes: tuple[str, ...] = ()
    token: str = "xoxb"  # noqa: S105 - the kind of a token, not one
