"""The settings of a bot that runs in a local Slack, for the demo and for `milepost sandbox`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bot.sandbox.server import Sandbox


def settings_given_by(sandboxes: Sequence[Sandbox], database_url: str) -> dict[str, Any]:
    """The settings that make a bot talk to these workspaces of a sandbox and to nothing else."""
    return {
        "slack_bot_token": ",".join(each.bot_token for each in sandboxes),
        "slack_app_token": ",".join(each.app_token for each in sandboxes),
        "slack_signing_secret": ",".join(each.signing_secret for each in sandboxes),
        "slack_api_url": sandboxes[0].api_url,
        "database_url": database_url,
        "port": 0,
        "milepost_host": "127.0.0.1",
        "milepost_strict_payloads": True,
    }
