"""Two teams, in one channel or in two, for tests: Nia leads the first, Grace the second."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from bot.sandbox.client.client import Message, PersonHandle
from bot.services.asking import Asked
from bot.services.assessment.stepping import take_step
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment, Role
from model.assessment.steps import AddPeople, ConfirmLevel, OpenDimension, RecordLevel, Step
from tests.bot.flows.small import form, press
from tests.bot.stage import Stage


@dataclass
class TwoTeams:
    """Both sides. Omar votes in the first team, Ana in the second."""

    stage: Stage
    first_id: str
    second_id: str
    second_channel: str

    async def side(self, id_: str) -> Assessment:
        async with self.stage.runtime.bot.database.reading(self.stage.runtime.identity.workspace_id) as work:
            found = await work.assessments.get(id_)
        assert found is not None
        return found

    async def first(self) -> Assessment:
        return await self.side(self.first_id)

    async def second(self) -> Assessment:
        return await self.side(self.second_id)

    def channel_of(self, id_: str) -> str:
        return self.stage.channel if id_ == self.first_id else self.second_channel

    async def message(self, id_: str, kind: str, subject: str = "") -> Message:
        key = f"{kind}:{id_}:{subject}" if subject else f"{kind}:{id_}"
        return await self.stage.find(key, self.channel_of(id_))

    async def reads(self, id_: str, kind: str, subject: str, words: str) -> Message:
        message = await self.message(id_, kind, subject)
        return await self.stage.until_reads(message.ts, words, self.channel_of(id_))

    async def press(
        self, id_: str, person: PersonHandle, action: str, kind: str, subject: str = "", **what: Any
    ) -> None:
        """Press a button on a message of one side."""
        message = await self.message(id_, kind, subject)
        outcome = await person.press(self.channel_of(id_), message.ts, action, **what)
        assert outcome.acknowledged, outcome

    async def vote(self, id_: str, person: PersonHandle, prompt: str, level: int) -> None:
        value = Reference(assessment=id_, prompt=prompt, level=level).encode()
        await self.press(id_, person, "prompt.level", "prompt", prompt, value=value)

    async def open(self, id_: str, person: PersonHandle, dimension: str) -> None:
        value = Reference(assessment=id_, dimension=dimension).encode()
        await self.press(id_, person, "dimension.open", "board", value=value)
        await self.message(id_, "dimension", dimension)

    async def steps(self, id_: str, person: PersonHandle, *steps: Step) -> None:
        """Take steps without pressing anything."""
        bot = self.stage.runtime.bot
        for number, step in enumerate(steps):
            now = bot.clock.now()
            key = f"test:{id_}:{person.id}:{number}:{step}:{now.isoformat()}"
            asked = Asked(self.stage.runtime.identity.workspace_id, person.id, now, key)
            await take_step(bot.desk, asked, id_, step)
        bot.dispatcher.wake()

    async def finish(self, first: dict[str, int], second: dict[str, int]) -> None:
        """Every dimension at one level on either side, opened, answered and confirmed."""
        for id_, levels, lead, voter in (
            (self.first_id, first, self.stage.nia, self.stage.omar),
            (self.second_id, second, self.stage.grace, self.stage.ana),
        ):
            for dimension in levels:
                if (await self.side(id_)).dimension(dimension).opened_at is None:
                    await self.steps(id_, lead, OpenDimension(dimension))
            for dimension, level in levels.items():
                for prompt in (await self.side(id_)).dimension(dimension).prompts:
                    if not prompt.answered:
                        await self.steps(id_, voter, RecordLevel(prompt.prompt_id, level))
        for id_, levels, lead in (
            (self.first_id, first, self.stage.nia),
            (self.second_id, second, self.stage.grace),
        ):
            for dimension, level in levels.items():
                await self.steps(id_, lead, ConfirmLevel(dimension, seen=level, level=level))


async def start_first(stage: Stage, *dimensions: str, **more: Any) -> Assessment:
    """The first team's assessment in together mode, with Omar as its assessor."""
    await stage.start(*dimensions, **{"mode": "together", "title": "Ours", **more})
    first = await stage.assessment()
    await _add(stage, first.id, stage.nia, stage.omar)
    return first


async def open_invitation(stage: Stage, person: PersonHandle | None = None) -> None:
    """Press Invite on the first team's board, and wait for the form."""
    person = person or stage.nia
    await press(stage, person, await stage.board(), "pair.invite")
    await form(stage, person, "invite_team")


def wish(channel: str, **more: Any) -> dict[str, Any]:
    """What is filled in."""
    return {"channel": channel, "team": "Visitors", "kind": "peer", **more}


async def two_teams(stage: Stage, *dimensions: str, channel: str | None = None, **more: Any) -> TwoTeams:
    """Start a first team, invite the second through the form, and put its voter on its roster."""
    first = await start_first(stage, *dimensions, **more)
    where = channel or stage.channel
    there = stage.sandbox.workspace.channels[where]
    stage.sandbox.workspace.put_channel(replace(there, members=there.members | {stage.ana.id}))
    await open_invitation(stage)
    outcome = await stage.nia.submit(wish(where, facilitators=[stage.grace.id]))
    assert outcome.response_action is None, outcome
    await stage.whisper(stage.nia, "Invited: *Visitors*")
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        known = await work.assessments.get(first.id)
        assert known is not None
        second = await work.assessments.other_side(known)
    assert second is not None
    teams = TwoTeams(stage, first.id, second.id, where)
    await teams.message(second.id, "board")
    await _add(stage, second.id, stage.grace, stage.ana)
    return teams


async def _add(stage: Stage, id_: str, lead: PersonHandle, person: PersonHandle) -> None:
    bot = stage.runtime.bot
    asked = Asked(
        stage.runtime.identity.workspace_id, lead.id, bot.clock.now(), f"test:add:{id_}:{person.id}"
    )
    await take_step(bot.desk, asked, id_, AddPeople((person.id,), Role.ASSESSOR))
    bot.dispatcher.wake()
