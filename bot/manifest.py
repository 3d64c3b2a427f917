"""The app manifest, for Socket Mode as it is in the file, for HTTP mode with the addresses filled in."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from bot.web import SLACK_PATH

# A manifest takes addresses of 3,000 characters.
# Source: https://docs.slack.dev/reference/app-manifest (features.slash_commands).
_LONGEST_ADDRESS = 3_000 - len(SLACK_PATH)


def read_manifest() -> dict[str, Any]:
    """The manifest as it ships, for Socket Mode."""
    manifest: dict[str, Any] = json.loads(files("bot").joinpath("manifest.json").read_text("utf-8"))
    return manifest


def bot_scopes() -> frozenset[str]:
    """The scopes the bot needs."""
    return frozenset(read_manifest()["oauth_config"]["scopes"]["bot"])


def is_command(text: str) -> bool:
    """Whether Slack and the bot's settings take this as a slash command."""
    return re.fullmatch(r"/[a-z0-9_-]{1,31}", text) is not None


def is_public_address(text: str) -> bool:
    """Whether Slack's requests can be sent to a path below this address."""
    if re.search(r"[^!-~]", text) or len(text) > _LONGEST_ADDRESS:
        return False
    try:
        parts = urlsplit(text)
        usable = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    # Whatever followed a ? or # would swallow the path that is put behind it.
    return usable and text.startswith("https://") and "?" not in text and "#" not in text and "@" not in text


def manifest_for(*, command: str, address: str | None) -> dict[str, Any]:
    """The manifest with this slash command; with a public address, for HTTP mode.

    Args:
        command: One that passes `is_command`.
        address: One that passes `is_public_address`; None for Socket Mode.
    """
    manifest = read_manifest()
    slash = manifest["features"]["slash_commands"][0]
    slash["command"] = command
    if address is not None:
        url = address.rstrip("/") + SLACK_PATH
        settings = manifest["settings"]
        slash["url"] = url
        settings["event_subscriptions"]["request_url"] = url
        settings["interactivity"]["request_url"] = url
        settings["socket_mode_enabled"] = False
    return manifest
