"""files.*: the three steps of an upload, files.info and files.delete."""

from dataclasses import replace

from aiohttp import web

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.web_api.places import thread_parent, visible_channel
from bot.sandbox.wire.record_json import file_json
from bot.sandbox.workspace.mentions import pings_in_text
from bot.sandbox.workspace.records import File, Json, Message
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import Channel

ALT_TEXT = 1_000
CHANNELS = 100


def get_upload_url(desk: Desk, args: Arguments) -> Json:
    """Handle files.getUploadURLExternal."""
    name, length = args.required("filename"), args.number("length", 0)
    if length < 1:
        raise SlackRefusal(
            "invalid_arguments", messages=["length must be more than 0 [json-pointer:/length]"]
        )
    alt_txt = args.text("alt_txt")
    if len(alt_txt) > ALT_TEXT:
        raise SlackRefusal("alt_txt_too_large")
    slack = desk.slack
    file = File(slack.next_id("F"), name, slack.world.bot_user_id, int(slack.epoch()), length, name, alt_txt)
    slack.files.put(file)
    ticket = f"{slack.next_number():016x}"
    slack.files.uploads[ticket] = file.id
    return {"upload_url": f"{slack.base_url}/upload/v1/{ticket}", "file_id": file.id}


async def receive_upload(slack: Workspace, request: web.Request) -> web.Response:
    """Take the bytes, raw or as a form; the address works once and the length must be the one announced."""
    file_id = slack.files.uploads.get(request.match_info["ticket"])
    file = slack.files.get(file_id) if file_id else None
    if file is None:
        return web.Response(status=404, text="unknown upload")
    content = await _bytes(request)
    if len(content) != file.size:
        return web.Response(status=400, text=f"expected {file.size} bytes, got {len(content)}")
    del slack.files.uploads[request.match_info["ticket"]]
    slack.files.change(file.id, content=content)
    return web.Response(text=f"OK - {len(content)}")


def complete_upload(desk: Desk, args: Arguments) -> Json:
    """Handle files.completeUploadExternal: the file is shared by a message of the bot's."""
    files = _announced(desk, args)
    channels = _targets(desk, args)
    parent = _parent(desk, channels, args.text("thread_ts"))
    done = [desk.slack.files.change(f.id, completed=True, title=f.title) for f in files]
    for channel in channels:
        done = _share(desk, channel, done, parent, args.text("initial_comment"))
    return {"files": [file_json(desk.slack, file) for file in done]}


def file_info(desk: Desk, args: Arguments) -> Json:
    """Handle files.info."""
    file = desk.slack.files.get(args.required("file"))
    if file is None or not file.completed:
        raise SlackRefusal("file_not_found")
    if file.deleted:
        raise SlackRefusal("file_deleted")
    bot = desk.slack.world.bot_user_id
    if file.user != bot and not any(desk.slack.is_member(channel, bot) for channel, _ in file.shared):
        raise SlackRefusal("file_not_found")
    return {"file": file_json(desk.slack, file), "comments": [], "response_metadata": {"next_cursor": ""}}


def delete_file(desk: Desk, args: Arguments) -> Json:
    """Handle files.delete: own files only."""
    file = desk.slack.files.get(args.required("file"))
    if file is None:
        raise SlackRefusal("file_not_found")
    if file.deleted:
        raise SlackRefusal("file_deleted")
    if file.user != desk.slack.world.bot_user_id:
        raise SlackRefusal("cant_delete_file")
    desk.slack.files.change(file.id, deleted=True, content=None)
    for channel_id, ts in file.shared:
        message = desk.slack.messages.get(channel_id, ts)
        if message is not None:
            desk.slack.put_message(message)
    return {}


def share_file(slack: Workspace, file: File, channel: str, ts: str) -> File:
    """Note that a message shows a file."""
    return slack.files.change(file.id, completed=True, shared=(*file.shared, (channel, ts)))


async def _bytes(request: web.Request) -> bytes:
    if request.content_type != "multipart/form-data":
        return await request.read()
    form = await request.post()
    for value in form.values():
        if isinstance(value, web.FileField):
            return value.file.read()
        return value.encode() if isinstance(value, str) else bytes(value)
    return b""


def _announced(desk: Desk, args: Arguments) -> list[File]:
    rows = args.value("files")
    if not isinstance(rows, list) or not rows:
        raise SlackRefusal("invalid_arguments", messages=["missing required field: files"])
    files = []
    for row in rows:
        file = desk.slack.files.get(str(row.get("id"))) if isinstance(row, dict) else None
        if file is None or file.content is None or file.completed:
            raise SlackRefusal("file_not_found")
        files.append(replace(file, title=str(row.get("title") or file.name)))
    return files


def _targets(desk: Desk, args: Arguments) -> list[Channel]:
    wanted = [args.text("channel_id")] if args.text("channel_id") else args.names("channels")
    if len(wanted) > CHANNELS:
        raise SlackRefusal("channels_limit_exceeded")
    channels = []
    for channel_id in wanted:
        channel = visible_channel(desk, channel_id)
        if not desk.slack.is_member(channel.id, desk.slack.world.bot_user_id):
            raise SlackRefusal("not_in_channel")
        if channel.is_archived or channel.read_only:
            raise SlackRefusal("posting_to_channel_denied")
        channels.append(channel)
    return channels


def _parent(desk: Desk, channels: list[Channel], thread_ts: str) -> str | None:
    if not thread_ts:
        return None
    if len(channels) != 1:
        raise SlackRefusal("invalid_arguments", messages=["thread_ts takes exactly one channel"])
    return thread_parent(desk, channels[0], thread_ts)


def _share(desk: Desk, channel: Channel, files: list[File], parent: str | None, comment: str) -> list[File]:
    slack = desk.slack
    message = Message(
        channel=channel.id,
        ts=slack.next_ts(),
        user=slack.world.bot_user_id,
        text=comment,
        thread_ts=parent,
        by_bot=True,
        subtype="file_share",
        files=tuple(file.id for file in files),
        pings=tuple(dict.fromkeys(pings_in_text(comment))),
        via="files.completeUploadExternal",
    )
    shared = [share_file(slack, file, channel.id, message.ts) for file in files]
    slack.put_message(message)
    for file in shared:
        desk.feed.file_shared(file, channel, message.ts)
    desk.feed.message_posted(message)
    return shared


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "T4", ("files:write",)),
    "files.completeUploadExternal": Method(complete_upload, "T4", ("files:write",)),
    "files.delete": Method(delete_file, "T3", ("files:write",)),
    "files.info": Method(file_info, "T4", ("files:read",)),
}
