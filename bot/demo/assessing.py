"""The acts of the demo between the first dimension and the results."""

from __future__ import annotations

from bot.demo.play import Play
from bot.demo.stage import StepMissing
from bot.demo.team import ASSESSORS, add_evidence, answer_rest, base, prompts_of
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import DimensionState


async def side_by_side(play: Play) -> None:
    """Grace leads Culture while Nia leads Strategy, where Jo thinks better of a vote before the reveal."""
    nia, grace, jo = (play.stage.person(name) for name in ("Nia", "Grace", "Jo"))
    await play.open(nia, "strategy")
    await play.open(grace, "culture")
    assessment = await play.stage.assessment()
    key = f"dimension:{assessment.id}:culture"
    await play.press(nia, await play.stage.message(key), ActionId.GIVE_LEAD, "[Lead…] of Culture")
    await play.form(nia, ViewId.LEAD, {InputId.PEOPLE.value: grace.id}, "gives Culture to Grace Obi")
    await play.says(key, "Led by Grace Obi")
    first = (await prompts_of(play, "strategy"))[0]
    await play.vote(jo, first, 4)
    await play.vote(jo, first, base("strategy"))
    await play.ballots(first, dict.fromkeys(ASSESSORS[:-1], base("strategy")))
    await play.says_card(first, "all 5 votes were the same")
    await answer_rest(play, "culture", grace)
    await answer_rest(play, "strategy", nia)
    await play.confirm(grace, "culture")
    await play.confirm(nia, "strategy")


async def abstention(play: Play) -> None:
    """Ana works in another service: the first question of Capacity is not hers, and nobody waits for her."""
    nia, ana = play.stage.person("Nia"), play.stage.person("Ana")
    await play.open(nia, "capacity")
    first = (await prompts_of(play, "capacity"))[0]
    await play.press(ana, await play.card(first), ActionId.ABSTAIN, "[Not for me]")
    await play.told(ana, "Recorded: *not for me*")
    await play.ballots(first, {"Omar": 2, "Grace": 2, "Tom": 1, "Jo": 2})
    await play.says_card(first, "Not for them: Ana Reis.")
    await play.agree(nia, first)
    await answer_rest(play, "capacity", nia)
    await play.confirm(nia, "capacity")


async def late_vote(play: Play) -> None:
    """Nia reveals without Tom, who votes afterwards; his vote is marked."""
    nia, tom = play.stage.person("Nia"), play.stage.person("Tom")
    await play.open(nia, "decision-making")
    first = (await prompts_of(play, "decision-making"))[0]
    await play.ballots(first, {"Omar": 4, "Grace": 4, "Ana": 3, "Jo": 4})
    card = await play.card(first, "*Waiting for*: Tom Hurst")
    await play.press(nia, card, ActionId.REVEAL, "[Reveal]")
    await play.told(nia, "Revealed: ")
    card = await play.card(first, "Did not vote: Tom Hurst.")
    assessment = await play.stage.assessment()
    play.transcript.did("Tom Hurst", "chooses 4 Mainstreamed under [Change my vote]")
    late = Reference(assessment=assessment.id, prompt=first.id, level=4).encode()
    await tom.choose(play.stage.channel, card.ts, ActionId.LEVEL.value, option=late)
    await play.told(tom, "The votes are revealed")
    await play.says_card(first, "Tom Hurst (voted after the reveal)")
    await play.agree(nia, first)
    await answer_rest(play, "decision-making", nia)
    await play.confirm(nia, "decision-making")


async def put_off_and_restart(play: Play) -> None:
    """A question is put off with two votes in; the bot is stopped and started; then it is taken up again."""
    nia = play.stage.person("Nia")
    await play.open(nia, "user-centred-design")
    first = (await prompts_of(play, "user-centred-design"))[0]
    await play.ballots(first, {"Omar": 3, "Grace": 3})
    await play.press(nia, await play.card(first, "✓ Grace Obi"), ActionId.PUT_OFF, "[Put off]")
    await play.told(nia, "Put off.")
    card = await play.says_card(first, "Answer now")
    play.transcript.did("The IT officer", "stops the bot, and starts it again")
    await play.stage.stop_bot()
    await play.stage.start_bot()
    await play.press(nia, card, ActionId.REOPEN, "[Answer now]")
    await play.says_card(first, "*Voted* (2): ✓ Omar Shah and ✓ Grace Obi")
    await play.ballots(first, {"Tom": 3, "Ana": 3, "Jo": 3})
    await play.says_card(first, "all 5 votes were the same")
    await answer_rest(play, "user-centred-design", nia)
    await play.confirm(nia, "user-centred-design")


