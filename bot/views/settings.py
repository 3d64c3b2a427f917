"""The settings: a person's own days and nudges; for facilitators also digest and council's days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.views.block_kit.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field,
    header,
    modal,
    option,
    section,
    text_input,
)
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.days import EXAMPLE, range_words
from bot.views.wording.people import Names
from bot.views.wording.text import escape, slack_date
from model.calendar.council_calendar import DateRange, Nation
from model.calendar.day_lines import TEXT_LIMIT, write_lines
from model.calendar.settings import CouncilDays, OwnSettings
from model.digest.schedule import DigestSwitch

NO_NUDGES, NO_REMINDERS = "nudges", "reminders"
DIGEST = "digest"
_NATIONS = {
    Nation.ENGLAND: "England",
    Nation.WALES: "Wales",
    Nation.SCOTLAND: "Scotland",
    Nation.NORTHERN_IRELAND: "Northern Ireland",
}
_MOST_SHOWN = 10


def settings_offer(channel_id: str) -> Message:
    """Where a word cannot open a form: a button that does."""
    text = (
        "Your days away, your nudges, and for facilitators the weekly digest of the channel and the "
        "council's closed days and pauses:"
    )
    reference = Reference(channel=channel_id)
    return Message(text, (section(text), actions(button("Settings", ActionId.SETTINGS, reference))))


def settings_modal(
    own: OwnSettings,
    council: CouncilDays,
    *,
    nation: Nation,
    zone: str,
    today: date,
    reference: Reference,
    facilitates: bool,
    digest: DigestSwitch | None,
    switches: bool,
    names: Names,
) -> View:
    """The form.

    Args:
        own: What the person has set.
        council: What is set for the council.
        nation: Whose bank holidays are kept.
        zone: The name of the time zone that the person is written to in.
        today: The date where the council is.
        reference: Where it was asked for, the print of the council's days, and how the switch stands.
        facilitates: Whether the person may change the council's days.
        digest: The switch for the digest of the channel, where it has an assessment.
        switches: Whether the person may turn it.
        names: The names of whoever changed these last.
    """
    blocks = [
        *_yours(own, zone, today, reference),
        *([] if digest is None else _channels(digest, names, switches)),
        *(_councils(council, names) if facilitates else _to_read(council, today)),
        context(
            f"Bank holidays: *{_NATIONS[nation]}*. This is set where Milepost runs, as MILEPOST_NATION. "
            "Weekends and bank holidays are quiet anyway."
        ),
    ]
    return modal(ViewId.SETTINGS, "Settings", blocks, submit="Save", close="Cancel", reference=reference)


def _yours(own: OwnSettings, zone: str, today: date, reference: Reference) -> list[Block]:
    away = [each for each in own.away if each.last >= today]
    return [
        header("For you"),
        section(
            f"Milepost writes to you in working hours of *{escape(zone)}*, the time zone of your Slack "
            "profile, and not while you are away. What falls in that time comes when you are back."
        ),
        *(_away_row(each, reference) for each in away),
        field(InputId.AWAY_FROM, "Away from", {"type": "datepicker"}, optional=True),
        field(
            InputId.AWAY_TO,
            "Away to",
            {"type": "datepicker"},
            optional=True,
            hint="The last day that you are away; for one day, choose it twice.",
        ),
        field(InputId.QUIET, "Direct messages", _quiet(own), optional=True),
    ]


def _quiet(own: OwnSettings) -> Block:
    nudges = option("Do not nudge me about votes", NO_NUDGES, "Else at most twice for each question")
    reminders = option("Do not remind me of my milestones", NO_REMINDERS, "They stay in the plan")
    chosen = [*([] if own.nudges else [nudges]), *([] if own.reminders else [reminders])]
    element: Block = {"type": "checkboxes", "options": [nudges, reminders]}
    return {**element, "initial_options": chosen} if chosen else element


def _away_row(days: DateRange, reference: Reference) -> Block:
    value = reference.model_copy(update={"days": write_lines([days])})
    words = range_words(days)
    remove = button("Remove", ActionId.REMOVE_AWAY, value, accessibility_label=f"Remove: away {words}")
    return section(f"Away: {words}", accessory=remove)


def _channels(digest: DigestSwitch, names: Names, switches: bool) -> list[Block]:
    """The switch; for somebody who may not turn it, that it is off."""
    turned = ""
    if digest.by is not None and digest.at is not None:
        on = "on" if digest.on else "off"
        turned = f" {names.of(digest.by)} switched it {on} on {slack_date(digest.at)}."
    if not switches:
        off = (
            f"The weekly digest is switched off.{turned} A facilitator of an assessment here can change this."
        )
        return [] if digest.on else [header("For this channel"), context(off)]
    wanted = option("Send the weekly digest here", DIGEST, "Silent in a week with nothing to say")
    element: Block = {"type": "checkboxes", "options": [wanted]}
    if digest.on:
        element["initial_options"] = [wanted]
    return [
        header("For this channel"),
        context(f"As a facilitator you may change this. It is for everybody in the channel.{turned}"),
        field(InputId.DIGEST, "Weekly digest", element, optional=True),
    ]


def _councils(council: CouncilDays, names: Names) -> list[Block]:
    changed = ""
    if council.changed_by is not None and council.changed_at is not None:
        changed = f" {names.of(council.changed_by)} changed it last, on {slack_date(council.changed_at)}."
    return [
        header("For the council"),
        context(f"As a facilitator you may change this. It is for everybody in this workspace.{changed}"),
        _lines(
            InputId.CLOSED_DAYS,
            "Closed days",
            council.closed,
            "Besides bank holidays. One day or range a line, with a name: 2027-12-24 Closed early",
        ),
        _lines(
            InputId.PAUSES,
            "Pauses",
            council.pauses,
            f"Days on which Milepost is quiet, though people work. For example: {EXAMPLE}",
        ),
    ]


def _lines(input_id: InputId, label: str, days: Sequence[DateRange], hint: str) -> Block:
    element = text_input(multiline=True, longest=TEXT_LIMIT, initial=write_lines(days))
    return field(input_id, label, element, optional=True, hint=hint)


def _to_read(council: CouncilDays, today: date) -> list[Block]:
    """What holds for somebody who does not facilitate here; nothing where nothing is set."""
    lines = [
        *_coming("Closed", council.closed, today),
        *_coming("Quiet", council.pauses, today),
    ]
    if not lines:
        return []
    note = "A facilitator of an assessment can change this, in its channel."
    return [header("For the council"), section("\n".join(lines)), context(note)]


def _coming(label: str, days: Sequence[DateRange], today: date) -> list[str]:
    coming = [each for each in days if each.last >= today]
    more = [f"{label}: {len(coming) - _MOST_SHOWN} more"] if len(coming) > _MOST_SHOWN else []
    return [f"{label}: {range_words(each)}" for each in coming[:_MOST_SHOWN]] + more


def settings_receipt(own: OwnSettings, council_changed: bool, digest: bool | None = None) -> str:
    """After the form."""
    parts = ["Your settings are saved."]
    if own.away:
        parts.append(f"You are away {'; '.join(range_words(each) for each in own.away[:_MOST_SHOWN])}.")
    if not own.nudges:
        parts.append("You will not be nudged about votes.")
    if not own.reminders:
        parts.append("You will not be reminded of your milestones; they stay in the plan.")
    if digest is not None:
        parts.append(f"The weekly digest of this channel is {'on' if digest else 'off'}, for everybody.")
    if council_changed:
        parts.append("The council's days are changed, for everybody.")
    return " ".join(parts)
