"""Slack's payloads as typed values: who pressed what, where, with what in the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import uuid4

from bot.conversation.emoji import emoji_name
from bot.conversation.where_to_answer import Place
from bot.conversation.written_message import moment_of
from bot.listeners.handling.filled_in import FilledIn, mapping
from bot.services.asking import Asked
from bot.views.block_kit.reference import Reference


@dataclass(frozen=True)
class Command:
    """A slash command."""

    asked: Asked
    place: Place
    words: tuple[str, ...]
    trigger_id: str


@dataclass(frozen=True)
class Press(FilledIn):
    """A button pressed in a message or a modal, or a shortcut.

    `values` are those of the modal, and `message` is the message, where Slack tells of one. `at_home` is on
    the Home tab.
    """

    asked: Asked
    place: Place
    trigger_id: str
    value: str
    view_id: str = ""
    in_modal: bool = False
    at_home: bool = False
    private_metadata: str = ""
    values: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    block_id: str = ""
    message: Mapping[str, Any] = field(default_factory=dict)

    @property
    def reference(self) -> Reference:
        """What the button is about.

        Raises:
            BadReference: the value is not one of ours.
        """
        return Reference.decode(self.value)

    @property
    def form(self) -> Reference:
        """What the form is about in which something was chosen.

        Raises:
            BadReference: the form is not one of ours.
        """
        return Reference.decode(self.private_metadata)


@dataclass(frozen=True)
class Submission(FilledIn):
    """A form that was sent."""

    asked: Asked
    place: Place
    callback_id: str
    view_id: str
    private_metadata: str
    values: Mapping[str, Mapping[str, Any]]

    @property
    def reference(self) -> Reference:
        """What the form is about.

        Raises:
            BadReference: the form is not one of ours.
        """
        return Reference.decode(self.private_metadata)


@dataclass(frozen=True)
class Mention:
    """Words said to us in a channel."""

    asked: Asked
    place: Place
    words: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """A message that somebody wrote, changed or deleted; `subtype` is Slack's word for what happened."""

    asked: Asked
    place: Place
    subtype: str
    text: str
    ts: str
    event: Mapping[str, Any]


@dataclass(frozen=True)
class Reacted:
    """A reaction that somebody gave a message, or took off it.

    `emoji` is the one name of it, `name` the one that Slack tells, with its skin tone; `ts` is the message,
    empty where it is none. `given_at` is when that was, by Slack's clock.
    """

    asked: Asked
    place: Place
    channel_id: str
    ts: str
    emoji: str
    name: str
    given_at: datetime


def command_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Command:
    """Read a slash command."""
    person = str(body.get("user_id") or "")
    trigger_id = str(body.get("trigger_id") or "")
    return Command(
        asked=Asked(workspace_id, person, at, delivery_key("command", trigger_id or uuid4().hex)),
        place=Place(
            workspace_id,
            person,
            channel_id=body.get("channel_id"),
            response_url=body.get("response_url"),
        ),
        words=tuple(str(body.get("text") or "").split()),
        trigger_id=trigger_id,
    )


def press_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Press:
    """Read a press."""
    person = str((body.get("user") or {}).get("id") or "")
    action = (body.get("actions") or [{}])[0]
    container = body.get("container") or {}
    message = body.get("message") or {}
    where = container.get("message_ts") or container.get("view_id") or ""
    channel_id = (body.get("channel") or {}).get("id") or container.get("channel_id")
    option = action.get("selected_option") or {}
    value = str(action.get("value") or option.get("value") or "")
    trigger_id = str(body.get("trigger_id") or "")
    view = mapping(body.get("view"))
    # Everything that a second delivery repeats, so that no two presses of one moment are taken for the same.
    parts = (channel_id, where, action.get("action_ts"), trigger_id, action.get("block_id"), value, person)
    return Press(
        asked=Asked(workspace_id, person, at, delivery_key("press", *parts)),
        place=Place(
            workspace_id,
            person,
            channel_id=channel_id,
            thread_ts=container.get("thread_ts") or message.get("thread_ts"),
            response_url=body.get("response_url"),
        ),
        trigger_id=trigger_id,
        value=value,
        view_id=str(container.get("view_id") or ""),
        in_modal=view.get("type") == "modal",
        at_home=view.get("type") == "home",
        private_metadata=str(view.get("private_metadata") or ""),
        values=mapping(mapping(view.get("state")).get("values")),
        block_id=str(action.get("block_id") or ""),
        message=mapping(message),
    )


def submission_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Submission:
    """Read a form."""
    person = str((body.get("user") or {}).get("id") or "")
    view = body.get("view") or {}
    view_id = str(view.get("id") or "")
    return Submission(
        asked=Asked(workspace_id, person, at, delivery_key("view", view_id, view.get("hash"))),
        place=Place(workspace_id, person),
        callback_id=str(view.get("callback_id") or ""),
        view_id=view_id,
        private_metadata=str(view.get("private_metadata") or "{}"),
        values=mapping(mapping(view.get("state")).get("values")),
    )


def mention_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Mention:
    """Read a mention: the words beside the mention itself."""
    event = body.get("event") or {}
    person = str(event.get("user") or "")
    words = tuple(word for word in str(event.get("text") or "").split() if not word.startswith("<@"))
    return Mention(
        asked=Asked(workspace_id, person, at, delivery_key("event", body.get("event_id") or uuid4().hex)),
        place=Place(workspace_id, person, channel_id=event.get("channel"), thread_ts=event.get("thread_ts")),
        words=words,
    )


def heard_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Heard:
    """Read a message event. What a bot wrote names nobody, so that it is left alone."""
    event = mapping(body.get("event"))
    person = "" if event.get("bot_id") else str(event.get("user") or "")
    direct = event.get("channel_type") == "im"
    thread_ts = event.get("thread_ts")
    return Heard(
        asked=Asked(workspace_id, person, at, delivery_key("event", body.get("event_id") or uuid4().hex)),
        place=Place(workspace_id, person, event.get("channel"), thread_ts=thread_ts, direct=direct),
        subtype=str(event.get("subtype") or ""),
        text=str(event.get("text") or ""),
        ts=str(event.get("ts") or ""),
        event=event,
    )


def reacted_of(body: Mapping[str, Any], workspace_id: str, at: datetime) -> Reacted:
    """Read a reaction; one on a file alone has no message."""
    event = mapping(body.get("event"))
    item = mapping(event.get("item"))
    person = str(event.get("user") or "")
    channel_id = str(item.get("channel") or "")
    return Reacted(
        asked=Asked(workspace_id, person, at, delivery_key("event", body.get("event_id") or uuid4().hex)),
        place=Place(workspace_id, person, channel_id or None),
        channel_id=channel_id,
        ts=str(item.get("ts") or ""),
        emoji=emoji_name(str(event.get("reaction") or "")),
        name=str(event.get("reaction") or ""),
        given_at=moment_of(str(event.get("event_ts") or "")) or at,
    )


def delivery_key(kind: str, *parts: object) -> str:
    """The key of a delivery: short, whatever it is made of."""
    return f"{kind}:{sha256(repr(parts).encode()).hexdigest()[:40]}"
