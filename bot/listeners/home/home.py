"""The Home tab: drawn when it is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.handling import Handling
from bot.listeners.handling.home_drawing import draw_home
from bot.running.bot import Bot


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to people who look at it."""
    app.event("app_home_opened")(handling.event(home_opened))


async def home_opened(bot: Bot, workspace_id: str, event: Mapping[str, Any]) -> None:
    """Draw it; the tab of messages is no concern of ours."""
    person = str(event.get("user") or "")
    if not person or event.get("tab", "home") != "home":
        return
    view = event.get("view")
    seen = str(view.get("hash") or "") if isinstance(view, Mapping) else ""
    await draw_home(bot, workspace_id, person, seen=seen or None)
