"""Records as Slack's JSON: messages, users, channels, views, files."""

from zoneinfo import ZoneInfo

from bot.sandbox.workspace.records import File, Json, Message, View
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import Channel, Person

_ZONE_LABELS = {
    ("Europe/London", "GMT"): "Greenwich Mean Time",
    ("Europe/London", "BST"): "British Summer Time",
    ("Europe/Lisbon", "WET"): "Western European Time",
    ("Europe/Lisbon", "WEST"): "Western European Summer Time",
}


def message_json(slack: Workspace, message: Message, *, with_metadata: bool = False) -> Json:
    """Return a message as the Web API and events show it."""
    shown: Json = {"type": "message", "user": message.user, "ts": message.ts, "text": message.text}
    shown["team"] = slack.world.team_id
    if message.subtype:
        shown["subtype"] = message.subtype
    if not message.by_bot:
        number = int(message.ts.replace(".", ""))
        shown["client_msg_id"] = f"00000000-0000-4000-8000-{number % 16**12:012x}"
    else:
        shown |= {
            "bot_id": slack.world.bot_id,
            "app_id": slack.world.app_id,
            "bot_profile": bot_profile(slack),
        }
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.edited_ts:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    if message.files:
        shown["files"] = [file_json(slack, f) for f in map(slack.files.get, message.files) if f]
    if message.reactions:
        shown["reactions"] = [
            {"name": r.name, "users": list(r.users), "count": len(r.users)} for r in message.reactions
        ]
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown | _thread_fields(slack, message)


def bot_profile(slack: Workspace) -> Json:
    """Return the `bot_profile` that stands in an app's messages."""
    world = slack.world
    return {"id": world.bot_id, "app_id": world.app_id, "name": world.bot_name, "team_id": world.team_id}


def _thread_fields(slack: Workspace, message: Message) -> Json:
    if message.is_reply:
        parent = slack.messages.get(message.channel, str(message.thread_ts))
        fields: Json = {"thread_ts": message.thread_ts}
        if parent:
            fields["parent_user_id"] = parent.user
        return fields
    replies = slack.messages.replies(message.channel, message.ts)
    if not replies:
        return {}
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users": list(dict.fromkeys(reply.user for reply in replies)),
        "reply_users_count": len({reply.user for reply in replies}),
        "latest_reply": replies[-1].ts,
    }


def user_json(slack: Workspace, person: Person, *, with_locale: bool = False) -> Json:
    """Return a person as users.info shows them; a deactivated one has no time zone, as in Slack."""
    profile: Json = {
        "real_name": person.real_name,
        "real_name_normalized": person.real_name,
        "display_name": person.real_name,
        "display_name_normalized": person.real_name,
        "team": slack.world.team_id,
    }
    if "users:read.email" in slack.rules.scopes and not person.is_bot:
        profile["email"] = f"{person.name}@{slack.world.team_domain}.example"
    shown: Json = {
        "id": person.id,
        "team_id": slack.world.team_id,
        "name": person.name,
        "real_name": person.real_name,
        "deleted": person.deleted,
        "profile": profile,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(slack.epoch()),
    }
    if person.deleted:
        return shown
    shown |= zone_fields(slack, person)
    shown |= {
        "is_admin": person.is_admin,
        "is_owner": False,
        "is_primary_owner": False,
        "is_restricted": person.is_restricted,
        "is_ultra_restricted": False,
    }
    return shown | ({"locale": person.locale} if with_locale else {})


def zone_fields(slack: Workspace, person: Person) -> Json:
    """Return `tz`, `tz_label` and `tz_offset` (seconds east of Greenwich) at the clock's moment."""
    local = slack.moment().astimezone(ZoneInfo(person.tz))
    offset = local.utcoffset()
    short = local.tzname() or person.tz
    label = _ZONE_LABELS.get((person.tz, short), short)
    return {"tz": person.tz, "tz_label": label, "tz_offset": int(offset.total_seconds()) if offset else 0}


def channel_json(slack: Workspace, channel: Channel) -> Json:
    """Return a conversation as conversations.info shows it."""
    if channel.is_im:
        other = next(iter(sorted(channel.members - {slack.world.bot_user_id})), "")
        return {
            "id": channel.id,
            "is_im": True,
            "user": other,
            "is_archived": False,
            "is_open": True,
            "created": 0,
        }
    return {
        "id": channel.id,
        "name": channel.name,
        "name_normalized": channel.name,
        "is_channel": not channel.is_private,
        "is_group": channel.is_private,
        "is_im": False,
        "is_mpim": False,
        "is_private": channel.is_private,
        "is_archived": channel.is_archived,
        "is_general": False,
        "is_member": slack.world.bot_user_id in channel.members,
        "creator": channel.creator,
        "created": 0,
        "context_team_id": slack.world.team_id,
        "topic": {"value": channel.topic, "creator": "", "last_set": 0},
        "purpose": {"value": "", "creator": "", "last_set": 0},
    }


def view_json(slack: Workspace, view: View) -> Json:
    """Return a view as views.open and interaction payloads show it."""
    content = view.content
    shown: Json = {
        "id": view.id,
        "team_id": slack.world.team_id,
        "type": view.kind,
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": view.values},
        "hash": view.hash,
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": slack.world.app_id,
        "external_id": view.external_id,
        "app_installed_team_id": slack.world.team_id,
        "bot_id": slack.world.bot_id,
    }
    if view.kind == "modal":
        shown |= {name: content.get(name) for name in ("title", "submit", "close")}
        shown["submit_disabled"] = content.get("submit_disabled", False)
    return shown


def file_json(slack: Workspace, file: File) -> Json:
    """Return a file as files.info and messages show it; of a deleted one nothing but its id is left."""
    if file.deleted:
        return {"id": file.id, "mode": "tombstone"}
    ending = file.name.rpartition(".")[2].lower() if "." in file.name else ""
    shares: Json = {}
    for channel_id, ts in file.shared:
        channel = slack.channels[channel_id]
        group = "private" if channel.is_private or channel.is_im else "public"
        shares.setdefault(group, {}).setdefault(channel_id, []).append({"ts": ts})
    return {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title or file.name,
        "filetype": ending,
        "user": file.user,
        "size": file.size,
        "mode": "hosted",
        "alt_txt": file.alt_txt,
        "is_external": False,
        "url_private": f"{slack.base_url}/files-pri/{file.id}/{file.name}",
        "permalink": f"https://{slack.world.team_domain}.slack.com/files/{file.user}/{file.id}/{file.name}",
        "channels": [c for c, _ in file.shared if slack.channels[c].kind == "channel"],
        "groups": [c for c, _ in file.shared if slack.channels[c].kind == "group"],
        "ims": [c for c, _ in file.shared if slack.channels[c].is_im],
        "shares": shares,
    }
