"""Deleting an assessment: asked twice, gone from the records at once and from Slack soon after."""

from __future__ import annotations

import asyncio

import pytest

from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Role
from tests.bot.flows.assessment.together_mode import put_on_roster
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import add_evidence, dispatch, form, notice, press
from tests.bot.stage import Stage, key_of, read

TITLE = "How are we doing?"


async def ask(stage: Stage, person: PersonHandle) -> None:
    """Choose Delete… from the menu of the board."""
    await stage.still()
    board = await stage.board()
    value = Reference(assessment=(await stage.assessment()).id).encode()
    outcome = await person.choose(stage.channel, board.ts, "assessment.delete", option=value)
    assert outcome.acknowledged, outcome


async def delete(stage: Stage, person: PersonHandle | None = None, title: str = TITLE) -> None:
    """Delete the assessment and wait until that is said in the channel."""
    person = person or stage.nia
    await ask(stage, person)
    await form(stage, person, "delete")
    outcome = await person.submit({"title": title})
    assert outcome.acknowledged and outcome.response_action is None, outcome
    await stage.find("deleted:")


async def left(stage: Stage) -> list[Message]:
    """Our messages in the channel that were not deleted, once all is at rest."""
    seen = await stage.still()
    return [each for each in seen.messages(stage.channel) if key_of(each) and not each.deleted]


async def gone(stage: Stage) -> bool:
    """Whether the channel has no assessment any more."""
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return await work.assessments.latest_in(stage.channel) is None


async def test_everything_goes_but_one_message(running: Stage) -> None:
    await running.open("culture", "data")
    await add_evidence(running, running.omar, "data-1", "The survey")
    await running.find("evidence:")
    await running.answer("culture", 3)
    await running.confirm("culture")
    card = await running.card("dimension", "culture")
    own = await running.omar.say(running.channel, "I would say 4", card.ts)
    await delete(running)
    assert "Deleted: *How are we doing?*" in await running.whisper(running.nia, "may take a minute")
    [note] = await left(running)
    assert read(note).startswith("*How are we doing?* was deleted by Nia Pryce on <!date^")
    assert "Its votes, levels and evidence are gone from Milepost's records." in read(note)
    assert await gone(running)
    theirs = [each for each in await running.slack.messages(running.channel) if each.ts == own]
    assert not theirs[0].deleted, "what people wrote stays"
    assert await running.runtime.bot.database.outbox.blocked() == 0


async def test_pictures_go_too(running: Stage) -> None:
    for dimension in ("leadership", "data", "culture"):
        await running.open(dimension)
        await running.answer(dimension, 3)
        await running.confirm(dimension)
    await running.slack.until(lambda seen: [m for m in seen.messages(running.channel) if m.files])
    await press(running, running.nia, await running.find("results:"), "assessment.close")
    await running.until_reads((await running.board()).ts, "closed by Nia Pryce")
    await delete(running)
    await left(running)
    assert [each for each in await running.slack.messages(running.channel) if each.files] == []


async def test_another_title_deletes_nothing_and_says_so_at_its_field(running: Stage) -> None:
    await ask(running, running.nia)
    view = await form(running, running.nia, "delete")
    assert "This cannot be undone." in view.readable and TITLE in view.readable
    outcome = await running.nia.submit({"title": "Something else"})
    assert outcome.errors == {
        "title": "This is not the title of the assessment, so nothing was deleted. "
        "Please type it as it stands above."
    }
    assert not await gone(running)
    assert (await running.nia.submit({"title": "how ARE we  doing?"})).response_action is None
    await running.find("deleted:")
    assert await gone(running)


async def test_only_facilitators_even_with_a_form_that_stands_open(running: Stage) -> None:
    await ask(running, running.omar)
    await notice(running, running.omar, f"Only a facilitator can do this: <@{running.nia.id}>.")
    await running.omar.close_modal()
    await put_on_roster(running, Role.FACILITATOR, running.grace)
    await ask(running, running.grace)
    await form(running, running.grace, "delete")
    await put_on_roster(running, Role.ASSESSOR, running.grace)
    await running.grace.submit({"title": TITLE})
    await notice(running, running.grace, "Only a facilitator can do this")
    assert not await gone(running)


async def test_nobody_deletes_from_outside_the_channel(running: Stage) -> None:
    await ask(running, running.nia)
    await form(running, running.nia, "delete")
    await running.nia.leave(running.channel)
    await running.still()
    await running.nia.submit({"title": TITLE})
    await notice(running, running.nia, "You are not in the channel of this assessment")
    assert not await gone(running)


@pytest.mark.parametrize("state", ["running", "paused", "cancelled"])
async def test_in_any_state_by_word(running: Stage, state: str) -> None:
    board = await running.board()
    if state == "paused":
        await press(running, running.nia, board, "assessment.pause")
        await running.until_reads(board.ts, "paused by Nia Pryce on <!date^")
    elif state == "cancelled":
        await press(running, running.nia, board, "assessment.cancel")
        await form(running, running.nia, "cancel")
        await running.nia.submit({})
        await running.until_reads(board.ts, "cancelled by Nia Pryce on <!date^")
    await running.nia.command(running.channel, "/milepost delete")
    await running.whisper(running.nia, "Delete *How are we doing?* for good")
    [offered] = [
        each
        for each in (await running.still()).ephemerals(running.nia.id)
        if "for good, with all that is recorded" in read(each)
    ]
    await running.nia.press_ephemeral(offered.ts, "assessment.delete")
    view = await form(running, running.nia, "delete")
    assert ("use Cancel instead" in view.readable) is (state != "cancelled")
    await running.nia.submit({"title": TITLE})
    [note] = await left(running)
    assert "was deleted by" in read(note)


