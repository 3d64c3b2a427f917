"""Opening dimensions and answering prompts: levels, changes, not applicable, putting off."""

from __future__ import annotations

import asyncio

from model.assessment.assessment import DimensionState, PromptState
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import LEVELS, dispatch, form, press
from tests.bot.stage import Stage, keyed, read


async def test_opening_shows_the_card_and_the_first_question_in_its_thread(running: Stage) -> None:
    await running.open("leadership", by=running.omar)
    card = await running.card("dimension", "leadership")
    for words in (
        "What leadership is.",
        "*Why it matters*: Why leadership matters.",
        "0 of 3 questions answered.",
        "Serves efficiency",
    ):
        assert words in read(card)
    prompt = await running.card("prompt", "leadership-1")
    assert prompt.thread_ts == card.ts
    text = read(prompt)
    assert "Leadership, question 1 of 3" in text
    for number, name in enumerate(LEVELS, 1):
        assert f"*{number} {name}*\nSeen at {name.lower()}.\n[{number} {name}]" in text
    assert all(label in text for label in ("[Add evidence]", "[Not applicable…]", "[Put off]"))
    assert "is open" in await running.whisper(running.omar, "Leadership is open")
    board = await running.until_reads((await running.board()).ts, "Go to thread")
    assert "*Leadership*: open, 0 of 3 answered" in read(board)
    seen = await running.still()
    assert len(keyed(seen, running.channel, "prompt:")) == 1, "one at a time"


async def test_opening_twice_opens_once(running: Stage) -> None:
    board = await running.board()
    presses = [
        person.press(running.channel, board.ts, "dimension.open", label="Open", value=value)
        for value in [await _open_value(running, "leadership")]
        for person in (running.omar, running.grace, running.omar)
    ]
    outcomes = await asyncio.gather(*presses)
    assert all(outcome.acknowledged for outcome in outcomes)
    both = (running.omar.id, running.grace.id)
    seen = await running.slack.until(lambda seen: sum(len(seen.ephemerals(each)) for each in both) == 3)
    told = [read(message) for each in both for message in seen.ephemerals(each)]
    assert sum("Leadership is open" in text for text in told) == 1
    assert sum("already" in text for text in told) == 2
    assert len(keyed(await running.still(), running.channel, "dimension:")) == 1


async def test_several_dimensions_are_open_side_by_side(running: Stage) -> None:
    await running.open("leadership", "data", "culture")
    await asyncio.gather(
        running.press_level("leadership-1", 2, running.omar),
        running.press_level("data-1", 3, running.grace),
        running.press_level("culture-1", 4, running.ana),
    )
    await running.card("prompt", "leadership-2")
    await running.card("prompt", "data-2")
    await running.card("level", "culture")
    assessment = await running.assessment()
    assert [d.answered_count for d in assessment.dimensions] == [1, 1, 1]
    parents = {(await running.card("prompt", f"{name}-1")).thread_ts for name in ("leadership", "data")}
    assert len(parents) == 2


async def test_a_press_records_a_level_and_the_card_becomes_one_line(running: Stage) -> None:
    await running.open("data")
    await running.press_level("data-1", 4, running.omar)
    assert "Recorded: *4 Mainstreamed*" in await running.whisper(running.omar, "Recorded")
    card = await running.card("prompt", "data-1")
    text = read(await running.until_reads(card.ts, "recorded by"))
    assert "*4 Mainstreamed*, recorded by Omar Shah." in text
    assert "no evidence yet" in text
    assert "[Change] [Add evidence]" in text
    assert "[1 Passive]" not in text
    await running.card("prompt", "data-2")
    dimension = await running.card("dimension", "data")
    await running.until_reads(dimension.ts, "1 of 2 questions answered.")


async def test_anybody_can_change_an_answer(running: Stage) -> None:
    await running.open("data")
    await running.press_level("data-1", 4, running.omar)
    card = await running.until_reads((await running.card("prompt", "data-1")).ts, "[Change]")
    await press(running, running.grace, card, "prompt.reopen")
    text = read(await running.until_reads(card.ts, "Press another level"))
    assert "*4 Mainstreamed*, recorded by Omar Shah." in text, "the answer stands until another is pressed"
    assert "[Put off]" not in text
    await running.press_level("data-1", 2, running.grace)
    assert "(it was 4 Mainstreamed)" in await running.whisper(running.grace, "Recorded: *2")
    await running.until_reads(card.ts, "*2 Developing*, recorded by Grace Obi.")
    prompt = (await running.assessment()).prompt("data-1")
    assert {vote.person: vote.level for vote in prompt.votes} == {running.omar.id: 4, running.grace.id: 2}


