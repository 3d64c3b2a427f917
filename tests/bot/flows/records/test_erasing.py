"""A person whose name was taken out of the records is named in Slack no more, and the counts stay."""

from __future__ import annotations

from bot.services.records.records import erase_person
from tests.bot.flows.assessment.together_mode import together
from tests.bot.stage import Stage, keyed, read


async def test_the_name_goes_from_the_cards_and_the_votes_stay(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace, stage.ana)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 4, stage.grace)
    await stage.until_reads(card.ts, "✓ Omar Shah")
    bot, workspace = stage.runtime.bot, stage.runtime.identity.workspace_id
    await erase_person(bot.database, workspace, stage.ana.id, bot.clock.now())
    erased = await erase_person(bot.database, workspace, stage.omar.id, bot.clock.now())
    assert erased is not None and erased.assessments == 1
    bot.dispatcher.wake()
    text = read(await stage.until_reads(card.ts, "✓ a former colleague"))
    assert "Everyone who has joined has voted" in text
    await stage.nia.press(stage.channel, card.ts, "prompt.reveal")
    text = read(await stage.until_reads(card.ts, "Spread: from 2 to 4"))
    assert "1 vote: a former colleague" in text
    seen = await stage.still()
    assert not [m for m in keyed(seen, stage.channel, "") if "Omar" in read(m)]
    assert await erase_person(bot.database, workspace, stage.omar.id, bot.clock.now()) is None
    info = [call for call in await stage.slack.calls("users.info") if "erased" in str(call.arguments)]
    assert info == []
