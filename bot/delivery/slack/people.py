"""Display names and time zones of people, asked from Slack once in a while and remembered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta, tzinfo

from cachetools import LRUCache

from bot.clock import Clock
from bot.delivery.slack.faults import SlackFault
from bot.delivery.slack.slack import PersonFacts, Slack
from bot.log import logger
from bot.views.wording.people import Names
from model.assessment.roster import ERASED
from model.calendar.working_hours import zone_named

_log = logger(__name__)

_REMEMBER = timedelta(hours=6)
_ASK_AGAIN = timedelta(minutes=5)
_MOST = 5_000
_PATIENCE = 5.0


class People:
    """A small directory, per workspace. When Slack does not answer, a person is shown without a name."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        # With the moment until which it counts; after that it is still better than nothing.
        self._known: LRUCache[tuple[str, str], tuple[datetime, PersonFacts]] = LRUCache(_MOST)

    async def names(self, slack: Slack, workspace_id: str, people: Iterable[str]) -> Names:
        """The names of these people, as far as Slack tells them within a few seconds."""
        asked = {
            each: asyncio.ensure_future(self.facts(slack, workspace_id, each))
            for each in sorted(set(people))
            if not each.startswith(ERASED)
        }
        if asked:
            # Real time: it bounds how long a message waits for the network.
            await asyncio.wait(asked.values(), timeout=_PATIENCE)
        told = {each: task.result().name for each, task in asked.items() if task.done()}
        late = {each: task for each, task in asked.items() if not task.done()}
        for each, task in late.items():
            task.cancel()
            self._remember(workspace_id, each, None)
        await asyncio.gather(*late.values(), return_exceptions=True)
        return Names(told)

    async def facts(self, slack: Slack, workspace_id: str, person: str) -> PersonFacts:
        """Name and time zone of one person; both empty when Slack cannot tell."""
        now = self._clock.now()
        remembered = self._known.get((workspace_id, person))
        if remembered is not None and remembered[0] > now:
            return remembered[1]
        _log.debug("person_asked", known=remembered is not None)
        try:
            return self._remember(workspace_id, person, await slack.person(person))
        except SlackFault:
            return self._remember(workspace_id, person, None)

    def forget(self, workspace_id: str, person: str) -> None:
        """Something about a person has changed."""
        _log.debug("person_forgotten")
        self._known.pop((workspace_id, person), None)

    def _remember(self, workspace_id: str, person: str, told: PersonFacts | None) -> PersonFacts:
        """Keep what Slack told; when it did not, keep what was known and ask again before long."""
        key = (workspace_id, person)
        known = self._known.get(key)
        facts = told or (PersonFacts("", "") if known is None else known[1])
        until = self._clock.now() + (_ASK_AGAIN if told is None else _REMEMBER)
        self._known[key] = (until, facts)
        return facts


class PeoplesZones:
    """The time zones of people, as their Slack profiles have them."""

    def __init__(self, people: People, slack_of: Callable[[str], Slack]) -> None:
        self._people = people
        self._slack_of = slack_of

    async def zone_of(self, workspace_id: str, person: str) -> tzinfo | None:
        """The time zone of a person; None where Slack does not tell, or names one that we do not know."""
        facts = await self._people.facts(self._slack_of(workspace_id), workspace_id, person)
        return zone_named(facts.time_zone)