async def test_not_applicable_needs_a_reason_and_is_left_out(running: Stage) -> None:
    await running.open("data")
    card = await running.card("prompt", "data-1")
    await press(running, running.omar, card, "prompt.not_applicable")
    view = await form(running, running.omar, "not_applicable")
    assert "Data, asked as number 1?" in view.readable
    outcome = await running.omar.submit({"reason": "  \n "})
    assert outcome.errors == {"reason": "Please give a reason, so that people later can see why."}
    await running.omar.submit({"reason": "The county does this for us."})
    await running.whisper(running.omar, "Recorded: *not applicable*")
    text = read(await running.until_reads(card.ts, "*Not applicable*, recorded by Omar Shah."))
    assert "Reason: The county does this for us." in text
    await running.press_level("data-2", 5)
    level = read(await running.card("level", "data"))
    assert "5 Transformative" in level and "1 left out as not applicable" in level


async def test_a_dimension_that_does_not_apply_at_all_can_be_confirmed_as_such(running: Stage) -> None:
    await running.open("culture")
    await press(running, running.nia, await running.card("prompt", "culture-1"), "prompt.not_applicable")
    await form(running, running.nia, "not_applicable")
    await running.nia.submit({"reason": "We are one person."})
    level = await running.card("level", "culture")
    assert "[Confirm not applicable]" in read(level)
    await running.confirm("culture")
    assert "*Culture*: not applicable, confirmed" in read(
        await running.until_reads((await running.board()).ts, "1 of 3")
    )


async def test_put_off_and_answered_later(running: Stage) -> None:
    await running.open("leadership")
    first = await running.card("prompt", "leadership-1")
    await press(running, running.omar, first, "prompt.put_off")
    await running.whisper(running.omar, "Put off.")
    await running.until_reads(first.ts, "*Put off* by Omar Shah.")
    await running.card("prompt", "leadership-2")
    await running.until_reads((await running.board()).ts, "1 put off")
    await running.press_level("leadership-2", 3)
    await running.press_level("leadership-3", 3)
    assert (await running.assessment()).dimension("leadership").state is DimensionState.OPEN
    await press(running, running.grace, first, "prompt.reopen")
    await running.until_reads(first.ts, "[Put off]")
    await running.press_level("leadership-1", 3, running.grace)
    await running.card("level", "leadership")
    prompt = (await running.assessment()).prompt("leadership-1")
    assert (prompt.state, prompt.level) == (PromptState.AGREED, 3)


async def test_two_presses_at_once_keep_both_votes_and_one_level(running: Stage) -> None:
    await running.open("culture")
    await asyncio.gather(
        running.press_level("culture-1", 2, running.omar), running.press_level("culture-1", 4, running.grace)
    )
    await running.card("level", "culture")
    await running.slack.until(
        lambda seen: seen.ephemerals(running.omar.id) and seen.ephemerals(running.grace.id)
    )
    prompt = (await running.assessment()).prompt("culture-1")
    assert {vote.person: vote.level for vote in prompt.votes} == {running.omar.id: 2, running.grace.id: 4}
    first, second = (running.omar, running.grace) if prompt.level == 2 else (running.grace, running.omar)
    assert prompt.decided_by == first.id
    assert "Recorded:" in await running.whisper(first, "Recorded")
    other = await running.whisper(second, "Your level is kept")
    assert f"<@{first.id}> had answered before you" in other


async def test_the_second_to_say_the_same_is_told_that_it_stands(running: Stage) -> None:
    await running.open("culture")
    card = await running.card("prompt", "culture-1")
    await running.press_level("culture-1", 2, running.omar)
    await running.still()
    value = next(
        button["accessory"]["value"]
        for button in card.blocks
        if "accessory" in button and '"l":2' in button["accessory"]["value"]
    )
    await _press_old(running, card.ts, value)
    assert "*2 Developing*" in await running.whisper(running.grace, "said the same before you")


async def _open_value(stage: Stage, dimension: str) -> str:
    board = await stage.board()
    return next(
        str(block["accessory"]["value"])
        for block in board.blocks
        if "accessory" in block and f'"{dimension}"' in block["accessory"]["value"]
    )


async def _press_old(stage: Stage, ts: str, value: str) -> None:
    """Press a level on a card as it looked before it was redrawn: such presses are under way at any time."""
    await dispatch(stage, press_payload(stage, stage.grace.id, "prompt.level", value, message_ts=ts))
