"""One message to be rendered, and what messages are rendered from."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.clock import Clock
from bot.delivery.rendering.rendered import Rendered
from bot.delivery.slack.people import People
from bot.delivery.slack.presence import Presence
from bot.delivery.slack.slack import Slack
from bot.services.asking import NoSuchAssessment
from bot.services.desk import Desk
from bot.services.plan.stepping import find_plan
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment
from model.plan.plan_in_context import Planned
from storage.messages.claims import Claim
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Sources:
    """What messages are rendered from; made once, when the bot starts.

    Attributes:
        command: The word for the bot, such as `/milepost`.
        emoji: The name of the emoji that proposes.
    """

    desk: Desk
    clock: Clock
    people: People
    presence: Presence
    command: str
    emoji: str


@dataclass(frozen=True)
class Rendering:
    """One message that is to be sent or edited; what it says is read from the sources."""

    claim: Claim
    slack: Slack
    sources: Sources

    @property
    def workspace_id(self) -> str:
        """Whose message it is."""
        return self.claim.workspace_id

    @property
    def subject(self) -> str:
        """What of its assessment it shows."""
        return self.claim.subject or ""

    @property
    def posted(self) -> bool:
        """Whether it is in Slack already, so that this is an edit."""
        return self.claim.ts is not None

    @property
    def desk(self) -> Desk:
        """What use cases work with."""
        return self.sources.desk

    def now(self) -> datetime:
        """The moment."""
        return self.sources.clock.now()

    def today(self) -> date:
        """The date where the council is."""
        return self.desk.today(self.now())

    def reading(self) -> UnitOfWork:
        """A reading of what is stored of the workspace."""
        return self.desk.database.reading(self.workspace_id)

    async def assessment(self) -> Assessment | None:
        """The assessment that it shows; None where that was deleted."""
        async with self.reading() as work:
            return await work.assessments.get(self.claim.assessment_id or "")

    async def planned(self) -> Planned | None:
        """The plan that it is about, with its assessment; None where that was deleted."""
        try:
            return await find_plan(self.desk.database, self.workspace_id, self.claim.assessment_id or "")
        except NoSuchAssessment:
            return None

    async def names(self, people: Iterable[str | None]) -> Names:
        """The names of these people, as far as Slack tells them; None is nobody."""
        named = {each for each in people if each is not None}
        return await self.sources.people.names(self.slack, self.workspace_id, named)

    async def gone(self, channel_id: str, person: str) -> bool:
        """Whether somebody is deactivated or not in a channel."""
        return await self.sources.presence.gone(self.workspace_id, channel_id, person)

    async def inside(self, channel_id: str, person: str) -> bool:
        """Whether somebody is in a channel; also true where Slack cannot tell."""
        return await self.desk.membership.inside(self.workspace_id, channel_id, person)

    async def zone_of(self, person: str) -> tzinfo:
        """The time zone of somebody; that of the council where Slack does not tell."""
        return await self.desk.zones.zone_of(self.workspace_id, person) or self.desk.rules.zone


Renders = Callable[[Rendering], Awaitable[Rendered | None]]
"""Says what a message of some kind should say now; None means that there is nothing to say any more."""