async def pause_and_resume(play: Play) -> None:
    """A pause over an election, evidence meanwhile, and on again."""
    nia, ana = play.stage.person("Nia"), play.stage.person("Ana")
    await play.open(ana, "online-experience")
    first = (await prompts_of(play, "online-experience"))[0]
    card = await play.card(first)
    await play.press(nia, await play.stage.message("board:"), ActionId.PAUSE, "[Pause]")
    await play.told(nia, "Paused.")
    paused = await play.card(first, "the assessment is paused")
    await add_evidence(play, ana, "online-experience", paused)
    await play.press(nia, await play.stage.message("board:", "Resume"), ActionId.RESUME, "[Resume]")
    await play.told(nia, "Carrying on.")
    await play.card(first, "Press the highest level")
    if card.ts != paused.ts:
        raise StepMissing("the card was posted anew instead of edited")
    await answer_rest(play, "online-experience", nia)
    await play.confirm(nia, "online-experience")


async def set_another_level(play: Play) -> None:
    """Data: calculated 2, set to 3 with a reason; both are kept."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.open(omar, "data")
    first = (await prompts_of(play, "data"))[0]
    await add_evidence(play, omar, "data", await play.card(first))
    await answer_rest(play, "data", nia)
    assessment = await play.stage.assessment()
    level = await play.says(f"level:{assessment.id}:data", "Confirm ")
    await play.press(nia, level, ActionId.SET_OTHER, "[Set another level…]")
    values = {
        InputId.LEVEL.value: "3",
        InputId.REASON.value: "The new register went live after the last audit.",
    }
    await play.form(nia, ViewId.SET_LEVEL, values, "chooses 3, gives the reason, and presses [Confirm]")
    await play.says(f"level:{assessment.id}:data", "(calculated: 2")
    await play.told(nia, "Confirmed: ")


async def reopened(play: Play) -> None:
    """Technology: the first question is agreed; Grace remembers the old depot system; it is agreed anew."""
    nia, grace = play.stage.person("Nia"), play.stage.person("Grace")
    await play.open(nia, "technology")
    first = (await prompts_of(play, "technology"))[0]
    await play.ballots(first, dict.fromkeys(ASSESSORS, 4))
    settled = await play.says_card(first, "all 5 votes were the same")
    await play.press(nia, settled, ActionId.REOPEN_AGREED, "[Reopen…]")
    reason = {InputId.REASON.value: "Grace: the depot still runs on the old system."}
    await play.form(nia, ViewId.REOPEN, reason, "gives the reason, and presses [Reopen]")
    card = await play.card(first, "Spread: all the same")
    assessment = await play.stage.assessment()
    play.transcript.did("Grace Obi", "chooses 2 Developing under [Change my vote]")
    changed = Reference(assessment=assessment.id, prompt=first.id, level=2).encode()
    await grace.choose(play.stage.channel, card.ts, ActionId.LEVEL.value, option=changed)
    await play.told(grace, "The votes are revealed")
    card = await play.says_card(first, "Grace Obi (voted after the reveal) – 2 levels below the median")
    await play.press(nia, card, ActionId.AGREE_OTHER, "[Another level or dissent…]")
    values = {
        InputId.LEVEL.value: "3",
        InputId.REASON.value: "All but the depot is on the new system.",
        InputId.DISSENT.value: "Omar and Tom would not count the depot, which closes in March.",
    }
    await play.form(nia, ViewId.AGREE, values, "chooses 3, gives reason and dissent, and presses [Agree]")
    await play.says_card(first, "Dissent: ")
    await answer_rest(play, "technology", nia)
    await play.confirm(nia, "technology")


async def last_dimension(play: Play) -> None:
    """Whatever is left."""
    nia, jo = play.stage.person("Nia"), play.stage.person("Jo")
    for dimension in (await play.stage.assessment()).dimensions:
        if dimension.state is DimensionState.NOT_OPENED:
            await play.open(jo, dimension.dimension_id)
            await answer_rest(play, dimension.dimension_id, nia)
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