async def test_by_word_in_a_mention_and_in_a_direct_message(running: Stage) -> None:
    bot = running.sandbox.bot_user_id
    board = await running.board()
    await running.nia.say(running.channel, f"<@{bot}> delete", board.ts)
    await running.whisper(running.nia, "Delete *How are we doing?* for good")
    await running.start("culture", channel=PRIVATE_CHANNEL, title="Leadership only")
    conversation, _ = await running.ana.dm("delete leadership")
    told = await answered(running, conversation, "No assessment called “leadership”")
    assert "How are we doing?" in told and "Leadership only" not in told, "she is not in that channel"
    conversation, _ = await running.nia.dm("delete")
    assert "Leadership only" in await answered(running, conversation, "Several assessments are under way")
    await running.nia.dm("delete leadership")
    await answered(running, conversation, "Delete *Leadership only* for good")
    [offered] = [
        each
        for each in await running.slack.messages(conversation)
        if "Delete *Leadership only* for good" in read(each)
    ]
    await running.nia.press(conversation, offered.ts, "assessment.delete")
    await form(running, running.nia, "delete")
    await running.nia.submit({"title": "leadership only"})
    note = await running.find("deleted:", PRIVATE_CHANNEL)
    assert "Leadership only" in read(note)
    assert not await gone(running), "the other is still there"


async def test_a_direct_message_finds_what_is_over_and_says_when_there_is_nothing(running: Stage) -> None:
    await press(running, running.nia, await running.board(), "assessment.cancel")
    await form(running, running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by")
    await running.start("culture", channel=PRIVATE_CHANNEL, title="Leadership only")
    conversation, _ = await running.nia.dm("delete")
    assert TITLE in await answered(running, conversation, "Several assessments could be meant")
    await delete(running)
    conversation, _ = await running.ana.dm("delete")
    await answered(running, conversation, "No channel that you are in has an assessment.")


async def answered(stage: Stage, conversation: str, words: str) -> str:
    """Wait until the bot says these words in a conversation."""

    def saying(seen: Seen) -> list[str]:
        return [read(m) for m in seen.messages(conversation) if m.by_bot and words in read(m)]

    return saying(await stage.slack.until(saying))[-1]


async def test_two_delete_at_once_and_the_second_is_told_who_did(running: Stage) -> None:
    await put_on_roster(running, Role.FACILITATOR, running.grace)
    for person in (running.nia, running.grace):
        await ask(running, person)
        await form(running, person, "delete")
    await running.nia.submit({"title": TITLE})
    await running.find("deleted:")
    await running.grace.submit({"title": TITLE})
    await notice(running, running.grace, f"This was already done by <@{running.nia.id}> on ")
    assert len(await left(running)) == 1


async def test_a_second_delivery_of_the_form_changes_nothing(running: Stage) -> None:
    await delete(running)
    await left(running)
    await running.slack.redeliver_last()
    assert len(await left(running)) == 1


async def test_buttons_that_are_left_say_that_it_is_gone(running: Stage) -> None:
    value = Reference(assessment=(await running.assessment()).id, dimension="culture").encode()
    await delete(running)
    await dispatch(running, press_payload(running, running.omar.id, "dimension.open", value))
    await running.whisper(running.omar, "an assessment that Milepost no longer has")
    await running.omar.command(running.channel, "/milepost status")
    await running.whisper(running.omar, "There is no assessment in this channel yet")
    await running.start("culture", title="Once more")
    assert (await running.assessment()).title == "Once more"


async def test_a_restart_in_the_middle_finishes_it(running: Stage) -> None:
    await running.open("leadership", "data", "culture")
    await running.still()
    await running.slack.fault("rate_limited", "chat.delete", seconds=30, times=8)
    await ask(running, running.nia)
    await form(running, running.nia, "delete")
    await running.nia.submit({"title": TITLE})
    await running.slack.until(lambda seen: seen.calls("chat.delete") > 0)
    await running.restart()
    [note] = await left(running)
    assert "was deleted by" in read(note)


async def test_an_archived_channel_waits_until_it_is_back(running: Stage) -> None:
    await ask(running, running.nia)
    await form(running, running.nia, "delete")
    await running.slack.remove_bot(running.channel)
    await running.nia.submit({"title": TITLE})
    async with asyncio.timeout(20):
        while not await running.runtime.bot.database.outbox.blocked():
            await running.slack.idle(quiet=0.02)
    assert await gone(running)
    await running.slack.invite_bot(running.channel)
    await running.find("deleted:")
    assert len(await left(running)) == 1


async def test_a_press_and_a_deletion_at_one_moment(running: Stage) -> None:
    """Whichever is first, the assessment is gone and nothing of it is left."""
    await running.open("culture")
    await ask(running, running.nia)
    await form(running, running.nia, "delete")
    card = await running.card("prompt", "culture-1")
    value = Reference(assessment=(await running.assessment()).id, prompt="culture-1", level=3).encode()
    presses = [
        dispatch(running, press_payload(running, person.id, "prompt.level", value, message_ts=card.ts))
        for person in (running.omar, running.grace, running.ana)
    ]
    await asyncio.gather(running.nia.submit({"title": TITLE}), *presses)
    await running.find("deleted:")
    assert len(await left(running)) == 1
    assert await gone(running)
