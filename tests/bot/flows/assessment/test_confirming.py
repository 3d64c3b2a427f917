"""The level of a dimension, its confirmation, and the results of all."""

from __future__ import annotations

import re

from model.assessment.assessment import AssessmentState, DimensionState
from model.assessment.history import Happened
from tests.bot.flows.small import form, press
from tests.bot.stage import Stage, keyed, read


async def test_the_level_card_tells_the_sum_in_words(running: Stage) -> None:
    await running.open("leadership")
    for number, level in ((1, 2), (2, 3), (3, 3)):
        await running.press_level(f"leadership-{number}", level)
    text = read(await running.card("level", "leadership"))
    assert "*Leadership: 3 Impactful, calculated*" in text
    assert "the levels 2, 3 and 3 add up to 8; divided by 3 that is 2.7" in text
    assert "A facilitator confirms the level: Nia Pryce." in text
    assert "[Confirm 3 Impactful] [Set another level…]" in text


async def test_confirming_says_so_everywhere(running: Stage) -> None:
    await running.open("culture")
    await running.answer("culture", 4)
    await running.confirm("culture")
    assert "Culture is *4 Mainstreamed*" in await running.whisper(running.nia, "Confirmed")
    await running.until_reads((await running.board()).ts, "*Culture*: 4 Mainstreamed, confirmed")
    await running.until_reads(
        (await running.card("dimension", "culture")).ts, "Level: 4 Mainstreamed, confirmed"
    )
    text = read(await running.card("level", "culture"))
    assert "confirmed by Nia Pryce" in text
    assert "[Change the level…]" in text and "[Confirm" not in text


async def test_another_level_needs_a_reason_and_both_are_kept(running: Stage) -> None:
    await running.open("culture")
    await running.answer("culture", 2)
    card = await running.card("level", "culture")
    await press(running, running.nia, card, "level.set_other")
    view = await form(running, running.nia, "set_level")
    assert "The calculated level is 2 Developing." in view.readable
    assert view.values["level"]["level"]["selected_option"]["value"] == "2"
    outcome = await running.nia.submit({"level": "3"})
    assert outcome.errors == {"reason": "Please give a reason, so that people later can see why."}
    await running.nia.submit({"reason": "The new team began in May."})
    text = read(await running.until_reads(card.ts, "confirmed by"))
    assert "*Culture: 3 Impactful, confirmed by Nia Pryce (calculated: 2 Developing)*" in text
    assert "Reason: The new team began in May." in text
    await press(running, running.nia, card, "level.set_other")
    view = await form(running, running.nia, "set_level")
    assert view.values["reason"]["reason"]["value"] == "The new team began in May."
    await running.nia.submit({"level": "2", "reason": ""})
    await running.until_reads(card.ts, "*Culture: 2 Developing, confirmed by Nia Pryce*")


async def test_a_change_takes_the_confirmation_back(running: Stage) -> None:
    await running.open("culture")
    await running.answer("culture", 4)
    await running.confirm("culture")
    prompt = await running.until_reads((await running.card("prompt", "culture-1")).ts, "[Change]")
    await press(running, running.omar, prompt, "prompt.reopen")
    await running.until_reads(prompt.ts, "Press another level")
    await running.press_level("culture-1", 1, running.omar)
    level = await running.until_reads((await running.card("level", "culture")).ts, "1 Passive, calculated")
    assert "[Confirm 1 Passive]" in read(level)
    await running.until_reads((await running.board()).ts, "*Culture*: 1 Passive, to be confirmed")
    async with running.runtime.bot.database.reading(running.runtime.identity.workspace_id) as work:
        history = await work.assessments.history((await running.assessment()).id)
    assert [entry.what for entry in history][-3:] == [
        Happened.ANSWER_REOPENED,
        Happened.LEVEL_AGREED,
        Happened.CONFIRMATION_WITHDRAWN,
    ]


