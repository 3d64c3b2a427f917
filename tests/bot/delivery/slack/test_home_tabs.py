"""Home tabs are published one at a time for each person, and the newest stays."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.delivery.slack.home_tabs import HomeTabs
from bot.sandbox.workspace.world import NIA, OMAR
from tests.bot.delivery.post_office import WORKSPACE, Office
from tests.bot.logged import logging_to_memory


class Drawer:
    """Draws how often it has drawn."""

    def __init__(self) -> None:
        self.drawn = 0

    async def __call__(self) -> dict[str, Any]:
        self.drawn += 1
        await asyncio.sleep(0)
        text = {"type": "mrkdwn", "text": f"drawing {self.drawn}"}
        return {"type": "home", "blocks": [{"type": "section", "text": text}]}


@pytest.fixture
def office(quick_office: Office) -> Office:
    return quick_office


def tabs_of(office: Office) -> HomeTabs:
    slack = office.our_slack()
    return HomeTabs(office.sandbox.clock, lambda _: slack)


async def shown(office: Office, person: str = NIA) -> str:
    home = (await office.slack.seen()).home(person)
    return "" if home is None else home.readable


async def test_many_at_once_are_drawn_once_or_twice(office: Office) -> None:
    tabs, draw = tabs_of(office), Drawer()
    await asyncio.gather(*(tabs.show(WORKSPACE, NIA, draw) for _ in range(12)))
    assert draw.drawn <= 2
    assert await shown(office) == f"drawing {draw.drawn}"
    assert await office.statuses("views.publish") == [200] * draw.drawn


async def test_people_do_not_wait_for_each_other_and_each_has_their_own(office: Office) -> None:
    tabs, one, two = tabs_of(office), Drawer(), Drawer()
    await asyncio.gather(tabs.show(WORKSPACE, NIA, one), tabs.show(WORKSPACE, OMAR, two))
    await tabs.show(WORKSPACE, OMAR, two)
    assert (await shown(office), await shown(office, OMAR)) == ("drawing 1", "drawing 2")


async def test_another_replica_was_quicker(office: Office) -> None:
    ours, theirs, draw = tabs_of(office), tabs_of(office), Drawer()
    await ours.show(WORKSPACE, NIA, draw)
    await theirs.show(WORKSPACE, NIA, draw)
    await ours.show(WORKSPACE, NIA, draw)
    assert await shown(office) == "drawing 4", "drawn anew after the conflict"
    answers = [call.answer.get("error") for call in await office.slack.calls("views.publish")]
    assert answers == [None, None, "hash_conflict", None]
    await ours.show(WORKSPACE, NIA, draw)
    assert await shown(office) == "drawing 5"


async def test_an_event_tells_what_is_shown(office: Office) -> None:
    ours, theirs, draw = tabs_of(office), tabs_of(office), Drawer()
    await ours.show(WORKSPACE, NIA, draw)
    await theirs.show(WORKSPACE, NIA, draw)
    home = (await office.slack.seen()).home(NIA)
    assert home is not None
    await ours.show(WORKSPACE, NIA, draw, seen=home.hash)
    assert [call.answer["ok"] for call in await office.slack.calls("views.publish")] == [True] * 3


async def test_too_many_waits_once(office: Office) -> None:
    tabs, draw = tabs_of(office), Drawer()
    await office.slack.fault("rate_limited", "views.publish", seconds=5)
    await tabs.show(WORKSPACE, NIA, draw)
    assert await shown(office) == "drawing 2"
    calls = await office.slack.calls("views.publish")
    assert calls[1].at - calls[0].at >= 5


@pytest.mark.parametrize("error", ["not_enabled", "fatal_error", "user_not_found"])
async def test_what_cannot_be_shown_is_logged_and_drawn_the_next_time(office: Office, error: str) -> None:
    tabs, draw = tabs_of(office), Drawer()
    await office.slack.fault("api_error", "views.publish", error=error)
    with logging_to_memory() as logged:
        await tabs.show(WORKSPACE, NIA, draw)
    assert logged.lines("home_not_shown")[0]["error"] == error
    assert await shown(office) == ""
    await tabs.show(WORKSPACE, NIA, draw)
    assert await shown(office) == "drawing 2"
