"""Everything that is said of one item of a plan to one person, and of its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from bot.views.plan.parts import (
    STATUS_NAMES,
    day_words,
    dimension_name,
    milestone_words,
    milestones_done,
    owner_label,
    status_words,
    steps_words,
)
from bot.views.wording.levels import level_name
from bot.views.wording.text import escape, full_stop, join_names, person, shorten
from model.framework.framework import Framework, UnknownDimension
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import ItemStatus, PlanItem, Worked

WORKED_WORDS = {
    Worked.YES: "it worked",
    Worked.PARTLY: "it worked in part",
    Worked.NO: "it did not work",
    Worked.TOO_EARLY: "it is too early to say whether it worked",
}
_WORDS = 150


def people_words(people: Sequence[str]) -> str:
    """People as mentions, which only a private answer or a modal may hold."""
    return join_names([person(each) for each in people])


def item_words(framework: Framework, item: PlanItem, today: date) -> str:
    """An item in a few lines."""
    parts = [f"{full_stop(status_words(item))} {steps_words(framework, item)}."]
    owners = f"{owner_label(item)}: {people_words(item.owners)}." if item.owners else "No owner yet."
    sponsor = f" Sponsor: {person(item.sponsor)}." if item.sponsor else ""
    parts.append(owners + sponsor)
    if item.next_milestone is not None:
        parts.append(f"Next: {milestone_words(item.next_milestone, today)}. {milestones_done(item)}.")
    elif milestones_done(item):
        parts.append(f"{milestones_done(item)}.")
    return "\n".join([f"*{shorten(item.title, _WORDS)}*", *parts])


def history_line(entry: PlanEntry, framework: Framework, item: PlanItem | None, zone: ZoneInfo) -> str:
    """One line of a history: when, who, what."""
    when = entry.at.astimezone(zone).strftime("%-d %B %Y at %H:%M")
    reason = f" Reason: {shorten(entry.reason, _WORDS)}" if entry.reason else ""
    return f"{when}: {person(entry.by)} {_what(entry, framework, item)}.{reason}"


def _what(entry: PlanEntry, framework: Framework, item: PlanItem | None) -> str:
    before, after = (_told(entry, framework, words) for words in (entry.before, entry.after))
    milestone = _milestone_name(entry, item)
    sentences = {
        PlanHappened.TARGET_SET: f"set the target to {after}" + (f", before {before}" if before else ""),
        PlanHappened.TARGET_REMOVED: f"took the target of {before} away",
        PlanHappened.ITEM_ADDED: f"added “{after}”",
        PlanHappened.TITLE_CHANGED: f"changed the title from “{before}” to “{after}”",
        PlanHappened.DIMENSION_CHANGED: f"moved it from {before} to {after}",
        PlanHappened.LEVELS_CHANGED: f"changed the levels from “{before}” to “{after}”",
        PlanHappened.OWNERS_CHANGED: f"changed the owners from {before} to {after}",
        PlanHappened.HANDED_OVER: f"handed it over from {before} to {after}",
        PlanHappened.SPONSOR_CHANGED: f"changed the sponsor from {before} to {after}",
        PlanHappened.NOTES_CHANGED: "changed the notes",
        PlanHappened.SUCCESS_CHANGED: "changed the measure of success",
        PlanHappened.STATUS_SET: f"set the status from “{before}” to “{after}”",
        PlanHappened.MILESTONE_ADDED: f"added the milestone {milestone}, due {after}",
        PlanHappened.MILESTONE_RENAMED: f"renamed the milestone “{before}” to “{after}”",
        PlanHappened.MILESTONE_MOVED: f"moved {milestone} from {before} to {after}",
        PlanHappened.MILESTONE_DONE: f"marked {milestone} as done",
        PlanHappened.MILESTONE_DROPPED: f"dropped {milestone}",
        PlanHappened.MILESTONE_REOPENED: f"took {milestone} up again",
        PlanHappened.SNOOZED: f"asked to be left alone about {milestone} until {after}",
        PlanHappened.OUTCOME_RECORDED: f"said: {after}",
    }
    return sentences.get(entry.what) or f"changed {entry.what.value.replace('_', ' ')}"


_DATES = {PlanHappened.MILESTONE_ADDED, PlanHappened.MILESTONE_MOVED, PlanHappened.SNOOZED}
_PEOPLE = {PlanHappened.OWNERS_CHANGED, PlanHappened.HANDED_OVER, PlanHappened.SPONSOR_CHANGED}
_TARGETS = {PlanHappened.TARGET_SET, PlanHappened.TARGET_REMOVED}


def _told(entry: PlanEntry, framework: Framework, words: str) -> str:
    """What stands before or after in an entry, in words."""
    if entry.what in _PEOPLE:
        return people_words(words.split())
    if not words:
        return ""
    if entry.what in _DATES:
        return day_words(date.fromisoformat(words))
    if entry.what in _TARGETS:
        level, _, by_date = words.partition(" ")
        by = f" by {day_words(date.fromisoformat(by_date))}" if by_date else ""
        return f"{escape(level_name(framework, int(level)))}{by}"
    if entry.what is PlanHappened.STATUS_SET:
        return STATUS_NAMES[ItemStatus(words)].lower()
    if entry.what is PlanHappened.OUTCOME_RECORDED:
        return WORKED_WORDS[Worked(words)]
    if entry.what is PlanHappened.LEVELS_CHANGED:
        return words.replace("-", " to ")
    if entry.what is PlanHappened.DIMENSION_CHANGED:
        return _dimension(framework, words)
    return shorten(words, _WORDS)


def _dimension(framework: Framework, dimension_id: str) -> str:
    try:
        return dimension_name(framework, dimension_id)
    except UnknownDimension:
        return "a dimension that is gone"


def _milestone_name(entry: PlanEntry, item: PlanItem | None) -> str:
    if entry.milestone_id is None or item is None:
        return "a milestone"
    return f"“{shorten(item.milestone(entry.milestone_id).name, _WORDS)}”"
