"""The play of the demo: what the people of a made-up council do, act by act."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.console.demo_stage import DemoStage, StepMissing, acknowledged, read
from bot.console.demo_transcript import Transcript
from bot.sandbox.client import Message, PersonHandle, Seen
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.levels import answer_name
from bot.views.reference import Reference
from model.assessment import DimensionState
from model.framework import Prompt

TITLE = "Saltmarsh: how digital are we?"
# The level of each dimension in the play; anything else is at level 3.
_LEVELS = {"leadership": 3, "strategy": 2, "culture": 3, "capacity": 2, "decision-making": 4, "data": 2}
_EVIDENCE = {
    "leadership": "Board minutes of 14 September: the chief executive asked what changed for residents.",
    "data": "The register of data sets has 31 entries; 12 have an owner. See <the shared drive> & the wiki.",
    "online-experience": "Of 1,840 bin reports last month, 71 % came through the website.",
}
_LINK = "https://intranet.saltmarsh.example/data/register"


@dataclass
class Play:
    """What acts share."""

    stage: DemoStage
    transcript: Transcript

    async def press(
        self,
        person: PersonHandle,
        message: Message,
        action: ActionId,
        label: str,
        reference: Reference | None,
    ) -> None:
        """Somebody presses a button."""
        self.transcript.did(self.stage.full_name(person), f"presses [{label}]")
        value = None if reference is None else reference.encode()
        outcome = await person.press(self.stage.channel, message.ts, action.value, value=value)
        acknowledged(outcome, label)

    async def told(self, person: PersonHandle, words: str) -> None:
        """The bot answers somebody privately."""

        def lines(seen: Seen) -> list[str]:
            return [read(m) for m in seen.ephemerals(person.id) if words in read(m)]

        seen = await self.stage.until(f"a private answer that says “{words}”", lines)
        self.transcript.answered(f"only to {self.stage.full_name(person)}", lines(seen)[-1])

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
        await self.press(person, board, ActionId.OPEN_DIMENSION, f"Open] beside [{name}", reference)
        await self.says(f"dimension:{assessment.id}:{dimension_id}")

    async def level(self, person: PersonHandle, prompt: Prompt, level: int) -> None:
        """Somebody presses a level."""
        assessment = await self.stage.assessment()
        card = await self.stage.message(f"prompt:{assessment.id}:{prompt.id}", prompt.question)
        label = f"{level} {assessment.framework.level(level).name}"
        reference = Reference(assessment=assessment.id, prompt=prompt.id, level=level)
        await self.press(person, card, ActionId.LEVEL, label, reference)
        await self.told(person, f"Recorded: *{label}*")
        await self.says(f"prompt:{assessment.id}:{prompt.id}", "recorded by")

    async def answer_rest(self, person: PersonHandle, dimension_id: str) -> None:
        """Somebody answers every prompt of a dimension that is still asked."""
        framework = (await self.stage.assessment()).framework
        for prompt in framework.dimension(dimension_id).prompts:
            if not (await self.stage.assessment()).prompt(prompt.id).answered:
                await self.level(person, prompt, _LEVELS.get(dimension_id, 3))

    async def confirm(self, person: PersonHandle, dimension_id: str) -> None:
        """A facilitator confirms the calculated level."""
        assessment = await self.stage.assessment()
        level = answer_name(assessment.framework, assessment.dimension_level(dimension_id))
        card = await self.says(f"level:{assessment.id}:{dimension_id}", f"{level}, calculated")
        await self.press(person, card, ActionId.CONFIRM, "Confirm", None)
        await self.stage.message(f"level:{assessment.id}:{dimension_id}", "confirmed by")
        await self.told(person, "Confirmed:")


async def start(play: Play) -> None:
    """Nia starts it from the command."""
    nia = play.stage.person("Nia")
    play.transcript.did("Nia Pryce", "types /milepost")
    acknowledged(await nia.command(play.stage.channel, "/milepost"), "/milepost")
    what = f"fills in the form: “{TITLE}”, all dimensions, and presses [Start]"
    await play.form(nia, ViewId.START, {InputId.TITLE.value: TITLE}, what)
    await play.says("board:")


async def first_dimension(play: Play) -> None:
    """Leadership: opened, answered, with evidence, confirmed; Omar may not confirm."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.open(nia, "leadership")
    assessment = await play.stage.assessment()
    first = assessment.framework.dimension("leadership").prompts[0]
    card = await play.says(f"prompt:{assessment.id}:{first.id}")
    await add_evidence(play, omar, "leadership", card)
    await play.answer_rest(omar, "leadership")
    level = await play.stage.message(f"level:{assessment.id}:leadership", "Confirm ")
    await play.press(omar, level, ActionId.CONFIRM, "Confirm", None)
    await play.told(omar, "Only a facilitator can do this")
    await play.confirm(nia, "leadership")


