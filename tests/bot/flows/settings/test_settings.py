"""`/milepost settings`: days away, nudges, and the council's days."""

from __future__ import annotations

import pytest

from bot.sandbox.client.client import PersonHandle, ViewReport
from bot.sandbox.workspace.world import WITHOUT_BOT_CHANNEL
from bot.services.calendar.calendars import council_days, own_settings, working_calendar
from bot.views.block_kit.reference import Reference
from model.calendar.council_calendar import Nation
from model.calendar.settings import CouncilDays, OwnSettings
from tests.bot.flows.payloads import press_payload, submission_payload, text_state
from tests.bot.flows.small import dispatch, form
from tests.bot.stage import Stage, read
from tests.model.days import span

PAUSE = "2027-03-22 to 2027-05-06 Pre-election period"


async def open_settings(stage: Stage, person: PersonHandle, channel: str | None = None) -> ViewReport:
    outcome = await person.command(channel or stage.channel, "/milepost settings")
    assert outcome.acknowledged, outcome
    return await form(stage, person, "settings")


async def own(stage: Stage, person: PersonHandle) -> OwnSettings:
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return await own_settings(work, person.id)


async def council(stage: Stage) -> CouncilDays:
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return await council_days(work)


async def test_everybody_sets_their_own_days_and_nudges(stage: Stage) -> None:
    view = await open_settings(stage, stage.ana)
    assert "*Europe/Lisbon*" in view.readable and "Bank holidays: *England*" in view.readable
    assert "Closed days" not in view.readable
    await stage.ana.submit({"away_from": "2099-07-19", "away_to": "2099-07-30", "quiet": "nudges"})
    told = await stage.whisper(stage.ana, "Your settings are saved")
    assert "You are away 19 July to 30 July 2099. You will not be nudged about votes." in told
    found = await own(stage, stage.ana)
    assert (found.away, found.nudges, found.reminders) == ((span("2099-07-19", "2099-07-30"),), False, True)
    assert await own(stage, stage.omar) == OwnSettings()
    view = await open_settings(stage, stage.ana)
    assert "Away: 19 July to 30 July 2099" in view.readable
    # What was set stays unless it is changed, and more can be added.
    await stage.ana.submit({"away_from": "2099-01-02", "away_to": "2099-01-02", "quiet": "reminders"})
    await stage.whisper(stage.ana, "You are away 2 January 2099; 19 July to 30 July 2099.")
    after = await own(stage, stage.ana)
    assert (after.nudges, after.reminders) == (True, False)


async def test_days_can_be_taken_back_and_what_was_typed_stays(running: Stage) -> None:
    await open_settings(running, running.nia)
    await running.nia.submit({"away_from": "2099-07-19", "away_to": "2099-07-30"})
    await running.whisper(running.nia, "You are away")
    await open_settings(running, running.nia)
    await running.nia.modal_press("settings.remove_away", values={"pauses": PAUSE})
    await running.slack.until(
        lambda seen: (view := seen.modal(running.nia.id)) is not None and "Away:" not in view.readable
    )
    assert (await own(running, running.nia)).away == ()
    await running.nia.submit({})
    await running.whisper(running.nia, "The council's days are changed")
    assert (await council(running)).pauses == (span("2027-03-22", "2027-05-06", "Pre-election period"),)


async def test_a_facilitator_sets_the_councils_days_for_everybody(running: Stage) -> None:
    view = await open_settings(running, running.nia)
    assert "As a facilitator you may change this" in view.readable
    await running.nia.submit({"closed_days": "24 December 2027 Closed early\n", "pauses": PAUSE})
    await running.whisper(running.nia, "The council's days are changed, for everybody.")
    async with running.runtime.bot.database.reading(running.runtime.identity.workspace_id) as work:
        calendar = await working_calendar(work, Nation.SCOTLAND)
    assert calendar.nation is Nation.SCOTLAND
    assert calendar.extra_days == (span("2027-12-24", name="Closed early"),)
    assert calendar.pauses == (span("2027-03-22", "2027-05-06", "Pre-election period"),)
    shown = (await open_settings(running, running.omar)).readable
    assert "Quiet: 22 March to 6 May 2027, Pre-election period" in shown
    # Nothing of the council's is touched by somebody who only sees to their own.
    before = await council(running)
    await open_settings(running, running.nia)
    await running.nia.submit({"quiet": "nudges"})
    told = await running.whisper(running.nia, "You will not be nudged")
    assert "The council's days" not in told
    assert await council(running) == before


