"""The wiring: what Bolt must not do, and what people see when something goes wrong."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.app import ListenerProblem, check_listeners
from bot.sandbox.workspace.world import NIA
from bot.views.block_kit.reference import Reference
from tests.bot.logged import logging_to_memory
from tests.bot.stage import Stage, staged

SECRET_WORDS = "we are all at level one and I am tired"


@pytest.fixture
async def stage(sqlite_url: str) -> AsyncIterator[Stage]:
    async with staged(sqlite_url) as stage:
        yield stage


def app_with(register: Callable[[AsyncApp], object]) -> AsyncApp:
    app = AsyncApp(signing_secret="x", authorize=nobody)
    register(app)
    return app


async def nobody(enterprise_id: str | None, team_id: str | None) -> AuthorizeResult:
    return AuthorizeResult(enterprise_id=enterprise_id, team_id=team_id)


async def misspelt(akc: object, body: object) -> None: ...


async def well_spelt(ack: object, body: object, context: object) -> None: ...


def test_a_misspelt_parameter_is_refused_at_the_start() -> None:
    kinds: list[Callable[[AsyncApp], object]] = [
        lambda app: app.action("a")(misspelt),
        lambda app: app.view("v")(misspelt),
        lambda app: app.event("message")(misspelt),
        lambda app: app.command("/c")(misspelt),
        lambda app: app.shortcut("s")(misspelt),
    ]
    for register in kinds:
        with pytest.raises(ListenerProblem, match="misspelt asks for akc, which Bolt does not pass"):
            check_listeners(app_with(register))
    check_listeners(app_with(lambda app: app.action("a")(well_spelt)))


async def test_what_bolt_reads_from_the_environment_turns_nothing_on(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        monkeypatch.setenv(name, "from the environment")
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-another")
    async with staged(sqlite_url) as stage:
        assert stage.runtime.app.oauth_flow is None
        assert (await stage.nia.command(stage.channel, "/milepost help")).acknowledged
        await stage.whisper(stage.nia, "/milepost start")


async def test_an_unknown_fault_is_told_with_the_number_in_the_log(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.start("leadership")
    board = await stage.board()

    async def broken(*_args: object) -> None:
        try:
            raise KeyError(SECRET_WORDS)
        except KeyError as error:
            raise ValueError(f"cannot use {SECRET_WORDS}") from error

    monkeypatch.setattr("bot.listeners.handling.stepping.take_step", broken)
    with logging_to_memory() as logged:
        pressed = await stage.nia.press(
            stage.channel, board.ts, "dimension.open", value=await opening(stage, "leadership")
        )
        assert pressed.acknowledged
        told = await stage.whisper(stage.nia, "Something went wrong here")
    [line] = logged.lines("listener_failed")
    assert str(line["error_id"]) in told
    assert line["workspace"] == stage.sandbox.team_id
    assert line["handler"] == "bot.listeners.assessment.questions.press_open"
    assert line["action_id"] == "dimension.open"
    assert re.fullmatch(r"press:[0-9a-f]{40}", str(line["delivery"]))
    assert "builtins.ValueError" in str(line["exception"])
    assert SECRET_WORDS not in logged.text
    assert SECRET_WORDS not in told


async def opening(stage: Stage, dimension: str) -> str:
    return Reference(assessment=(await stage.assessment()).id, dimension=dimension).encode()


async def test_a_fault_in_a_form_keeps_the_words_and_tells_the_number(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(*_args: object, **_values: object) -> None:
        raise RuntimeError(SECRET_WORDS)

    await stage.open_start_form()
    monkeypatch.setattr("bot.listeners.assessment.starting.start_assessment", broken)
    with logging_to_memory() as logged:
        outcome = await stage.nia.submit({"title": SECRET_WORDS})
    assert outcome.acknowledged
    [line] = logged.lines("listener_failed")
    shown = str(outcome.errors) + str(await stage.slack.until(lambda seen: seen.modal(NIA)))
    view = await stage.nia.modal()
    assert str(line["error_id"]) in shown + str(view)
    assert line["handler"] == "bot.listeners.assessment.starting.submit_start"
    assert (line["workspace"], line["callback_id"]) == (stage.sandbox.team_id, "start")
    assert re.fullmatch(r"view:[0-9a-f]{40}", str(line["delivery"]))
    assert SECRET_WORDS not in logged.text


async def test_a_fault_outside_the_ladder_is_answered_and_logged_without_words(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_args: object) -> None:
        raise RuntimeError(SECRET_WORDS)

    monkeypatch.setattr("bot.listeners.handling.payloads.delivery_key", broken)
    with logging_to_memory() as logged:
        response = await dispatched(stage, {"command": "/milepost", "text": SECRET_WORDS, "user_id": NIA})
    assert response == 200
    [line] = logged.lines("request_failed")
    assert re.fullmatch(r"[0-9a-f]{8}", str(line["error_id"]))
    assert SECRET_WORDS not in logged.text


async def dispatched(stage: Stage, body: dict[str, Any], *, team: str | None = None) -> int | None:
    """Hand a payload to Bolt as Socket Mode does, and wait until all of it is done."""
    team_id = team or stage.runtime.identity.workspace_id
    request = AsyncBoltRequest(mode="socket_mode", body={"team_id": team_id, "team": {"id": team_id}, **body})
    response = await stage.runtime.app.async_dispatch(request)
    async with asyncio.timeout(5):
        await stage.runtime.bot.work.drain(5)
    return response.status


def press(value: str, stage: Stage, ts: str) -> dict[str, Any]:
    """A press on the board, as Slack sends it."""
    return {
        "type": "block_actions",
        "user": {"id": NIA},
        "channel": {"id": stage.channel},
        "container": {"type": "message", "message_ts": ts, "channel_id": stage.channel},
        "actions": [{"action_id": "dimension.open", "block_id": "b", "value": value, "action_ts": "1.1"}],
        "trigger_id": "1.2.3",
    }


async def test_another_workspace_is_not_served(stage: Stage) -> None:
    await stage.start("leadership")
    board, value = await stage.board(), await opening(stage, "leadership")
    await dispatched(stage, press(value, stage, board.ts), team="T0STRANGER")
    await stage.still()
    assert (await stage.assessment()).dimension("leadership").state == "not_opened"
    await dispatched(stage, press(value, stage, board.ts))
    await stage.still()
    assert (await stage.assessment()).dimension("leadership").state != "not_opened"


async def test_what_cannot_be_taken_on_is_not_acknowledged(sqlite_url: str) -> None:
    async with staged(sqlite_url, milepost_concurrency=1) as stage:
        work = stage.runtime.bot.work
        async with asyncio.TaskGroup() as group:
            release = asyncio.Event()

            async def waiting() -> None:
                async with work.accepted():
                    await release.wait()

            tasks = [group.create_task(waiting()) for _ in range(20)]
            await asyncio.sleep(0)
            assert work.full
            with logging_to_memory() as logged:
                outcome = await stage.runtime.app.async_dispatch(
                    AsyncBoltRequest(
                        mode="socket_mode", body={"command": "/milepost", "team_id": "T0SALTMRSH"}
                    )
                )
            assert outcome.status == 503
            assert logged.lines("overloaded")
            release.set()
            await asyncio.gather(*tasks)
        assert (await stage.nia.command(stage.channel, "/milepost help")).acknowledged
