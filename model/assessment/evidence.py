"""One piece of evidence: whose words, where they came from, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

EVIDENCE_LIMIT = 3_000
LINK_LIMIT = 2_000
FILE_NAMES_LIMIT = 500
_CUT = "\n… (cut here; the message itself has the rest)"


class Strength(StrEnum):
    """How much a piece of evidence carries, if somebody said so."""

    CLAIMED = "claimed"
    DOCUMENTED = "documented"
    TESTED = "tested"


class CameFrom(StrEnum):
    """How a piece of evidence was offered."""

    FORM = "form"
    MESSAGE = "message"
    FILE = "file"


@dataclass(frozen=True)
class Source:
    """Where a piece of evidence came from.

    `permalink` is the address of the message in Slack, and `file_name` the names of the files that it shows;
    the files themselves stay in Slack. Both are empty where there is none.
    """

    kind: CameFrom = CameFrom.FORM
    permalink: str = ""
    file_name: str = ""


@dataclass(frozen=True)
class Moved:
    """Who moved a piece of evidence last, when, and away from which prompt."""

    by: str
    at: datetime
    from_prompt: str


@dataclass(frozen=True)
class Withdrawn:
    """Who withdrew a piece of evidence, and when."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Carried:
    """Which earlier assessment a piece was carried over from, when that was closed, and by whom and when."""

    title: str
    ended_at: datetime
    by: str
    at: datetime


@dataclass(frozen=True)
class Evidence:
    """What somebody offered as the reason for a level. Text, link and file name are never all empty.

    `author` is whose words they are and `at` is when they were said. `logged_by` is who offered them as
    evidence, where that is somebody else.
    """

    id: str
    author: str
    text: str
    link: str
    at: datetime
    strength: Strength | None = None
    logged_by: str | None = None
    source: Source = field(default_factory=Source)
    moved: Moved | None = None
    withdrawn: Withdrawn | None = None
    carried: Carried | None = None

    @property
    def offered_by(self) -> str:
        """Who offered it as evidence."""
        return self.logged_by or self.author


def copied(text: str) -> str:
    """A message's text as evidence keeps it: what is too long is cut, and says so."""
    whole = text.strip()
    return whole if len(whole) <= EVIDENCE_LIMIT else whole[: EVIDENCE_LIMIT - len(_CUT)].rstrip() + _CUT
