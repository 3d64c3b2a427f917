"""Addresses of messages in Slack."""

from __future__ import annotations


def message_address(workspace_address: str, channel_id: str, ts: str, *, thread_ts: str | None = None) -> str:
    """The address of a message, as Slack's own "Copy link" makes it.

    Args:
        workspace_address: For example `https://saltmarsh.slack.com/`, from auth.test.
        channel_id: The channel.
        ts: The message's timestamp.
        thread_ts: That of the message in whose thread it is, where it is in one.
    """
    address = f"{workspace_address.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
    return address if thread_ts is None else f"{address}?thread_ts={thread_ts}&cid={channel_id}"
