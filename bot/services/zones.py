"""Which time zone somebody is in: they are written to in their hours."""

from __future__ import annotations

from datetime import tzinfo
from typing import Protocol


class Zones(Protocol):
    """Knows the time zones of people."""

    async def zone_of(self, workspace_id: str, person: str) -> tzinfo | None:
        """The time zone of a person; None where Slack does not tell at present."""
