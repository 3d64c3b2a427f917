"""Pausing, resuming, cancelling, and the words that can be typed."""

from __future__ import annotations

import pytest

from model.assessment.assessment import AssessmentState
from tests.bot.flows.small import add_evidence, form, press
from tests.bot.stage import Stage, read


async def test_pause_and_resume_by_button(running: Stage) -> None:
    await running.open("culture")
    board = await running.board()
    card = await running.card("prompt", "culture-1")
    await press(running, running.nia, board, "assessment.pause")
    assert "Nothing of *How are we doing?* is lost" in await running.whisper(running.nia, "Paused.")
    text = read(await running.until_reads(board.ts, "paused by Nia Pryce"))
    assert "[Resume] [People…] [Closing date…] [Cancel…]" in text and "[Open]" not in text
    text = read(await running.until_reads(card.ts, "the assessment is paused"))
    assert "[Add evidence]" in text and "[1 Passive]" not in text
    await add_evidence(running, running.omar, "culture-1", "Found it meanwhile")
    await running.find("evidence:")
    await press(running, running.nia, board, "assessment.resume")
    await running.whisper(running.nia, "Carrying on.")
    await running.until_reads(board.ts, "under way")
    text = read(await running.until_reads(card.ts, "[1 Passive]"))
    await running.press_level("culture-1", 2)
    await running.card("level", "culture")


async def test_pause_and_resume_by_command(running: Stage) -> None:
    await running.nia.command(running.channel, "/milepost PAUSE for the election")
    await running.whisper(running.nia, "Paused.")
    await running.nia.command(running.channel, "/milepost pause")
    assert "done this already" in await running.whisper(running.nia, "nothing was changed")
    await running.nia.command(running.channel, "/milepost resume")
    await running.whisper(running.nia, "Carrying on.")
    await running.nia.command(running.channel, "/milepost resume")
    await running.whisper(running.nia, "not paused, so there is nothing to resume")
    assert (await running.assessment()).state is AssessmentState.RUNNING


async def test_in_quick_mode_another_facilitator_is_named_under_people(running: Stage) -> None:
    board = await running.board()
    await running.nia.command(running.channel, "/milepost leave")
    await running.whisper(running.nia, "name another one first, under People on the board")
    await press(running, running.nia, board, "assessment.pause")
    board = await running.until_reads(board.ts, "[Resume] [People…]")
    await press(running, running.nia, board, "roster.people")
    view = await form(running, running.nia, "people")
    assert "Answers, and is not waited for" in str(view.values), "which role waits is said by mode"
    await running.nia.submit({"people": [running.omar.id], "role": "facilitator"})
    await running.whisper(running.nia, "one person is on the list")
    await running.until_reads(board.ts, "facilitated by Nia Pryce and Omar Shah")
    await running.nia.command(running.channel, "/milepost leave")
    await running.whisper(running.nia, "You no longer take part in")
    await running.until_reads(board.ts, "facilitated by Omar Shah")
    assert (await running.assessment()).facilitators == (running.omar.id,)


async def test_in_quick_mode_joining_and_leaving_name_no_button_that_is_not_there(running: Stage) -> None:
    await running.omar.command(running.channel, "/milepost join")
    assert "Not for me" not in await running.whisper(running.omar, "You take part as an assessor in")
    await running.omar.command(running.channel, "/milepost leave")
    told = await running.whisper(running.omar, "Your answers stay.")
    assert "Type /milepost join to come back." in told and "Join" not in told


async def test_in_quick_mode_the_board_says_who_leads(running: Stage) -> None:
    await running.open("data")
    await press(running, running.nia, await running.card("dimension", "data"), "dimension.give_lead")
    await form(running, running.nia, "lead")
    await running.nia.submit({"people": running.omar.id})
    await running.until_reads((await running.board()).ts, "led by Omar Shah")


