"""Who takes part in an assessment, and as what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody does in an assessment.

    Facilitators lead it and may vote, but nobody waits for their votes. Observers read along.
    """

    FACILITATOR = "facilitator"
    ASSESSOR = "assessor"
    OBSERVER = "observer"


ERASED = "erased-"
"""How the id begins that stands in place of somebody whose name was taken out of the records."""


@dataclass(frozen=True)
class Participant:
    """Somebody on the roster; who has left stays on it with the moment, and keeps their votes."""

    person: str
    role: Role
    joined_at: datetime
    added_by: str
    left_at: datetime | None = None

    @property
    def present(self) -> bool:
        """Whether they have not left."""
        return self.left_at is None
