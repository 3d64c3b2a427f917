"""Whoever is to facilitate, to assess or to lead is a person, with an account in use."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest

from bot.services.asking import Asked, Refused
from bot.services.assessment.starting import start_assessment
from bot.services.assessment.stepping import take_step
from bot.services.second_team.second_team import invite_second_team
from model.assessment.assessment import Assessment, Kind, Mode, Role
from model.assessment.steps import AddPeople, GiveLead, NewAssessment, SetRole, Step
from model.refusals import Reason, Refusal
from model.second_team.inviting import Invitation
from storage.database import Database
from tests.bot.desks import EVERYBODY, Inside, desk_of, only
from tests.storage.material import FRAMEWORK, NOW, WORKSPACE, started

SCOPE = tuple(each.id for each in FRAMEWORK.dimensions)
ROBOT, GONE = "U8ROBOT", "U9GONE"


@dataclass
class Accounts:
    """Knows a robot and somebody who is deactivated, unless Slack does not answer in time."""

    silent: bool = False

    async def name_of_app(self, workspace_id: str, user: str) -> str | None:
        if self.silent:
            raise TimeoutError
        return "Robot" if user == ROBOT else None

    async def name_of_deactivated(self, workspace_id: str, user: str) -> str | None:
        return "Lee March" if user == GONE else None


ACCOUNTS = Accounts()
A_ROBOT = Refusal(Reason.NOT_A_PERSON, part="facilitators", words="Robot")
A_GONE = Refusal(Reason.DEACTIVATED, part="facilitators", words="Lee March")


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    yield opened
    await opened.close()


def asked(key: str) -> Asked:
    return Asked(WORKSPACE, "U1", NOW, key)


async def start(
    database: Database, *facilitators: str, accounts: Accounts = ACCOUNTS, inside: Inside = EVERYBODY
) -> Assessment | None:
    new = NewAssessment("C1", "Spring", Kind.SELF, Mode.TOGETHER, SCOPE, facilitators)
    return await start_assessment(desk_of(database, inside, accounts=accounts), asked("start"), new)


@pytest.mark.parametrize(
    ("facilitators", "refusal"),
    [
        ((ROBOT,), A_ROBOT),
        (("U1", ROBOT), A_ROBOT),
        (("U1", GONE), A_GONE),
        (("U2",), Refusal(Reason.FACILITATORS_OUTSIDE)),
        ((), Refusal(Reason.FACILITATOR_MISSING)),
    ],
)
async def test_an_assessment_begins_with_people_who_can_lead_it(
    database: Database, facilitators: tuple[str, ...], refusal: Refusal
) -> None:
    with pytest.raises(Refused) as caught:
        await start(database, *facilitators, inside=only("U1"))
    assert caught.value.refusal == refusal
    begun = await start(database, "U2", "U1", inside=only("U1"))
    assert begun is not None and begun.facilitators == ("U2", "U1"), "the other may be invited yet"


async def test_where_slack_does_not_answer_nobody_is_kept_from_anything(database: Database) -> None:
    begun = await start(database, ROBOT, accounts=Accounts(silent=True))
    assert begun is not None


@pytest.mark.parametrize(
    ("step", "reason"),
    [
        (AddPeople(("U4", ROBOT), Role.ASSESSOR), Reason.NOT_A_PERSON),
        (AddPeople((GONE, "U4"), Role.OBSERVER), Reason.DEACTIVATED),
        (SetRole(GONE, Role.FACILITATOR), Reason.DEACTIVATED),
        (GiveLead("data", ROBOT), Reason.NOT_A_PERSON),
    ],
)
async def test_no_role_and_no_lead_goes_to_nobody(database: Database, step: Step, reason: Reason) -> None:
    await begin(database)
    with pytest.raises(Refused) as caught:
        await take_step(desk_of(database, accounts=ACCOUNTS), asked("step"), "A1", step)
    assert caught.value.refusal.reason is reason and caught.value.refusal.part == "people"
    assert caught.value.assessment is not None


async def test_a_second_team_is_led_by_people(database: Database) -> None:
    await begin(database)
    invitation = Invitation("C2", Kind.PEER, "Peer team", ("U4", GONE))
    with pytest.raises(Refused) as caught:
        await invite_second_team(desk_of(database, accounts=ACCOUNTS), asked("invite"), "A1", invitation)
    assert caught.value.refusal == A_GONE


async def begin(database: Database) -> None:
    assessment, entries = started(mode=Mode.TOGETHER)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        await work.commit()
