"""Together mode: hidden votes, the reveal, agreement, voting again, reopening; who may do what."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.services.assessment.closing_date import reveal_past_closing
from model.assessment.assessment import PromptState, Role
from model.assessment.history import THE_CLOSING_DATE, Happened, HistoryEntry
from tests.bot.flows.assessment.together_mode import do, put_on_roster, together
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, read


async def test_votes_are_hidden_then_revealed_when_everyone_has_voted(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    assert "*Waiting for*: Omar Shah and Grace Obi" in read(card)
    await stage.press_level("data-1", 2, stage.omar)
    receipt = await stage.whisper(stage.omar, "Recorded: *2 Developing*")
    assert "hidden until the reveal" in receipt and "[Not for me]" in receipt and "[Add evidence]" in receipt
    await stage.press_level("data-1", 2, stage.omar)
    await stage.whisper(stage.omar, "Your vote stands: *2 Developing*")
    text = read(await stage.until_reads(card.ts, "✓ Omar Shah"))
    assert "*Waiting for*: Grace Obi" in text and "votes:" not in text
    await stage.press_level("data-1", 5, stage.grace)
    text = read(await stage.until_reads(card.ts, "Spread: from 2 to 5"))
    assert "*2 Developing*: █ 1 vote: Omar Shah" in text
    assert "*5 Transformative*: █ 1 vote: Grace Obi – 3 levels above the median" in text
    assert "Median: 2 Developing" in text and "[Agree 2 – Developing]" in text
    await do(stage, stage.omar, "data-1", "prompt.agree")
    assert f"<@{stage.nia.id}>" in await stage.whisper(stage.omar, "Only a facilitator")
    await do(stage, stage.nia, "data-1", "prompt.agree")
    await stage.whisper(stage.nia, "Agreed: *2 Developing*")
    text = read(await stage.until_reads(card.ts, "agreed by Nia Pryce"))
    assert "votes: 1 for level 2 (Omar Shah), 1 for level 5 (Grace Obi)" in text and "no evidence yet" in text
    await stage.card("prompt", "data-2")


async def test_a_unanimous_vote_is_agreed_at_once(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace, dimension="culture")
    await stage.press_level("culture-1", 4, stage.omar)
    await stage.press_level("culture-1", 4, stage.grace)
    await stage.until_reads(card.ts, "agreed: all 2 votes were the same")
    assert "is agreed" in await stage.whisper(stage.grace, "All votes were the same")
    await stage.card("level", "culture")


async def test_who_votes_without_having_joined_joins_by_it_and_does_not_reveal(stage: Stage) -> None:
    card = await together(stage)
    await stage.press_level("data-1", 3, stage.omar)
    assert "You have joined" in await stage.whisper(stage.omar, "Recorded")
    await stage.until_reads(card.ts, "✓ Omar Shah")
    assessment = await stage.assessment()
    assert assessment.assessors == (stage.omar.id,)
    assert assessment.prompt("data-1").state is PromptState.ASKED
    await stage.until_reads((await stage.board()).ts, "1 assessor")
    await do(stage, stage.nia, "data-1", "prompt.reveal")
    await stage.until_reads(card.ts, "the only vote")


async def test_not_for_me_is_not_waited_for_and_a_late_vote_is_marked(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace, stage.ana)
    await do(stage, stage.ana, "data-1", "prompt.abstain")
    assert "not for me" in await stage.whisper(stage.ana, "Recorded")
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 3, stage.grace)
    text = read(await stage.until_reads(card.ts, "Spread"))
    assert "Not for them: Ana Reis." in text
    options = await stage.omar.choose(
        stage.channel, card.ts, "prompt.level", option="4 Mainstreamed", label="Change my vote"
    )
    assert options.acknowledged
    await stage.until_reads(card.ts, "Omar Shah (voted after the reveal)")
    history = await _history(stage)
    changed = [entry for entry in history if entry.what is Happened.VOTED_AFTER_REVEAL]
    assert [(entry.by, entry.level_before, entry.level_after) for entry in changed] == [(stage.omar.id, 2, 4)]


async def test_another_level_needs_a_reason_and_keeps_the_dissent(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 3, stage.grace)
    await stage.until_reads(card.ts, "Spread")
    await do(stage, stage.nia, "data-1", "prompt.agree_other")
    await form(stage, stage.nia, "agree")
    outcome = await stage.nia.submit({"level": "4"})
    assert outcome.errors == {
        "reason": "The median of the votes is 2 Developing. To agree another level, please give a reason."
    }
    await stage.nia.submit({"level": "4", "reason": "The audit.", "dissent": "Omar saw <!channel> less."})
    text = read(await stage.until_reads(card.ts, "agreed by Nia Pryce"))
    assert "*4 Mainstreamed*" in text and "Reason: The audit." in text and "Dissent: Omar saw" in text
    entry = (await _history(stage))[-1]
    assert (entry.what, entry.reason) == (Happened.LEVEL_AGREED, "The audit.")


async def test_vote_again_and_reopen_keep_everything(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 5, stage.grace)
    await stage.until_reads(card.ts, "Spread")
    await do(stage, stage.nia, "data-1", "prompt.vote_again")
    await form(stage, stage.nia, "vote_again")
    await stage.nia.submit({"reason": "New facts."})
    assert "✓" not in read(await stage.until_reads(card.ts, "round 2 of votes"))
    await stage.press_level("data-1", 3, stage.omar)
    await stage.press_level("data-1", 3, stage.grace)
    await stage.until_reads(card.ts, "all 2 votes were the same")
    await do(stage, stage.nia, "data-1", "prompt.reopen_agreed")
    await form(stage, stage.nia, "reopen")
    assert (await stage.nia.submit({"reason": " "})).errors is not None
    await stage.nia.submit({"reason": "We forgot the depot."})
    await stage.until_reads(card.ts, "Spread: all the same")
    prompt = (await stage.assessment()).prompt("data-1")
    assert (prompt.state, prompt.level, prompt.round) == (PromptState.REVEALED, None, 2)
    assert {vote.person: vote.level for vote in prompt.earlier_votes} == {stage.omar.id: 2, stage.grace.id: 5}
    reasons = [entry.reason for entry in await _history(stage) if entry.reason]
    assert reasons == ["New facts.", "We forgot the depot."]


async def test_of_two_facilitators_who_agree_at_once_one_is_told(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    await put_on_roster(stage, Role.FACILITATOR, stage.ana)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 3, stage.grace)
    await stage.until_reads(card.ts, "Spread")
    for person in (stage.nia, stage.ana):
        await do(stage, person, "data-1", "prompt.agree_other")
        await form(stage, person, "agree")
    both = await asyncio.gather(
        stage.nia.submit({"level": "4", "reason": "I saw it."}),
        stage.ana.submit({"level": "5", "reason": "So did I."}),
    )
    assert [outcome.response_action for outcome in both].count("update") == 1
    prompt = (await stage.assessment()).prompt("data-1")
    other, winner = (stage.ana, stage.nia) if prompt.level == 4 else (stage.nia, stage.ana)
    assert prompt.decided_by == winner.id
    text = await notice(stage, other, "was agreed at")
    assert f"<@{winner.id}>" in text and ("So did I." in text or "I saw it." in text)


async def test_observers_and_late_votes_are_refused_kindly(stage: Stage) -> None:
    await together(stage, stage.omar)
    await put_on_roster(stage, Role.OBSERVER, stage.grace)
    await stage.press_level("data-1", 3, stage.grace)
    assert f"<@{stage.nia.id}>" in await stage.whisper(stage.grace, "You are an observer here")
    await do(stage, stage.nia, "data-1", "prompt.reveal")
    await stage.whisper(stage.nia, "There is no level to reveal")
    await do(stage, stage.omar, "data-1", "prompt.put_off")
    await stage.whisper(stage.omar, "Only a facilitator")
    assert (await stage.assessment()).prompt("data-1").votes == ()


async def test_people_and_lead_by_their_forms(stage: Stage) -> None:
    await together(stage)
    board = await stage.board()
    await press(stage, stage.omar, board, "assessment.pause")
    await stage.whisper(stage.omar, "Only a facilitator")
    await press(stage, stage.omar, board, "roster.people")
    await notice(stage, stage.omar, "Only a facilitator")
    await press(stage, stage.omar, board, "roster.join")
    await stage.whisper(stage.omar, "You take part")
    await press(stage, stage.nia, board, "roster.people")
    await form(stage, stage.nia, "people")
    await stage.nia.submit({"people": [stage.grace.id, stage.ana.id], "role": "observer"})
    await stage.whisper(stage.nia, "2 people are on the list")
    await stage.until_reads(board.ts, "1 assessor, 2 observers")
    card = await stage.card("dimension", "data")
    await press(stage, stage.nia, card, "dimension.give_lead")
    await form(stage, stage.nia, "lead")
    await stage.nia.submit({"people": stage.omar.id})
    await stage.until_reads(card.ts, "Led by Omar Shah.")
    await stage.until_reads(board.ts, "led by Omar Shah")
    await do(stage, stage.omar, "data-1", "prompt.put_off")
    await stage.until_reads((await stage.card("prompt", "data-1")).ts, "*Put off* by Omar Shah.")


async def test_join_and_leave_as_words_and_the_last_facilitator_stays(stage: Stage) -> None:
    await together(stage)
    for person, word, told in (
        (stage.grace, "join", "press *Not for me* on its card"),
        (stage.grace, "leave", "Your votes stay. Type /milepost join to come back."),
        (stage.grace, "leave", "not taking part"),
        (stage.nia, "leave", "needs a facilitator"),
    ):
        await person.command(stage.channel, f"/milepost {word}")
        await stage.whisper(person, told)
    assert (await stage.assessment()).people(Role.ASSESSOR) == ()


async def test_the_closing_date_reveals_once(stage: Stage) -> None:
    bot = stage.runtime.bot
    today = bot.today()
    await stage.start(mode="together", closing_date=(today + timedelta(days=1)).isoformat())
    await put_on_roster(stage, Role.ASSESSOR, stage.omar, stage.grace)
    await stage.open("data", "culture")
    await stage.press_level("data-1", 3, stage.omar)
    await stage.whisper(stage.omar, "Recorded")
    workspace = stage.runtime.identity.workspace_id
    now = bot.clock.now()
    assert await reveal_past_closing(bot.database, workspace, today + timedelta(days=1), now) == 0
    after = today + timedelta(days=2)
    both = await asyncio.gather(*(reveal_past_closing(bot.database, workspace, after, now) for _ in range(2)))
    assert sorted(both) == [0, 1]
    assessment = await stage.assessment()
    assert assessment.prompt("data-1").state is PromptState.REVEALED
    assert assessment.prompt("culture-1").state is PromptState.ASKED, "nobody has voted on it"
    assert [(e.by, e.what) for e in await _history(stage)][-1] == (THE_CLOSING_DATE, Happened.REVEALED)
    await stage.press_level("culture-1", 3, stage.omar)
    assert await reveal_past_closing(bot.database, workspace, after, now) == 0


async def test_the_roster_and_the_mode_are_remembered(stage: Stage) -> None:
    await together(stage, stage.omar)
    await put_on_roster(stage, Role.OBSERVER, stage.grace)
    await press(stage, stage.nia, await stage.board(), "assessment.cancel")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    await stage.whisper(stage.nia, "Cancelled.")
    await stage.open_start_form()
    view = await form(stage, stage.nia, "start")
    assert view.values["mode"]["mode"]["selected_option"]["value"] == "together"
    await stage.nia.submit({"title": "Again"})
    await stage.slack.until(lambda seen: any("Again" in read(m) for m in seen.messages(stage.channel)))
    assessment = await stage.assessment()
    assert (assessment.assessors, assessment.people(Role.OBSERVER)) == ((stage.omar.id,), (stage.grace.id,))


async def _history(stage: Stage) -> list[HistoryEntry]:
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return await work.assessments.history((await stage.assessment()).id)


async def test_status_says_whom_the_votes_wait_for(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    await stage.open("culture")
    await stage.press_level("data-1", 2, stage.omar)
    await stage.whisper(stage.omar, "Recorded")
    await stage.ana.command(stage.channel, "/milepost status")
    told = await stage.whisper(stage.ana, "Where you are")
    assert f"Waiting for <@{stage.omar.id}> (1 question) and <@{stage.grace.id}> (2 questions)." in told
    await do(stage, stage.nia, "data-1", "prompt.reveal")
    await stage.whisper(stage.nia, "Revealed")
    await do(stage, stage.nia, "culture-1", "prompt.put_off")
    await stage.whisper(stage.nia, "Put off")
    await stage.ana.command(stage.channel, "/milepost status")
    seen = await stage.slack.until(lambda seen: len(seen.ephemerals(stage.ana.id)) == 2)
    assert "Waiting for" not in read(seen.ephemerals(stage.ana.id)[-1])
