"""How fast we write, and in what order."""

from __future__ import annotations

import asyncio
from itertools import pairwise

from bot.sandbox.workspace.world import PRIVATE_CHANNEL, TEAM_CHANNEL
from bot.views.block_kit.reference import Reference
from tests.bot.delivery.post_office import WORKSPACE, Office
from tests.bot.stage import key_of, staged


async def test_a_channel_gets_one_post_a_second_and_the_others_do_not_wait_for_it(office: Office) -> None:
    many = [f"m{number:02}" for number in range(15)]
    async with office.delivering():
        await office.want(*many)
        await office.want("elsewhere", channel=PRIVATE_CHANNEL)
        await office.settled()
    assert await office.keys() == many
    times = [float(each.ts) for each in await office.messages()]
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))
    [elsewhere] = await office.messages(PRIVATE_CHANNEL)
    assert float(elsewhere.ts) < times[-1]
    assert set(await office.statuses("chat.postMessage")) == {200}


async def test_threads_and_channel_share_the_pace_and_keep_their_order(office: Office) -> None:
    async with office.delivering():
        await office.want("a", "b")
        await office.want("a1", "a2", parent="a")
        await office.want("b1", parent="b")
        await office.want("c")
        await office.settled()
    messages = await office.messages()
    threads = {each.ts: key_of(each) for each in messages if not each.is_reply}
    assert list(threads.values()) == ["a", "b", "c"]
    replies = [(threads[each.thread_ts or ""], key_of(each)) for each in messages if each.is_reply]
    assert replies == [("a", "a1"), ("a", "a2"), ("b", "b1")]
    times = [float(each.ts) for each in messages]
    assert all(later - earlier >= 1.0 for earlier, later in pairwise(times))


async def test_a_hundred_changes_at_once_do_not_pile_up_tasks(office: Office) -> None:
    cards = [f"card{number}" for number in range(60)]
    channels = [TEAM_CHANNEL, PRIVATE_CHANNEL]
    async with office.delivering():
        for place, card in enumerate(cards):
            await office.want(card, channel=channels[place % 2])
        await office.slack.until(lambda seen: seen.calls("chat.postMessage") >= 3)
        names = [getattr(task.get_coro(), "__qualname__", "") for task in asyncio.all_tasks()]
        assert names.count("Deliverer.deliver") <= len(channels), "one post at a time in each channel"
        await office.settled()


async def test_dispatchers_beside_each_other_keep_order_and_pace(office: Office) -> None:
    many = [f"m{number:02}" for number in range(12)]
    async with office.delivering(3):
        await office.deliver(*many)
        await office.deliver(*many)
    assert await office.keys() == many
    assert set(await office.statuses("chat.postMessage")) == {200}
    assert all(each.edits == 1 for each in await office.messages())


async def test_a_wake_up_during_a_delivery_is_not_missed(office: Office) -> None:
    await office.slack.fault("slow", "chat.postMessage", seconds=0.2)
    async with office.delivering():
        await office.want("slow")
        await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
        await office.want("meanwhile", channel=PRIVATE_CHANNEL)
        await office.slack.until(lambda seen: seen.messages(PRIVATE_CHANNEL))
        async with office.database.reading(WORKSPACE) as work:
            slow = await work.messages.get("slow")
        assert slow is not None
        assert slow.ts is None, "it is still under way"
        await office.settled()


async def test_a_burst_of_presses_is_a_redraw_or_two(sqlite_url: str) -> None:
    async with staged(sqlite_url, speed=2.0) as stage:
        await stage.start("leadership")
        await stage.open("leadership")
        await stage.still()
        prompt = (await stage.assessment()).framework.dimension("leadership").prompts[0].id
        card, board = await stage.card("prompt", prompt), await stage.board()
        stage.sandbox.clock.advance(60)
        people = [stage.nia, stage.omar, stage.grace, stage.ana]
        value = Reference(assessment=(await stage.assessment()).id, prompt=prompt, level=4).encode()
        begun = stage.sandbox.clock.now()
        await asyncio.gather(
            *(person.press(stage.channel, card.ts, "prompt.level", value=value) for person in people * 3)
        )
        # A press is acknowledged before it is recorded.
        assert await stage.runtime.bot.work.drain(10)
        lasted = (stage.sandbox.clock.now() - begun).total_seconds()
        await stage.still()
        updates = [call for call in await stage.slack.calls("chat.update") if call.at >= begun.timestamp()]
        for message in (card, board):
            redraws = sum(call.arguments["ts"] == message.ts for call in updates)
            assert 1 <= redraws <= 2 + int(lasted), "one a second, so three for a burst of under two seconds"
        assert "4 Mainstreamed" in str((await stage.card("prompt", prompt)).blocks)
