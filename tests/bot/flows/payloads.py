"""Payloads in Slack's shape, for what Slack's own client would not send."""

from __future__ import annotations

from itertools import count
from typing import Any

from tests.bot.stage import Stage

_numbers = count(1)


def _common(stage: Stage, person: str, kind: str) -> dict[str, Any]:
    world = stage.sandbox.workspace.world
    return {
        "type": kind,
        "team": {"id": world.team_id, "domain": world.team_domain},
        "user": {"id": person, "username": "somebody", "name": "somebody", "team_id": world.team_id},
        "api_app_id": world.app_id,
        "token": "not-checked",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def press_payload(
    stage: Stage,
    person: str,
    action_id: str,
    value: str,
    *,
    message_ts: str = "1700000000.000100",
    action_ts: str | None = None,
) -> dict[str, Any]:
    """A press on a button of a message in the channel, with a trigger of its own."""
    workspace = stage.sandbox.workspace
    return _common(stage, person, "block_actions") | {
        "container": {
            "type": "message",
            "message_ts": message_ts,
            "channel_id": stage.channel,
            "is_ephemeral": False,
        },
        "trigger_id": workspace.triggers.give(person),
        "channel": {"id": stage.channel, "name": "digital-team"},
        "message": {"type": "message", "ts": message_ts, "text": "…"},
        "state": {"values": {}},
        "actions": [
            {
                "type": "button",
                "action_id": action_id,
                "block_id": "b1",
                "text": {"type": "plain_text", "text": "Press", "emoji": True},
                "value": value,
                "action_ts": action_ts or f"1700000001.{next(_numbers):06}",
            }
        ],
    }


def reaction_payload(
    stage: Stage,
    person: str,
    ts: str,
    *,
    emoji: str = "paperclip",
    kind: str = "reaction_added",
    channel: str | None = None,
    event_id: str | None = None,
) -> dict[str, Any]:
    """A reaction given to a message or taken off it."""
    item = {"type": "message", "channel": channel or stage.channel, "ts": ts}
    return event_payload(stage, {"type": kind, "user": person, "reaction": emoji, "item": item}, event_id)


def event_payload(stage: Stage, event: dict[str, Any], event_id: str | None = None) -> dict[str, Any]:
    """An event with an id of its own, unless it is one that came before."""
    world, number = stage.sandbox.workspace.world, next(_numbers)
    return {
        "type": "event_callback",
        "team_id": world.team_id,
        "api_app_id": world.app_id,
        "token": "not-checked",
        "event_id": event_id or f"Ev{number:09}",
        "event_time": 1_700_000_000,
        "event": {**event, "event_ts": f"1700000003.{number:06}"},
        "authorizations": [
            {"enterprise_id": None, "team_id": world.team_id, "user_id": world.bot_user_id, "is_bot": True}
        ],
    }


def submission_payload(
    stage: Stage, person: str, callback_id: str, private_metadata: str, values: dict[str, dict[str, Any]]
) -> dict[str, Any]:
    """A form that was sent; `values` are the states of its inputs by the ids of their blocks."""
    world = stage.sandbox.workspace.world
    number = next(_numbers)
    return _common(stage, person, "view_submission") | {
        "trigger_id": stage.sandbox.workspace.triggers.give(person),
        "view": {
            "id": f"V{number:09}",
            "team_id": world.team_id,
            "type": "modal",
            "callback_id": callback_id,
            "private_metadata": private_metadata,
            "hash": f"1700000002.{number}",
            "title": {"type": "plain_text", "text": "A form"},
            "blocks": [],
            "state": {"values": {block: {block.partition(":")[0]: state} for block, state in values.items()}},
        },
        "response_urls": [],
    }


def text_state(text: str) -> dict[str, Any]:
    """The state of a text input."""
    return {"type": "plain_text_input", "value": text}


def option_state(value: str) -> dict[str, Any]:
    """The state of a select."""
    chosen = {"text": {"type": "plain_text", "text": value}, "value": value}
    return {"type": "static_select", "selected_option": chosen}