async def test_lines_that_cannot_be_read_are_named_at_their_field_and_nothing_is_lost(
    running: Stage,
) -> None:
    await open_settings(running, running.nia)
    given = {
        "closed_days": "2027-12-24\nthe day after",
        "pauses": "2027-05-06 to 2027-03-22 Purdah",
        "away_from": "2099-07-19",
        "away_to": "2099-07-30",
    }
    outcome = await running.nia.submit(given)
    assert outcome.response_action == "errors" and outcome.errors is not None
    assert outcome.errors["closed_days"].startswith("Line 2, “the day after”: it does not begin with a date.")
    assert outcome.errors["pauses"] == "Line 1, “2027-05-06 to 2027-03-22 Purdah”: it ends before it begins."
    assert (await council(running), await own(running, running.nia)) == (CouncilDays(), OwnSettings())
    # The form is open as it was; mending the lines is enough.
    await running.nia.submit({"closed_days": "2027-12-24", "pauses": PAUSE})
    told = await running.whisper(running.nia, "Your settings are saved")
    assert "19 July to 30 July 2099" in told


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"away_from": "2099-01-01"}, "away_to", "choose both"),
        ({"away_from": "2099-01-02", "away_to": "2099-01-01"}, "away_to", "before the first"),
        ({"away_from": "2020-01-01", "away_to": "2020-01-02"}, "away_to", "have passed"),
        ({"away_from": "2090-01-01", "away_to": "2099-01-01"}, "away_to", "longer than two years"),
    ],
)
async def test_dates_that_make_no_absence(stage: Stage, given: dict[str, str], field: str, said: str) -> None:
    await open_settings(stage, stage.omar)
    outcome = await stage.omar.submit(given)
    assert outcome.errors is not None and said in outcome.errors[field]
    assert await own(stage, stage.omar) == OwnSettings()


async def test_two_facilitators_who_change_the_days_at_once(running: Stage) -> None:
    first = await open_settings(running, running.nia)
    assert first.callback_id == "settings"
    metadata = Reference(channel=running.channel, seen=CouncilDays().print).encode()
    late = {"closed_days": text_state("2027-12-24 Nia's"), "pauses": text_state("")}
    await running.nia.submit({"closed_days": "2027-12-31 First"})
    await running.whisper(running.nia, "The council's days are changed")
    answer = await dispatch(running, submission_payload(running, running.nia.id, "settings", metadata, late))
    shown = str(answer["view"]["blocks"])
    assert answer["response_action"] == "update" and "while you had them open" in shown
    assert "2027-12-24 Nia's" in shown, "the words are given back"
    assert (await council(running)).closed == (span("2027-12-31", name="First"),)


async def test_who_does_not_facilitate_cannot_change_the_councils_days(running: Stage) -> None:
    metadata = Reference(channel=running.channel, seen=CouncilDays().print).encode()
    values = {"closed_days": text_state("2027-12-24"), "pauses": text_state("")}
    body = submission_payload(running, running.omar.id, "settings", metadata, values)
    answer = await dispatch(running, body)
    assert f"<@{running.nia.id}>" in str(answer["view"]["blocks"])
    elsewhere = Reference(channel=WITHOUT_BOT_CHANNEL, seen=CouncilDays().print).encode()
    body = submission_payload(running, running.nia.id, "settings", elsewhere, values)
    answer = await dispatch(running, body)
    assert "facilitator" in str(answer["view"]["blocks"])
    assert await council(running) == CouncilDays()


async def test_the_word_in_a_mention_and_in_a_direct_message_offers_a_button(running: Stage) -> None:
    await running.nia.say(running.channel, f"<@{running.runtime.identity.bot_user_id}> settings")
    offered = await running.slack.until(
        lambda seen: [m for m in seen.ephemerals(running.nia.id) if "[Settings]" in read(m)]
    )
    [message] = [m for m in offered.ephemerals(running.nia.id) if "[Settings]" in read(m)]
    await running.nia.press_ephemeral(message.ts, "settings.open")
    assert "As a facilitator" in (await form(running, running.nia, "settings")).readable
    channel, _ = await running.omar.dm("settings")
    seen = await running.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "[Settings]" in read(m)]
    )
    [message] = [m for m in seen.messages(channel) if "[Settings]" in read(m)]
    await running.omar.press(channel, message.ts, "settings.open")
    await form(running, running.omar, "settings")
    await running.omar.submit({"quiet": "nudges"})
    await running.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "You will not be nudged" in read(m)]
    )


async def test_a_button_of_which_nobody_knows_the_days(stage: Stage) -> None:
    value = Reference(channel=stage.channel, days="tomorrow").encode()
    await dispatch(stage, press_payload(stage, stage.nia.id, "settings.remove_away", value))
    await stage.whisper(stage.nia, "This button is from an older version")
