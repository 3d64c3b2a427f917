"""The settings: the word, the button, and the form."""

from __future__ import annotations

from datetime import date

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FieldFaults, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.settings.settings_form import (
    CouncilChange,
    DigestChange,
    OwnChange,
    remove_away,
    save_settings,
    settings_in,
)
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import BadReference, Reference
from bot.views.settings import (
    DIGEST,
    NO_NUDGES,
    NO_REMINDERS,
    settings_modal,
    settings_offer,
    settings_receipt,
)
from bot.views.wording.days import line_faults
from model.calendar.day_lines import read_lines


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons and the form."""
    app.action(ActionId.SETTINGS.value)(handling.press(press_settings))
    app.action(ActionId.REMOVE_AWAY.value)(handling.press(press_remove_away))
    app.view(ViewId.SETTINGS.value)(handling.submission(submit_settings))


async def offer_settings(bot: Bot, said: Said) -> None:
    """Where a word came without a trigger: a button."""
    await bot.tell(said.place, settings_offer(said.place.channel_id or ""))


async def open_settings(bot: Bot, place: Place, trigger_id: str) -> None:
    """Open the form."""

    async def build() -> View:
        return await _form(bot, place, Reference(channel=place.channel_id or ""))

    await bot.open_form(place.workspace_id, trigger_id, build)


async def press_settings(bot: Bot, press: Press) -> None:
    """Open the form for the channel that the button names."""
    channel_id = press.reference.channel or press.place.channel_id
    await open_settings(
        bot, Place(press.place.workspace_id, press.place.person, channel_id), press.trigger_id
    )


async def press_remove_away(bot: Bot, press: Press) -> None:
    """Take days back, and show the form as it is then, with what was typed."""
    about = press.reference
    days = read_lines(about.days).ranges
    if not days:
        raise BadReference(about.days[:20])
    removed = await remove_away(bot.desk, press.asked, days[0].first, days[0].last)
    if removed is not None:
        view = await _form(bot, press.place, about)
        await bot.show_view(press.place.workspace_id, press.view_id, view)


async def _form(bot: Bot, place: Place, about: Reference) -> View:
    workspace_id, person = place.workspace_id, place.person
    found = await settings_in(bot.desk, workspace_id, person, about.channel)
    slack = bot.slack_of(workspace_id)
    facts = await bot.people.facts(slack, workspace_id, person)
    changed_by = [found.council.changed_by, None if found.digest is None else found.digest.by]
    return settings_modal(
        found.own,
        found.council,
        nation=bot.desk.rules.nation,
        zone=facts.time_zone or str(bot.zone),
        today=bot.today(),
        # What somebody has typed over is what they saw at first.
        reference=about.model_copy(
            update={
                "days": "",
                "seen": about.seen or found.council.print,
                "word": about.word or _word(found.digest is None or found.digest.on),
            }
        ),
        facilitates=found.facilitates,
        digest=found.digest,
        switches=found.switches,
        names=await bot.people.names(slack, workspace_id, [each for each in changed_by if each is not None]),
    )


async def submit_settings(bot: Bot, submission: Submission) -> FormAnswer:
    """Record all of it, or name the lines that cannot be read."""
    about = submission.reference
    council: CouncilChange | None = None
    if submission.has(InputId.CLOSED_DAYS):
        read = {each: read_lines(submission.text(each)) for each in (InputId.CLOSED_DAYS, InputId.PAUSES)}
        faults = {each: line_faults(lines.faults) for each, lines in read.items() if lines.faults}
        if faults:
            return FieldFaults(faults)
        closed, pauses = (lines.ranges for lines in read.values())
        council = CouncilChange(about.channel, about.seen, closed, pauses)
    digest: DigestChange | None = None
    if submission.has(InputId.DIGEST):
        on = DIGEST in submission.choices(InputId.DIGEST)
        # Only what was turned here counts: somebody else may have turned it while the form was open.
        digest = None if _word(on) == about.word else DigestChange(about.channel, on)
    quiet = submission.choices(InputId.QUIET)
    own = OwnChange(
        _date(submission, InputId.AWAY_FROM),
        _date(submission, InputId.AWAY_TO),
        nudges=NO_NUDGES not in quiet,
        reminders=NO_REMINDERS not in quiet,
    )
    saved = await save_settings(bot.desk, submission.asked, own, council, digest)
    if saved is None:
        return HANDLED_BEFORE
    if saved.digest is not None:
        bot.dispatcher.wake()
    place = submission.place
    direct = about.channel.startswith("D")
    where = Place(place.workspace_id, place.person, about.channel or None, direct=direct)
    return Accepted(settings_receipt(saved.own, saved.council_changed, saved.digest), where)


def _word(on: bool) -> str:
    """How the form remembers whether it showed the digest as on."""
    return "on" if on else "off"


def _date(submission: Submission, field: InputId) -> date | None:
    chosen = submission.choice(field)
    try:
        return date.fromisoformat(chosen) if chosen else None
    except ValueError:
        raise UnreadableForm from None
