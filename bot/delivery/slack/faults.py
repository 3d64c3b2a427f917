"""What can go wrong when we call Slack, sorted by what must be done about it."""

from __future__ import annotations

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError

# The channel refuses us as long as nobody changes it (chat.postMessage, errors).
CHANNEL_ERRORS = frozenset(
    {
        "is_archived",
        # chat.update: the message is in an archived, frozen or deleted channel.
        "is_inactive",
        "not_in_channel",
        "channel_not_found",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
        "restricted_action_non_threadable_channel",
        "restricted_action_thread_locked",
        "messages_tab_disabled",
        "user_disabled",
        "cannot_dm_bot",
    }
)
# The message we would edit is not there or can no longer be edited (chat.update, errors); the same for
# what we would delete (files.delete, errors).
MESSAGE_ERRORS = frozenset(
    {
        "message_not_found",
        "cant_update_message",
        "edit_window_closed",
        "block_mismatch",
        "file_not_found",
        "file_deleted",
    }
)
# It stays in Slack whatever we do (chat.delete and files.delete, errors).
DELETION_ERRORS = frozenset(
    {
        "cant_delete_message",
        "compliance_exports_prevent_deletion",
        "cant_delete_file",
        "delete_not_allowed",
        "file_deleting_disabled",
    }
)
# The thread's first message is gone.
THREAD_ERRORS = frozenset({"thread_not_found", "cannot_reply_to_message"})
# The payload is at fault, which our own check should have noticed.
PAYLOAD_ERRORS = frozenset(
    {
        "invalid_blocks",
        "invalid_blocks_format",
        "msg_too_long",
        "msg_blocks_too_long",
        "no_text",
        "metadata_too_large",
        "invalid_metadata_format",
        "invalid_metadata_schema",
    }
)
RATE_ERRORS = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
TOKEN_ERRORS = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired", "org_login_required"}
)
_DEFAULT_WAIT = 30.0
# What a call may raise when it did not work; anything else is a bug of ours.
CALL_ERRORS = (SlackApiError, SlackClientError, aiohttp.ClientError, TimeoutError, OSError, ValueError)


class SlackFault(Exception):
    """A call that did not work; `error` is Slack's word for it or the kind of the network error."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class Limited(SlackFault):
    """Too many calls; wait `seconds`. Nothing was done."""

    def __init__(self, error: str, seconds: float) -> None:
        super().__init__(error)
        self.seconds = seconds


class ChannelClosedToUs(SlackFault):
    """The channel refuses us until somebody changes it."""


class MessageGone(SlackFault):
    """The message to edit, or what is to be deleted, is not there."""


class CannotDelete(SlackFault):
    """Slack or its owners keep the message or file."""


class ThreadGone(SlackFault):
    """The first message of the thread is not there."""


class PayloadFault(SlackFault):
    """Slack refuses what we send."""


class TokenFault(SlackFault):
    """Our token is no longer good."""


class Uncertain(SlackFault):
    """It may have been done: the answer did not arrive, or was an internal error."""


class NotDone(SlackFault):
    """It was certainly not done, for another reason."""


def fault_of(error: Exception) -> SlackFault:
    """Sort an error of the Slack client."""
    if isinstance(error, SlackApiError):
        return _of_answer(error)
    if isinstance(error, aiohttp.ClientConnectorError):
        return NotDone("cannot_connect")
    # A broken connection, a time-out, or an answer that is not Slack's, such as a proxy's page.
    return Uncertain(type(error).__name__)


def _of_answer(error: SlackApiError) -> SlackFault:
    response = error.response
    status = getattr(response, "status_code", 200)
    data = getattr(response, "data", None)
    word = data.get("error", "") if isinstance(data, dict) else ""
    word = word if isinstance(word, str) else ""
    if status == 429 or word in RATE_ERRORS:
        return Limited(word or "ratelimited", _retry_after(getattr(response, "headers", {})))
    if status >= 500 or word in {
        "internal_error",
        "fatal_error",
        "service_unavailable",
        "request_timeout",
        "",
    }:
        return Uncertain(word or f"http_{status}")
    for errors, kind in _SORTED:
        if word in errors:
            return kind(word)
    return NotDone(word)


_SORTED: tuple[tuple[frozenset[str], type[SlackFault]], ...] = (
    (CHANNEL_ERRORS, ChannelClosedToUs),
    (MESSAGE_ERRORS, MessageGone),
    (DELETION_ERRORS, CannotDelete),
    (THREAD_ERRORS, ThreadGone),
    (PAYLOAD_ERRORS, PayloadFault),
    (TOKEN_ERRORS, TokenFault),
)


def _retry_after(headers: object) -> float:
    """Seconds from the Retry-After header; a sane wait when it is missing or unreadable."""
    value = None
    if hasattr(headers, "items"):
        value = next((text for name, text in headers.items() if str(name).lower() == "retry-after"), None)
    if isinstance(value, list):
        value = value[0] if value else None
    try:
        return min(max(float(str(value)), 0.0), 3_600.0)
    except ValueError:
        return _DEFAULT_WAIT
