"""Display names and time zones of people, asked from Slack once in a while and remembered."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.delivery.faults import SlackFault
from bot.delivery.slack import PersonFacts, Slack
from bot.views.people import Names

_REMEMBER = timedelta(hours=6)
_ASK_AGAIN = timedelta(minutes=5)
_MOST = 5_000


class People:
    """A small directory, per workspace. When Slack does not answer, a person is shown without a name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._known: dict[tuple[str, str], tuple[datetime, PersonFacts]] = {}

    async def names(self, slack: Slack, workspace_id: str, people: Iterable[str]) -> Names:
        """The names of these people."""
        wanted = sorted(set(people))
        return Names({each: (await self.facts(slack, workspace_id, each)).name for each in wanted})

    async def facts(self, slack: Slack, workspace_id: str, person: str) -> PersonFacts:
        """Name and time zone of one person; both empty when Slack cannot tell."""
        now = self._clock.now()
        remembered = self._known.get((workspace_id, person))
        if remembered is not None and remembered[0] > now:
            return remembered[1]
        try:
            facts, until = await slack.person(person), now + _REMEMBER
        except SlackFault:
            facts, until = PersonFacts("", "") if remembered is None else remembered[1], now + _ASK_AGAIN
        if len(self._known) >= _MOST:
            self._known.pop(next(iter(self._known)))
        self._known[(workspace_id, person)] = (until, facts)
        return facts
