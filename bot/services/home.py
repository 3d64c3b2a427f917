"""What one person's Home tab shows: only of channels that they are in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.services.assessment.visible_to import may_see
from bot.services.desk import Desk
from bot.services.membership import Membership
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.reviewing import as_reviewed
from model.home import (
    DueMilestone,
    Home,
    ItemToSee,
    ProposalToSee,
    Task,
    led_by,
    to_agree,
    to_confirm,
    to_reveal,
    to_vote_on,
)
from model.plan.item_rules import asks_outcome
from model.plan.plan import Plan, PlanItem
from model.plan.plan_in_context import Planned
from storage.unit_of_work import UnitOfWork

_LATEST = 40


async def home_of(desk: Desk, workspace_id: str, person: str, now: datetime) -> Home:
    """What waits for somebody, what is under way and what came of it, as it is now."""
    async with desk.database.reading(workspace_id) as work:
        running = await work.assessments.running()
        latest = await work.assessments.latest(_LATEST)
        milestones = await work.plans.open_milestones_of(person)
        proposed = await work.plans.with_proposed_items()
        done = await work.plans.with_items_to_judge()
    # Asked outside the transaction, since it may be a call to Slack.
    seen = [each for each in running if await may_see(desk.membership, workspace_id, each, person)]
    closed = [each for each in latest if each.state is AssessmentState.CLOSED]
    closed = [each for each in closed if await may_see(desk.membership, workspace_id, each, person)]
    due = [
        each
        for each in milestones
        if await _owns(desk.membership, workspace_id, each.plan.channel_id, person)
    ]
    async with desk.database.reading(workspace_id) as work:
        where = await _Addresses.of(work, [*seen, *closed])
        return Home(
            votes=where.tasks(seen, person, to_vote_on, MessageKind.PROMPT),
            reveal=where.tasks(seen, person, to_reveal, MessageKind.PROMPT),
            agree=where.tasks(seen, person, to_agree, MessageKind.PROMPT),
            confirm=where.tasks(seen, person, to_confirm, MessageKind.LEVEL),
            leads=where.tasks(seen, person, led_by, MessageKind.DIMENSION),
            under_way=tuple(Task(each, "", where.message(MessageKind.BOARD, each)) for each in seen),
            results=tuple(
                Task(_as_reviewed(each, latest), "", where.message(MessageKind.RESULTS, each))
                for each in closed
            ),
            milestones=tuple(
                DueMilestone(each.plan.assessment_id, each.item, each.milestone) for each in due
            ),
            proposals=await _proposals(work, where, [*seen, *closed], person),
            to_decide=_items(proposed, [*seen, *closed], lambda each, item: each.may_decide(item, person)),
            to_judge=_items(
                done,
                [*seen, *closed],
                lambda each, item: asks_outcome(item, now) and person in each.concerned(item),
            ),
        )


def _as_reviewed(assessment: Assessment, latest: Sequence[Assessment]) -> Assessment:
    """As its reviews left it: they began after it, so that whoever is among the latest has them there."""
    reviews = [each for each in latest if each.review and each.previous == assessment.id]
    return as_reviewed(assessment, reversed(reviews))


async def _owns(membership: Membership, workspace_id: str, channel_id: str, person: str) -> bool:
    """Whoever left the channel sees nothing of it any more; where Slack cannot tell, owners see their own."""
    return await membership.surely_inside(workspace_id, channel_id, person) is not False


async def _proposals(
    work: UnitOfWork, where: _Addresses, assessments: list[Assessment], person: str
) -> tuple[ProposalToSee, ...]:
    found: list[ProposalToSee] = []
    for each in assessments:
        if person in each.facilitators:
            for draft in await work.proposals.drafts(each.id):
                source = draft.source
                address = None if source is None else where.at(source.channel_id, source.ts)
                found.append(ProposalToSee(draft, address))
    return tuple(found)


def _items(
    plans: Sequence[Plan],
    assessments: Sequence[Assessment],
    which: Callable[[Planned, PlanItem], bool],
) -> tuple[ItemToSee, ...]:
    known = {each.id: each for each in assessments}
    planned = [Planned(plan, known[plan.assessment_id]) for plan in plans if plan.assessment_id in known]
    return tuple(
        ItemToSee(each.assessment.id, item)
        for each in planned
        for item in each.plan.items
        if which(each, item)
    )


class _Addresses:
    """Where our messages are on the web."""

    def __init__(self, workspace_address: str, posted: dict[str, tuple[str, str]]) -> None:
        self._workspace_address = workspace_address
        self._posted = posted

    @classmethod
    async def of(cls, work: UnitOfWork, assessments: list[Assessment]) -> _Addresses:
        installation = await work.installation.get()
        posted: dict[str, tuple[str, str]] = {}
        for each in assessments:
            for row in await work.messages.of_assessment(each.id):
                if row.ts is not None:
                    posted[row.key] = (row.channel_id, row.ts)
        return cls("" if installation is None else installation.address, posted)

    def at(self, channel_id: str, ts: str) -> str | None:
        return message_address(self._workspace_address, channel_id, ts) if self._workspace_address else None

    def message(self, kind: MessageKind, assessment: Assessment, subject: str = "") -> str | None:
        place = self._posted.get(key_of(kind, assessment.id, subject))
        return None if place is None else self.at(*place)

    def tasks(
        self,
        assessments: list[Assessment],
        person: str,
        which: Callable[[Assessment, str], tuple[str, ...]],
        kind: MessageKind,
    ) -> tuple[Task, ...]:
        return tuple(
            Task(each, about, self.message(kind, each, about))
            for each in assessments
            for about in which(each, person)
        )
