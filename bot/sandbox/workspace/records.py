"""What the sandbox keeps: messages, views, files. All frozen; a change makes a new record."""

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Reaction:
    """One emoji on a message and those who gave it, first to last."""

    name: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Message:
    """One message, public or shown to one person only.

    Attributes:
        ts: Slack's timestamp, the message's id within its channel.
        pings: Whom the text calls: `!channel`, `!here`, `!everyone`, user ids, user group ids.
        only_for: The one person who sees it, for an ephemeral message.
        values: What is chosen in its selects at present, as Slack's `state.values`.
        edits: How often it was changed.
        via: What made it: a Web API method, `response_url`, `acknowledgement` or `person`.
    """

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    by_bot: bool = False
    subtype: str | None = None
    metadata: Json | None = None
    files: tuple[str, ...] = ()
    reactions: tuple[Reaction, ...] = ()
    edits: int = 0
    edited_ts: str | None = None
    deleted: bool = False
    pings: tuple[str, ...] = ()
    only_for: str | None = None
    reply_broadcast: bool = False
    values: Json = field(default_factory=dict)
    via: str = "person"

    @property
    def is_reply(self) -> bool:
        """Whether it stands in another message's thread."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True)
class View:
    """A modal or a Home tab, with what its reader has entered so far."""

    id: str
    user: str
    hash: str
    content: Json
    root_id: str
    previous_id: str | None = None
    values: Json = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Either `modal` or `home`."""
        return str(self.content["type"])

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks, each with its `block_id`."""
        blocks: list[Json] = self.content["blocks"]
        return blocks

    @property
    def external_id(self) -> str:
        """The app's own id for the view, or an empty string."""
        return str(self.content.get("external_id") or "")


@dataclass(frozen=True)
class File:
    """An uploaded file; `shared` holds channel and ts of every message that shows it.

    A deleted one leaves a tombstone in those messages.
    """

    id: str
    name: str
    user: str
    created: int
    size: int = 0
    title: str = ""
    alt_txt: str = ""
    content: bytes | None = None
    completed: bool = False
    deleted: bool = False
    shared: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Call:
    """One Web API call as it came, without its token, and as it was answered."""

    method: str
    arguments: Json
    at: float
    answer: Json
    status: int
