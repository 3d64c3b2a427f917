"""The parts of a refusal in words, for the sentences."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from bot.views.wording.levels import level_name
from bot.views.wording.text import escape, join_names, person, shorten
from model.assessment.history import THE_CLOSING_DATE
from model.framework.framework import Framework
from model.refusals import Refusal


class Facts:
    """The parts of a refusal in words."""

    def __init__(self, refusal: Refusal, framework: Framework | None, zone: ZoneInfo) -> None:
        self.refusal = refusal
        self._framework = framework
        self._zone = zone

    @property
    def who_can(self) -> str:
        """Who could do it."""
        people = [person(each) for each in self.refusal.who_can]
        return join_names(people) if people else "a facilitator"

    @property
    def whoever_can(self) -> str:
        """The same at the beginning of a sentence about somebody who leads; there may be nobody who does."""
        return self.who_can if self.refusal.who_can else "Whoever takes over on the board"

    @property
    def by(self) -> str:
        """Who did what stands in the way."""
        if self.refusal.by == THE_CLOSING_DATE:
            return "the closing date"
        return "a colleague" if self.refusal.by is None else person(self.refusal.by)

    @property
    def when(self) -> str:
        """When they did."""
        return "" if self.refusal.at is None else f" on {_moment(self.refusal.at, self._zone)}"

    @property
    def words(self) -> str:
        """People's words that are at fault, in quotation marks."""
        return f"“{shorten(self.refusal.words, 150)}”" if self.refusal.words else ""

    @property
    def level(self) -> str:
        """The level that stands."""
        if self._framework is None:
            return "another level"
        return escape(level_name(self._framework, self.refusal.level))


def _moment(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%-d %B %Y at %H:%M")
