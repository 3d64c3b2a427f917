"""A message that is not to be sent yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Later:
    """Not before this moment; what it says is decided then."""

    at: datetime
