"""What comes of rendering a message: what it says, a picture, or that it is not to be sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.views.results.radar_svg import RadarChart

Payload = dict[str, Any]
"""Blocks and text, as Slack takes them."""


@dataclass(frozen=True)
class Picture:
    """A chart to upload. The name tells it apart from every other file in its thread."""

    name: str
    title: str
    chart: RadarChart


@dataclass(frozen=True)
class Later:
    """Not before this moment; what the message says is decided then."""

    at: datetime


Rendered = Payload | Picture | Later


def picture_name(key: str) -> str:
    """The name of the file that is the picture of a message."""
    return f"milepost-{key.replace(':', '-')}.png"
