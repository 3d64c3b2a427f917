"""The acts of the demo: what the people of a made-up council do, one after another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.console.demo_play import Play
from bot.console.demo_stage import StepMissing
from bot.sandbox.client import Message, PersonHandle
from bot.views.ids import ActionId, InputId, ViewId
from model.assessment import DimensionState, Mode

TITLE = "Saltmarsh: how digital are we?"
# The level of each dimension in the play.
_LEVELS = {"leadership": 3, "strategy": 2, "culture": 3, "capacity": 2, "decision-making": 4, "data": 2}
_OTHERWISE = 3
_EVIDENCE = {
    "leadership": "Board minutes of 14 September: the chief executive asked what changed for residents.",
    "data": "The register of data sets has 31 entries; 12 have an owner. See <the shared drive> & the wiki.",
    "online-experience": "Of 1,840 bin reports last month, 71 % came through the website.",
}
_LINK = "https://intranet.saltmarsh.example/data/register"


async def start(play: Play) -> None:
    """Nia starts it from the command."""
    nia = play.stage.person("Nia")
    await play.command(nia, "/milepost")
    what = f"fills in the form: “{TITLE}”, all dimensions, quick mode, and presses [Start]"
    await play.form(
        nia, ViewId.START, {InputId.TITLE.value: TITLE, InputId.MODE.value: Mode.QUICK.value}, what
    )
    await play.says("board:")


async def first_dimension(play: Play) -> None:
    """Leadership: opened, answered, with evidence, confirmed; Omar may not confirm."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.open(nia, "leadership")
    assessment = await play.stage.assessment()
    first = assessment.framework.dimension("leadership").prompts[0]
    card = await play.says(f"prompt:{assessment.id}:{first.id}")
    await add_evidence(play, omar, "leadership", card)
    await answer_rest(play, omar, "leadership")
    level = await play.stage.message(f"level:{assessment.id}:leadership", "Confirm ")
    await play.press(omar, level, ActionId.CONFIRM, "[Confirm]")
    await play.told(omar, "Only a facilitator can do this")
    await play.confirm(nia, "leadership")


async def add_evidence(play: Play, person: PersonHandle, dimension_id: str, card: Message) -> None:
    """Somebody adds evidence for the first prompt of a dimension."""
    assessment = await play.stage.assessment()
    await play.press(person, card, ActionId.ADD_EVIDENCE, "[Add evidence]")
    values = {InputId.EVIDENCE_TEXT.value: _EVIDENCE[dimension_id], InputId.EVIDENCE_LINK.value: _LINK}
    await play.form(person, ViewId.EVIDENCE, values, "writes what shows it, adds a link, and presses [Add]")
    await play.told(person, "Your evidence is recorded")
    await play.says(f"evidence:{assessment.id}", _EVIDENCE[dimension_id][:30])


async def answer_rest(play: Play, person: PersonHandle, dimension_id: str) -> None:
    """Somebody answers whatever a dimension still asks."""
    await play.answer_rest(person, dimension_id, _LEVELS.get(dimension_id, _OTHERWISE))


async def side_by_side(play: Play) -> None:
    """Three dimensions at once, by three people."""
    pairs = (("strategy", "Grace"), ("culture", "Tom"), ("capacity", "Ana"))
    for dimension_id, name in pairs:
        await play.open(play.stage.person(name), dimension_id)
    for dimension_id, name in reversed(pairs):
        await answer_rest(play, play.stage.person(name), dimension_id)
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
    await play.press(grace, card, ActionId.REOPEN, "[Change]")
    await play.says(f"prompt:{assessment.id}:{prompt.id}", "Press another level")
    await play.level(grace, prompt, _LEVELS["decision-making"])
    await answer_rest(play, jo, "decision-making")
    await play.confirm(play.stage.person("Nia"), "decision-making")


