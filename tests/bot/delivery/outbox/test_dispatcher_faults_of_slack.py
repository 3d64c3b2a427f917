"""Slack refuses, breaks or is slow: nothing is lost, nothing is doubled, and nobody is hammered."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.sandbox.workspace.world import PRIVATE_CHANNEL, TEAM_CHANNEL
from tests.bot.delivery.post_office import WORKSPACE, Office, open_office
from tests.bot.logged import logging_to_memory

FIRST = ("one", "two", "three")


async def test_too_many_posts_waits_as_long_as_slack_says_and_keeps_the_order(office: Office) -> None:
    await office.slack.fault("rate_limited", "chat.postMessage", seconds=30, times=2)
    async with office.delivering():
        await office.deliver(*FIRST)
    assert await office.keys() == list(FIRST)
    calls = await office.slack.calls("chat.postMessage")
    assert [call.status for call in calls] == [429, 429, 200, 200, 200]
    assert calls[1].at - calls[0].at >= 30
    assert calls[2].at - calls[1].at >= 30


async def test_too_many_posts_in_one_channel_hold_up_no_other(office: Office) -> None:
    await office.slack.fault("rate_limited", "chat.postMessage", channel=TEAM_CHANNEL, seconds=3_600)
    async with office.delivering():
        await office.want(*FIRST)
        await office.want("elsewhere", channel=PRIVATE_CHANNEL)
        await office.slack.until(lambda seen: seen.messages(PRIVATE_CHANNEL))
        assert await office.keys() == []
        office.sandbox.clock.advance(3_601)
        await office.settled()
    assert await office.keys() == list(FIRST)


async def test_too_many_edits_hold_all_edits_of_the_workspace_and_no_posts(office: Office) -> None:
    cards = [f"card{number}" for number in range(8)]
    async with office.delivering():
        await office.deliver(*cards)
        await office.slack.fault("rate_limited", "chat.update", seconds=40, times=3)
        await office.want(*cards)
        await office.deliver("new", channel=PRIVATE_CHANNEL)
    refused = [call.at for call in await office.slack.calls("chat.update") if call.status == 429]
    done = [call.at for call in await office.slack.calls("chat.update") if call.status == 200]
    assert len(refused) == 3, "at most the few under way are refused"
    assert len(done) == len(cards)
    assert min(done) - min(refused) >= 40
    assert float((await office.messages(PRIVATE_CHANNEL))[0].ts) < min(done)


async def test_presses_do_not_shorten_the_wait_of_an_edit(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card")
        office.sandbox.clock.advance(10)
        await office.slack.fault("rate_limited", "chat.update", seconds=60)
        for _ in range(5):
            await office.want("card")
            await office.slack.idle(quiet=0.03)
        await office.settled()
    calls = await office.slack.calls("chat.update")
    assert [call.status for call in calls] == [429, 200]
    assert calls[1].at - calls[0].at >= 60


@pytest.mark.parametrize("method", ["chat.postMessage", "chat.update"])
@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http_error", "status": 500},
        {"kind": "http_error", "status": 503},
        {"kind": "api_error", "error": "fatal_error"},
        {"kind": "api_error", "error": "rate_limited"},
        {"kind": "api_error", "error": "team_added_to_org"},
        {"kind": "drop_before"},
        {"kind": "drop_after"},
    ],
    ids=lambda fault: fault.get("error") or f"{fault['kind']}{fault.get('status', '')}",
)
async def test_it_is_tried_again_and_there_is_one(
    quick_office: Office, method: str, fault: dict[str, object]
) -> None:
    async with quick_office.delivering():
        if method == "chat.update":
            await quick_office.deliver(*FIRST)
        await quick_office.slack.fault(method=method, times=2, **fault)  # type: ignore[arg-type]
        await quick_office.deliver(*FIRST)
    assert await quick_office.keys() == list(FIRST)
    waits = [call.at for call in await quick_office.slack.calls(method) if call.status != 200]
    assert len(waits) <= 4


@pytest.mark.parametrize("parent", [None, "parent"], ids=["channel", "thread"])
async def test_an_answer_that_never_came_is_looked_up_even_when_that_fails_first(
    office: Office, parent: str | None
) -> None:
    look_up = "conversations.history" if parent is None else "conversations.replies"
    async with office.delivering():
        if parent:
            await office.deliver(parent)
        await office.slack.fault("drop_after", "chat.postMessage")
        await office.slack.fault("http_error", look_up, status=503)
        await office.slack.fault("rate_limited", look_up, seconds=5)
        await office.deliver("lost", "next", parent=parent)
    assert (await office.keys())[-2:] == ["lost", "next"]
    assert await office.statuses(look_up) == [503, 429, 200]
    assert (await office.keys()).count("lost") == 1


async def test_an_answer_slower_than_our_patience(database_url: str) -> None:
    async with open_office(database_url, call_seconds=0.15) as office, office.delivering():
        await office.slack.fault("slow", "chat.postMessage", seconds=0.3)
        await office.slack.fault("hang_before", "chat.postMessage", seconds=0.3)
        await office.deliver(*FIRST)
        assert await office.keys() == list(FIRST)


async def test_a_lease_that_ran_out_during_a_slow_post_is_taken_over_once(office: Office) -> None:
    await office.slack.fault("slow", "chat.postMessage", seconds=0.6)
    async with office.delivering(2):
        await office.want("slow")
        await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
        office.sandbox.clock.advance(91)
        await office.settled()
        await office.slack.idle(quiet=0.7)
    assert await office.keys() == ["slow"]
    assert await office.statuses("chat.postMessage") == [200]


async def test_nothing_is_written_once_the_claim_is_lost(office: Office) -> None:
    """Drawing took so long that another dispatcher took the message over."""
    renderer = office.renderer
    draw, lost = renderer.render, asyncio.Event()

    async def slowly(claim, slack):  # type: ignore[no-untyped-def]
        if not renderer.drawn:
            renderer.drawn["slow"] += 1
            office.sandbox.clock.advance(91)
            now, hour = office.sandbox.clock.now(), timedelta(hours=1)
            await office.database.outbox.claim(owner="other", now=now, lease=hour, limit=1)
            lost.set()
        return await draw(claim, slack)

    renderer.render = slowly  # type: ignore[method-assign]
    async with office.delivering():
        await office.want("slow")
        await lost.wait()
        await office.slack.idle(quiet=0.1)
        assert await office.statuses("chat.postMessage") == []
        office.sandbox.clock.advance(3_601)
        await office.settled()
    assert await office.keys() == ["slow"]


async def test_a_revoked_token_makes_messages_wait_not_vanish(office: Office) -> None:
    async with office.delivering():
        await office.slack.fault("api_error", "chat.postMessage", error="account_inactive", times=100)
        await office.want(*FIRST)
        await office.slack.until(lambda seen: seen.calls("chat.postMessage") >= 2)
        calls = await office.slack.calls("chat.postMessage")
        assert calls[1].at - calls[0].at >= 60, "one call a minute, not one for each message"
        await office.slack.clear_faults()
        await office.settled()
    assert await office.keys() == list(FIRST)


async def test_a_message_that_fails_for_ever_holds_up_the_others_for_a_minute_only(office: Office) -> None:
    await office.slack.fault("api_error", "chat.postMessage", error="strange_error", times=6)
    async with office.delivering():
        await office.deliver("poor", "next")
    assert sorted(await office.keys()) == ["next", "poor"]
    assert await office.statuses("chat.postMessage") == [200] * 8


async def test_our_own_fault_keeps_the_message_and_harms_no_other(office: Office) -> None:
    office.renderer.special["broken"] = RuntimeError("what somebody wrote")
    with logging_to_memory() as logged:
        await broken_and_mended(office)
    assert sorted(await office.keys()) == ["broken", "fine"]
    line = logged.lines("delivery_failed")[0]
    assert line["error_id"]
    assert (line["message"], line["kind"], line["workspace"]) == ("broken", "board", WORKSPACE)
    assert "what somebody wrote" not in logged.text


async def test_what_could_not_even_be_recorded_is_logged_with_its_message(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def abandoning(*_args: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("bot.delivery.outbox.deliverer.Deliverer.deliver", abandoning)
    with logging_to_memory() as logged:
        async with office.delivering(), asyncio.timeout(10):
            await office.want("lost")
            while not logged.lines("delivery_abandoned"):
                await office.slack.idle(quiet=0.02)
    [line] = logged.lines("delivery_abandoned")
    assert (line["message"], line["kind"], line["workspace"]) == ("lost", "board", WORKSPACE)


async def broken_and_mended(office: Office) -> None:
    async with office.delivering():
        await office.want("broken", "fine")
        await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
        assert await office.keys() == ["fine"]
        del office.renderer.special["broken"]
        await office.settled()
