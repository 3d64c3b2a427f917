"""The sentences of reminders: when something is due, and what has become of it."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from bot.views.plan.parts import owner_label
from bot.views.wording.people import Names
from bot.views.wording.text import count, full_stop, join_names, shorten
from model.reminders.standing import Cause, Remark, Standing

_REASON = 200


def long_day(day: date) -> str:
    """A date with the day of the week: "Friday 6 March 2026"."""
    return day.strftime("%A %-d %B %Y")


def due_words(due: date, today: date) -> str:
    """When something is due, seen from today."""
    days = (due - today).days
    if days < 0:
        return f"overdue by {count(-days, 'day')}; it was due on {long_day(due)}"
    if days < 2:
        return f"due {('today', 'tomorrow')[days]}, {long_day(due)}"
    return f"due in {days} days, on {long_day(due)}"


def outcome_words(remark: Remark, names: Names, reader: str, zone: tzinfo) -> str:
    """What has become of a milestone that needs nothing any more, and through whom."""
    item, milestone = remark.item, remark.milestone
    sentence = {
        Standing.DONE: "done{by}.",
        Standing.DROPPED: "not being done{by}." + _because(milestone.reason),
        Standing.ITEM_DONE: "its action is done{by}.",
        Standing.ITEM_DROPPED: "its action was dropped{by}." + _because(item.status_reason),
        Standing.PUT_BACK: "its action is only proposed again{by}.",
        Standing.MOVED: f"moved to {long_day(milestone.due)}{{by}}." + _because(milestone.reason),
        Standing.GIVEN_AWAY: f"{_owners(remark, names)} {_look(remark)} after it now.",
        Standing.CANCELLED: "its assessment was cancelled.",
    }[remark.standing]
    return sentence.replace("{by}", _by(remark, names, reader, zone), 1)


def _by(remark: Remark, names: Names, reader: str, zone: tzinfo) -> str:
    if remark.by is None:
        return ""
    who = "you" if remark.by == reader else names.of(remark.by)
    return f", by {who}{_on(remark.at, zone)}"


def _on(at: datetime | None, zone: tzinfo) -> str:
    return "" if at is None else f" on {at.astimezone(zone):%-d %B %Y}"


def _because(reason: str) -> str:
    return f" Reason: {full_stop(shorten(reason, _REASON))}" if reason else ""


def _look(remark: Remark) -> str:
    return "look" if len(remark.item.owners) > 1 else "looks"


def _owners(remark: Remark, names: Names) -> str:
    owners = [names.of(each) for each in remark.item.owners]
    return join_names(owners) if owners else "a facilitator"


_UNREACHABLE: dict[str, str] = {
    Cause.LEFT: "is not in the channel any more",
    "user_disabled": "has a deactivated Slack account",
    "account_inactive": "has a deactivated Slack account",
    "messages_tab_disabled": "cannot be written to: direct messages with Milepost are switched off in Slack",
}
_NOT_REACHED = "cannot be written to in Slack"


def owner_words(remark: Remark, names: Names) -> str:
    """Whose milestone it is, and why a facilitator hears of it."""
    if remark.cause == Cause.HANDED_OVER:
        owned = f"{owner_label(remark.item)}: {_owners(remark, names)}."
        owners = owned if remark.item.owners else "Nobody owns it."
        return f"{owners} It is still open long after its date, so it is handed over to you."
    return f"{names.of(remark.about)} {_UNREACHABLE.get(remark.cause, _NOT_REACHED)}, so this comes to you."
