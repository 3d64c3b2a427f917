"""What people can do in the demo, each waiting for what the bot answers to it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.console.demo_stage import DemoStage, StepMissing, acknowledged, read
from bot.console.demo_transcript import Transcript
from bot.sandbox.client import Message, PersonHandle, Seen
from bot.views.ids import ActionId, ViewId
from bot.views.levels import answer_name
from bot.views.reference import Reference
from model.framework import Prompt


@dataclass
class Play:
    """What acts share. `_heard` counts the private answers each person has had, since they repeat."""

    stage: DemoStage
    transcript: Transcript
    _heard: dict[str, int] = field(default_factory=dict)

    async def press(
        self,
        person: PersonHandle,
        message: Message,
        action: ActionId,
        label: str,
        reference: Reference | None = None,
    ) -> None:
        """Somebody presses a button; `label` is what is on it, and what else helps to follow."""
        self.transcript.did(self.stage.full_name(person), f"presses {label}")
        value = None if reference is None else reference.encode()
        outcome = await person.press(self.stage.channel, message.ts, action.value, value=value)
        acknowledged(outcome, label)

    async def command(self, person: PersonHandle, line: str) -> None:
        """Somebody types a slash command."""
        self.transcript.did(self.stage.full_name(person), f"types {line}")
        acknowledged(await person.command(self.stage.channel, line), line)

    async def told(self, person: PersonHandle, words: str) -> None:
        """The bot answers somebody privately."""
        self.transcript.answered(f"only to {self.stage.full_name(person)}", await self._hears(person, words))

    async def _hears(self, person: PersonHandle, words: str) -> str:
        already = self._heard.get(person.id, 0)

        def new(seen: Seen) -> list[tuple[int, str]]:
            private = enumerate(map(read, seen.ephemerals(person.id)), 1)
            return [(number, text) for number, text in private if number > already and words in text]

        seen = await self.stage.until(f"a private answer that says “{words}”", new)
        self._heard[person.id], text = new(seen)[0]
        return text

    async def says(self, key_start: str, words: str = "") -> Message:
        """The bot says something in the channel or a thread."""
        message = await self.stage.message(key_start, words)
        where = "in the thread" if message.is_reply else "in the channel"
        self.transcript.answered(where, read(message))
        return message

    async def form(self, person: PersonHandle, view: ViewId, values: dict[str, Any], what: str) -> None:
        """Somebody fills in a form and sends it."""

        def open_form(seen: Seen) -> bool:
            modal = seen.modal(person.id)
            return modal is not None and modal.callback_id == view.value

        await self.stage.until(f"the form {view.value}", open_form)
        self.transcript.did(self.stage.full_name(person), what)
        outcome = acknowledged(await person.submit(values), what)
        if outcome.errors:
            raise StepMissing(f"the form was refused: {outcome.errors}")

    async def open(self, person: PersonHandle, dimension_id: str) -> None:
        """Somebody opens a dimension."""
        assessment = await self.stage.assessment()
        board = await self.stage.message("board:")
        name = assessment.framework.dimension(dimension_id).name
        reference = Reference(assessment=assessment.id, dimension=dimension_id)
        await self.press(person, board, ActionId.OPEN_DIMENSION, f"[Open] beside {name}", reference)
        await self.says(f"dimension:{assessment.id}:{dimension_id}")

    async def level(self, person: PersonHandle, prompt: Prompt, level: int, *, briefly: bool = False) -> None:
        """Somebody presses a level.

        Args:
            person: Who.
            prompt: Under which question.
            level: Which level.
            briefly: Whether the transcript leaves out what the bot answers; it is waited for all the same.
        """
        assessment = await self.stage.assessment()
        key = f"prompt:{assessment.id}:{prompt.id}"
        card = await self.stage.message(key, prompt.question)
        label = f"{level} {assessment.framework.level(level).name}"
        reference = Reference(assessment=assessment.id, prompt=prompt.id, level=level)
        what = f"[{label}] under “{prompt.question}”"
        await self.press(person, card, ActionId.LEVEL, what, reference)
        receipt, settled = f"Recorded: *{label}*", f"*{label}*, recorded by {self.stage.full_name(person)}"
        if briefly:
            await self._hears(person, receipt)
            await self.stage.message(key, settled)
        else:
            await self.told(person, receipt)
            await self.says(key, settled)

    async def answer_rest(self, person: PersonHandle, dimension_id: str, level: int) -> None:
        """Somebody answers every prompt of a dimension that is still asked; all but the first in brief."""
        framework = (await self.stage.assessment()).framework
        briefly = False
        for prompt in framework.dimension(dimension_id).prompts:
            if not (await self.stage.assessment()).prompt(prompt.id).answered:
                await self.level(person, prompt, level, briefly=briefly)
                briefly = True

    async def confirm(self, person: PersonHandle, dimension_id: str) -> None:
        """A facilitator confirms the calculated level."""
        assessment = await self.stage.assessment()
        level = answer_name(assessment.framework, assessment.dimension_level(dimension_id))
        key = f"level:{assessment.id}:{dimension_id}"
        card = await self.says(key, f"{level}, calculated")
        await self.press(person, card, ActionId.CONFIRM, f"[Confirm {level}]")
        await self.stage.message(key, "confirmed by")
        await self.told(person, f"Confirmed: {assessment.framework.dimension(dimension_id).name}")
