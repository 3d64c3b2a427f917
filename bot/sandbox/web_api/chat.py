"""chat.*: posting, changing and deleting messages."""

from dataclasses import replace

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.content import TEXT_CUT, Content, read_content
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.web_api.places import thread_parent, visible_channel, writable_channel
from bot.sandbox.wire.record_json import message_json
from bot.sandbox.workspace.records import Json, Message

UPDATE_TEXT = 4_000


def post_message(desk: Desk, args: Arguments) -> Json:
    """Handle chat.postMessage."""
    channel = writable_channel(desk, args.required("channel"), user_allowed=True)
    content = read_content(desk.slack, args)
    thread = args.text("thread_ts")
    message = _new(desk, channel.id, content, "chat.postMessage")
    if thread:
        parent = thread_parent(desk, channel, thread)
        shown_above = args.flag("reply_broadcast")
        subtype = "thread_broadcast" if shown_above else None
        message = replace(message, thread_ts=parent, reply_broadcast=shown_above, subtype=subtype)
    desk.slack.put_message(message)
    desk.feed.message_posted(message)
    shown = message_json(desk.slack, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(desk: Desk, args: Arguments) -> Json:
    """Handle chat.postEphemeral."""
    channel = writable_channel(desk, args.required("channel"))
    user = args.required("user")
    if not desk.slack.is_member(channel.id, user):
        raise SlackRefusal("user_not_in_channel")
    content = read_content(desk.slack, args)
    message = _new(desk, channel.id, content, "chat.postEphemeral")
    thread = args.text("thread_ts")
    if thread:
        message = replace(message, thread_ts=thread_parent(desk, channel, thread))
    desk.slack.put_message(replace(message, only_for=user, metadata=None))
    return {"message_ts": message.ts}


def update(desk: Desk, args: Arguments) -> Json:
    """Handle chat.update: own messages only; text alone takes the blocks away."""
    before = _own(desk, args, "cant_update_message")
    if desk.slack.channels[before.channel].is_archived:
        raise SlackRefusal("is_inactive")
    if len(args.text("text")) > UPDATE_TEXT:
        raise SlackRefusal("msg_too_long")
    content = read_content(desk.slack, args)
    blocks = _blocks_after(before, content)
    text = before.text if content.text is None else content.text
    after = replace(
        before,
        text=text,
        blocks=blocks,
        attachments=before.attachments if content.attachments is None else content.attachments,
        metadata=before.metadata if content.metadata is None else (content.metadata or None),
        pings=replace(content, text=text, blocks=blocks).pings(),
        edits=before.edits + 1,
        edited_ts=desk.slack.next_ts() if content.blocks is None else before.edited_ts,
        values=_kept_values(before, blocks),
    )
    desk.slack.put_message(after)
    desk.feed.message_changed(before, after)
    shown = message_json(desk.slack, after, with_metadata=True)
    return {"channel": after.channel, "ts": after.ts, "text": after.text, "message": shown}


def delete(desk: Desk, args: Arguments) -> Json:
    """Handle chat.delete: own messages only."""
    message = _own(desk, args, "cant_delete_message")
    desk.slack.put_message(replace(message, deleted=True))
    desk.feed.message_deleted(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(desk: Desk, args: Arguments) -> Json:
    """Handle chat.getPermalink."""
    channel = visible_channel(desk, args.required("channel"))
    ts = args.required("message_ts")
    message = desk.slack.messages.get(channel.id, ts)
    if message is None:
        raise SlackRefusal("message_not_found")
    link = f"https://{desk.slack.world.team_domain}.slack.com/archives/{channel.id}/p{ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _new(desk: Desk, channel_id: str, content: Content, via: str) -> Message:
    return Message(
        channel=channel_id,
        ts=desk.slack.next_ts(),
        user=desk.slack.world.bot_user_id,
        text=(content.text or "")[:TEXT_CUT],
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        metadata=content.metadata or None,
        pings=content.pings(),
        by_bot=True,
        via=via,
    )


def _own(desk: Desk, args: Arguments, refusal: str) -> Message:
    channel = visible_channel(desk, args.required("channel"))
    message = desk.slack.messages.get(channel.id, args.required("ts"))
    if message is None:
        raise SlackRefusal("message_not_found")
    if not message.by_bot:
        raise SlackRefusal(refusal)
    return message


def _blocks_after(before: Message, content: Content) -> list[Json]:
    if content.blocks is None:
        return before.blocks if content.text is None else []
    had = any(block["type"] == "rich_text" for block in before.blocks)
    has = any(block["type"] == "rich_text" for block in content.blocks)
    if had and content.blocks and not has:
        raise SlackRefusal("block_mismatch")
    return content.blocks


def _kept_values(before: Message, blocks: list[Json]) -> Json:
    kept = {str(block["block_id"]) for block in blocks}
    return {block_id: values for block_id, values in before.values.items() if block_id in kept}


METHODS = {
    "chat.postMessage": Method(post_message, None, ("chat:write",)),
    "chat.postEphemeral": Method(post_ephemeral, "T4", ("chat:write",)),
    "chat.update": Method(update, "T3", ("chat:write",)),
    "chat.delete": Method(delete, "T3", ("chat:write",)),
    "chat.getPermalink": Method(get_permalink, ""),
}
