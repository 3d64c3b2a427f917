"""The weekly digest of a channel."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.views.block_kit.blocks import OBJECT_LIMIT, Message, actions, button, context, header, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.reminders.words import long_day
from bot.views.wording.people import Names
from bot.views.wording.text import count, cut, join_names, link, shorten
from model.digest.contents import Dated, Digest, Entry, Finished, Proposed, Unsettled, Waiting
from model.plan.plan import ItemStatus, PlanItem

# Of each list at most so many are named, then how many more there are.
_MOST = 8
_WORDS = 100
_OWNERS = 3
_LINKS = 3
_TITLE = 60
_E = TypeVar("_E", bound=Entry)


def digest_message(
    channel_id: str,
    digest: Digest,
    *,
    since: datetime,
    planned: datetime | None,
    zone: ZoneInfo,
    names: Names,
    addresses: Mapping[str, str],
    command: str,
) -> Message:
    """What was done, is overdue, is due next, and what waits for votes or a decision.

    Args:
        channel_id: Whose digest it is.
        digest: What there is to say.
        since: From when on it tells what was done.
        planned: When it should have come, where it comes late.
        zone: Where the council is.
        names: The names of owners and of whoever proposed something.
        addresses: Assessment id to where its plan, or else its board, is.
        command: The slash command.
    """
    only = digest.assessments[0].title if len(digest.assessments) == 1 else ""
    title = f"This week: {only}" if only else "This week in this channel"
    late = _late(planned, zone)
    parts = [*late, *_parts(digest, since.astimezone(zone).date(), names)]
    if len(parts) == len(late):
        parts.append("There is nothing to report any more.")
    foot = (
        f"{_where(digest, addresses)}It comes once a week, in place of the one before. "
        f"All that is planned: `{command} plan`. On and off: here or in `{command} settings`."
    )
    off = button("Switch this off", ActionId.DIGEST_OFF, Reference(channel=channel_id))
    text = "\n\n".join([shorten(title, _WORDS), *parts, foot])
    return Message(text, (header(title), *map(section, parts), context(foot), actions(off)))


def digest_switched_off(
    channel_id: str, *, by: str | None, on: date | None, names: Names, command: str
) -> Message:
    """In place of the digest, once somebody has switched it off."""
    who = "" if by is None else f" by {names.of(by)}"
    when = "" if on is None else f" on {long_day(on)}"
    text = (
        f"The weekly digest of this channel was switched off{who}{when}. A facilitator can switch it on "
        f"again with this button or in `{command} settings`, at any time."
    )
    button_on = button("Switch it on again", ActionId.DIGEST_ON, Reference(channel=channel_id))
    return Message(text, (section(text), actions(button_on)))


def switched_receipt(*, on: bool, command: str) -> str:
    """After a press."""
    if on:
        return "The weekly digest is on again. The next one comes in its week."
    return (
        "The weekly digest of this channel is off, for everybody. The message in the channel has a button to "
        f"bring it back, and so have the settings: `{command} settings`."
    )


def _parts(digest: Digest, since: date, names: Names) -> list[str]:
    """Each list under its heading; of several assessments each line names its own."""
    several = len(digest.assessments) > 1

    def lines(entries: Sequence[_E], words: Callable[[_E], str]) -> list[str]:
        return [
            f"{words(each)} – in {shorten(each.assessment.title, _WORDS)}" if several else words(each)
            for each in entries
        ]

    done = lines(digest.done_items, _finished) + lines(digest.done, _done)
    return [
        *_part(f"Done since {long_day(since)}", done),
        *_part("Overdue", lines(digest.overdue, lambda each: _dated(each, names))),
        *_part("Due in the next two weeks", lines(digest.due, lambda each: _dated(each, names))),
        *_part("Proposed and not decided", lines(digest.proposed, lambda each: _proposed(each, names))),
        *_part(_waiting_for(digest), lines(digest.waiting, _waiting)),
        *_part("Levels for a facilitator to settle", lines(digest.unsettled, _unsettled)),
    ]


def _waiting_for(digest: Digest) -> str:
    votes = {each.votes is not None for each in digest.waiting}
    if votes == {True, False}:
        return "Waiting for votes and answers"
    return "Waiting for answers" if False in votes else "Waiting for votes"


def _where(digest: Digest, addresses: Mapping[str, str]) -> str:
    links = [
        link(addresses[each.id], cut(each.title, _TITLE))
        for each in digest.assessments
        if each.id in addresses
    ]
    if not links:
        return ""
    more = [f"{len(links) - _LINKS} more"] if len(links) > _LINKS else []
    return f"Go to {join_names([*links[:_LINKS], *more])}\n"


def _late(planned: datetime | None, zone: ZoneInfo) -> list[str]:
    if planned is None:
        return []
    local = planned.astimezone(zone)
    return [f"This comes late: it was planned for {long_day(local.date())} at {local:%H:%M}."]


def _part(title: str, lines: Sequence[str]) -> list[str]:
    if not lines:
        return []
    named = min(len(lines), _MOST)
    while len(text := _listed(title, lines, named)) > OBJECT_LIMIT:
        named -= 1
    return [text]


def _listed(title: str, lines: Sequence[str], named: int) -> str:
    more = len(lines) - named
    shown = [f"• {line}" for line in lines[:named]]
    return "\n".join([f"*{title}*", *shown, *([f"And {more:,} more."] if more else [])])


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


def _finished(each: Finished) -> str:
    return f"{_title(each.item)}: the whole action"


def _done(each: Dated) -> str:
    return f"{_name(each)} ({_title(each.item)})"


def _proposed(each: Proposed, names: Names) -> str:
    return f"{shorten(each.title, _WORDS)}, by {names.of(each.by)}"


def _unsettled(each: Unsettled) -> str:
    what = "to be confirmed" if each.confirm else "voted on, to be agreed"
    return f"{shorten(each.about, _WORDS)} – {what}"


def _waiting(each: Waiting) -> str:
    what = "waits for an answer" if each.votes is None else f"{count(each.votes, 'vote')} to come"
    return f"{shorten(each.question, _WORDS)} – {what}"


def _name(each: Dated) -> str:
    return shorten(each.milestone.name, _WORDS)


def _title(item: PlanItem) -> str:
    return shorten(item.title, _WORDS)