async def add_evidence(play: Play, person: PersonHandle, dimension_id: str, card: Message) -> None:
    """Somebody adds evidence for the first prompt of a dimension."""
    assessment = await play.stage.assessment()
    await play.press(person, card, ActionId.ADD_EVIDENCE, "Add evidence", None)
    values = {InputId.EVIDENCE_TEXT.value: _EVIDENCE[dimension_id], InputId.EVIDENCE_LINK.value: _LINK}
    await play.form(person, ViewId.EVIDENCE, values, "writes what shows it, adds a link, and presses [Add]")
    await play.told(person, "Your evidence is recorded")
    await play.says(f"evidence:{assessment.id}", _EVIDENCE[dimension_id][:30])


async def side_by_side(play: Play) -> None:
    """Three dimensions at once, by three people."""
    pairs = (("strategy", "Grace"), ("culture", "Tom"), ("capacity", "Ana"))
    for dimension_id, name in pairs:
        await play.open(play.stage.person(name), dimension_id)
    for dimension_id, name in reversed(pairs):
        await play.answer_rest(play.stage.person(name), dimension_id)
    for dimension_id, _ in pairs:
        await play.confirm(play.stage.person("Nia"), dimension_id)


async def change_of_mind(play: Play) -> None:
    """Decision-making: Jo answers, Grace changes it."""
    jo, grace = play.stage.person("Jo"), play.stage.person("Grace")
    await play.open(jo, "decision-making")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("decision-making").prompts[0]
    await play.level(jo, prompt, 2)
    card = await play.stage.message(f"prompt:{assessment.id}:{prompt.id}", "recorded by")
    await play.press(grace, card, ActionId.REOPEN, "Change", None)
    await play.says(f"prompt:{assessment.id}:{prompt.id}", "Press another level")
    await play.level(grace, prompt, _LEVELS["decision-making"])
    await play.answer_rest(jo, "decision-making")
    await play.confirm(play.stage.person("Nia"), "decision-making")


async def put_off_and_restart(play: Play) -> None:
    """User-centred design is put off; the bot is stopped and started again; then it is answered."""
    tom = play.stage.person("Tom")
    await play.open(tom, "user-centred-design")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("user-centred-design").prompts[0]
    key = f"prompt:{assessment.id}:{prompt.id}"
    await play.press(tom, await play.stage.message(key, prompt.question), ActionId.PUT_OFF, "Put off", None)
    await play.told(tom, "Put off.")
    card = await play.says(key, "Answer now")
    play.transcript.did("The IT officer", "stops the bot, and starts it again")
    await play.stage.stop_bot()
    await play.stage.start_bot()
    await play.press(tom, card, ActionId.REOPEN, "Answer now", None)
    await play.stage.message(key, "Press the highest level")
    await play.answer_rest(tom, "user-centred-design")
    await play.confirm(play.stage.person("Nia"), "user-centred-design")


async def pause_and_resume(play: Play) -> None:
    """A pause over an election, a press meanwhile, and on again."""
    nia, ana = play.stage.person("Nia"), play.stage.person("Ana")
    await play.open(ana, "online-experience")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("online-experience").prompts[0]
    key = f"prompt:{assessment.id}:{prompt.id}"
    card = await play.stage.message(key, prompt.question)
    board = await play.stage.message("board:")
    await play.press(nia, board, ActionId.PAUSE, "Pause", None)
    await play.told(nia, "Paused.")
    paused = await play.stage.message(key, "the assessment is paused")
    await add_evidence(play, ana, "online-experience", paused)
    await play.press(nia, await play.stage.message("board:", "Resume"), ActionId.RESUME, "Resume", None)
    await play.told(nia, "Carrying on.")
    await play.stage.message(key, "Press the highest level")
    if card.ts != paused.ts:
        raise StepMissing("the card was posted anew instead of edited")
    await play.answer_rest(ana, "online-experience")
    await play.confirm(nia, "online-experience")