async def put_off_and_restart(play: Play) -> None:
    """User-centred design is put off; the bot is stopped and started again; then it is answered."""
    tom = play.stage.person("Tom")
    await play.open(tom, "user-centred-design")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("user-centred-design").prompts[0]
    key = f"prompt:{assessment.id}:{prompt.id}"
    await play.press(tom, await play.stage.message(key, prompt.question), ActionId.PUT_OFF, "[Put off]")
    await play.told(tom, "Put off.")
    card = await play.says(key, "Answer now")
    play.transcript.did("The IT officer", "stops the bot, and starts it again")
    await play.stage.stop_bot()
    await play.stage.start_bot()
    await play.press(tom, card, ActionId.REOPEN, "[Answer now]")
    await play.stage.message(key, "Press the highest level")
    await answer_rest(play, tom, "user-centred-design")
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
    await play.press(nia, board, ActionId.PAUSE, "[Pause]")
    await play.told(nia, "Paused.")
    paused = await play.stage.message(key, "the assessment is paused")
    await add_evidence(play, ana, "online-experience", paused)
    await play.press(nia, await play.stage.message("board:", "Resume"), ActionId.RESUME, "[Resume]")
    await play.told(nia, "Carrying on.")
    await play.stage.message(key, "Press the highest level")
    if card.ts != paused.ts:
        raise StepMissing("the card was posted anew instead of edited")
    await answer_rest(play, ana, "online-experience")
    await play.confirm(nia, "online-experience")


async def set_another_level(play: Play) -> None:
    """Data: calculated 2, set to 3 with a reason; both are kept."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.open(omar, "data")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("data").prompts[0]
    card = await play.stage.message(f"prompt:{assessment.id}:{prompt.id}", prompt.question)
    await add_evidence(play, omar, "data", card)
    await answer_rest(play, omar, "data")
    level = await play.says(f"level:{assessment.id}:data", "Confirm ")
    await play.press(nia, level, ActionId.SET_OTHER, "[Set another level…]")
    values = {
        InputId.LEVEL.value: "3",
        InputId.REASON.value: "The new register went live after the last audit.",
    }
    await play.form(nia, ViewId.SET_LEVEL, values, "chooses 3, gives the reason, and presses [Confirm]")
    await play.says(f"level:{assessment.id}:data", "(calculated: 2")
    await play.told(nia, "Confirmed: ")


async def not_applicable(play: Play) -> None:
    """Technology: one question is marked not applicable; Omar sees that it does apply, and changes it."""
    grace, omar = play.stage.person("Grace"), play.stage.person("Omar")
    await play.open(grace, "technology")
    assessment = await play.stage.assessment()
    prompt = assessment.framework.dimension("technology").prompts[0]
    key = f"prompt:{assessment.id}:{prompt.id}"
    card = await play.stage.message(key, prompt.question)
    await play.press(grace, card, ActionId.NOT_APPLICABLE, "[Not applicable…]")
    values = {InputId.REASON.value: "The county runs this for us under the shared service."}
    await play.form(grace, ViewId.NOT_APPLICABLE, values, "gives the reason, and presses [Record]")
    await play.told(grace, "Recorded: *not applicable*")
    settled = await play.says(key, "*Not applicable*")
    await play.press(omar, settled, ActionId.REOPEN, "[Change]")
    await play.stage.message(key, "Press another level")
    await play.level(omar, prompt, _OTHERWISE)
    await answer_rest(play, grace, "technology")
    await play.confirm(play.stage.person("Nia"), "technology")


async def last_dimension(play: Play) -> None:
    """Whatever is left."""
    nia, jo = play.stage.person("Nia"), play.stage.person("Jo")
    for dimension in (await play.stage.assessment()).dimensions:
        if dimension.state is DimensionState.NOT_OPENED:
            await play.open(jo, dimension.dimension_id)
            await answer_rest(play, jo, dimension.dimension_id)
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
        await play.command(nia, f"/milepost {word}")
        await play.told(nia, answer)
    await play.press(nia, message, ActionId.CLOSE, "[Close assessment]")
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
