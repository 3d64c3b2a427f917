"""Which conversation a call means, and whether the bot may read it or write in it."""

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk
from bot.sandbox.workspace.world import Channel

_SCOPE_KINDS = {"channel": "channels", "group": "groups", "im": "im"}


def visible_channel(desk: Desk, channel_id: str) -> Channel:
    """Return a conversation that the bot can know of: a public channel, or one it is in.

    Raises:
        SlackRefusal: `channel_not_found`.
    """
    channel = desk.slack.channels.get(channel_id)
    if channel is None:
        raise SlackRefusal("channel_not_found")
    hidden = channel.is_private or channel.is_im
    if hidden and not desk.slack.is_member(channel.id, desk.slack.world.bot_user_id):
        raise SlackRefusal("channel_not_found")
    return channel


def readable_channel(desk: Desk, args: Arguments, right: str) -> Channel:
    """Return a conversation whose messages or facts the bot may read.

    Args:
        desk: The workspace.
        args: The call, for `channel`.
        right: `read` or `history`; with the kind of conversation it makes the scope.

    Raises:
        SlackRefusal: When it is unknown, the scope is missing, or (for history) the bot is not in it.
    """
    channel = visible_channel(desk, args.required("channel"))
    desk.need(f"{_SCOPE_KINDS[channel.kind]}:{right}")
    if right == "history" and not desk.slack.is_member(channel.id, desk.slack.world.bot_user_id):
        raise SlackRefusal("not_in_channel")
    return channel


def writable_channel(desk: Desk, target: str, *, user_allowed: bool = False) -> Channel:
    """Return a conversation in which the bot may write.

    Args:
        desk: The workspace.
        target: A conversation's id, its name with `#`, or a person's id where that is allowed.
        user_allowed: Whether a person's id stands for the direct messages with them.

    Raises:
        SlackRefusal: `channel_not_found`, `not_in_channel`, `is_archived`, `restricted_action`.
    """
    channel = visible_channel(desk, _channel_id(desk, target, user_allowed))
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    if not desk.slack.is_member(channel.id, desk.slack.world.bot_user_id):
        raise SlackRefusal("not_in_channel")
    if channel.read_only:
        raise SlackRefusal("restricted_action")
    return channel


def _channel_id(desk: Desk, target: str, user_allowed: bool) -> str:
    if user_allowed and target in desk.slack.people:
        person = desk.slack.people[target]
        if person.deleted or person.is_bot:
            raise SlackRefusal("channel_not_found")
        return desk.slack.dm_with(target).id
    if user_allowed and target.startswith("#"):
        name = target.removeprefix("#")
        return next((c.id for c in desk.slack.channels.values() if c.name == name), target)
    return target


def thread_parent(desk: Desk, channel: Channel, thread_ts: str) -> str:
    """Return a thread's `ts` when it is a parent's.

    Raises:
        SlackRefusal: `thread_not_found` when there is no such message, or it is itself a reply.
    """
    parent = desk.slack.messages.get(channel.id, thread_ts)
    if parent is None or parent.is_reply:
        raise SlackRefusal("thread_not_found")
    return thread_ts
