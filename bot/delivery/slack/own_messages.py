"""Finding our own messages and files again, when the answer to a post was lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.slack.call import LOOK_UP_PAGES, call_slack

# Our mark on every message, so that it can be found again when the answer to a post was lost.
METADATA_TYPE = "milepost_message"
_LOOK_BACK = timedelta(minutes=5)
_PERSON_IDS = ("U", "W")


@dataclass(frozen=True)
class Posted:
    """Where a message is: the channel as Slack names it, and its timestamp."""

    channel_id: str
    ts: str


class OwnMessages:
    """What one workspace's Slack has of ours. Every method raises a `SlackFault` as those of `Slack` do."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def find_by_key(
        self, channel_id: str, key: str, *, thread_ts: str | None, since: datetime
    ) -> Posted | None:
        """Where the message that carries this key is, if it was posted since then."""
        conversation = await self._conversation(channel_id)
        async for message in self._messages(conversation, thread_ts, since):
            metadata = message.get("metadata") or {}
            carried = (metadata.get("event_payload") or {}).get("key")
            if metadata.get("event_type") == METADATA_TYPE and carried == key:
                return Posted(conversation, str(message["ts"]))
        return None

    async def find_file(
        self, channel_id: str, name: str, *, thread_ts: str | None, since: datetime
    ) -> str | None:
        """The id of the file of this name, if it was shared since then."""
        async for message in self._messages(channel_id, thread_ts, since):
            for file in message.get("files") or ():
                if file.get("name") == name:
                    return str(file["id"])
        return None

    async def _conversation(self, channel_id: str) -> str:
        """What to read where we write to this id: for a person's id, the conversation with them.

        Slack posts to a person's id, and reads only conversations.
        """
        if not channel_id.startswith(_PERSON_IDS):
            return channel_id
        response = await call_slack(self._client.conversations_open, users=channel_id)
        return str(response["channel"]["id"])

    async def _messages(self, channel_id: str, thread_ts: str | None, since: datetime) -> Any:
        oldest = f"{(since - _LOOK_BACK).timestamp():.6f}"
        cursor = ""
        for _ in range(LOOK_UP_PAGES):
            arguments: dict[str, Any] = {
                "channel": channel_id,
                "oldest": oldest,
                "limit": 200,
                "include_all_metadata": True,
                "cursor": cursor or None,
            }
            if thread_ts is None:
                response = await call_slack(self._client.conversations_history, **arguments)
            else:
                response = await call_slack(self._client.conversations_replies, ts=thread_ts, **arguments)
            for message in response.get("messages") or ():
                yield message
            cursor = str((response.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return
