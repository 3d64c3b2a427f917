"""A second team in the same channel: its own board and threads, and nothing is shown too early."""

from __future__ import annotations

from model.assessment.assessment import AssessmentState, PromptState
from tests.bot.flows.second_team.two_teams import two_teams
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, keyed, read


async def test_the_votes_of_both_are_revealed_together(stage: Stage) -> None:
    teams = await two_teams(stage, "culture", "data")
    board = read(await teams.reads(teams.first_id, "board", "", "second team: Visitors"))
    assert "Invite a second team" not in board and "Compare" not in board
    board = read(await teams.reads(teams.second_id, "board", "", "Ours – Visitors"))
    assert "Peer assessment" in board and "beside the first team" in board
    await teams.open(teams.first_id, stage.nia, "culture")
    await teams.open(teams.second_id, stage.grace, "culture")
    assert "Culture – Visitors" in read(await teams.message(teams.second_id, "dimension", "culture"))
    first = await teams.reads(teams.first_id, "prompt", "culture-1", "First team: Culture, question 1 of 1")
    second = await teams.reads(teams.second_id, "prompt", "culture-1", "Visitors: Culture, question 1 of 1")
    assert "revealed together with those of Visitors" in read(first)
    assert "revealed together with those of the first team" in read(second)
    await teams.vote(teams.first_id, stage.omar, "culture-1", 2)
    await stage.whisper(stage.omar, "hidden until the reveal")
    text = read(await stage.until_reads(first.ts, "*Your team is ready.*"))
    assert "The votes wait for Visitors." in text and "votes: " not in text
    await stage.until_reads(second.ts, "*The first team* is ready to reveal its votes.")
    await teams.vote(teams.second_id, stage.ana, "culture-1", 5)
    assert "yours is the only vote" in (await stage.whisper(stage.ana, "Recorded")).lower()
    await stage.until_reads(second.ts, "*5 Transformative*, agreed: the only vote")
    await stage.until_reads(first.ts, "*2 Developing*, agreed: the only vote")
    await teams.reads(teams.first_id, "board", "", "[Compare…]")
    await teams.reads(teams.second_id, "board", "", "[Compare…]")


async def test_the_quicker_team_goes_on_and_whoever_leads_can_say_that_it_is_ready(stage: Stage) -> None:
    teams = await two_teams(stage, "data")
    await teams.open(teams.first_id, stage.nia, "data")
    await teams.vote(teams.first_id, stage.omar, "data-1", 2)
    await teams.message(teams.first_id, "prompt", "data-2")
    await teams.press(teams.first_id, stage.nia, "prompt.reveal", "prompt", "data-2")
    await stage.whisper(stage.nia, "Your team is ready.")
    await teams.press(teams.first_id, stage.nia, "prompt.reveal", "prompt", "data-2")
    await stage.whisper(stage.nia, "Your team is ready already")
    await teams.press(teams.first_id, stage.nia, "prompt.not_applicable", "prompt", "data-2")
    await notice(stage, stage.nia, "The other team has not voted on this question yet")
    await teams.open(teams.second_id, stage.grace, "data")
    await teams.vote(teams.second_id, stage.ana, "data-1", 3)
    await teams.reads(teams.first_id, "prompt", "data-1", "*2 Developing*, agreed")
    await teams.vote(teams.second_id, stage.ana, "data-2", 3)
    await teams.reads(teams.second_id, "prompt", "data-2", "*3 Impactful*, agreed")
    prompt = (await teams.first()).prompt("data-2")
    assert prompt.state is PromptState.ASKED and prompt.ready_at is None


async def test_nobody_votes_with_the_other_team_by_a_slip(stage: Stage) -> None:
    teams = await two_teams(stage, "culture")
    await teams.open(teams.first_id, stage.nia, "culture")
    await teams.open(teams.second_id, stage.grace, "culture")
    await teams.vote(teams.second_id, stage.omar, "culture-1", 3)
    assert f"<@{stage.grace.id}>" in await stage.whisper(stage.omar, "You take part with the other team")
    await teams.press(teams.second_id, stage.omar, "roster.join", "board")
    await stage.whisper(stage.omar, "You take part with the other team")
    assert (await teams.second()).prompt("culture-1").votes == ()


