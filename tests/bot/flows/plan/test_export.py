"""The plan as files: only to whoever asks, only to those who may see it."""

from __future__ import annotations

import csv
import io

import pytest
from icalendar import Calendar

from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.sandbox.workspace.world import PRIVATE_CHANNEL
from tests.bot.flows.plan.what_people_do import add_item, command, in_days, set_targets
from tests.bot.stage import Stage, read


@pytest.fixture
async def planned(running: Stage) -> Stage:
    """An assessment under way with an item in its plan."""
    await set_targets(running, running.nia, data=3)
    milestones = f"{in_days(running, 10).isoformat()} First list"
    await add_item(running, running.nia, "=Mend()", owners=[running.omar.id], milestones=milestones)
    return running


async def files_of(stage: Stage, person: PersonHandle) -> list[Message]:
    """The files in a person's direct messages, once there are two or all is still."""
    channel, _ = await person.dm("Thanks")

    def shared(seen: Seen) -> list[Message]:
        return [message for message in seen.messages(channel) if message.files]

    await stage.still()
    return shared(await stage.slack.seen())


def content(stage: Stage, message: Message) -> bytes:
    file = stage.sandbox.workspace.files.get(message.files[0].id)
    assert file is not None and file.content is not None
    return file.content


async def test_the_files_come_in_a_direct_message(planned: Stage) -> None:
    await command(planned, planned.omar, "plan export", "Sent to you in a direct message")
    calendar, table = await files_of(planned, planned.omar)
    assert [each.files[0].name for each in (calendar, table)] == ["plan.ics", "plan.csv"]
    assert calendar.thread_ts == table.thread_ts is not None
    events = Calendar.from_ical(content(planned, calendar)).walk("VEVENT")
    assert [(str(each["SUMMARY"]), each.decoded("DTSTART")) for each in events] == [
        ("First list (=Mend())", in_days(planned, 10))
    ]
    [row] = csv.DictReader(io.StringIO(content(planned, table).decode("utf-8-sig")))
    assert (row["item"], row["owners"], row["added by"]) == ("'=Mend()", "Omar Shah", "Nia Pryce")
    assert await files_of(planned, planned.nia) == []
    seen = await planned.still()
    assert not [m for m in seen.messages(planned.channel) if m.files]


async def test_nothing_to_export(running: Stage) -> None:
    await command(running, running.nia, "plan export", "There is nothing in the plan to export yet.")


async def test_when_slack_does_not_take_the_files(planned: Stage) -> None:
    await planned.slack.fault("api_error", "files.getUploadURLExternal", error="internal_error")
    await command(planned, planned.nia, "plan export", "Slack did not take the files just now")
    assert await files_of(planned, planned.nia) == []
    await command(planned, planned.nia, "plan export", "Sent to you in a direct message")
    assert len(await files_of(planned, planned.nia)) == 2


async def test_a_mention_that_comes_twice_sends_once(planned: Stage) -> None:
    await planned.nia.say(planned.channel, f"<@{planned.runtime.identity.bot_user_id}> plan export")
    await planned.whisper(planned.nia, "Sent to you in a direct message")
    await planned.slack.redeliver_last()
    assert len(await files_of(planned, planned.nia)) == 2


async def test_from_a_direct_message_and_only_what_one_may_see(planned: Stage) -> None:
    planned.channel, public = PRIVATE_CHANNEL, planned.channel
    await planned.start(title="For leaders", channel=PRIVATE_CHANNEL)
    await set_targets(planned, planned.nia, data=4)
    await add_item(planned, planned.nia, "Be brave")
    planned.channel = public
    await planned.ana.dm("plan export")
    assert len(await files_of(planned, planned.ana)) == 2
    channel, _ = await planned.nia.dm("plan export")
    seen = await planned.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "There are several plans." in read(m)]
    )
    assert "For leaders" in read([m for m in seen.messages(channel) if "several" in read(m)][-1])
    await planned.nia.dm("plan export leaders")
    calendar, table = await files_of(planned, planned.nia)
    assert b"Be brave" in content(planned, table) and b"Mend" not in content(planned, table)
    assert calendar.files[0].name == "plan.ics"
