"""Every button, form, shortcut and word, pressed by each kind of person through the real app.

Whether it was refused or done is told by what is recorded and by the window that opened, not by sentences.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.listeners.commands.table import WORDS as ALL_WORDS
from bot.sandbox.workspace.world import ANA
from bot.views.block_kit.ids import ActionId, ShortcutId, ViewId
from bot.views.block_kit.reference import Reference
from tests.bot.flows.payloads import press_payload, submission_payload
from tests.bot.flows.small import dispatch, framework_folder
from tests.bot.permissions.elsewhere import BUTTONS_ELSEWHERE, FORMS_ELSEWHERE
from tests.bot.permissions.rules import (
    BUTTONS,
    FORMS,
    OPEN_TO_ALL,
    READ_ONLY,
    SHORTCUTS,
    WORDS,
    Does,
    Rule,
)
from tests.bot.permissions.scenes import EVIDENCE, ITEM, PEOPLE, Maker, Scene, Who
from tests.bot.stage import Stage, staged

_NOT_ABOUT_RIGHTS = frozenset({"message"})


@pytest.fixture
async def quiet(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A running bot that delivers nothing, and a channel that Ana has left."""
    framework = str(framework_folder(tmp_path))
    async with staged(sqlite_url, milepost_framework=framework) as stage:
        await stage.slack.person(ANA).leave(stage.channel)
        await stage.still()
        stage.runtime.bot.dispatcher.stop()
        yield stage


class Theatre:
    """Puts one scene at a time into the channel, and looks at what a press did."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        bot = stage.runtime.bot
        self._make = Maker(bot.framework, stage.channel, bot.clock.now())
        self._scene: Scene | None = None

    async def set(self, name: str) -> Scene:
        """Take the last scene away, and put this one there."""
        scene = self._make(name)
        async with self.stage.runtime.bot.database.unit_of_work(self._workspace) as work:
            if self._scene is not None:
                old = await work.assessments.lock(self._scene.assessment.id)
                if old is not None:
                    await work.assessments.delete(old)
            await work.assessments.add(scene.assessment, scene.entries)
            if scene.plan is not None:
                empty = await work.plans.lock(scene.assessment.id)
                assert empty is not None
                await work.plans.save(empty, scene.plan, ())
            await work.commit()
        self._scene = scene
        return scene

    @property
    def _workspace(self) -> str:
        return self.stage.runtime.identity.workspace_id

    async def records(self) -> str:
        """All that is recorded, but for messages."""
        async with self.stage.runtime.bot.database.reading(self._workspace) as work:
            everything = await work.records.everything()
        return json.dumps(
            {name: rows for name, rows in everything.items() if name not in _NOT_ABOUT_RIGHTS}, sort_keys=True
        )

    def window(self, person: str) -> str:
        """The kind of window that somebody has open; empty without, or where it only says something."""
        top = self.stage.sandbox.workspace.views.top(person)
        kind = "" if top is None else str(top.content.get("callback_id"))
        return "" if kind in {ViewId.NOTICE, ViewId.LOADING} else kind

    async def did(self, person: str, body: dict[str, Any]) -> Does | None:
        """What came of a payload."""
        self.stage.sandbox.workspace.views.close_all(person)
        before = await self.records()
        await dispatch(self.stage, body)
        assert await self.stage.runtime.bot.work.drain(10)
        if await self.records() != before:
            return Does.CHANGES
        return Does.OPENS if self.window(person) else None


def _wrong(name: str, rule: Rule, who: Who, did: Does | None) -> str | None:
    wanted = rule.does if who in rule.who else None
    if did is wanted:
        return None
    return f"{name} in “{rule.scene}” by {who.value}: {did and did.name}, not {wanted and wanted.name}"


async def test_every_button(quiet: Stage) -> None:
    theatre, wrong = Theatre(quiet), []
    for action, rules in BUTTONS.items():
        for rule in rules:
            for who, person in PEOPLE.items():
                scene = await theatre.set(rule.scene)
                value = Reference(assessment=scene.assessment.id, **rule.about).encode()
                did = await theatre.did(person, press_payload(quiet, person, action.value, value))
                wrong.append(_wrong(action.name, rule, who, did))
    assert [each for each in wrong if each is not None] == []


async def test_every_form(quiet: Stage) -> None:
    theatre, wrong = Theatre(quiet), []
    for form, rules in FORMS.items():
        for rule in rules:
            for who, person in PEOPLE.items():
                scene = await theatre.set(rule.scene)
                about = Reference(assessment=scene.assessment.id, **rule.about).encode()
                states = {name: _state(value) for name, value in rule.inputs.items()}
                did = await theatre.did(person, submission_payload(quiet, person, form.value, about, states))
                wrong.append(_wrong(form.name, rule, who, did))
    assert [each for each in wrong if each is not None] == []


def _state(value: Any) -> dict[str, Any]:
    """What a form says of an input: text, (the value of an option,), [people], one person's id, or a date."""
    if isinstance(value, date):
        return {"type": "datepicker", "selected_date": value.isoformat()}
    if isinstance(value, tuple):
        return {"type": "static_select", "selected_option": {"value": value[0]}}
    if isinstance(value, list):
        return {"type": "multi_users_select", "selected_users": value}
    if value.startswith("U0"):
        return {"type": "users_select", "selected_user": value}
    return {"type": "plain_text_input", "value": value}


