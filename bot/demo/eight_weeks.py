"""The last acts of the demo: eight weeks go by on the sandbox's clock, with reminders people can bear."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from bot.demo.play import Play
from bot.demo.stage import StepMissing, key_of, read
from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.views.block_kit.ids import ActionId
from bot.views.plan.parts import STATUS_NAMES
from model.plan.plan import ItemStatus

_LONDON = ZoneInfo("Europe/London")
# When everything of a morning has been sent: reminders come at 09:30.
_AFTER_REMINDERS = time(9, 40)


async def first_reminders(play: Play) -> None:
    """Tom and Omar are reminded in time; Omar's is done on the day."""
    await until(play, date(2026, 11, 26))
    await reminded(play, "Tom", "Sent round")
    await until(play, date(2026, 12, 1))
    omar = play.stage.person("Omar")
    message = await reminded(play, "Omar", "First version")
    await press_reminder(play, omar, message, ActionId.REMINDER_DONE, "[Done]")
    await edited(play, omar, message, "*First version*: done")


async def snoozed(play: Play) -> None:
    """Grace hears of hers five working days before, and wants to hear of it again next week."""
    await until(play, date(2026, 12, 3))
    grace = play.stage.person("Grace")
    message = await reminded(play, "Grace", "Shown to the directors")
    play.transcript.did("Grace Obi", "chooses “Next week” under [Snooze]")
    outcome = await grace.choose(
        message.channel, message.ts, ActionId.REMINDER_SNOOZE.value, option="Next week"
    )
    if not outcome.acknowledged:
        raise StepMissing("the bot did not take the snooze")
    await edited(play, grace, message, "You hear of it again on")


async def overdue(play: Play) -> None:
    """Tom's is forgotten: once a week he is told, three times; a digest comes each Monday."""
    tom = play.stage.person("Tom")
    before = len(await reminders_of(play, tom))
    for number in (4, 7, 11, 14, 18):
        await until(play, date(2026, 12, number))
    found = await reminders_of(play, tom)
    if len(found) != before + 3:
        raise StepMissing(f"Tom had {len(found) - before} reminders while it was overdue, not three")
    play.transcript.answered("in a direct message to Tom Hurst, for the third week", read(found[-1]))
    digest = await play.stage.message("digest:")
    play.transcript.answered("in the channel, in place of last week's", read(digest))


async def bank_holiday(play: Play) -> None:
    """Ana's is due on 28 December 2026, which is a bank holiday: she hears of it the day after."""
    ana = play.stage.person("Ana")
    await until(play, date(2026, 12, 24))
    before = len(await reminders_of(play, ana))
    for day in (date(2026, 12, 25), date(2026, 12, 28)):
        await until(play, day)
        if len(await reminders_of(play, ana)) != before:
            raise StepMissing(f"Ana was reminded on {day}, a bank holiday")
    play.transcript.did("Nobody", "hears anything on 25 and 28 December, which are bank holidays")
    await until(play, date(2026, 12, 29))
    await reminded(play, "Ana", "Open to everybody")


async def did_it_work(play: Play) -> None:
    """Omar's item is done; it has worked; in the new year the plan says so."""
    omar = play.stage.person("Omar")
    await until(play, date(2027, 1, 11))
    item = await _item_of(play, omar)
    await play.set_status(omar, item, STATUS_NAMES[ItemStatus.DONE])
    card = await play.says("outcome:", "Did it work?")
    await play.press(omar, card, ActionId.WORKED_YES, "[Yes]")
    await play.told(omar, "it worked")
    await play.says("outcome:", "It worked, says Omar Shah.")
    await play.says("plan:", "1 of 5 items done")


async def _item_of(play: Play, person: PersonHandle) -> str:
    async with play.stage.runtime.bot.database.reading(play.stage.runtime.identity.workspace_id) as work:
        found = await work.plans.all()
    items = [item for plan in found for item in plan.items if person.id in item.owners]
    return items[0].title


async def until(play: Play, day: date) -> None:
    """Move the clock to a morning, and wait until everything that is due by then is sent."""
    moment = datetime.combine(day, _AFTER_REMINDERS, _LONDON).astimezone(UTC)
    ahead = (moment - play.stage.now()).total_seconds()
    if ahead <= 0:
        raise StepMissing(f"the clock is past {day}")
    play.transcript.did("The clock", f"moves on to {day:%A %-d %B %Y}, {_AFTER_REMINDERS:%H:%M}")
    await play.stage.slack.advance(ahead)
    await play.stage.rounds_gone()
    await play.stage.settled()


async def reminded(play: Play, name: str, milestone: str) -> Message:
    """Somebody has a reminder of a milestone; the newest is shown."""
    person = play.stage.person(name)
    found = [message for message in await reminders_of(play, person) if milestone in read(message)]
    if not found:
        raise StepMissing(f"{name} was not reminded of “{milestone}”")
    play.transcript.answered(f"in a direct message to {play.stage.full_name(person)}", read(found[-1]))
    return found[-1]


async def reminders_of(play: Play, person: PersonHandle) -> list[Message]:
    """The reminders somebody has had, in order."""
    channel = await play.stage.direct_with(person)
    seen = await play.stage.slack.seen()
    return [message for message in seen.messages(channel) if key_of(message).startswith("reminder:")]


async def press_reminder(
    play: Play, person: PersonHandle, message: Message, action: ActionId, label: str
) -> None:
    """Somebody presses a button of a reminder."""
    play.transcript.did(play.stage.full_name(person), f"presses {label} in the reminder")
    outcome = await person.press(message.channel, message.ts, action.value)
    if not outcome.acknowledged:
        raise StepMissing(f"the bot did not take {label}")


async def edited(play: Play, person: PersonHandle, message: Message, words: str) -> None:
    """A reminder was edited and says this now."""

    def saying(seen: Seen) -> list[Message]:
        return [m for m in seen.messages(message.channel) if m.ts == message.ts and words in read(m)]

    found = saying(await play.stage.until(f"a reminder that says “{words}”", saying))
    play.transcript.answered(f"in the same message to {play.stage.full_name(person)}", read(found[-1]))
