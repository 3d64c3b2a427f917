"""`/milepost whatif`: private answers, in a channel and in a thread, to questions with slips."""

from __future__ import annotations

import pytest

from tests.bot.flows.small import press
from tests.bot.stage import Stage


async def asked(stage: Stage, words: str, answer: str) -> str:
    await stage.omar.command(stage.channel, f"/milepost whatif {words}")
    return await stage.whisper(stage.omar, answer)


@pytest.fixture
async def levels(stage: Stage) -> Stage:
    """Culture is at 2, data at 2, leadership at 3: 2.3, which is level 2."""
    await stage.start(title="How are we doing?")
    await stage.open("culture", "data", "leadership")
    for dimension, level in (("culture", 2), ("data", 2), ("leadership", 3)):
        await stage.answer(dimension, level)
    return stage


async def test_what_would_change_and_what_would_not(levels: Stage) -> None:
    text = await asked(levels, "data 3", "Data* were at *3 Impactful")
    assert "(now: 2 Developing)" in text
    assert (
        "Overall would be 3 Impactful* instead of 2 Developing: the score would be 2.7 instead of 2.3" in text
    )
    assert "The weakest would be Culture, at 2 Developing." in text
    assert "The other 2 dimensions would not change." in text
    assert "the levels 3, 3 and 2 add up to 8; divided by 3 that is 2.7" in text
    assert "Leadership from 3 to 4 or Data from 2 to 3 or Culture from 2 to 3" in text
    assert "nothing was changed" in text
    seen = await levels.still()
    assert not [m for m in seen.messages(levels.channel) if "What if" in m.text], "only Omar sees it"


async def test_several_with_slips_and_names_of_levels(levels: Stage) -> None:
    text = await asked(levels, "if dta were at 1 and leadrship impactful", "Overall would stay")
    assert "Data* were at *1 Passive" in text and "Leadership is at 3 Impactful already" in text
    assert "Overall would stay at 2 Developing*: the score would be 2.0 instead of 2.3." in text
    assert "Level 3 begins at 2.5." in text


async def test_what_is_not_understood_is_named(levels: Stage) -> None:
    text = await asked(levels, "parks 4 data 9 culture 4", "no dimension called")
    assert "There is no dimension called “parks”." in text
    assert "“data 9”: a level is a whole number from 1 to 5." in text
    assert "Culture* were at *4 Mainstreamed" in text
    text = await asked(levels, "<!channel> 4", "&lt;!channel&gt;")
    assert "Ask with a dimension and a level: */milepost whatif leadership 4*" in text


async def test_without_words_it_says_why_and_how_to_ask(levels: Stage) -> None:
    text = await asked(levels, "", "Ask with a dimension")
    assert "the levels 3, 2 and 2 add up to 7" in text
    assert "*/milepost whatif leadership 4 data 3*" in text
    assert "the smallest single change that lifts the overall level is" in text


async def test_when_no_single_change_is_enough_it_says_a_way(stage: Stage) -> None:
    await stage.start("culture", "data", title="How are we doing?")
    await stage.open("culture", "data")
    await stage.answer("culture", 5)
    await stage.answer("data", 1)
    text = await asked(stage, "", "Ask with a dimension")
    assert "Data from 1 to 2" in text
    await press(stage, stage.omar, await stage.card("prompt", "data-1"), "prompt.reopen")


async def test_in_a_thread_by_a_mention_and_before_anything_is_answered(opened: Stage) -> None:
    board = await opened.board()
    await opened.omar.say(
        opened.channel, f"<@{opened.sandbox.bot_user_id}> whatif culture 4", thread_ts=board.ts
    )
    text = await opened.whisper(opened.omar, "Culture* were at *4")
    assert "(now: no level yet)" in text
    assert "Overall would be 4 Mainstreamed*: the score would be 4.0. Now there is none." in text


async def test_in_a_channel_without_an_assessment(stage: Stage) -> None:
    await stage.omar.command(stage.channel, "/milepost whatif data 4")
    await stage.whisper(stage.omar, "There is no assessment in this channel yet")
