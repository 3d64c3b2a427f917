"""What can be set about the imitation: limits, times, scopes, subscriptions."""

from dataclasses import dataclass, fields, replace
from typing import Any

ALL_SCOPES = frozenset(
    {
        "app_mentions:read",
        "channels:history",
        "channels:join",
        "channels:read",
        "chat:write",
        "commands",
        "files:read",
        "files:write",
        "groups:history",
        "groups:read",
        "im:history",
        "im:read",
        "im:write",
        "mpim:history",
        "mpim:read",
        "pins:write",
        "reactions:read",
        "reactions:write",
        "team:read",
        "users:read",
        "users:read.email",
    }
)


@dataclass(frozen=True)
class Rules:
    """How the sandbox behaves. The defaults are Slack's behaviour at its strictest.

    Attributes:
        ack_seconds: Real seconds in which the bot must acknowledge.
        trigger_seconds: Real seconds that a `trigger_id` lives.
        ticket_seconds: Real seconds that a Socket Mode URL can be used.
        rate_limits: Whether calls are limited at all.
        post_burst: Posts that one channel takes at once before one a second applies.
        workspace_posts_per_minute: Posts for all channels together ("several hundred" in Slack's words).
        reply_lookup: What `conversations.replies` gives for a reply's own `ts`: `thread` or `reply`.
        scopes: The scopes granted to the bot token.
        subscriptions: Event names as in a manifest (`message.channels`, `reaction_added`); None is all.
        commands: The slash commands the app has; None is any.
        max_sockets: Open Socket Mode connections, see Slack's page "Using Socket Mode".
        metadata_characters: Most characters of a message's metadata as JSON; Slack's figure is not public.
        home_tab: Whether the app has a Home tab.
    """

    ack_seconds: float = 3.0
    trigger_seconds: float = 3.0
    ticket_seconds: float = 30.0
    rate_limits: bool = True
    post_burst: int = 1
    workspace_posts_per_minute: int = 600
    reply_lookup: str = "thread"
    scopes: frozenset[str] = ALL_SCOPES
    subscriptions: frozenset[str] | None = None
    commands: frozenset[str] | None = None
    max_sockets: int = 10
    metadata_characters: int = 8_000
    home_tab: bool = True

    def changed(self, changes: dict[str, Any]) -> "Rules":
        """Return these rules with some of them changed, from JSON values.

        Raises:
            ValueError: When there is no such rule or the value is of the wrong kind.
        """
        known = {field.name for field in fields(self)}
        values: dict[str, Any] = {}
        for name, value in changes.items():
            if name not in known:
                raise ValueError(f"there is no rule called {name}")
            values[name] = _converted(getattr(Rules(), name), name, value)
        return replace(self, **values)


def _converted(default: Any, name: str, value: Any) -> Any:
    if name in ("subscriptions", "commands") and value is None:
        return None
    if name in ("scopes", "subscriptions", "commands"):
        if not isinstance(value, (list, tuple, set, frozenset)) or not all(isinstance(v, str) for v in value):
            raise ValueError(f"{name} is a list of names")
        return frozenset(value)
    if isinstance(default, bool) != isinstance(value, bool):
        raise ValueError(f"{name} cannot be {value!r}")
    if isinstance(default, float) and isinstance(value, (int, float)):
        return float(value)
    if not isinstance(value, type(default)):
        raise ValueError(f"{name} cannot be {value!r}")
    return value
