"""What messages are rendered from, as far as a test gives it."""

from __future__ import annotations

from typing import Any

from bot.delivery.rendering.rendering import Sources
from bot.services.desk import Desk


def sources(desk: Desk | None = None, clock: Any = None, there: Any = None) -> Sources:
    """Sources with what is given; the rest is missing, and breaks whoever asks for it.

    Args:
        desk: What use cases work with.
        clock: Which tells the time.
        there: Knows the names of people, and who is gone.
    """
    given: Any = desk
    return Sources(given, clock, there, there, command="/milepost", emoji="bulb")
