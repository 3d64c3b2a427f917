"""Where a person is in Slack."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """Where a person is, so that an answer reaches them there.

    `direct` is a conversation with the bot alone, where every message is private.
    """

    workspace_id: str
    person: str
    channel_id: str | None = None
    thread_ts: str | None = None
    response_url: str | None = None
    direct: bool = False
