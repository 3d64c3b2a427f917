"""Who takes part in an assessment, and as what."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    """Somebody on the roster; who has left stays on it with the moment, and keeps their votes.

    `joined_at` is when they came, or when they became an assessor later than that. `assessor_until` is when
    somebody who was an assessor got another role.
    """

    person: str
    role: Role
    joined_at: datetime
    added_by: str
    left_at: datetime | None = None
    assessor_until: datetime | None = None

    @property
    def present(self) -> bool:
        """Whether they have not left."""
        return self.left_at is None

    @property
    def assessed_until(self) -> datetime | None:
        """Since when nobody waits for their votes any more; None while they are waited for, or never were."""
        return self.left_at if self.role is Role.ASSESSOR else self.assessor_until

    def assessed_at(self, moment: datetime) -> bool:
        """Whether their votes were waited for at a moment; false where they came back, or anew, after it."""
        if self.joined_at > moment or (self.role is not Role.ASSESSOR and self.assessor_until is None):
            return False
        return self.assessed_until is None or self.assessed_until > moment

    def given(self, role: Role, at: datetime) -> Participant:
        """The same person with another role from now on."""
        if role is Role.ASSESSOR:
            return replace(self, role=role, assessor_until=None, joined_at=at)
        until = at if self.present and self.role is Role.ASSESSOR else self.assessed_until
        return replace(self, role=role, assessor_until=until)
