"""Messages that should no longer be in Slack: every way to fail, every moment to die, one at work or two."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.rendering.rendered import Picture, picture_name
from bot.exports.chart import render_png_in_thread
from bot.sandbox.client.client import Message
from bot.sandbox.workspace.world import NIA, PRIVATE_CHANNEL, TEAM_CHANNEL
from bot.views.results.radar_svg import radar_svg
from storage.messages.claims import Claim
from tests.bot.delivery.outbox.test_dispatcher_crashes import LEASE, THREADS, carried_on, claimed, picture
from tests.bot.delivery.post_office import WORKSPACE, Office, shown
from tests.bot.logged import logging_to_memory
from tests.bot.stage import read

THREE = ("one", "two", "three")


async def gone(office: Office, *keys: str) -> None:
    """Remove messages and wait until they are gone."""
    await office.remove(*keys)
    await office.settled()


async def forgotten(office: Office, key: str) -> bool:
    """Whether nothing is stored of a message."""
    async with office.database.reading(WORKSPACE) as work:
        return await work.messages.get(key) is None


async def removal_claimed(office: Office, parent: str | None = None) -> Claim:
    """A posted card whose removal a dispatcher had in its hands when it died."""
    async with office.delivering():
        if parent is not None:
            await office.deliver(parent)
        await office.deliver("card", parent=parent)
    await office.remove("card")
    claim = await office.claim()
    assert claim.removal
    return claim


async def test_what_is_removed_is_gone_and_the_rest_stays(office: Office) -> None:
    async with office.delivering():
        await office.deliver(*THREE)
        await gone(office, "two")
        assert await office.keys() == ["one", "three"]
        await office.deliver("one", "two")
    assert await office.keys() == ["one", "three", "two"], "wanted later, it is posted anew"


async def test_a_thread_goes_with_what_began_it(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card")
        await office.deliver("a", "b", parent="card")
        await gone(office, "card")
    assert await office.keys() == []
    calls = await office.slack.calls("chat.delete")
    card = next(each for each in await office.slack.messages(TEAM_CHANNEL) if not each.is_reply)
    assert calls[-1].arguments["ts"] == card.ts, "last of all"


async def test_one_that_was_never_posted_is_forgotten_without_a_call(office: Office) -> None:
    await office.want("card")
    await office.remove("card")
    async with office.delivering():
        await office.settled()
    assert await forgotten(office, "card")
    assert await office.keys() == []
    assert await office.slack.calls("chat.delete") == []
    assert await office.slack.calls("chat.postMessage") == []


async def test_one_that_somebody_deleted_is_gone_already(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card")
        [card] = await office.messages()
        await office.our_slack().delete(TEAM_CHANNEL, card.ts)
        await gone(office, "card")
    assert await forgotten(office, "card")
    assert len(await office.slack.calls("chat.delete")) == 2


@THREADS
@pytest.mark.parametrize("begun", [False, True], ids=["after the claim", "after it began"])
async def test_died_before_the_deletion(office: Office, parent: str | None, begun: bool) -> None:
    claim = await removal_claimed(office, parent)
    if begun:
        await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=LEASE)
    await carried_on(office)
    assert "card" not in await office.keys()
    assert await forgotten(office, "card")


async def test_died_after_the_deletion_and_before_the_record(office: Office) -> None:
    claim = await removal_claimed(office)
    await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=LEASE)
    assert claim.ts is not None
    await office.our_slack().delete(TEAM_CHANNEL, claim.ts)
    await carried_on(office)
    assert await office.keys() == []
    assert await forgotten(office, "card")


@THREADS
async def test_a_post_of_unknown_outcome_is_found_and_removed(office: Office, parent: str | None) -> None:
    claim = await claimed(office, "card", parent, begun=True)
    await office.our_slack().post(TEAM_CHANNEL, shown("card"), key="card", thread_ts=claim.parent_ts)
    await office.remove("card")
    await carried_on(office)
    assert "card" not in await office.keys()
    assert await forgotten(office, "card")


@THREADS
async def test_a_post_that_never_arrived_is_looked_for_and_forgotten(
    office: Office, parent: str | None
) -> None:
    await claimed(office, "card", parent, begun=True)
    await office.remove("card")
    await carried_on(office)
    assert "card" not in await office.keys()
    assert await forgotten(office, "card")
    assert await office.slack.calls("chat.delete") == []


async def test_a_direct_message_of_unknown_outcome_is_found_and_removed(office: Office) -> None:
    """It was wanted for a person, and stands in the conversation with them."""
    await office.want("card", channel=NIA)
    claim = await office.claim()
    await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=LEASE)
    posted = await office.our_slack().post(NIA, shown("card"), key="card", thread_ts=None)
    await office.remove("card")
    await carried_on(office)
    assert await office.keys(posted.channel_id) == []
    assert await forgotten(office, "card")


async def test_a_post_of_unknown_outcome_in_a_thread_that_is_gone(office: Office) -> None:
    claim = await claimed(office, "card", "parent", begun=True)
    assert claim.parent_ts is not None
    await office.our_slack().delete(TEAM_CHANNEL, claim.parent_ts)
    await office.remove("card")
    await carried_on(office)
    assert await forgotten(office, "card")


async def test_removed_while_it_is_being_posted(office: Office) -> None:
    await office.slack.fault("slow", "chat.postMessage", seconds=0.3)
    async with office.delivering():
        await office.want("card")
        await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
        await gone(office, "card")
    assert await office.keys() == []


async def test_wanted_again_while_it_is_being_removed(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card")
        await office.slack.fault("slow", "chat.delete", seconds=0.3)
        await office.remove("card")
        await office.slack.until(lambda seen: all(each.deleted for each in seen.messages(TEAM_CHANNEL)))
        await office.deliver("card")
    assert await office.keys() == ["card"]


async def test_two_dispatchers_remove_each_message_once(office: Office) -> None:
    cards = [f"card{number}" for number in range(6)]
    async with office.delivering(2):
        await office.deliver(*cards)
        await gone(office, *cards)
    assert await office.keys() == []
    assert await office.statuses("chat.delete") == [200] * len(cards)


async def test_a_lease_that_ran_out_during_a_slow_deletion_does_no_harm(office: Office) -> None:
    async with office.delivering(2):
        await office.deliver("card")
        await office.slack.fault("slow", "chat.delete", seconds=0.5)
        await office.remove("card")
        await office.slack.until(lambda seen: all(each.deleted for each in seen.messages(TEAM_CHANNEL)))
        office.sandbox.clock.advance(91)
        await office.settled()
        await office.slack.idle(quiet=0.6)
    assert await office.keys() == []
    assert await forgotten(office, "card")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "http_error", "status": 503},
        {"kind": "api_error", "error": "fatal_error"},
        {"kind": "api_error", "error": "strange_error"},
        {"kind": "rate_limited", "seconds": 5},
        {"kind": "drop_before"},
        {"kind": "drop_after"},
    ],
    ids=lambda fault: fault.get("error") or fault["kind"],
)
async def test_it_is_tried_again_until_it_is_gone(quick_office: Office, fault: dict[str, object]) -> None:
    async with quick_office.delivering():
        await quick_office.deliver(*THREE)
        await quick_office.slack.fault(method="chat.delete", times=2, **fault)  # type: ignore[arg-type]
        await gone(quick_office, *THREE)
    assert await quick_office.keys() == []


async def test_too_many_deletions_hold_all_deletions_and_nothing_else(office: Office) -> None:
    cards = [f"card{number}" for number in range(8)]
    async with office.delivering():
        await office.deliver(*cards, "stays")
        await office.slack.fault("rate_limited", "chat.delete", seconds=40, times=3)
        await office.remove(*cards)
        await office.want("stays")
        await office.deliver("new", channel=PRIVATE_CHANNEL)
        await office.settled()
    calls = await office.slack.calls("chat.delete")
    refused = [call.at for call in calls if call.status == 429]
    done = [call.at for call in calls if call.status == 200]
    assert (len(refused), len(done)) == (3, len(cards)), "at most the few under way are refused"
    assert min(done) - min(refused) >= 40
    assert float((await office.messages(PRIVATE_CHANNEL))[0].ts) < min(done)
    assert max(call.at for call in await office.slack.calls("chat.update")) < min(done)


@pytest.mark.parametrize("error", ["is_archived", "not_in_channel", "channel_not_found"])
async def test_a_channel_that_is_closed_to_us_keeps_it_until_it_opens(office: Office, error: str) -> None:
    async with office.delivering():
        await office.deliver("card", "other")
        await office.slack.fault("api_error", "chat.delete", error=error)
        await office.remove("card")
        await office.settled(blocked=1)
        assert await office.keys() == ["card", "other"]
        now = office.sandbox.clock.now()
        await office.database.outbox.unblock(workspace_id=WORKSPACE, channel_id=TEAM_CHANNEL, now=now)
        office.dispatchers[0].wake()
        await office.settled()
    assert await office.keys() == ["other"]


@pytest.mark.parametrize("error", ["cant_delete_message", "compliance_exports_prevent_deletion"])
async def test_what_slack_does_not_let_us_delete_is_emptied(quick_office: Office, error: str) -> None:
    with logging_to_memory() as logged:
        [card] = await emptied(quick_office, error)
    assert read(card) == "Milepost removed this message."
    assert await forgotten(quick_office, "card")
    assert logged.lines("not_deleted")[0]["error"] == error


async def emptied(office: Office, error: str) -> list[Message]:
    async with office.delivering():
        await office.deliver("card")
        await office.slack.fault("api_error", "chat.delete", error=error)
        await office.slack.fault("http_error", "chat.update", status=503)
        await office.slack.fault("api_error", "chat.delete", error=error)
        await gone(office, "card")
    return await office.messages()


async def test_what_can_neither_be_deleted_nor_edited_is_given_up(quick_office: Office) -> None:
    async with quick_office.delivering():
        await quick_office.deliver("card")
        await quick_office.slack.fault("api_error", "chat.delete", error="cant_delete_message")
        await quick_office.slack.fault("api_error", "chat.update", error="cant_update_message")
        await gone(quick_office, "card")
    assert await quick_office.keys() == ["card"]
    assert await forgotten(quick_office, "card")


def chart(key: str) -> Picture:
    """A small chart under the name that its key gives it."""
    small = picture()
    return Picture(picture_name(key), small.title, small.chart)


async def files(office: Office) -> list[str]:
    """The names of the files in the channel."""
    return [file.name for each in await office.slack.messages(TEAM_CHANNEL) for file in each.files]


async def test_a_picture_is_deleted(office: Office) -> None:
    office.renderer.special["chart:1"] = chart("chart:1")
    async with office.delivering():
        await office.deliver("results")
        await office.deliver("chart:1", parent="results", kind="chart")
        assert await files(office) == ["milepost-chart-1.png"]
        await office.slack.fault("drop_after", "files.delete")
        await gone(office, "results")
    assert await files(office) == []
    assert "results" not in await office.keys()
    assert await forgotten(office, "chart:1")


@pytest.mark.parametrize("error", ["file_not_found", "cant_delete_file", "file_deleting_disabled"])
async def test_a_picture_that_cannot_be_deleted_is_given_up(quick_office: Office, error: str) -> None:
    quick_office.renderer.special["chart:1"] = chart("chart:1")
    async with quick_office.delivering():
        await quick_office.deliver("chart:1", kind="chart")
        await quick_office.slack.fault("api_error", "files.delete", error=error)
        await gone(quick_office, "chart:1")
    assert await forgotten(quick_office, "chart:1")


@pytest.mark.parametrize("arrived", [True, False], ids=["arrived", "never arrived"])
async def test_a_picture_of_unknown_outcome_is_looked_for(office: Office, arrived: bool) -> None:
    async with office.delivering():
        await office.deliver("results")
    await office.want("chart:1", parent="results", kind="chart")
    claim = await office.claim()
    await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=timedelta(seconds=90))
    if arrived:
        slack = office.our_slack()
        content = await render_png_in_thread(radar_svg(picture().chart))
        file_id = await slack.upload(name=picture_name("chart:1"), content=content, alt_text="Levels")
        await slack.share_file(file_id, TEAM_CHANNEL, claim.parent_ts, title="Levels")
    await office.remove("chart:1")
    await carried_on(office)
    assert await files(office) == []
    assert await forgotten(office, "chart:1")
    assert len(await office.slack.calls("files.delete")) == int(arrived)
