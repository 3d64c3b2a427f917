"""Answers to an interaction: at its `response_url`, or with the acknowledgement of a slash command."""

import json
from dataclasses import replace

from aiohttp import web

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.content import TEXT_CUT, Content, read_content
from bot.sandbox.web_api.method import Desk
from bot.sandbox.web_api.places import thread_parent
from bot.sandbox.workspace.interaction_rights import ResponseRight
from bot.sandbox.workspace.records import Json, Message

_GONE = ("no_hook", "expired_url", "used_url")


async def receive_answer(desk: Desk, request: web.Request) -> web.Response:
    """Take a POST to a `response_url`."""
    key = request.match_info["key"]
    try:
        right = desk.slack.responses.check(key, desk.slack.moment())
        body = await _body(request)
        show_answer(desk, right, body, "response_url")
    except SlackRefusal as refusal:
        status = 404 if refusal.error in _GONE else 400
        return web.json_response(refusal.body(), status=status)
    desk.slack.responses.spend(key)
    return web.Response(text="ok")


def show_answer(desk: Desk, right: ResponseRight, body: Json, via: str) -> None:
    """Show an answer: to the person alone unless it says `in_channel`, or in place of the original.

    Raises:
        SlackRefusal: When its content is refused or the channel takes no messages.
    """
    args = Arguments(body)
    original = _original(desk, right)
    if args.flag("delete_original"):
        if original is not None:
            _put(desk, original, replace(original, deleted=True))
        return
    content = read_content(desk.slack, args)
    if args.flag("replace_original") and original is not None:
        _put(desk, original, _replaced(original, content))
        return
    _show_new(desk, right, args, content, via)


def _show_new(desk: Desk, right: ResponseRight, args: Arguments, content: Content, via: str) -> None:
    public = args.text("response_type") == "in_channel"
    channel = desk.slack.channels[right.channel]
    if channel.is_archived:
        raise SlackRefusal("is_archived")
    thread = args.text("thread_ts")
    message = Message(
        channel=channel.id,
        ts=desk.slack.next_ts(),
        user=desk.slack.world.bot_user_id,
        text=(content.text or "")[:TEXT_CUT],
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        metadata=None,
        thread_ts=thread_parent(desk, channel, thread) if thread else None,
        pings=content.pings(),
        by_bot=True,
        only_for=None if public else right.user,
        via=via,
    )
    desk.slack.put_message(message)
    if public:
        desk.feed.message_posted(message)


def _original(desk: Desk, right: ResponseRight) -> Message | None:
    if right.message_ts is None:
        return None
    if right.private:
        return desk.slack.messages.private.get(right.message_ts)
    message = desk.slack.messages.get(right.channel, right.message_ts)
    return message if message is not None and message.by_bot else None


def _put(desk: Desk, before: Message, after: Message) -> None:
    desk.slack.put_message(after)
    if after.only_for is not None:
        return
    if after.deleted:
        desk.feed.message_deleted(before)
    else:
        desk.feed.message_changed(before, after)


def _replaced(original: Message, content: Content) -> Message:
    return replace(
        original,
        text=(content.text or "")[:TEXT_CUT],
        blocks=content.blocks or [],
        attachments=content.attachments or [],
        pings=content.pings(),
        edits=original.edits + 1,
        values={},
    )


async def _body(request: web.Request) -> Json:
    try:
        if request.content_type == "application/x-www-form-urlencoded":
            form = await request.post()
            body = json.loads(str(form.get("payload", "")))
        else:
            body = json.loads(await request.text())
    except ValueError:
        raise SlackRefusal("invalid_payload") from None
    if not isinstance(body, dict):
        raise SlackRefusal("invalid_payload")
    return body
