"""The app manifest, for Socket Mode as it is in the file, for HTTP mode with the addresses filled in."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from bot.web import SLACK_PATH


def read_manifest() -> dict[str, Any]:
    """The manifest as it ships, for Socket Mode."""
    manifest: dict[str, Any] = json.loads(files("bot").joinpath("manifest.json").read_text("utf-8"))
    return manifest


def bot_scopes() -> frozenset[str]:
    """The scopes the bot needs."""
    return frozenset(read_manifest()["oauth_config"]["scopes"]["bot"])


def manifest_for(*, command: str, address: str | None) -> dict[str, Any]:
    """The manifest with this slash command; with a public address, for HTTP mode."""
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
