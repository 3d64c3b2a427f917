"""One whole assessment, from the command to the results, as people would go through it."""

from __future__ import annotations

from tests.bot.stage import Stage, key_of, read


async def test_from_start_to_results(stage: Stage) -> None:
    assessment = await stage.start("leadership", "data", "technology", title="How are we doing?")
    assert assessment.scope == ("leadership", "data", "technology")
    await stage.open("leadership", "data", "technology")
    for dimension, level in (("leadership", 2), ("data", 3), ("technology", 3)):
        await stage.answer(dimension, level, by=stage.omar)
        await stage.confirm(dimension)
    results = await stage.find("results:")
    text = read(results)
    assert "Overall: 3 Impactful." in text
    assert "Leadership: 2 Developing" in text
    assert "What holds it back most: Leadership" in text
    assert "2.7" in text
    seen = await stage.still()
    pictures = [f for m in seen.messages(stage.channel, results.ts) for f in m.files]
    assert len(pictures) == 1
    assert "Leadership: 2;" in pictures[0].alt_txt
    board = await stage.board()
    assert "3 of 3 dimensions confirmed" in read(board)
    await stage.nia.press(stage.channel, results.ts, "assessment.close")
    await stage.until_reads(board.ts, "closed by Nia Pryce")
    assert not any(message.pings for message in seen.messages(stage.channel))


async def test_every_message_is_posted_once_and_in_order(stage: Stage) -> None:
    framework = (await stage.start()).framework
    dimensions = ["leadership", "strategy", "culture"]
    await stage.open(*dimensions)
    for dimension in dimensions:
        await stage.answer(dimension, 4)
    seen = await stage.still()
    keys = [key_of(message) for message in seen.messages(stage.channel)]
    prompts = sum(len(framework.dimension(each).prompts) for each in dimensions)
    # The board; for each dimension its card, its prompts and its level.
    assert len(keys) == len(set(keys)) == 1 + 2 * len(dimensions) + prompts
    kinds = [key.split(":")[0] for key in keys if key.startswith(("board", "dimension"))]
    assert kinds == ["board", "dimension", "dimension", "dimension"]
    assert stage.runtime.bot.dispatcher is not None
    calls = await stage.slack.calls("chat.postMessage")
    assert all(call.status == 200 for call in calls), "the pace kept clear of every 429"
