"""Addresses of messages in Slack."""

from __future__ import annotations


def message_address(workspace_address: str, channel_id: str, ts: str) -> str:
    """The address of a message, as Slack's own "Copy link" makes it.

    Args:
        workspace_address: For example `https://saltmarsh.slack.com/`, from auth.test.
        channel_id: The channel.
        ts: The message's timestamp.
    """
    return f"{workspace_address.rstrip('/')}/archives/{channel_id}/p{ts.replace('.', '')}"
