"""The first acts of the demo: the start, the team, and the first dimension in full."""

from __future__ import annotations

from bot.demo.play import Play
from bot.demo.team import add_evidence, answer_rest, prompts_of
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from model.assessment.roster import Role

TITLE = "Saltmarsh: how digital are we?"


async def start(play: Play) -> None:
    """Nia starts it from the command; together mode is what the form offers."""
    nia = play.stage.person("Nia")
    await play.command(nia, "/milepost")
    what = f"fills in the form: “{TITLE}”, all dimensions, together, and presses [Start]"
    await play.form(nia, ViewId.START, {InputId.TITLE.value: TITLE}, what)
    await play.says("board:")


async def gather(play: Play) -> None:
    """Omar joins by himself, and Nia puts the others on the list."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.press(omar, await play.stage.message("board:"), ActionId.JOIN, "[Join]")
    await play.told(omar, "You take part as an assessor in")
    await play.press(nia, await play.stage.message("board:"), ActionId.PEOPLE, "[People…]")
    people = [play.stage.person(name).id for name in ("Grace", "Tom", "Ana", "Jo")]
    values = {InputId.PEOPLE.value: people, InputId.ROLE.value: Role.ASSESSOR.value}
    await play.form(nia, ViewId.PEOPLE, values, "adds Grace, Tom, Ana and Jo as assessors")
    await play.told(nia, "4 people are on the list")
    await play.says("board:", "5 assessors")


async def leadership(play: Play) -> None:
    """Five opinions, hidden until the last is in; only Nia may agree and confirm."""
    nia, omar, jo = (play.stage.person(name) for name in ("Nia", "Omar", "Jo"))
    await play.open(nia, "leadership")
    first = (await prompts_of(play, "leadership"))[0]
    card = await play.says_card(first, "*Waiting for*")
    await add_evidence(play, omar, "leadership", card)
    await play.vote(omar, first, 2)
    await play.ballots(first, {"Grace": 3, "Tom": 3, "Ana": 3})
    await play.says_card(first, "*Waiting for*: Jo Keane")
    await play.vote(jo, first, 5)
    card = await play.says_card(first, "Spread: from 2 to 5")
    await play.press(omar, card, ActionId.AGREE, "[Agree 3]")
    await play.told(omar, "Only a facilitator can do this")
    await play.agree(nia, first)
    await answer_rest(play, "leadership", nia)
    assessment = await play.stage.assessment()
    level = await play.stage.message(f"level:{assessment.id}:leadership", "Confirm ")
    await play.press(omar, level, ActionId.CONFIRM, "[Confirm]")
    await play.told(omar, "Only a facilitator can do this")
    await play.confirm(nia, "leadership")
