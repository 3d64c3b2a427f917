"""Milestones as people write them down, one a line: a date, then a name."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from model.plan.plan import Milestone
from model.plan.steps import WantedMilestone
from model.refusals import Reason, Refusal

# In this country the day comes first.
_DATES = (
    (re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?!\d)"), "%Y-%m-%d"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{4}(?!\d)"), "%d/%m/%Y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{4}(?!\d)"), "%d.%m.%Y"),
    (re.compile(r"\d{1,2}/\d{1,2}/\d{2}(?!\d)"), "%d/%m/%y"),
    (re.compile(r"\d{1,2}\.\d{1,2}\.\d{2}(?!\d)"), "%d.%m.%y"),
    (re.compile(r"\d{1,2} [A-Za-z]{4,9} \d{4}(?!\d)"), "%d %B %Y"),
    (re.compile(r"\d{1,2} [A-Za-z]{3} \d{4}(?!\d)"), "%d %b %Y"),
)
_BETWEEN = re.compile(r"^\s*[:,;–—-]?\s+|^[:,;–—]\s*")
_SEPT = re.compile(r"(?<=^\d )Sept\b|(?<=^\d\d )Sept\b", re.IGNORECASE)
_BULLET = re.compile(r"^[•*\-–]\s+")


def written(milestones: Iterable[Milestone]) -> str:
    """Milestones as lines, as `read_lines` reads them."""
    return "\n".join(f"{each.due.isoformat()} {each.name}" for each in milestones)


def read_lines(text: str) -> tuple[WantedMilestone, ...] | Refusal:
    """Read milestones; empty lines are left out, and the first line that cannot be read is named."""
    found = []
    for line in text.splitlines():
        if not line.strip():
            continue
        milestone = _read(line)
        if milestone is None:
            return Refusal(Reason.MILESTONE_LINE, part="milestones", words=line.strip())
        found.append(milestone)
    return tuple(found)


def _read(line: str) -> WantedMilestone | None:
    words = _SEPT.sub("Sep", " ".join(_BULLET.sub("", line.strip()).split()), count=1)
    for pattern, form in _DATES:
        match = pattern.match(words)
        due = None if match is None else _day(match.group(), form)
        if match is not None and due is not None:
            return WantedMilestone(_BETWEEN.sub("", words[match.end() :]), due)
    return None


def _day(words: str, form: str) -> date | None:
    try:
        return datetime.strptime(words, form).date()  # noqa: DTZ007 - a date has no zone
    except ValueError:
        return None