async def set_another_level(play: Play) -> None:
    """Data: calculated 2, set to 3 with a reason; both are kept."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.open(omar, "data")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("data").prompts[0]
    card = await play.stage.message(f"prompt:{assessment.id}:{prompt.id}", prompt.question)
    await add_evidence(play, omar, "data", card)
    await play.answer_rest(omar, "data")
    level = await play.says(f"level:{assessment.id}:data", "Confirm ")
    await play.press(nia, level, ActionId.SET_OTHER, "Set another level…", None)
    values = {
        InputId.LEVEL.value: "3",
        InputId.REASON.value: "The new register went live after the last audit.",
    }
    await play.form(nia, ViewId.SET_LEVEL, values, "chooses 3, gives the reason, and presses [Confirm]")
    await play.says(f"level:{assessment.id}:data", "(calculated: 2")


async def not_applicable(play: Play) -> None:
    """Technology: one question is marked not applicable; Omar sees that it does apply, and changes it."""
    grace, omar = play.stage.person("Grace"), play.stage.person("Omar")
    await play.open(grace, "technology")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("technology").prompts[0]
    key = f"prompt:{assessment.id}:{prompt.id}"
    card = await play.stage.message(key, prompt.question)
    await play.press(grace, card, ActionId.NOT_APPLICABLE, "Not applicable…", None)
    values = {InputId.REASON.value: "The county runs this for us under the shared service."}
    await play.form(grace, ViewId.NOT_APPLICABLE, values, "gives the reason, and presses [Record]")
    await play.told(grace, "Recorded: *not applicable*")
    settled = await play.says(key, "*Not applicable*")
    await play.press(omar, settled, ActionId.REOPEN, "Change", None)
    await play.stage.message(key, "Press another level")
    await play.level(omar, prompt, 3)
    await play.answer_rest(grace, "technology")
    await play.confirm(play.stage.person("Nia"), "technology")


async def last_dimension(play: Play) -> None:
    """Whatever is left."""
    nia, jo = play.stage.person("Nia"), play.stage.person("Jo")
    for dimension in (await play.stage.assessment()).dimensions:
        if dimension.state is DimensionState.NOT_OPENED:
            await play.open(jo, dimension.dimension_id)
            await play.answer_rest(jo, dimension.dimension_id)
            await play.confirm(nia, dimension.dimension_id)


async def results(play: Play) -> None:
    """Results, chart, status and scores; then it is closed."""
    nia = play.stage.person("Nia")
    message = await play.says("results:", "Overall: ")
    await play.stage.until(
        "the chart", lambda seen: [m for m in seen.messages(play.stage.channel, message.ts) if m.files]
    )
    play.transcript.answered("in the thread", "[a radar chart of the levels]")
    for word, answer in (("status", "Where you are"), ("scores", "Results:")):
        play.transcript.did("Nia Pryce", f"types /milepost {word}")
        acknowledged(await nia.command(play.stage.channel, f"/milepost {word}"), word)
        await play.told(nia, answer)
    await play.press(nia, message, ActionId.CLOSE, "Close assessment", None)
    await play.says("board:", "closed by Nia Pryce")


ACTS: tuple[tuple[str, Callable[[Play], Awaitable[None]]], ...] = (
    ("Nia starts an assessment", start),
    ("Leadership, with evidence", first_dimension),
    ("Three dimensions side by side", side_by_side),
    ("A change of mind", change_of_mind),
    ("Put off, and a restart in between", put_off_and_restart),
    ("A pause", pause_and_resume),
    ("A level set with a reason", set_another_level),
    ("Not applicable, or is it?", not_applicable),
    ("The last dimension", last_dimension),
    ("Results", results),
)
