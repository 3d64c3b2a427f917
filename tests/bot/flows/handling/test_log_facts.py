"""The log at DEBUG: each line says of which press, delivery or round it is, and none holds people's words."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from structlog.contextvars import get_contextvars

from tests.bot.flows.evidence.what_people_do import CLIP, thread_of
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import about, dispatch, form, framework_folder, press
from tests.bot.logged import Logged, logging_to_memory
from tests.bot.stage import Stage, staged

# What people write, wherever they can: each word is looked for in the log by itself.
PLANTED = ("quince", "damson", "medlar", "sloe", "bullace", "mulberry", "whitebeam", "loquat", "crabapple")
KINDS = {"press": {"handler", "delivery"}, "delivery": {"message", "kind"}, "round": {"round"}}
Line = dict[str, object]


@pytest.fixture
def logged() -> Iterator[Logged]:
    with logging_to_memory("DEBUG") as logged:
        yield logged


@pytest.fixture
async def stage(logged: Logged, sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    folder = str(framework_folder(tmp_path))
    async with staged(sqlite_url, milepost_framework=folder) as stage:
        yield stage


async def whole_assessment(stage: Stage) -> None:
    """From the command to the end, with something refused, misspelt, delivered twice and reacted to."""
    await stage.nia.command(stage.channel, "/milepost quince")
    await stage.whisper(stage.nia, "does not know")
    await stage.start("culture", title="The damson council")
    await stage.open("culture")
    await press(stage, stage.omar, await stage.card("prompt", "culture-1"), "evidence.add")
    await form(stage, stage.omar, "evidence")
    misspelt = await stage.omar.submit({"evidence_text": "The medlar register", "evidence_link": "sloe"})
    assert misspelt.errors, misspelt
    await stage.omar.submit({"evidence_link": "https://sloe.example/"})
    await stage.find("evidence:")
    said = await stage.omar.say(stage.channel, "A bullace.", thread_ts=await thread_of(stage, "culture"))
    await stage.grace.react(stage.channel, said, CLIP)
    await stage.whisper(stage.grace, "Logged as evidence")
    await stage.grace.react(stage.channel, said, "thumbsup")
    await stage.grace.dm("mulberry, please")
    await stage.grace.command(stage.channel, "/milepost status whitebeam")
    await stage.grace.command(stage.channel, "/milepost propose Plant a loquat")
    await form(stage, stage.grace, "propose")
    await stage.grace.submit({"dimension": "culture"})
    twice = press_payload(
        stage, stage.omar.id, "prompt.level", await about(stage, prompt="culture-1", level=3)
    )
    for _ in range(2):
        await dispatch(stage, twice)
    level = await stage.card("level", "culture")
    await press(stage, stage.omar, level, "level.confirm")
    await stage.whisper(stage.omar, "facilitator")
    await stage.confirm("culture")
    board = await stage.board()
    await press(stage, stage.nia, board, "assessment.cancel")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({"reason": "A crabapple"})
    await stage.still()
    assert stage.runtime.jobs is not None
    await stage.runtime.jobs.go_rounds()
    await stage.still()


async def test_a_whole_assessment_leaks_nothing_and_says_what_was_decided(
    stage: Stage, logged: Logged
) -> None:
    await whole_assessment(stage)
    text = logged.text.lower()
    assert not [word for word in PLANTED if word in text]
    tokens = (stage.sandbox.bot_token, stage.sandbox.app_token)
    assert not [token for token in tokens if token.lower() in text]
    people = stage.sandbox.workspace.world.people
    assert not [person.name for person in people if person.name.lower() in text]
    without_keys = str([{**line, "message": "", "keys": ""} for line in logged.all_lines()])
    assert not [person.id for person in people if person.id in without_keys]
    decided = {str(line["event"]) for line in logged.all_lines() if line["level"] == "debug"}
    assert decided >= {
        "delivered",
        "form_not_accepted",
        "members_asked",
        "messages_wanted",
        "person_asked",
        "reaction_passed_over",
        "redelivery_skipped",
        "refused",
        "round_done",
    }
    assert logged.lines("form_not_accepted")[0]["fields"] == ["evidence_link"]
    assert "facilitators_only" in [line["reason"] for line in logged.lines("refused")]


async def test_every_line_says_of_which_press_delivery_or_round_it_is(stage: Stage, logged: Logged) -> None:
    await whole_assessment(stage)
    ours = [line for line in logged.all_lines() if line["level"] == "debug" and from_us(line)]
    kinds = [frozenset(kind for kind, facts in KINDS.items() if facts & line.keys()) for line in ours]
    assert set(kinds) == {frozenset({each}) for each in KINDS}, "none has none, and none has those of two"
    assert all(line["workspace"] == stage.sandbox.team_id for line in ours)
    pressed: dict[object, set[tuple[object, ...]]] = {}
    for line in ours:
        if "delivery" in line:
            known = tuple(line.get(name) for name in ("handler", "action_id", "callback_id"))
            pressed.setdefault(line["delivery"], set()).add(known)
    assert not [known for known in pressed.values() if len(known) > 1], "one press, one handler"
    assert {"status", "propose"} <= {line["word"] for line in ours if "word" in line}
    assert get_contextvars() == {}


async def test_presses_of_one_moment_keep_their_context_apart(stage: Stage, logged: Logged) -> None:
    await stage.start("culture", "data")
    await stage.open("culture", "data")
    before = len(logged.lines("taken_on"))
    async with asyncio.TaskGroup() as group:
        for level in (1, 2, 3):
            for prompt in ("culture-1", "data-1"):
                value = await about(stage, prompt=prompt, level=level)
                body = press_payload(stage, stage.grace.id, "prompt.level", value)
                group.create_task(dispatch(stage, body))
    await stage.still()
    ours = [line for line in logged.all_lines() if line.get("action_id") == "prompt.level"]
    assert len({line["delivery"] for line in ours}) == len(logged.lines("taken_on")) - before == 6
    assert {line["handler"] for line in ours} == {"bot.listeners.assessment.questions.press_level"}


def from_us(line: Line) -> bool:
    """Whether one of our modules has logged it."""
    return str(line["logger"]).startswith(("bot.", "storage."))
