"""The calls we make to Slack, typed, each tried once: retries belong to the dispatcher."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
from pydantic import SecretStr
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.slack.call import LOOK_UP_PAGES, call_slack, send_bytes
from bot.delivery.slack.faults import fault_of
from bot.delivery.slack.outgoing import Outgoing
from bot.delivery.slack.own_messages import METADATA_TYPE, OwnMessages, Posted

CALL_SECONDS = 20.0
# Apps outside the Marketplace may be given no more at once.
_MOST_MESSAGES = 15


@dataclass(frozen=True)
class Identity:
    """Who we are in a workspace, from auth.test. `answered_at` is the Date header, by Slack's clock."""

    workspace_id: str
    team_name: str
    address: str
    bot_user_id: str
    bot_id: str
    scopes: tuple[str, ...]
    answered_at: str


@dataclass(frozen=True)
class PersonFacts:
    """What Slack tells of a person, from users.info."""

    name: str
    time_zone: str
    is_bot: bool = False
    is_guest: bool = False
    deactivated: bool = False


def new_session(call_seconds: float = CALL_SECONDS) -> aiohttp.ClientSession:
    """One session for all calls, with its time-out: the SDK's own does not apply to a shared session."""
    return aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=call_seconds))


def web_client(
    session: aiohttp.ClientSession, api_url: str, token: SecretStr | None = None
) -> AsyncWebClient:
    """A client that tries each call once."""
    return AsyncWebClient(
        token=None if token is None else token.get_secret_value(),
        base_url=api_url,
        session=session,
        retry_handlers=[],
        timeout=int(CALL_SECONDS),
    )


