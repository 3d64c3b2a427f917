"""What happens in the workspace, told to the bot as the events it subscribed to and may see."""

from collections.abc import Callable
from dataclasses import replace

from bot.sandbox.wire.record_json import message_json, user_json, view_json
from bot.sandbox.workspace.records import File, Json, Message
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import Channel, Person

_KIND_NAMES = {"channel": "channels", "group": "groups", "im": "im"}
_READS = {"channel": "channels:read", "group": "groups:read", "im": "im:read"}
_NEEDED = {
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "message.im": "im:history",
    "app_mention": "app_mentions:read",
    "reaction_added": "reactions:read",
    "reaction_removed": "reactions:read",
    "file_shared": "files:read",
    "user_change": "users:read",
}
# Of the events of a removed app only these come, and without `authorizations`, since none is left.
_OF_THE_END = ("tokens_revoked", "app_uninstalled")


class EventFeed:
    """Builds events and sends those that reach the bot.

    Source: https://docs.slack.dev/reference/events/ and https://docs.slack.dev/apis/events-api/.
    """

    def __init__(self, slack: Workspace, send: Callable[[Json], None]) -> None:
        """Tell about `slack` through `send`, which takes a whole `event_callback`."""
        self._slack = slack
        self._send = send

    def message_posted(self, message: Message) -> None:
        """Tell of a new message; one that names the bot is told twice, as `message` and as `app_mention`."""
        slack = self._slack
        channel = slack.channels[message.channel]
        shown = message_json(slack, message) | self._place(channel, message.ts)
        self._tell(self._message_name(channel), shown, channel)
        if channel.is_im or message.by_bot or slack.world.bot_user_id not in message.pings:
            return
        mention = {key: value for key, value in shown.items() if key not in ("channel_type", "subtype")}
        self._tell("app_mention", mention | {"type": "app_mention"}, channel)

    def message_changed(self, before: Message, after: Message) -> None:
        """Tell of an edit."""
        channel = self._slack.channels[after.channel]
        event = self._hidden(channel, "message_changed") | {
            "message": message_json(self._slack, after),
            "previous_message": message_json(self._slack, before),
        }
        self._tell(self._message_name(channel), event, channel)

    def message_deleted(self, message: Message) -> None:
        """Tell that a message is gone."""
        channel = self._slack.channels[message.channel]
        event = self._hidden(channel, "message_deleted") | {
            "deleted_ts": message.ts,
            "previous_message": message_json(self._slack, replace(message, deleted=False)),
        }
        self._tell(self._message_name(channel), event, channel)

    def reaction(self, message: Message, user: str, name: str, *, added: bool) -> None:
        """Tell of a reaction given or taken back."""
        kind = "reaction_added" if added else "reaction_removed"
        event = {
            "type": kind,
            "user": user,
            "reaction": name,
            "item": {"type": "message", "channel": message.channel, "ts": message.ts},
            "item_user": message.user,
            "event_ts": self._slack.next_ts(),
        }
        self._tell(kind, event, self._slack.channels[message.channel])

    def membership(self, channel: Channel, user: str, *, joined: bool) -> None:
        """Tell that someone came into a channel or left; the bot's own leaving comes as `channel_left`."""
        bot = self._slack.world.bot_user_id
        ts = self._slack.next_ts()
        if user == bot and not joined:
            kind = "group_left" if channel.is_private else "channel_left"
            event: Json = {"type": kind, "channel": channel.id, "actor_id": channel.creator, "event_ts": ts}
            self._tell(kind, event, channel, always=True)
            return
        kind = "member_joined_channel" if joined else "member_left_channel"
        event = {"type": kind, "user": user, "channel": channel.id, "team": self._slack.world.team_id}
        event |= {"channel_type": "G" if channel.is_private else "C", "event_ts": ts}
        self._tell(kind, event, channel)

    def channel_state(self, channel: Channel, user: str) -> None:
        """Tell that a channel was archived or brought back."""
        state = "archive" if channel.is_archived else "unarchive"
        kind = f"{'group' if channel.is_private else 'channel'}_{state}"
        event = {"type": kind, "channel": channel.id, "user": user, "event_ts": self._slack.next_ts()}
        self._tell(kind, event, channel)

    def file_shared(self, file: File, channel: Channel, ts: str) -> None:
        """Tell that a file was put into a channel."""
        event = {
            "type": "file_shared",
            "file_id": file.id,
            "file": {"id": file.id},
            "user_id": file.user,
            "channel_id": channel.id,
            "event_ts": ts,
        }
        self._tell("file_shared", event, channel)

    def home_opened(self, user: str) -> None:
        """Tell that someone looks at the bot's Home tab."""
        slack = self._slack
        event: Json = {
            "type": "app_home_opened",
            "user": user,
            "channel": slack.dm_with(user).id,
            "tab": "home",
        }
        view = slack.views.home(user)
        if view:
            event["view"] = view_json(slack, view)
        self._tell("app_home_opened", event | {"event_ts": slack.next_ts()}, None)

    def person_changed(self, person: Person) -> None:
        """Tell that a person's zone, name or state changed."""
        event = {
            "type": "user_change",
            "user": user_json(self._slack, person),
            "event_ts": self._slack.next_ts(),
        }
        self._tell("user_change", event, None)

    def tokens_revoked(self) -> None:
        """Tell that the bot's token was taken back and the app removed."""
        bot = self._slack.world.bot_user_id
        revoked = {
            "type": "tokens_revoked",
            "tokens": {"oauth": [], "bot": [bot]},
            "event_ts": self._slack.next_ts(),
        }
        self._tell("tokens_revoked", revoked, None)
        self._tell("app_uninstalled", {"type": "app_uninstalled", "event_ts": self._slack.next_ts()}, None)

    def _place(self, channel: Channel, ts: str) -> Json:
        return {"channel": channel.id, "channel_type": channel.kind, "event_ts": ts}

    def _hidden(self, channel: Channel, subtype: str) -> Json:
        ts = self._slack.next_ts()
        return {"type": "message", "subtype": subtype, "hidden": True, "ts": ts} | self._place(channel, ts)

    def _message_name(self, channel: Channel) -> str:
        return f"message.{_KIND_NAMES[channel.kind]}"

    def _tell(self, name: str, event: Json, channel: Channel | None, *, always: bool = False) -> None:
        if self._reaches_bot(name, channel, always=always):
            self._send(self._wrapped(event))

    def _reaches_bot(self, name: str, channel: Channel | None, *, always: bool) -> bool:
        rules = self._slack.rules
        if not self._slack.installed and name not in _OF_THE_END:
            return False
        if rules.subscriptions is not None and name not in rules.subscriptions:
            return False
        if channel is not None and not always and self._slack.world.bot_user_id not in channel.members:
            return False
        needed = _NEEDED.get(name) or (_READS[channel.kind] if channel is not None else None)
        return needed is None or needed in rules.scopes

    def _wrapped(self, event: Json) -> Json:
        slack = self._slack
        world = slack.world
        event_id = slack.next_event_id()
        wrapped = {
            "token": slack.identity.verification_token,
            "team_id": world.team_id,
            "context_team_id": world.team_id,
            "context_enterprise_id": None,
            "api_app_id": world.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id,
            "event_time": int(slack.epoch()),
            "is_ext_shared_channel": False,
            "event_context": f"4-{event_id}",
        }
        if event["type"] in _OF_THE_END:
            return wrapped
        authorization = {
            "enterprise_id": None,
            "team_id": world.team_id,
            "user_id": world.bot_user_id,
            "is_bot": True,
            "is_enterprise_install": False,
        }
        return wrapped | {"authorizations": [authorization]}