async def test_the_same_answer_again_leaves_the_confirmation_alone(running: Stage) -> None:
    await running.open("culture")
    await running.answer("culture", 4)
    await running.confirm("culture")
    prompt = await running.until_reads((await running.card("prompt", "culture-1")).ts, "[Change]")
    await press(running, running.omar, prompt, "prompt.reopen")
    await running.until_reads(prompt.ts, "Press another level")
    await running.press_level("culture-1", 4, running.omar)
    await running.until_reads(prompt.ts, "recorded by Omar Shah")
    assert (await running.assessment()).dimension("culture").state is DimensionState.CONFIRMED


async def test_results_appear_become_provisional_follow_and_reappear(stage: Stage) -> None:
    await stage.start(title="All of them")
    await stage.open("leadership", "data", "culture")
    for dimension, level in (("leadership", 4), ("data", 2), ("culture", 5)):
        await stage.answer(dimension, level)
        await stage.confirm(dimension)
    results = await stage.find("results:")
    await stage.still()
    text = read(results)
    assert "Results: All of them" in text
    assert "Overall: 4 Mainstreamed." in text
    assert "the levels 4, 2 and 5 add up to 11; divided by 3 that is 3.7, which rounds to level 4" in text
    assert "What holds it back most: Data." in text
    assert "Leadership: 4 Mainstreamed\nData: 2 Developing\nCulture: 5 Transformative" in text
    assert "Our reading of the calculator." in text
    assert "[Close assessment]" in text
    await stage.until_reads((await stage.board()).ts, "[Close assessment]")

    prompt = await stage.card("prompt", "culture-1")
    for level, words in ((1, "Culture: 1 Passive (provisional)"), (3, "Culture: 3 Impactful (provisional)")):
        await press(stage, stage.omar, prompt, "prompt.reopen")
        await stage.until_reads(prompt.ts, "Press another level")
        await stage.press_level("culture-1", level, stage.omar)
        text = read(await stage.until_reads(results.ts, words))
        assert "Levels so far: All of them" in text
        assert "provisional: 2 of 3 dimensions confirmed" in text
        assert "[Close assessment]" not in text
        await stage.until_reads(prompt.ts, "[Change]")
    await stage.until_reads((await stage.card("level", "culture")).ts, "3 Impactful, calculated")
    await stage.confirm("culture")
    await stage.until_reads(results.ts, "Overall: 3 Impactful.")
    seen = await stage.still()
    pictures = [file.alt_txt for m in seen.messages(stage.channel, results.ts) for file in m.files]
    assert len(pictures) == 2, "one for each set of levels"
    assert "Culture: 5" in pictures[0] and "Culture: 3" in pictures[1]
    assert len(keyed(seen, stage.channel, "results:")) == 1


async def test_closing_ends_it_and_the_next_can_start(stage: Stage) -> None:
    await stage.start("culture", title="The first")
    await stage.open("culture")
    await stage.answer("culture", 3)
    await stage.confirm("culture")
    results = await stage.find("results:")
    await press(stage, stage.nia, results, "assessment.close")
    assert "The results stand" in await stage.whisper(stage.nia, "Closed.")
    board = await stage.until_reads((await stage.board()).ts, "closed by Nia Pryce")
    assert re.findall(r"\[[^\]]+\]", read(board)) == ["[Invite a second team…]"], (
        "nothing else is left to press"
    )
    await stage.still()
    text = read(await stage.find("results:"))
    assert "Overall: 3 Impactful." in text and "[Close assessment]" not in text
    assert (await stage.assessment()).state is AssessmentState.CLOSED
    following = await stage.start("culture", title="The second")
    assert following.title == "The second"


async def test_results_of_two_dimensions_have_no_chart_and_hold_nothing_up(stage: Stage) -> None:
    await stage.start("data", "culture")
    await stage.open("data", "culture")
    for dimension, level in (("data", 2), ("culture", 5)):
        await stage.answer(dimension, level)
        await stage.confirm(dimension)
    text = read(await stage.find("results:"))
    assert "the levels 2 and 5 add up to 7; divided by 2 that is 3.5, and a half rounds up" in text
    seen = await stage.still()
    assert not [file for message in seen.messages(stage.channel) for file in message.files]
