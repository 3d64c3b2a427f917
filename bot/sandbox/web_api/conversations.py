"""conversations.*: channels, their members and their messages."""

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.web_api.paging import page
from bot.sandbox.web_api.places import readable_channel, visible_channel
from bot.sandbox.wire.record_json import channel_json, message_json
from bot.sandbox.workspace.records import Json, Message
from bot.sandbox.workspace.world import Channel

TYPES = {"public_channel": "channel", "private_channel": "group", "im": "im", "mpim": "mpim"}
_READ_SCOPES = {"channel": "channels:read", "group": "groups:read", "im": "im:read", "mpim": "mpim:read"}


def info(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.info."""
    channel = readable_channel(desk, args, "read")
    shown = channel_json(desk.slack, channel)
    if args.flag("include_num_members"):
        shown["num_members"] = len(channel.members)
    return {"channel": shown}


def members(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.members."""
    channel = readable_channel(desk, args, "read")
    rows, following = page(sorted(channel.members), lambda member: member, args)
    return {"members": rows, **following}


def channels_of_types(desk: Desk, args: Arguments) -> list[Channel]:
    """Return the conversations of the types a call asks for, by id; each type needs its scope."""
    kinds = []
    for name in args.names("types") or ["public_channel"]:
        if name not in TYPES:
            raise SlackRefusal("invalid_types")
        desk.need(_READ_SCOPES[TYPES[name]])
        kinds.append(TYPES[name])
    bot = desk.slack.world.bot_user_id
    return [
        channel
        for _, channel in sorted(desk.slack.channels.items())
        if channel.kind in kinds
        and (channel.kind == "channel" or bot in channel.members)
        and not (channel.is_archived and args.flag("exclude_archived"))
    ]


def list_channels(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.list."""
    rows, following = page(channels_of_types(desk, args), lambda channel: channel.id, args)
    return {"channels": [channel_json(desk.slack, channel) for channel in rows], **following}


def history(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.history: newest first, never the replies in threads."""
    channel = readable_channel(desk, args, "history")
    found = [m for m in reversed(desk.slack.messages.top_level(channel.id)) if _in_range(m, args)]
    return _messages(desk, args, found)


def replies(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.replies: the parent first, then its replies, oldest first.

    What a reply's own `ts` gives is a rule of the sandbox (`reply_lookup`), since accounts of Slack differ.
    """
    channel = readable_channel(desk, args, "history")
    named = desk.slack.messages.get(channel.id, args.required("ts"))
    if named is None:
        raise SlackRefusal("thread_not_found")
    if named.is_reply and desk.slack.rules.reply_lookup == "reply":
        return _messages(desk, args, [named])
    parent = desk.slack.messages.get(channel.id, str(named.thread_ts)) if named.is_reply else named
    thread = desk.slack.messages.replies(channel.id, parent.ts if parent else str(named.thread_ts))
    rows = [message for message in ([parent] if parent else []) + thread if _in_range(message, args)]
    return _messages(desk, args, rows)


def open_conversation(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.open for one person; group messages are left out of the sandbox."""
    if args.text("channel"):
        channel = visible_channel(desk, args.text("channel"))
        if not channel.is_im:
            raise SlackRefusal("method_not_supported_for_channel_type")
    else:
        channel = _direct_messages(desk, args)
    full = args.flag("return_im")
    return {"channel": channel_json(desk.slack, channel) if full else {"id": channel.id}}


def _direct_messages(desk: Desk, args: Arguments) -> Channel:
    users = args.names("users")
    if not users:
        raise SlackRefusal("users_list_not_supplied")
    if len(users) > 1:
        raise SlackRefusal("method_not_supported_for_channel_type")
    person = desk.slack.people.get(users[0])
    if person is None or person.is_bot:
        raise SlackRefusal("user_not_found")
    if person.deleted:
        raise SlackRefusal("user_disabled")
    return desk.slack.dm_with(person.id)


def join(desk: Desk, args: Arguments) -> Json:
    """Handle conversations.join: public channels only."""
    channel = visible_channel(desk, args.required("channel"))
    if channel.kind != "channel":
        raise SlackRefusal("method_not_supported_for_channel_type")
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    bot = desk.slack.world.bot_user_id
    if bot in channel.members:
        shown = channel_json(desk.slack, channel)
        return {"channel": shown, "warning": "already_in_channel"}
    changed = desk.slack.change_members(channel.id, add=bot)
    desk.feed.membership(changed, bot, joined=True)
    return {"channel": channel_json(desk.slack, changed)}


def _in_range(message: Message, args: Arguments) -> bool:
    try:
        ts, oldest = float(message.ts), float(args.text("oldest") or 0)
        latest = float(args.text("latest") or "inf")
    except ValueError:
        raise SlackRefusal("invalid_ts_oldest") from None
    if args.flag("inclusive"):
        return oldest <= ts <= latest
    return oldest < ts < latest


def _messages(desk: Desk, args: Arguments, found: list[Message]) -> Json:
    rows, following = page(found, lambda message: message.ts, args)
    metadata = args.flag("include_all_metadata")
    shown = [message_json(desk.slack, message, with_metadata=metadata) for message in rows]
    more = bool(following["response_metadata"]["next_cursor"])
    return {"messages": shown, "has_more": more, **(following if more else {})}


METHODS = {
    "conversations.info": Method(info, "T3"),
    "conversations.list": Method(list_channels, "T2"),
    "conversations.members": Method(members, "T4"),
    "conversations.history": Method(history, "T3"),
    "conversations.replies": Method(replies, "T3"),
    "conversations.open": Method(open_conversation, "T3", ("im:write",)),
    "conversations.join": Method(join, "T3", ("channels:join",)),
}
