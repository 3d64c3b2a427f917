"""Somebody deletes our messages or takes a channel from us."""

from __future__ import annotations

import asyncio
import re

import pytest

from bot.sandbox.client.client import Message
from bot.sandbox.workspace.world import NIA
from bot.services.asking import Asked
from bot.services.assessment.stepping import take_step
from model.assessment.steps import OpenDimension, RecordLevel, Step
from tests.bot.delivery.post_office import Office, open_office, shown
from tests.bot.logged import logging_to_memory
from tests.bot.stage import Stage, key_of, read


async def test_a_deleted_message_is_posted_anew(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card", "other")
        await delete(office, "card")
        await office.deliver("card")
        assert await office.keys() == ["other", "card"]
        await office.deliver("card")
    assert await office.keys() == ["other", "card"]


async def test_a_deleted_thread_begins_anew_once(office: Office) -> None:
    async with office.delivering():
        await office.deliver("parent")
        await delete(office, "parent")
        await office.deliver("one", "two", parent="parent")
    assert await office.keys() == ["parent", "one", "two"]
    parent, *replies = await office.messages()
    assert [each.thread_ts for each in replies] == [parent.ts, parent.ts]


async def delete(office: Office, key: str) -> None:
    """An admin removes a message of ours."""
    [ours] = [each for each in await office.messages() if key_of(each) == key]
    await office.our_slack()._client.chat_delete(channel=ours.channel, ts=ours.ts)


async def test_blocks_that_cannot_be_replaced_are_posted_anew(office: Office) -> None:
    rich = {"type": "rich_text", "elements": [{"type": "rich_text_quote", "elements": [text("card")]}]}
    office.renderer.special["card"] = {"text": "card", "blocks": [rich]}
    async with office.delivering():
        await office.deliver("card")
        del office.renderer.special["card"]
        await office.deliver("card")
    last = (await office.messages())[-1]
    assert last.blocks[0]["type"] == "section"
    assert await office.keys() == ["card", "card"]


def text(words: str) -> dict[str, str]:
    return {"type": "text", "text": words}


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
async def test_what_slack_finds_malformed_goes_out_as_plain_text(quick_office: Office, method: str) -> None:
    with logging_to_memory() as logged:
        await refused_once(quick_office, method)
    [line] = logged.lines("payload_refused_by_slack")
    assert (line["error"], line["kind"]) == ("invalid_blocks", "board")
    assert re.fullmatch(r"[0-9a-f]{8}", str(line["error_id"]))
    [card] = await quick_office.messages()
    assert "card" in read(card)
    assert card.blocks != shown("card")["blocks"], "it is the plain version"
    assert [call.answer.get("ok") for call in await quick_office.slack.calls(method)] == [False, True]


async def refused_once(office: Office, method: str) -> None:
    async with office.delivering():
        if method == "chat.update":
            await office.deliver("card")
        await office.slack.fault("api_error", method, error="invalid_blocks")
        await office.deliver("card")


async def test_a_payload_that_breaks_a_limit_goes_out_plain_when_we_are_not_strict(database_url: str) -> None:
    too_long = {"type": "section", "text": {"type": "mrkdwn", "text": "word " * 1_000}}
    async with open_office(database_url, strict=False) as office, office.delivering():
        office.renderer.special["card"] = {"text": "The whole text", "blocks": [too_long]}
        await office.deliver("card")
        [card] = await office.messages()
        assert "The whole text" in read(card)
        office.renderer.special["card"] = {"text": "Changed", "blocks": [too_long]}
        await office.deliver("card")
        assert "Changed" in read((await office.messages())[0])


async def test_an_archived_channel(stage: Stage) -> None:
    await stage.start("leadership", "data")
    await stage.still()
    await stage.slack.archive(stage.channel)
    await step(stage, OpenDimension("leadership"), OpenDimension("data"))
    [notice] = await direct_messages(stage, 1)
    assert f"<#{stage.channel}>" in notice.text
    assert "archived" in notice.text
    assert "appear by itself" in notice.text
    await stage.slack.unarchive(stage.channel)
    assert await kinds(stage) == ["board", "dimension", "prompt", "dimension", "prompt"]
    assert len(await direct_messages(stage, 1)) == 1, "posts and edits are refused in two words, told in one"


async def test_the_bot_is_removed_and_invited_again(stage: Stage) -> None:
    await stage.start("leadership", "data")
    await stage.still()
    await stage.slack.remove_bot(stage.channel)
    await step(stage, OpenDimension("leadership"))
    [notice] = await direct_messages(stage, 1)
    assert "/invite" in notice.text
    await stage.slack.invite_bot(stage.channel)
    assert await kinds(stage) == ["board", "dimension", "prompt"]
    await stage.slack.remove_bot(stage.channel)
    await step(stage, OpenDimension("data"))
    await stage.slack.idle()
    assert len(await direct_messages(stage, 1)) == 1, "once a day"
    await stage.slack.advance(24 * 3_600)
    await stage.slack.invite_bot(stage.channel)
    assert await kinds(stage) == ["board", "dimension", "prompt", "dimension", "prompt"]
    first_prompt = (await stage.assessment()).framework.dimension("data").prompts[0].id
    await stage.slack.remove_bot(stage.channel)
    await step(stage, RecordLevel(first_prompt, 3))
    assert len(await direct_messages(stage, 2)) == 2, "the next day it is told again"


async def step(stage: Stage, *steps: Step) -> None:
    """Steps taken from elsewhere, since nobody can press anything in a channel that is shut."""
    assessment = await stage.assessment()
    bot = stage.runtime.bot
    for each in steps:
        asked = Asked(stage.runtime.identity.workspace_id, NIA, bot.clock.now(), f"test:{each}")
        assert await take_step(bot.desk, asked, assessment.id, each) is not None
    bot.dispatcher.wake()


async def kinds(stage: Stage) -> list[str]:
    """The kinds of our messages in the channel, in order, once all that waited has come."""
    async with asyncio.timeout(10):
        while await stage.runtime.bot.database.outbox.blocked():
            await stage.slack.idle(quiet=0.02)
    seen = await stage.still()
    return [key_of(each).split(":")[0] for each in seen.messages(stage.channel) if key_of(each)]


async def direct_messages(stage: Stage, at_least: int) -> list[Message]:
    """What the facilitator was told directly, once there are so many."""
    conversation = stage.sandbox.workspace.dm_with(NIA).id
    await stage.slack.until(lambda seen: len(seen.messages(conversation)) >= at_least)
    return (await stage.slack.idle()).messages(conversation)
