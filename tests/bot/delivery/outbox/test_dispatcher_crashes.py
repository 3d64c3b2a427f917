"""A dispatcher dies at every possible moment; the next one carries on and there is exactly one copy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.delivery.rendering.rendered import Picture
from bot.exports.chart import render_png_in_thread
from bot.sandbox.workspace.world import NIA, TEAM_CHANNEL
from bot.views.results.radar_svg import Axis, RadarChart, radar_svg
from storage.messages.claims import Claim
from tests.bot.delivery.post_office import Office, shown

LEASE = timedelta(seconds=90)
THREADS = pytest.mark.parametrize("parent", [None, "parent"], ids=["channel", "thread"])


def picture() -> Picture:
    """A small chart."""
    axes = tuple(Axis(name, 2) for name in ("Leadership", "Strategy", "Data"))
    levels = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")
    return Picture("milepost-chart.png", "Levels", RadarChart("How are we doing?", axes, levels))


async def claimed(office: Office, key: str, parent: str | None, *, begun: bool) -> Claim:
    """A message that a dispatcher had in its hands when it died."""
    if parent is not None:
        async with office.delivering():
            await office.deliver(parent)
    await office.want(key, parent=parent)
    claim = await office.claim()
    if begun:
        await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=LEASE)
    return claim


async def carried_on(office: Office) -> None:
    """The next dispatcher, when the lease has run out."""
    office.sandbox.clock.advance(91)
    async with office.delivering():
        await office.settled()


@THREADS
@pytest.mark.parametrize("begun", [False, True], ids=["after the claim", "after it began"])
async def test_died_before_the_post(office: Office, parent: str | None, begun: bool) -> None:
    await claimed(office, "card", parent, begun=begun)
    await carried_on(office)
    assert (await office.keys()).count("card") == 1


@THREADS
async def test_died_after_the_post_and_before_the_record(office: Office, parent: str | None) -> None:
    claim = await claimed(office, "card", parent, begun=True)
    posted = await office.our_slack().post(
        TEAM_CHANNEL, shown("an older card"), key="card", thread_ts=claim.parent_ts
    )
    await carried_on(office)
    [card] = [each for each in await office.messages() if each.ts == posted.ts]
    assert card.text == "card", "the message that was there is brought into line"
    assert (await office.keys()).count("card") == 1


async def test_a_direct_message_whose_answer_was_lost_is_found_and_can_be_edited(office: Office) -> None:
    """It is posted to a person's id, and read and edited in the conversation with them."""
    await office.slack.fault("drop_after", "chat.postMessage", channel=NIA)
    async with office.delivering():
        await office.deliver("reminder", channel=NIA)
        office.sandbox.clock.advance(10)
        await office.deliver("reminder", channel=NIA)
    assert await office.statuses("chat.update") == [200, 200]
    opened = (await office.slack.calls("conversations.open"))[-1].answer["channel"]["id"]
    assert await office.keys(opened) == ["reminder"]


async def test_died_after_a_direct_message_and_before_the_record(office: Office) -> None:
    await office.want("reminder", channel=NIA)
    claim = await office.claim()
    await office.database.outbox.begin(claim, now=office.sandbox.clock.now(), lease=LEASE)
    posted = await office.our_slack().post(NIA, shown("reminder"), key="reminder", thread_ts=None)
    await carried_on(office)
    assert await office.keys(posted.channel_id) == ["reminder"]


async def test_two_die_one_after_the_other(office: Office) -> None:
    """The second died while it looked; the third still looks from the first post on."""
    claim = await claimed(office, "card", None, begun=True)
    await office.our_slack().post(TEAM_CHANNEL, shown("card"), key="card", thread_ts=claim.parent_ts)
    office.sandbox.clock.advance(3_600)
    again = await office.claim()
    await office.database.outbox.begin(again, now=office.sandbox.clock.now(), lease=LEASE)
    await carried_on(office)
    assert await office.keys() == ["card"]


async def test_cancelled_in_the_middle_of_a_post(office: Office) -> None:
    await office.slack.fault("slow", "chat.postMessage", seconds=0.5)
    async with office.delivering():
        await office.want("card", "next")
        await office.slack.until(lambda seen: seen.messages(TEAM_CHANNEL))
    await carried_on(office)
    assert await office.keys() == ["card", "next"]


async def test_died_before_an_edit_was_recorded(office: Office) -> None:
    async with office.delivering():
        await office.deliver("card")
    await claimed(office, "card", None, begun=True)
    await carried_on(office)
    assert await office.keys() == ["card"]


@pytest.mark.parametrize(
    "method", ["files.getUploadURLExternal", "files.completeUploadExternal"], ids=["first", "last"]
)
@pytest.mark.parametrize("kind", ["drop_before", "drop_after"])
async def test_a_picture_whose_answer_is_lost_is_shared_once(office: Office, method: str, kind: str) -> None:
    office.renderer.special["chart"] = picture()
    async with office.delivering():
        await office.deliver("results")
        await office.slack.fault(kind, method)
        await office.slack.fault("http_error", "conversations.replies", status=500)
        await office.deliver("chart", parent="results")
    files = [file.name for each in await office.slack.messages(TEAM_CHANNEL) for file in each.files]
    assert files == ["milepost-chart.png"]


async def test_a_picture_shared_by_one_who_died_is_not_shared_again(office: Office) -> None:
    office.renderer.special["chart"] = picture()
    claim = await claimed(office, "chart", "results", begun=True)
    slack = office.our_slack()
    content = await render_png_in_thread(radar_svg(picture().chart))
    file_id = await slack.upload(name="milepost-chart.png", content=content, alt_text="Levels")
    await slack.share_file(file_id, TEAM_CHANNEL, claim.parent_ts, title="Levels")
    await carried_on(office)
    files = [file.id for each in await office.slack.messages(TEAM_CHANNEL) for file in each.files]
    assert files == [file_id]
