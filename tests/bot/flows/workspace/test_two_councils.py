"""One bot in the workspaces of two councils: each is served, and neither meets the other."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import aiohttp
import pytest

from bot.sandbox.workspace.world import IVAN
from bot.services.messages.redrawing import redraw_board
from bot.web import SLACK_PATH
from model.assessment.assessment import PromptState
from storage.engine.errors import StorageUnavailable
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import about, dispatch, framework_folder, press
from tests.bot.stage import Stage, read
from tests.bot.two_councils import TwoCouncils, two_councils


@pytest.fixture
async def councils(database_url: str, tmp_path: Path) -> AsyncIterator[TwoCouncils]:
    async with two_councils(database_url, str(framework_folder(tmp_path))) as councils:
        yield councils


@pytest.fixture
async def on_sqlite(sqlite_url: str, tmp_path: Path) -> AsyncIterator[TwoCouncils]:
    async with two_councils(sqlite_url, str(framework_folder(tmp_path))) as councils:
        yield councils


async def everything_read(stage: Stage) -> str:
    """All that anybody can read in a workspace."""
    seen = await stage.still()
    world = await stage.slack.world()
    messages = [read(each) for channel in world.channels for each in seen.messages(channel.id)]
    whispers = [each.text for person in world.people for each in seen.ephemerals(person.id)]
    return "\n".join([*messages, *whispers])


async def test_each_has_its_own_assessment(councils: TwoCouncils) -> None:
    """The same channel id, the same person id: only the workspace tells them apart."""
    first, second = councils.first, councils.second
    assert first.channel == second.channel
    assert first.nia.id == second.nia.id
    await first.start("culture", title="Saltmarsh takes stock")
    await second.start("culture", title="Fernhollow takes stock")
    for stage in (first, second):
        await stage.open("culture")
    await first.press_level("culture-1", 2)
    await first.until_reads((await first.card("prompt", "culture-1")).ts, "2 Developing")
    assert not (await second.assessment()).prompt("culture-1").answered
    await second.press_level("culture-1", 5, by=second.slack.person(IVAN))
    await second.until_reads((await second.card("prompt", "culture-1")).ts, "Ivan Moss")
    for stage in (first, second):
        await stage.nia.command(stage.channel, "/milepost status")
        await stage.whisper(stage.nia, "takes stock")
    in_first, in_second = await everything_read(first), await everything_read(second)
    assert "Saltmarsh takes stock" in in_first and "Fernhollow" not in in_first
    assert "Fernhollow takes stock" in in_second and "Saltmarsh" not in in_second
    assert "Ivan Moss" not in in_first and "Nia Pryce" not in in_second


async def test_a_button_of_the_other_council_is_of_no_use(on_sqlite: TwoCouncils) -> None:
    first, second = on_sqlite.first, on_sqlite.second
    await first.start("culture", title="Saltmarsh takes stock")
    await first.open("culture")
    stolen = await about(first, prompt="culture-1", level=5)
    before = await first.assessment()
    await dispatch(second, press_payload(second, second.nia.id, "prompt.level", stolen))
    await second.whisper(second.nia, "assessment")
    assert await first.assessment() == before


async def closed_yesterday(stage: Stage) -> None:
    """Start an assessment together that was to be done by today, and vote on its one question."""
    today = stage.sandbox.clock.now().date()
    await stage.start("culture", mode="together", closing_date=today.isoformat())
    await stage.open("culture")
    await stage.press_level("culture-1", 3)
    await stage.still()


@pytest.mark.parametrize("broken", [False, True], ids=["", "though one of them fails"])
async def test_the_clock_looks_after_both(
    on_sqlite: TwoCouncils, monkeypatch: pytest.MonkeyPatch, broken: bool
) -> None:
    from bot.rounds import each_minute
    from bot.services.assessment.closing_date import reveal_past_closing

    first, second = on_sqlite.first, on_sqlite.second
    for stage in (first, second):
        await closed_yesterday(stage)
    await first.slack.advance(timedelta(days=2).total_seconds())

    async def failing(database: object, workspace_id: str, *rest: object) -> int:
        if workspace_id == first.sandbox.team_id:
            raise StorageUnavailable("away")
        return await reveal_past_closing(database, workspace_id, *rest)  # type: ignore[arg-type]

    if broken:
        monkeypatch.setattr(each_minute, "reveal_past_closing", failing)
    assert on_sqlite.runtime.jobs is not None
    await on_sqlite.runtime.jobs.go_rounds()
    revealed = [
        (await stage.assessment()).prompt("culture-1").state is not PromptState.ASKED
        for stage in (first, second)
    ]
    assert revealed == [not broken, True]


async def test_a_token_that_is_not_good_stops_only_its_own_council(councils: TwoCouncils) -> None:
    first, second = councils.first, councils.second
    for stage in (first, second):
        await stage.start("culture")
    await councils.stop()
    good = first.sandbox.bot_token
    await councils.begin(slack_bot_token=f"{good},xoxb-revoked")
    assert councils.runtime.installations.workspaces == (first.sandbox.team_id,)
    assert (await councils.runtime.health())[1]["workspaces"] == 1
    database, now = councils.runtime.bot.database, first.sandbox.clock.now()
    waiting = (await second.assessment()).id
    await redraw_board(database, second.sandbox.team_id, waiting, now)
    await second.nia.command(second.channel, "/milepost status")
    await first.open("culture")
    await first.answer("culture", 3)
    async with asyncio.timeout(30):
        while await database.outbox.pending(councils.runtime.installations.workspaces):
            await first.slack.idle()
    assert await database.outbox.pending() == 1, "what is the second's waits"
    calls = len(await second.slack.calls("chat.update"))
    await councils.stop()
    await councils.begin()
    await second.still()
    assert len(await second.slack.calls("chat.update")) == calls + 1
    assert await councils.runtime.bot.database.outbox.pending() == 0


async def test_a_socket_that_is_refused_stops_only_its_own_council(on_sqlite: TwoCouncils) -> None:
    await on_sqlite.stop()
    good = on_sqlite.first.sandbox.app_token
    # Whoever looks after the machine is told by the health check; who can be served is served.
    await on_sqlite.begin(on_sqlite.first, slack_app_token=f"xapp-wrong,{good}")
    await on_sqlite.first.start("culture")
    healthy, facts = await on_sqlite.runtime.health()
    assert (healthy, facts["slack"], facts["workspaces"]) == (False, "not connected", 2)


async def test_a_council_that_removes_the_app_is_served_no_more_until_it_is_back(
    on_sqlite: TwoCouncils,
) -> None:
    first, second = on_sqlite.first, on_sqlite.second
    for stage in (first, second):
        await stage.start("culture", title=f"Before {stage.sandbox.team_id}")
    await dispatch(second, _revoked(second, oauth=["U0IVANMOSS"], bot=[]))
    assert len(on_sqlite.runtime.installations.workspaces) == 2, "a token of a person's is not ours"
    await second.slack.uninstall()
    async with asyncio.timeout(30):
        while len(on_sqlite.runtime.installations.workspaces) == 2:
            await second.slack.idle()
    assert on_sqlite.runtime.installations.workspaces == (first.sandbox.team_id,)
    await first.open("culture")
    before = await second.assessment()
    await on_sqlite.stop()
    second.sandbox.workspace.install()
    await second.slack.invite_bot(second.channel)
    await on_sqlite.begin()
    assert await second.assessment() == before
    await second.open("culture")


def _revoked(stage: Stage, **tokens: list[str]) -> dict[str, object]:
    event = {"type": "tokens_revoked", "tokens": tokens}
    return {
        "type": "event_callback",
        "team_id": stage.sandbox.team_id,
        "event": event,
        "event_id": "Ev0REVOKED",
    }


async def test_over_http_each_secret_speaks_for_its_own_council(sqlite_url: str, tmp_path: Path) -> None:
    framework = str(framework_folder(tmp_path))
    async with two_councils(sqlite_url, framework, slack_app_token=None) as councils:
        for stage in (councils.first, councils.second):
            await stage.start("culture")
            await stage.open("culture")
        board = await councils.second.board()
        await press(councils.second, councils.second.nia, board, "assessment.pause")
        await councils.second.still()
        before = await councils.second.assessment()
        assert [
            await knock(councils, secret, _event_of(team))
            for secret in (councils.first.sandbox.signing_secret, councils.second.sandbox.signing_secret)
            for team in (councils.first.sandbox.team_id, councils.second.sandbox.team_id)
        ] == [200, 401, 401, 200]
        assert await councils.second.assessment() == before


async def test_a_payload_that_names_no_council_means_none(sqlite_url: str, tmp_path: Path) -> None:
    """Also when only one of the two is served: whoever knows the other's secret must not speak for it."""
    framework = str(framework_folder(tmp_path))
    async with two_councils(sqlite_url, framework, slack_app_token=None) as councils:
        first = councils.first
        await first.start("culture")
        before = await first.assessment()
        councils.runtime.installations.remove(councils.second.sandbox.team_id)
        pressed = press_payload(first, first.nia.id, "assessment.pause", await about(first))
        del pressed["team"]
        pressed["user"].pop("team_id")
        secret = councils.second.sandbox.signing_secret
        body = urlencode({"payload": json.dumps(pressed)})
        await knock(councils, secret, body, "application/x-www-form-urlencoded")
        await first.still()
        assert await first.assessment() == before


def _event_of(team_id: str) -> str:
    return json.dumps({"type": "event_callback", "team_id": team_id, "event": {"type": "app_home_opened"}})


async def knock(councils: TwoCouncils, secret: str, body: str, kind: str = "application/json") -> int:
    """Send a request signed with this secret; the answer is its status."""
    stamp = str(int(time.time()))
    signed = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    headers = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={signed}",
    }
    assert councils.runtime.web is not None
    address = f"http://127.0.0.1:{councils.runtime.web.port}{SLACK_PATH}"
    async with (
        aiohttp.ClientSession() as session,
        session.post(address, data=body, headers=headers) as answer,
    ):
        return answer.status
