"""The weekly digest in the channel of a plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.views.blocks import Message, actions, button, context, header, section
from bot.views.ids import ActionId
from bot.views.people import Names
from bot.views.reference import Reference
from bot.views.reminder_words import long_day
from bot.views.text import count, join_names, shorten
from model.assessment import Assessment, Mode
from model.digest import Dated, Digest, Waiting
from model.plan import ItemStatus, PlanItem

# Of each list so many are named, then how many more there are.
_MOST = 8
_WORDS = 100
_OWNERS = 3


def digest_message(
    assessment: Assessment,
    digest: Digest,
    *,
    since: datetime,
    planned: datetime | None,
    zone: ZoneInfo,
    names: Names,
    address: str | None,
    command: str,
) -> Message:
    """What was done, is overdue, is due next and waits for votes.

    Args:
        assessment: Whose plan it is.
        digest: What there is to say.
        since: From when on it tells what was done.
        planned: When it should have come, where it comes late.
        zone: Where the council is.
        names: The owners' names.
        address: Where the plan is.
        command: The slash command.
    """
    title = f"This week: {assessment.title}"
    parts = [
        *_late(planned, zone),
        *_part(f"Done since {long_day(since.astimezone(zone).date())}", _done(digest)),
        *_part("Overdue", [_dated(each, names) for each in digest.overdue]),
        *_part("Due in the next two weeks", [_dated(each, names) for each in digest.due]),
        *_part(
            "Waiting for answers" if assessment.mode is Mode.QUICK else "Waiting for votes",
            [_waiting(each) for each in digest.waiting],
        ),
    ]
    if len(parts) == len(_late(planned, zone)):
        parts.append("There is nothing to report any more.")
    where = f"<{address}|Go to the plan>. " if address else ""
    foot = f"{where}It comes once a week, in place of the one before. All that is planned: `{command} plan`."
    off = button("Switch this off", ActionId.DIGEST_OFF, Reference(assessment=assessment.id))
    text = "\n\n".join([shorten(title, _WORDS), *parts, foot])
    return Message(text, (header(title), *map(section, parts), context(foot), actions(off)))


def digest_switched_off(assessment: Assessment, *, by: str | None, on: date | None, names: Names) -> Message:
    """In place of the digest, once somebody has switched it off."""
    who = "" if by is None else f" by {names.of(by)}"
    when = "" if on is None else f" on {long_day(on)}"
    text = (
        f"The weekly digest of *{shorten(assessment.title, _WORDS)}* was switched off{who}{when}. "
        "A facilitator can switch it on again with this button, at any time."
    )
    button_on = button("Switch it on again", ActionId.DIGEST_ON, Reference(assessment=assessment.id))
    return Message(text, (section(text), actions(button_on)))


def switched_receipt(*, on: bool) -> str:
    """After a press."""
    if on:
        return "The weekly digest is on again. The next one comes in its week."
    return "The weekly digest is off for everybody. The message in the channel has a button to bring it back."


def _late(planned: datetime | None, zone: ZoneInfo) -> list[str]:
    if planned is None:
        return []
    local = planned.astimezone(zone)
    return [f"This comes late: it was planned for {long_day(local.date())} at {local:%H:%M}."]


def _part(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    more = len(lines) - _MOST
    shown = [f"• {line}" for line in lines[:_MOST]]
    return ["\n".join([f"*{title}*", *shown, *([f"And {more:,} more."] if more > 0 else [])])]


def _done(digest: Digest) -> list[str]:
    items = [f"{_title(item)}: the whole action" for item in digest.done_items]
    return items + [f"{_name(each)} ({_title(each.item)})" for each in digest.done]


def _dated(each: Dated, names: Names) -> str:
    item = each.item
    owners = [names.of(person) for person in item.owners[:_OWNERS]]
    if len(item.owners) > _OWNERS:
        owners.append(f"{len(item.owners) - _OWNERS} more")
    who = join_names(owners) if owners else "nobody owns it yet"
    marks = [*(["blocked"] if item.status is ItemStatus.BLOCKED else [])]
    marks += ["handed over to the facilitators"] if each.handed_over else []
    marked = f" – {', '.join(marks)}" if marks else ""
    return f"{_name(each)}, {long_day(each.milestone.due)}: {who} ({_title(item)}){marked}"


def _waiting(each: Waiting) -> str:
    what = "waits for an answer" if each.votes is None else f"{count(each.votes, 'vote')} to come"
    return f"{shorten(each.question, _WORDS)} – {what}"


def _name(each: Dated) -> str:
    return shorten(each.milestone.name, _WORDS)


def _title(item: PlanItem) -> str:
    return shorten(item.title, _WORDS)
