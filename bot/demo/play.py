"""What people can do in the demo, each waiting for what the bot answers to it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.demo.stage import DemoStage, StepMissing, acknowledged, read
from bot.demo.transcript import Transcript
from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import answer_name
from bot.views.wording.text import join_names
from model.assessment.assessment import Assessment
from model.framework.framework import Prompt


@dataclass
class Play:
    """What acts share. `_heard` counts the private answers each person has had, since they repeat."""

    stage: DemoStage
    transcript: Transcript
    _heard: dict[str, int] = field(default_factory=dict)
    _begun: Assessment | None = None

    async def begun(self) -> Assessment:
        """The assessment as it was when first asked for: for its id and its framework, which never change."""
        if self._begun is None:
            self._begun = await self.stage.assessment()
        return self._begun

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
        await self.form_opened(person, view)
        self.transcript.did(self.stage.full_name(person), what)
        outcome = acknowledged(await person.submit(values), what)
        if outcome.errors:
            raise StepMissing(f"the form was refused: {outcome.errors}")

    async def form_opened(self, person: PersonHandle, view: ViewId) -> None:
        """A form, or something to read, is in front of somebody."""

        def there(seen: Seen) -> bool:
            modal = seen.modal(person.id)
            return modal is not None and modal.callback_id == view.value

        await self.stage.until(f"the form {view.value}", there)

    async def form_has(self, person: PersonHandle, block_id: str) -> None:
        """The form in front of somebody has a field, which may come only after a choice in it."""

        def has(seen: Seen) -> bool:
            modal = seen.modal(person.id)
            return modal is not None and block_id in (modal.values or {})

        await self.stage.until(f"the field {block_id}", has)

    async def set_status(self, person: PersonHandle, title: str, status: str) -> None:
        """An owner opens an item from the list of their own and sets its status."""
        answer = await self.asked(person, "/milepost plan mine", title)
        acknowledged(await person.press_ephemeral(answer.ts, ActionId.OPEN_ITEM.value), title)
        await self.form_opened(person, ViewId.ITEM)
        self.transcript.did(self.stage.full_name(person), f"sets “{title}” to {status}")
        acknowledged(await person.modal_press(ActionId.ITEM_STATUS.value, status), status)

    async def asked(self, person: PersonHandle, line: str, words: str) -> Message:
        """Somebody types a command; the private answer to it, which says these words."""
        before = len((await self.stage.slack.seen()).ephemerals(person.id))
        await self.command(person, line)

        def saying(seen: Seen) -> list[Message]:
            return [message for message in seen.ephemerals(person.id)[before:] if words in read(message)]

        return saying(await self.stage.until(f"an answer to {line}", saying))[-1]

    async def open(self, person: PersonHandle, dimension_id: str) -> None:
        """Somebody opens a dimension."""
        assessment = await self.stage.assessment()
        board = await self.stage.message("board:")
        name = assessment.framework.dimension(dimension_id).name
        reference = Reference(assessment=assessment.id, dimension=dimension_id)
        await self.press(person, board, ActionId.OPEN_DIMENSION, f"[Open] beside {name}", reference)
        await self.says(f"dimension:{assessment.id}:{dimension_id}")

    async def card(self, prompt: Prompt, words: str = "") -> Message:
        """The card of a prompt, once it says something; shown to nobody."""
        assessment = await self.begun()
        return await self.stage.message(f"prompt:{assessment.id}:{prompt.id}", words or prompt.question)

    async def says_card(self, prompt: Prompt, words: str) -> Message:
        """The card of a prompt, once it says something; shown in the transcript."""
        assessment = await self.begun()
        return await self.says(f"prompt:{assessment.id}:{prompt.id}", words)

    async def vote(self, person: PersonHandle, prompt: Prompt, level: int) -> None:
        """Somebody presses a level and gets the receipt."""
        label = await self._label(level)
        self.transcript.did(self.stage.full_name(person), f"presses [{label}] under “{prompt.question}”")
        await self._cast(person, prompt, level)
        await self.told(person, f"Recorded: *{label}*")

    async def ballots(self, prompt: Prompt, levels: Mapping[str, int]) -> None:
        """Several people vote at the same moment; each waits for the receipt, which is left out here."""
        people = [self.stage.person(name) for name in levels]
        names = join_names([self.stage.full_name(person) for person in people])
        cast = join_names([str(level) for level in levels.values()])
        self.transcript.did(names, f"press {cast} under “{prompt.question}”, each with a private receipt")
        await asyncio.gather(*map(self._ballot, people, [prompt] * len(people), levels.values()))

    async def _ballot(self, person: PersonHandle, prompt: Prompt, level: int) -> None:
        await self._cast(person, prompt, level)
        await self._hears(person, f"Recorded: *{await self._label(level)}*")

    async def _cast(self, person: PersonHandle, prompt: Prompt, level: int) -> None:
        assessment = await self.begun()
        card = await self.card(prompt)
        value = Reference(assessment=assessment.id, prompt=prompt.id, level=level).encode()
        pressed = await person.press(self.stage.channel, card.ts, ActionId.LEVEL.value, value=value)
        acknowledged(pressed, f"a level under {prompt.id}")

    async def _label(self, level: int) -> str:
        framework = (await self.begun()).framework
        return f"{level} {framework.level(level).name}"

    async def agree(self, person: PersonHandle, prompt: Prompt, *, briefly: bool = False) -> None:
        """Somebody who leads agrees the median; `briefly` leaves the card out of the transcript."""
        card = await self.card(prompt, "Agree ")
        median = (await self.stage.assessment()).prompt(prompt.id).median
        await self.press(person, card, ActionId.AGREE, f"[Agree {median}]")
        if briefly:
            await self._hears(person, "Agreed: ")
            await self.card(prompt, "agreed by")
        else:
            await self.told(person, "Agreed: ")
            await self.says_card(prompt, "agreed by")

    async def confirm(self, person: PersonHandle, dimension_id: str) -> None:
        """A facilitator confirms the calculated level."""
        assessment = await self.stage.assessment()
        level = answer_name(assessment.framework, assessment.dimension_level(dimension_id))
        key = f"level:{assessment.id}:{dimension_id}"
        card = await self.says(key, f"{level}, calculated")
        await self.press(person, card, ActionId.CONFIRM, f"[Confirm {level}]")
        await self.stage.message(key, "confirmed by")
        await self.told(person, f"Confirmed: {assessment.framework.dimension(dimension_id).name}")
