"""What the notes about the owners of items say when they are sent, hours after the steps."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection
from dataclasses import replace
from datetime import timedelta
from typing import cast

import pytest

from bot.delivery.rendering.owners import render_owner_note
from bot.delivery.rendering.rendering import Rendering
from bot.delivery.slack.slack import Slack
from bot.sandbox.conditions.clock import SandboxClock
from bot.services.asking import Asked
from bot.services.messages.kinds import MessageKind
from bot.services.plan.stepping import take_plan_step
from bot.views.wording.people import Names
from model.plan.plan import ItemStatus
from model.plan.steps import HandOver, PlanStep, SetStatus
from storage.database import Database
from tests.bot.delivery.rendering.sources import sources
from tests.bot.desks import desk_of
from tests.storage.material import NOW, WORKSPACE, stored
from tests.storage.plans.test_reminders import item

NAMES = Names({"U1": "Nia", "U2": "Una", "U3": "Omar", "U4": "Zed"})


@pytest.fixture
async def database(sqlite_url: str) -> AsyncIterator[Database]:
    opened = await Database.open(sqlite_url)
    await stored(opened)
    yield opened
    await opened.close()


class AllThere:
    """Everybody is in the channel, and has a name."""

    async def gone(self, workspace_id: str, channel_id: str, person: str) -> bool:
        return False

    async def names(self, slack: Slack, workspace_id: str, people: Collection[str]) -> Names:
        return NAMES


async def take(database: Database, *steps: tuple[str, PlanStep]) -> None:
    """Steps in the plan, each by somebody."""
    for number, (person, step) in enumerate(steps):
        asked = Asked(WORKSPACE, person, NOW, str(number))
        assert await take_plan_step(desk_of(database), asked, "A1", step) is not None


async def notes(database: Database, *, ts: str | None = None) -> list[tuple[str, str]]:
    """Who is told what, of all that waits, as if each were in Slack already where it has a `ts`."""
    there = AllThere()
    given = sources(desk_of(database), SandboxClock(NOW, speed=0), there)
    claims = await database.outbox.claim(owner="x", now=NOW, lease=timedelta(seconds=90), limit=99)
    # One post a channel is claimed at a time.
    said = []
    while claims:
        for claim in claims:
            if claim.kind == MessageKind.OWNER_NOTE:
                rendered = await render_owner_note(Rendering(replace(claim, ts=ts), cast(Slack, None), given))
                said += [] if rendered is None else [(claim.channel_id, str(rendered["text"]))]
            await database.outbox.drop(claim)
        claims = await database.outbox.claim(owner="x", now=NOW, lease=timedelta(seconds=90), limit=99)
    return said


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (ItemStatus.TO_DO, "is in the plan now; Nia took it in. It belongs to Omar."),
        (ItemStatus.DROPPED, "was not taken into the plan; Nia decided so.\nReason: Not now"),
    ],
)
async def test_whoever_proposed_it_is_told_who_decided(
    database: Database, status: ItemStatus, words: str
) -> None:
    last = ItemStatus.BLOCKED if status is ItemStatus.TO_DO else ItemStatus.DROPPED
    await take(
        database,
        ("U4", item("I1", "U3")),
        ("U1", SetStatus("I1", status, "Not now")),
        ("U2", SetStatus("I1", ItemStatus.DOING)),
        ("U2", SetStatus("I1", last, "Done elsewhere")),
    )
    [told] = [text for person, text in await notes(database) if person == "U4"]
    assert words in told


async def test_what_went_to_and_fro_is_told_once(database: Database) -> None:
    await take(
        database,
        ("U1", item("I1", "U1")),
        ("U1", HandOver("I1", "U3")),
        ("U3", HandOver("I1", "U1")),
        ("U1", HandOver("I1", "U3", reason="On leave")),
    )
    told = await notes(database)
    assert sorted(person for person, _ in told) == ["U1", "U3"]
    assert all("Note: On leave" in text for _, text in told)


async def test_what_was_sent_is_drawn_anew_though_more_was_sent_since(database: Database) -> None:
    """As when somebody's name goes from Slack."""
    handed = HandOver("I1", "U3")
    await take(
        database, ("U1", item("I1", "U1")), ("U1", handed), ("U3", HandOver("I1", "U1")), ("U1", handed)
    )
    told = await notes(database, ts="1.0")
    assert sorted(person for person, _ in told) == ["U1", "U1", "U3", "U3"]