async def test_every_word(quiet: Stage) -> None:
    theatre, wrong = Theatre(quiet), []
    for word, rules in WORDS.items():
        for rule in rules:
            for who, person in PEOPLE.items():
                await theatre.set(rule.scene)
                did = await theatre.did(person, _mention(quiet, person, word))
                wrong.append(_wrong(word, rule, who, did))
    assert [each for each in wrong if each is not None] == []


async def test_every_other_word_changes_nothing(quiet: Stage) -> None:
    theatre, wrong = Theatre(quiet), []
    await theatre.set("planned")
    for word in (each for each in ALL_WORDS if each not in WORDS):
        for who, person in PEOPLE.items():
            did = await theatre.did(person, _mention(quiet, person, word))
            if did is not None:
                wrong.append(f"{word} by {who.value}: {did.name}")
    assert wrong == []


def _mention(stage: Stage, person: str, word: str) -> dict[str, Any]:
    """A mention in the channel, as Slack tells of it."""
    workspace = stage.sandbox.workspace
    event = {
        "type": "app_mention",
        "user": person,
        "text": f"<@{workspace.world.bot_user_id}> {word}",
        "channel": stage.channel,
        "ts": workspace.next_ts(),
        "event_ts": workspace.next_ts(),
    }
    return {
        "type": "event_callback",
        "event_id": workspace.next_id("Ev"),
        "team_id": workspace.world.team_id,
        "api_app_id": workspace.world.app_id,
        "event": event,
        "authorizations": [{"team_id": workspace.world.team_id, "user_id": workspace.world.bot_user_id}],
    }


async def test_whoever_is_outside_gets_nothing_from_any_button_or_form(quiet: Stage) -> None:
    """Whatever it is about, and whatever window of ours would open."""
    theatre, got = Theatre(quiet), []
    for scene_name in ("planned", "quick complete"):
        for action in (each for each in ActionId if each not in OPEN_TO_ALL):
            value = await _about_everything(theatre, scene_name)
            if await theatre.did(ANA, press_payload(quiet, ANA, action.value, value)) is not None:
                got.append(f"{action.name} in “{scene_name}”")
        for form in (each for each in ViewId if each not in {*READ_ONLY, ViewId.SETTINGS}):
            value = await _about_everything(theatre, scene_name)
            if await theatre.did(ANA, submission_payload(quiet, ANA, form.value, value, {})) is not None:
                got.append(f"{form.name} in “{scene_name}”")
    assert got == []


async def _about_everything(theatre: Theatre, name: str) -> str:
    scene = await theatre.set(name)
    milestones = () if scene.plan is None else scene.plan.items[0].milestones
    return Reference(
        assessment=scene.assessment.id,
        dimension="data",
        prompt="data-1",
        level=3,
        calculated=3,
        item=ITEM,
        milestone=milestones[0].id if milestones else "",
        action="data-register",
        evidence=EVIDENCE,
        channel=theatre.stage.channel,
    ).encode()


def test_nothing_is_without_an_entry() -> None:
    assert {*BUTTONS, *OPEN_TO_ALL, *BUTTONS_ELSEWHERE} == set(ActionId)
    assert {*FORMS, *READ_ONLY, *FORMS_ELSEWHERE} == set(ViewId)
    assert set(SHORTCUTS) == set(ShortcutId)
    assert set(WORDS) == {name for name, word in ALL_WORDS.items() if word.changes}


def test_nothing_has_two_entries() -> None:
    for some, others in ((BUTTONS, OPEN_TO_ALL), (BUTTONS, BUTTONS_ELSEWHERE), (FORMS, FORMS_ELSEWHERE)):
        assert not set(some) & set(others)


def test_what_is_checked_elsewhere_is_checked_there() -> None:
    root = Path(__file__).parents[3]
    for name in {*BUTTONS_ELSEWHERE.values(), *FORMS_ELSEWHERE.values()}:
        assert (root / name).is_file(), name