async def test_a_pause_and_a_cancellation_of_the_other_side_are_seen(stage: Stage) -> None:
    teams = await two_teams(stage, "culture")
    await teams.open(teams.first_id, stage.nia, "culture")
    await teams.vote(teams.first_id, stage.omar, "culture-1", 4)
    card = await teams.reads(teams.first_id, "prompt", "culture-1", "The votes wait for Visitors.")
    await teams.press(teams.second_id, stage.grace, "assessment.pause", "board")
    await stage.until_reads(card.ts, "The votes wait for Visitors, whose assessment is paused.")
    await stage.restart()
    await teams.press(teams.second_id, stage.grace, "assessment.cancel", "board")
    await form(stage, stage.grace, "cancel")
    await stage.grace.submit({})
    text = read(await stage.until_reads(card.ts, "*4 Mainstreamed*, agreed"))
    assert "Visitors" not in text
    board = read(await teams.reads(teams.first_id, "board", "", "[Invite a second team…]"))
    assert "Visitors" not in board


async def test_words_are_about_the_team_that_is_meant(stage: Stage) -> None:
    teams = await two_teams(stage, "culture")
    await teams.open(teams.second_id, stage.grace, "culture")
    thread = await teams.message(teams.second_id, "dimension", "culture")
    await stage.still()
    name = stage.runtime.identity.bot_user_id
    await stage.omar.command(stage.channel, "/milepost status")
    await stage.whisper(stage.omar, "Ours – Visitors. Under way")
    await stage.whisper(stage.omar, "Ours. Under way")
    await stage.grace.command(stage.channel, "/milepost pause")
    await stage.whisper(stage.grace, "Paused.")
    assert (await teams.second()).state is AssessmentState.PAUSED
    await stage.nia.say(stage.channel, f"<@{name}> resume", thread_ts=thread.ts)
    assert f"<@{stage.grace.id}>" in await stage.whisper(stage.nia, "Only a facilitator")
    await stage.grace.say(stage.channel, f"<@{name}> resume", thread_ts=thread.ts)
    await stage.whisper(stage.grace, "Carrying on.")
    tom = stage.slack.person("U0TOMHURST")
    await tom.command(stage.channel, "/milepost join")
    asked = await stage.whisper(tom, "Several assessments are under way")
    assert "Ours – Visitors" in asked
    await tom.command(stage.channel, "/milepost join visitors")
    await stage.whisper(tom, "You take part as an assessor")
    assert tom.id in (await teams.second()).assessors
    await stage.omar.command(stage.channel, "/milepost leave first team")
    await stage.whisper(stage.omar, "You no longer take part in *Ours*")
    assert (await teams.first()).assessors == ()


async def test_a_third_cannot_start_beside_them_even_when_the_first_has_ended(stage: Stage) -> None:
    teams = await two_teams(stage, "culture")
    await teams.press(teams.first_id, stage.nia, "assessment.cancel", "board")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    await stage.whisper(stage.nia, "Cancelled.")
    await stage.omar.command(stage.channel, "/milepost start")
    await notice(stage, stage.omar, "Ours – Visitors")
    await teams.open(teams.second_id, stage.grace, "culture")
    await teams.vote(teams.second_id, stage.ana, "culture-1", 3)
    await teams.reads(teams.second_id, "prompt", "culture-1", "*3 Impactful*, agreed")


async def test_one_comparison_for_both_and_every_redraw_after_a_restart(stage: Stage) -> None:
    teams = await two_teams(stage, "data", "culture")
    await teams.finish({"data": 2, "culture": 3}, {"data": 5, "culture": 3})
    message = await teams.message(teams.first_id, "comparison")
    text = read(message)
    assert "Side by side: Ours" in text
    assert text.index("Data") < text.index("*Culture*"), "the largest difference first"
    assert "first team 2 Developing, Visitors 5 Transformative, Visitors is 3 levels higher" in text
    assert "first team 3 Impactful, Visitors 3 Impactful, the same level" in text
    assert "First team: *3 Impactful* overall (score 2.5). Weakest: Data." in text
    assert "Visitors: *4 Mainstreamed* overall (score 4.0). Weakest: Culture." in text
    assert "Moderated: *3 Impactful* overall (score 3.0), provisional: 1 of 2 dimensions." in text
    await stage.restart()
    seen = await stage.still()
    assert len(keyed(seen, stage.channel, "comparison:")) == 1
    await press(stage, stage.nia, await stage.board(), "pair.compare")
    await form(stage, stage.nia, "comparison")