class Slack:
    """One workspace's Slack. Every method raises a `SlackFault` of the kind that says what to do."""

    def __init__(self, client: AsyncWebClient, session: aiohttp.ClientSession, outgoing: Outgoing) -> None:
        self._client = client
        self._session = session
        self._outgoing = outgoing
        self.own_messages = OwnMessages(client)

    async def identity(self) -> Identity:
        """Who we are. Scopes come with the answer's headers."""
        response = await call_slack(self._client.auth_test)
        headers = {str(name).lower(): value for name, value in dict(response.headers).items()}
        scopes = headers.get("x-oauth-scopes", "")
        scopes = scopes[0] if isinstance(scopes, list) else scopes
        return Identity(
            workspace_id=str(response.get("team_id") or ""),
            team_name=str(response.get("team") or ""),
            address=str(response.get("url") or ""),
            bot_user_id=str(response.get("user_id") or ""),
            bot_id=str(response.get("bot_id") or ""),
            scopes=tuple(scope.strip() for scope in scopes.split(",") if scope.strip()),
            answered_at=str(headers.get("date", "")),
        )

    async def open_socket(self, app_token: SecretStr) -> str:
        """A new address for Socket Mode, good for one connection."""
        response = await call_slack(
            self._client.apps_connections_open, app_token=app_token.get_secret_value()
        )
        return str(response["url"])

    async def post(
        self, channel_id: str, payload: Mapping[str, Any], *, key: str, thread_ts: str | None
    ) -> Posted:
        """Post a message that carries its key."""
        metadata = {"event_type": METADATA_TYPE, "event_payload": {"key": key}}
        checked = self._outgoing.message({**payload, "metadata": metadata})
        response = await call_slack(
            self._client.chat_postMessage,
            channel=channel_id,
            thread_ts=thread_ts,
            unfurl_links=False,
            unfurl_media=False,
            **checked,
        )
        return Posted(str(response.get("channel") or channel_id), str(response["ts"]))

    async def update(self, channel_id: str, ts: str, payload: Mapping[str, Any]) -> None:
        """Redraw one of our messages."""
        checked = self._outgoing.message(payload)
        await call_slack(self._client.chat_update, channel=channel_id, ts=ts, **checked)

    async def delete(self, channel_id: str, ts: str) -> None:
        """Take one of our messages out of Slack."""
        await call_slack(self._client.chat_delete, channel=channel_id, ts=ts)

    async def delete_file(self, file_id: str) -> None:
        """Take one of our files out of Slack; where it was shared, Slack says that it was deleted."""
        await call_slack(self._client.files_delete, file=file_id)

    async def whisper(
        self, channel_id: str, person: str, payload: Mapping[str, Any], *, thread_ts: str | None
    ) -> None:
        """Show something to one person only; Slack does not promise delivery."""
        checked = self._outgoing.message(payload)
        await call_slack(
            self._client.chat_postEphemeral, channel=channel_id, user=person, thread_ts=thread_ts, **checked
        )

    async def respond(self, response_url: str, payload: Mapping[str, Any], *, replace: bool = False) -> None:
        """Answer one person through the address that came with their command or press.

        Args:
            response_url: The address.
            payload: The answer.
            replace: Whether it takes the place of the private message that was pressed.
        """
        checked = self._outgoing.message(payload)
        body = {**checked, "response_type": "ephemeral", "replace_original": replace}
        try:
            async with self._session.post(response_url, json=body) as response:
                response.raise_for_status()
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise fault_of(error) from None

    async def open_view(self, trigger_id: str, view: Mapping[str, Any]) -> str:
        """Open a modal; the answer is its id."""
        response = await call_slack(
            self._client.views_open, trigger_id=trigger_id, view=self._outgoing.view(view)
        )
        return str(response["view"]["id"])

    async def update_view(self, view_id: str, view: Mapping[str, Any]) -> None:
        """Replace what a modal shows."""
        await call_slack(self._client.views_update, view_id=view_id, view=self._outgoing.view(view))

    async def publish_home(self, person: str, view: Mapping[str, Any], known: str | None) -> str:
        """Show a person's Home tab; the answer is its hash.

        Args:
            person: Whose tab.
            view: What it shows.
            known: The hash of what it shows so far; Slack refuses when that is no longer so.
        """
        response = await call_slack(
            self._client.views_publish, user_id=person, view=self._outgoing.view(view), hash=known
        )
        return str(response["view"]["hash"])

    async def person(self, person: str) -> PersonFacts:
        """A person's display name and time zone."""
        response = await call_slack(self._client.users_info, user=person)
        user = response.get("user") or {}
        profile = user.get("profile") or {}
        candidates = (
            profile.get("display_name"),
            profile.get("real_name"),
            user.get("real_name"),
            user.get("name"),
        )
        name = next((str(each) for each in candidates if each), "")
        return PersonFacts(
            name,
            str(user.get("tz") or ""),
            is_bot=bool(user.get("is_bot")),
            is_guest=bool(user.get("is_restricted") or user.get("is_ultra_restricted")),
            deactivated=bool(user.get("deleted")),
        )

    async def message_at(self, channel_id: str, ts: str) -> Mapping[str, Any] | None:
        """One message of a channel or of a thread in it, as it is now; None when it is not there.

        Accounts differ on whether the `ts` of a reply gives the reply alone or its whole thread, and a thread
        comes with its first message in any case, so only a message with this very `ts` counts.
        Source: https://docs.slack.dev/reference/methods/conversations.replies.
        """
        response = await call_slack(
            self._client.conversations_replies,
            channel=channel_id,
            ts=ts,
            oldest=ts,
            latest=ts,
            inclusive=True,
            limit=_MOST_MESSAGES,
        )
        found = (each for each in response.get("messages") or () if each.get("ts") == ts)
        return next(found, None)

    async def members(self, channel_id: str) -> frozenset[str] | None:
        """The ids of everybody in a channel; None where there are more than we ask for."""
        found: set[str] = set()
        cursor = ""
        for _ in range(LOOK_UP_PAGES):
            response = await call_slack(
                self._client.conversations_members, channel=channel_id, limit=1_000, cursor=cursor or None
            )
            found.update(str(member) for member in response.get("members") or ())
            cursor = str((response.get("response_metadata") or {}).get("next_cursor") or "")
            if not cursor:
                return frozenset(found)
        return None

    async def upload(self, *, name: str, content: bytes, alt_text: str | None = None) -> str:
        """Hand Slack a file, a picture with its text; the answer is its id. Sharing shows it."""
        ticket = await call_slack(
            self._client.files_getUploadURLExternal, filename=name, length=len(content), alt_txt=alt_text
        )
        await send_bytes(self._session, str(ticket["upload_url"]), content)
        return str(ticket["file_id"])

    async def share_file(self, file_id: str, channel_id: str, thread_ts: str | None, *, title: str) -> None:
        """Show an uploaded file in a thread."""
        await call_slack(
            self._client.files_completeUploadExternal,
            files=[{"id": file_id, "title": title}],
            channel_id=channel_id,
            thread_ts=thread_ts,
        )
