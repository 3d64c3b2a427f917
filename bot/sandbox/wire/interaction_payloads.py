"""What Slack sends for an interaction: presses, submissions, shortcuts, slash commands.

Source: https://docs.slack.dev/reference/interaction-payloads/ and
https://docs.slack.dev/interactivity/implementing-slash-commands/.
"""

from bot.sandbox.wire.record_json import message_json, view_json
from bot.sandbox.workspace.interaction_rights import ResponseRight
from bot.sandbox.workspace.records import Json, Message, View
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import Channel, Person

_CHANNEL_WORDS = {"group": "privategroup", "im": "directmessage"}


def response_url(slack: Workspace, right: ResponseRight) -> str:
    """Return a fresh address at which an interaction can be answered."""
    return f"{slack.base_url}/response/{slack.world.team_id}/{slack.responses.give(right)}"


def press_in_message(slack: Workspace, person: Person, message: Message, action: Json) -> Json:
    """Return `block_actions` for a press in a message; of an ephemeral one Slack sends no content."""
    private = message.only_for is not None
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": private,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    channel = slack.channels[message.channel]
    right = ResponseRight(person.id, channel.id, slack.moment(), message.ts, private, message.thread_ts)
    payload = _actions(slack, person, action, container) | {
        "channel": {"id": channel.id, "name": _channel_word(channel)},
        "state": {"values": message.values},
        "response_url": response_url(slack, right),
    }
    return payload if private else payload | {"message": message_json(slack, message)}


def press_in_view(slack: Workspace, person: Person, view: View, action: Json) -> Json:
    """Return `block_actions` for a press in a modal or on the Home tab."""
    payload = _actions(slack, person, action, {"type": "view", "view_id": view.id})
    if view.kind == "modal":
        payload["trigger_id"] = slack.triggers.give(person.id, view.root_id)
    return payload | {"view": view_json(slack, view)}


def submission(slack: Workspace, person: Person, view: View) -> Json:
    """Return `view_submission`."""
    return _common(slack, person, "view_submission") | {
        "trigger_id": slack.triggers.give(person.id, view.root_id),
        "view": view_json(slack, view),
        "response_urls": _response_urls(slack, person, view),
    }


def closing(slack: Workspace, person: Person, view: View, *, cleared: bool) -> Json:
    """Return `view_closed`."""
    return _common(slack, person, "view_closed") | {"view": view_json(slack, view), "is_cleared": cleared}


def global_shortcut(slack: Workspace, person: Person, callback_id: str) -> Json:
    """Return `shortcut`."""
    return _common(slack, person, "shortcut") | {
        "callback_id": callback_id,
        "action_ts": slack.next_ts(),
        "trigger_id": slack.triggers.give(person.id),
    }


def message_shortcut(slack: Workspace, person: Person, callback_id: str, message: Message) -> Json:
    """Return `message_action`."""
    channel = slack.channels[message.channel]
    right = ResponseRight(person.id, channel.id, slack.moment(), message.ts, False, message.thread_ts)
    return _common(slack, person, "message_action") | {
        "callback_id": callback_id,
        "action_ts": slack.next_ts(),
        "trigger_id": slack.triggers.give(person.id),
        "response_url": response_url(slack, right),
        "message_ts": message.ts,
        "channel": {"id": channel.id, "name": _channel_word(channel)},
        "message": message_json(slack, message),
    }


def slash_command(slack: Workspace, person: Person, channel: Channel, command: str, text: str) -> Json:
    """Return a slash command; it never says in which thread, since none runs there."""
    world = slack.world
    right = ResponseRight(person.id, channel.id, slack.moment())
    return {
        "token": slack.identity.verification_token,
        "team_id": world.team_id,
        "team_domain": world.team_domain,
        "channel_id": channel.id,
        "channel_name": _channel_word(channel),
        "user_id": person.id,
        "user_name": person.handle,
        "command": command,
        "text": text,
        "api_app_id": world.app_id,
        "is_enterprise_install": "false",
        "response_url": response_url(slack, right),
        "trigger_id": slack.triggers.give(person.id),
    }


def _common(slack: Workspace, person: Person, kind: str) -> Json:
    world = slack.world
    return {
        "type": kind,
        "team": {"id": world.team_id, "domain": world.team_domain},
        "user": {
            "id": person.id,
            "username": person.handle,
            "name": person.handle,
            "team_id": world.team_id,
        },
        "api_app_id": world.app_id,
        "token": slack.identity.verification_token,
        "enterprise": None,
        "is_enterprise_install": False,
    }


def _actions(slack: Workspace, person: Person, action: Json, container: Json) -> Json:
    return _common(slack, person, "block_actions") | {
        "container": container,
        "trigger_id": slack.triggers.give(person.id),
        "actions": [{**action, "action_ts": slack.next_ts()}],
    }


def _response_urls(slack: Workspace, person: Person, view: View) -> list[Json]:
    """Return an address for each chosen conversation whose element asks for one."""
    urls = []
    for block in view.blocks:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        state = view.values.get(block["block_id"], {}).get(element["action_id"], {})
        chosen = state.get("selected_conversation") or state.get("selected_channel")
        if chosen in slack.channels:
            right = ResponseRight(person.id, chosen, slack.moment())
            place = {"block_id": block["block_id"], "action_id": element["action_id"], "channel_id": chosen}
            urls.append(place | {"response_url": response_url(slack, right)})
    return urls


def _channel_word(channel: Channel) -> str:
    return _CHANNEL_WORDS.get(channel.kind, channel.name)
