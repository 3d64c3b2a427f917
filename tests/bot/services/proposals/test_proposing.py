"""What is asked of a proposal is judged by what is true when it is recorded, not when Slack was asked."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from bot.services.asking import Asked, Refused
from bot.services.desk import Desk
from bot.services.proposals.accepting import accept_proposal
from bot.services.proposals.planning import plan_proposal
from bot.services.proposals.proposing import ToPropose, make_proposal
from bot.services.proposals.stepping import take_proposal_step
from model.assessment.assessment import Role
from model.assessment.steps import AddPeople, Cancel, RemovePerson, SetRole, Step
from model.library.draft import ActionDraft
from model.library.library import Amount
from model.proposals.proposal import BUTTON, Proposal
from model.proposals.steps import DismissProposal, EditProposal, Support
from model.refusals import Reason
from storage.database import Database
from tests.bot.desks import People, desk_of
from tests.storage.material import NOW, WORKSPACE, stepped, stored


def asked(key: str, person: str = "U1") -> Asked:
    return Asked(WORKSPACE, person, NOW, key)


async def change(database: Database, step: Step) -> None:
    """A facilitator takes a step in the assessment."""
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(before, step, by="U2")
        await work.assessments.save(before, taken.assessment, taken.entries)
        await work.commit()


class Meanwhile:
    """Everybody is inside, and while Slack is asked for the first time a facilitator takes a step."""

    def __init__(self, database: Database, step: Step) -> None:
        self._database = database
        self._steps = [step]

    async def inside(self, workspace_id: str, channel_id: str, person: str) -> bool:
        while self._steps:
            await change(self._database, self._steps.pop())
        return True

    async def surely_inside(self, workspace_id: str, channel_id: str, person: str) -> bool | None:
        return await self.inside(workspace_id, channel_id, person)


async def proposed(database: Database) -> str:
    """The id of a proposal that is ready to be planned."""
    await stored(database)
    details = EditProposal(0, "Put bin days online", "data", 1, 2)
    what = ToPropose("A1", "Put bin days online", BUTTON, NOW, details=details)
    made = await make_proposal(desk_of(database), asked("make", "U3"), what)
    assert made is not None
    return made.after.id


async def kept(database: Database, proposal_id: str) -> Proposal:
    async with database.reading(WORKSPACE) as work:
        found = await work.proposals.get(proposal_id)
    assert found is not None
    return found


DRAFT = ActionDraft(
    title="Put bin days online",
    summary="One page has them all.",
    why="People ring about nothing else.",
    dimension_id="data",
    from_level=1,
    time=Amount.LOW,
    money=Amount.LOW,
    skills=Amount.LOW,
    weeks="6",
    steps="Ask\nBuild\nTell",
    success="Fewer people ring.",
    evidence="The page",
    benefits=("efficiency",),
)
Ask = Callable[[Desk, str], Awaitable[object]]
ASKED: dict[str, Ask] = {
    "supported": lambda desk, id_: take_proposal_step(desk, asked("1", "U2"), id_, Support(BUTTON, NOW)),
    "edited": lambda desk, id_: take_proposal_step(desk, asked("1"), id_, EditProposal(1, "Another")),
    "planned": lambda desk, id_: plan_proposal(desk, asked("1"), id_),
    "accepted": lambda desk, id_: accept_proposal(desk, asked("1"), id_, DRAFT),
    "made": lambda desk, _: make_proposal(desk, asked("1"), ToPropose("A1", "More", BUTTON, NOW)),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED)
async def test_an_assessment_that_is_cancelled_meanwhile_takes_nothing(database: Database, ask: Ask) -> None:
    proposal_id = await proposed(database)
    before = await kept(database, proposal_id)
    with pytest.raises(Refused) as refused:
        await ask(desk_of(database, Meanwhile(database, Cancel("No time."))), proposal_id)
    assert refused.value.refusal.reason is Reason.ASSESSMENT_CANCELLED
    assert await kept(database, proposal_id) == before
    async with database.reading(WORKSPACE) as work:
        plan = await work.plans.get("A1")
        assert plan is None or not plan.items
        assert await work.own_library.all() == []
        assert await work.proposals.drafts("A1") == [before]


async def test_who_facilitates_no_more_by_then_decides_nothing(database: Database) -> None:
    proposal_id = await proposed(database)
    taken_off = Meanwhile(database, SetRole("U1", Role.ASSESSOR))
    with pytest.raises(Refused) as refused:
        await take_proposal_step(
            desk_of(database, taken_off), asked("1"), proposal_id, DismissProposal("Not ours")
        )
    assert refused.value.refusal.reason is Reason.PROPOSERS_ONLY


async def test_a_guest_who_is_off_the_roster_by_then_proposes_nothing(database: Database) -> None:
    proposal_id = await proposed(database)
    await change(database, AddPeople(("U3",), Role.ASSESSOR))
    guests = People(guests=frozenset({"U3"}))
    gone = Meanwhile(database, RemovePerson("U3"))
    with pytest.raises(Refused) as refused:
        await plan_proposal(desk_of(database, gone, guests=guests), asked("1", "U3"), proposal_id)
    assert refused.value.refusal.reason is Reason.GUESTS_READ
