"""Who is not in the channel has no part in its assessment; who leaves it keeps only their votes."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from bot.rounds.each_minute import rounds
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import PromptState, Role
from model.assessment.history import Happened
from model.assessment.steps import TakeOver
from tests.bot.flows.assessment.together_mode import put_on_roster, taken_by, together
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import dispatch, form, framework_folder, notice, press
from tests.bot.stage import Stage, read, staged


async def test_who_leaves_the_channel_keeps_their_vote_and_is_waited_for_no_longer(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace, stage.ana)
    await stage.press_level("data-1", 2, stage.omar)
    await stage.press_level("data-1", 4, stage.grace)
    await stage.until_reads(card.ts, "*Waiting for*: Ana Reis")
    await stage.omar.leave(stage.channel)
    await stage.ana.leave(stage.channel)
    text = read(await stage.until_reads(card.ts, "Spread: from 2 to 4"))
    assert "Omar Shah" in text and "Ana" not in text
    assessment = await stage.assessment()
    assert assessment.assessors == (stage.grace.id,)
    assert {vote.person for vote in assessment.prompt("data-1").votes} == {stage.omar.id, stage.grace.id}
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        history = await work.assessments.history(assessment.id)
    left = [entry.by for entry in history if entry.what is Happened.LEFT_CHANNEL]
    assert sorted(left) == sorted([stage.omar.id, stage.ana.id]), "events of one moment come in any order"
    await stage.slack.redeliver_last()
    assert (await stage.assessment()) == assessment


async def test_a_press_from_outside_is_refused_and_a_return_is_noticed(stage: Stage) -> None:
    card = await together(stage, stage.omar)
    await stage.grace.leave(stage.channel)
    assessment = await stage.assessment()
    value = Reference(assessment=assessment.id, prompt="data-1", level=3).encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "prompt.level", value))
    await dispatch(stage, press_payload(stage, stage.grace.id, "roster.join", value))
    await stage.still()
    assert (await stage.assessment()).prompt("data-1").votes == ()
    assert (await stage.assessment()).participant(stage.grace.id) is None
    await stage.grace.join(stage.channel)
    await stage.press_level("data-1", 3, stage.grace)
    await stage.until_reads(card.ts, "✓ Grace Obi")


async def test_forms_say_that_somebody_is_outside(stage: Stage) -> None:
    await together(stage, stage.omar)
    board = await stage.board()
    await press(stage, stage.nia, board, "roster.people")
    await form(stage, stage.nia, "people")
    await put_on_roster(stage, Role.FACILITATOR, stage.grace)
    await stage.nia.leave(stage.channel)
    await stage.until_reads(board.ts, "facilitated by Grace Obi")
    outcome = await stage.nia.submit({"people": [stage.ana.id], "role": "assessor"})
    assert outcome.response_action == "update"
    await notice(stage, stage.nia, "You are not in the channel of this assessment")
    assert (await stage.assessment()).participant(stage.ana.id) is None


async def test_what_nobody_facilitates_can_be_taken_over(stage: Stage) -> None:
    await together(stage, stage.omar)
    board = await stage.board()
    await stage.nia.leave(stage.channel)
    await stage.until_reads(board.ts, "nobody facilitates it at present")
    await press(stage, stage.omar, board, "assessment.pause")
    await stage.whisper(stage.omar, "nobody facilitates this assessment at present")
    await press(stage, stage.omar, await stage.until_reads(board.ts, "[Take over]"), "roster.take_over")
    await stage.whisper(stage.omar, "You facilitate this assessment now.")
    text = read(await stage.until_reads(board.ts, "facilitated by Omar Shah"))
    assert "Take over" not in text
    value = Reference(assessment=(await stage.assessment()).id).encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "roster.take_over", value))
    await stage.whisper(stage.grace, "so there is nothing to take over")
    assert (await stage.assessment()).facilitators == (stage.omar.id,)


async def test_people_who_are_not_in_the_channel_are_named_when_they_are_added(stage: Stage) -> None:
    await stage.start(mode="together", channel=PRIVATE_CHANNEL)
    stage.channel = PRIVATE_CHANNEL
    await press(stage, stage.nia, await stage.board(), "roster.people")
    await form(stage, stage.nia, "people")
    await stage.nia.submit({"people": [stage.omar.id, stage.ana.id], "role": "assessor"})
    told = await stage.whisper(stage.nia, "2 people are on the list")
    assert f"<@{stage.ana.id}> is not in this channel yet" in told and f"<@{stage.omar.id}>" not in told


async def test_when_slack_does_not_say_who_is_there_no_vote_is_lost(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    bot = stage.runtime.bot
    bot.members.forget(stage.runtime.identity.workspace_id, stage.channel)
    await stage.slack.fault("http_error", "conversations.members", status=500, times=5)
    await stage.press_level("data-1", 3, stage.omar)
    await stage.until_reads(card.ts, "✓ Omar Shah")


async def test_members_are_asked_for_once_a_burst(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace, stage.ana)
    bot = stage.runtime.bot
    bot.members.forget(stage.runtime.identity.workspace_id, stage.channel)
    before = (await stage.still()).calls("conversations.members")
    for person in (stage.omar, stage.grace, stage.ana):
        await stage.press_level("data-1", 2, person)
    assert (await stage.still()).calls("conversations.members") - before <= 1
    assert (await stage.assessment()).prompt("data-1").state is PromptState.AGREED


async def test_a_list_without_ourselves_shuts_nobody_out(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.grace)
    bot = stage.runtime.bot
    bot.members.forget(stage.runtime.identity.workspace_id, stage.channel)
    await stage.slack.remove_bot(stage.channel)
    await stage.slack.idle()
    await stage.press_level("data-1", 3, stage.omar)
    await stage.press_level("data-1", 3, stage.grace)
    await stage.slack.invite_bot(stage.channel)
    await stage.until_reads(card.ts, "all 2 votes were the same")


async def test_a_deactivated_account_leaves_every_channel(stage: Stage) -> None:
    card = await together(stage, stage.omar, stage.ana)
    board = await stage.board()
    await stage.press_level("data-1", 3, stage.omar)
    await stage.until_reads(card.ts, "*Waiting for*: Ana Reis")
    await stage.slack.deactivate(stage.ana.id)
    await stage.until_reads(card.ts, "agreed: the only vote")
    await stage.slack.deactivate(stage.nia.id)
    await press(stage, stage.omar, await stage.until_reads(board.ts, "[Take over]"), "roster.take_over")
    await stage.until_reads(board.ts, "facilitated by Omar Shah")
    await press(stage, stage.omar, board, "assessment.cancel")
    await form(stage, stage.omar, "cancel")
    await stage.omar.submit({"reason": "No time."})
    await stage.until_reads(board.ts, "reason: No time.")
    # What has ended has to be looked after still: its plan, its export, its deletion.
    await stage.omar.leave(stage.channel)
    await press(stage, stage.grace, await stage.until_reads(board.ts, "[Take over]"), "roster.take_over")
    await stage.until_reads(board.ts, "facilitated by Grace Obi")


async def test_who_went_while_we_were_not_there_is_found_once_an_hour(
    sqlite_url: str, tmp_path: Path
) -> None:
    folder = str(framework_folder(tmp_path))
    async with staged(sqlite_url, milepost_framework=folder) as stage:
        bot, workspace_id = stage.runtime.bot, stage.runtime.identity.workspace_id
        await together(stage, stage.omar, stage.ana)
        await stage.slack.set_rules(subscriptions=[])
        await stage.slack.deactivate(stage.ana.id)
        await stage.nia.leave(stage.channel)
        # What is remembered of people and channels is asked again in time.
        bot.people.forget(workspace_id, stage.ana.id)
        bot.members.forget(workspace_id, stage.channel)
        go, now = rounds(bot)["rosters"], bot.clock.now()
        assert await go(workspace_id, now) == 2
        assessment = await stage.assessment()
        assert (assessment.facilitators, assessment.assessors) == ((), (stage.omar.id,))
        await taken_by(stage, stage.omar, TakeOver())
        await stage.omar.leave(stage.channel)
        bot.members.forget(workspace_id, stage.channel)
        assert await go(workspace_id, now + timedelta(minutes=59)) == 0, "it looked not an hour ago"
        assert await go(workspace_id, now + timedelta(hours=1)) == 1