async def test_words_in_a_mention_work_inside_a_thread(running: Stage) -> None:
    await running.open("culture")
    card = await running.card("dimension", "culture")
    bot = running.sandbox.bot_user_id

    async def mention(words: str) -> None:
        await running.nia.say(running.channel, f"<@{bot}> {words}", card.ts)

    for words, answer in (
        ("status", "Where you are"),
        ("Scores?", "Levels so far"),
        ("pause, please", "Paused."),
        ("resume", "Carrying on."),
        ("help", "/milepost scores"),
        ("", "Where you are"),
        ("start", "Start an assessment"),
        ("statis", "Did you mean */milepost status*?"),
    ):
        await mention(words)
        await running.whisper(running.nia, answer)
    private = (await running.slack.ephemerals(running.nia.id))[-1]
    assert private.thread_ts == card.ts, "answered where it was asked"


async def test_cancelling_asks_keeps_everything_and_says_why(running: Stage) -> None:
    await running.open("culture", "data")
    await running.answer("culture", 3)
    await running.confirm("culture")
    board = await running.board()
    await press(running, running.nia, board, "assessment.cancel")
    view = await form(running, running.nia, "cancel")
    assert "This ends *How are we doing?* without results." in view.readable
    await running.nia.submit({"reason": "The council was merged."})
    await running.whisper(running.nia, "Cancelled.")
    text = read(await running.until_reads(board.ts, "cancelled by Nia Pryce"))
    assert "reason: The council was merged." in text
    assert "[" not in text
    card = await running.until_reads((await running.card("prompt", "data-1")).ts, "is cancelled")
    assert "[" not in read(card)
    await running.until_reads((await running.card("dimension", "data")).ts, "The assessment is cancelled.")
    assessment = await running.assessment()
    assert assessment.dimension_level("culture") == 3
    await running.nia.command(running.channel, "/milepost status")
    assert "The assessment is cancelled." in await running.whisper(running.nia, "Where you are")


async def test_status_says_where_it_is_and_what_is_missing(running: Stage) -> None:
    async def status() -> str:
        await running.omar.command(running.channel, "/milepost status")
        await running.still()
        return await running.whisper(running.omar, "Where you are")

    assert "Next: open a dimension on the board." in await status()
    await running.open("data", "culture")
    await running.press_level("data-1", 4)
    await running.still()
    text = await status()
    assert "How are we doing? Under way, 0 of 3 dimensions confirmed. Overall: 4 Mainstreamed" in text
    assert "• *Data*: 4 Mainstreamed, open, 1 of 2 answered, no evidence for 1 answer" in text
    assert "• *Culture*: no level yet, open, 0 of 1 answered" in text
    assert "• *Leadership*: not opened" in text
    assert "Next: answer the open questions, in the threads." in text
    assert "|Go to the board>" in text
    await running.press_level("culture-1", 4)
    await running.still()
    assert "Next: a facilitator confirms 1 level, in the threads." in await status()


async def test_scores_are_the_levels_so_far(running: Stage) -> None:
    await running.omar.command(running.channel, "/milepost scores")
    assert "Overall: no level yet." in await running.whisper(running.omar, "Levels so far")
    await running.open("culture")
    await running.answer("culture", 2)
    await running.omar.command(running.channel, "/milepost scores")
    text = await running.whisper(running.omar, "Culture: 2 Developing (provisional)")
    assert "Overall: 2 Developing, provisional: 0 of 3 dimensions confirmed." in text
    assert "Leadership: no level yet" in text


@pytest.mark.parametrize(
    ("word", "nearest"), [("statsu", "status"), ("score", "scores"), ("HLEP", "help"), ("reusme", "resume")]
)
async def test_an_unknown_word_gets_the_nearest_command(stage: Stage, word: str, nearest: str) -> None:
    await stage.nia.command(stage.channel, f"/milepost {word}")
    assert f"Did you mean */milepost {nearest}*?" in await stage.whisper(stage.nia, "does not know")


async def test_a_word_that_is_like_nothing_gets_help(stage: Stage) -> None:
    await stage.nia.command(stage.channel, "/milepost <!everyone> & *bold*")
    text = await stage.whisper(stage.nia, "does not know")
    assert "“&lt;!everyone&gt;”" in text and "Did you mean" not in text
    await stage.nia.command(stage.channel, "/milepost help")
    text = await stage.whisper(stage.nia, "*/milepost start*: begin an assessment")
    assert "mention Milepost with the word" in text
