"""The form for an action of the council's own: an action, or what is wrong with it, by field.

The rules are those of the library's files (`model.library.library`); here each is named at the field it is
about.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from pydantic import ValidationError

from model.content_files.text_limits import (
    EXAMPLE_LIMIT,
    LIST_LIMIT,
    SECTION_LIMIT,
    STORY_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    WEEKS_LIMIT,
    one_paragraph,
    section_length,
)
from model.framework.framework import Framework
from model.library.library import Action, Amount, Effort, Milestone

LEAST_STEPS = 3
MOST_STEPS = 7
_HIGHEST_START = 4
_LAST = "Finished"
_WEEK = re.compile(r"(?:week\s*)?(\d{1,3})\b[\s:.)–-]*(.*)", re.IGNORECASE)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\d{1,2}[.)])\s+")


class Flaw(StrEnum):
    """The kinds of faults."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    LINE_TOO_LONG = "line_too_long"
    LIST_TOO_LONG = "list_too_long"
    TOO_FEW = "too_few"
    TOO_MANY = "too_many"
    NO_NUMBER = "no_number"
    NO_WEEK = "no_week"
    WEEKS_OUT_OF_ORDER = "weeks_out_of_order"
    WEEK_AFTER_END = "week_after_end"
    UNREADABLE = "unreadable"


@dataclass(frozen=True)
class DraftFault:
    """One fault: the field of `ActionDraft` it is about, the limit that it breaks, and the line, from 1."""

    field: str
    flaw: Flaw
    limit: int = 0
    line: int = 0


@dataclass(frozen=True)
class ActionDraft:
    """The form as it was filled in; lists are lines of text. `milestones` may be empty."""

    title: str
    summary: str
    why: str
    dimension_id: str
    from_level: int
    time: Amount | None
    money: Amount | None
    skills: Amount | None
    weeks: str
    steps: str
    success: str
    evidence: str
    milestones: str = ""
    benefits: tuple[str, ...] = ()


def lines_of(text: str) -> tuple[str, ...]:
    """The lines that say something, without bullets or numbers before them."""
    return tuple(line for each in text.splitlines() if (line := _tidy(_BULLET.sub("", each))))


def action_from(draft: ActionDraft, action_id: str, framework: Framework) -> Action | tuple[DraftFault, ...]:
    """The action that a form describes, or everything that is wrong with it."""
    weeks = _weeks(draft.weeks)
    milestones, bad_milestones = _milestones(draft.milestones, weeks)
    steps, evidence = lines_of(draft.steps), lines_of(draft.evidence)
    dimensions = {each.id for each in framework.dimensions}
    faults = (
        *([] if draft.dimension_id in dimensions else [DraftFault("dimension", Flaw.MISSING)]),
        *([] if 1 <= draft.from_level <= _HIGHEST_START else [DraftFault("from_level", Flaw.MISSING)]),
        *_bad_text("title", draft.title, TITLE_LIMIT),
        *_bad_text("summary", draft.summary, SUMMARY_LIMIT),
        *_bad_text("why", draft.why, SUMMARY_LIMIT),
        *(DraftFault(each, Flaw.MISSING) for each in ("time", "money", "skills") if not getattr(draft, each)),
        *(() if weeks else [DraftFault("weeks", Flaw.NO_NUMBER, WEEKS_LIMIT)]),
        *_bad_list("steps", steps, LEAST_STEPS, MOST_STEPS),
        *bad_milestones,
        *_bad_text("success", draft.success, STORY_LIMIT),
        *_bad_list("evidence", evidence, 1, LIST_LIMIT),
    )
    if faults or weeks is None or None in (draft.time, draft.money, draft.skills):
        return faults
    known = {benefit.id for benefit in framework.benefits}
    try:
        return Action(
            id=action_id,
            title=_tidy(draft.title),
            summary=draft.summary,
            why=draft.why,
            benefits=tuple(each for each in draft.benefits if each in known)[:LIST_LIMIT],
            dimension=draft.dimension_id,
            from_level=draft.from_level,
            to_level=draft.from_level + 1,
            effort=Effort.model_validate({"time": draft.time, "money": draft.money, "skills": draft.skills}),
            weeks=weeks,
            steps=steps,
            milestones=milestones,
            success=draft.success,
            evidence=evidence,
        )
    except ValidationError as error:
        # What is left are characters that no text may hold, and texts in which nothing can be seen.
        return tuple(dict.fromkeys(_unreadable(error)))


def _unreadable(error: ValidationError) -> Iterable[DraftFault]:
    for detail in error.errors(include_url=False):
        if detail["type"] == "too_short":
            # Only because lines in it are at fault, which are named themselves.
            continue
        place = detail["loc"]
        line = place[1] + 1 if len(place) > 1 and isinstance(place[1], int) else 0
        yield DraftFault(str(place[0]), Flaw.UNREADABLE, line=line)


def _tidy(text: str) -> str:
    return str(one_paragraph(text))


def _bad_text(name: str, text: str, limit: int) -> list[DraftFault]:
    words = _tidy(text)
    if not words:
        return [DraftFault(name, Flaw.MISSING)]
    return [DraftFault(name, Flaw.TOO_LONG, limit)] if len(words) > limit else []


def _bad_list(name: str, lines: tuple[str, ...], least: int, most: int) -> list[DraftFault]:
    if len(lines) < least:
        return [DraftFault(name, Flaw.TOO_FEW, least)]
    if len(lines) > most:
        return [DraftFault(name, Flaw.TOO_MANY, most)]
    long = [number for number, line in enumerate(lines, 1) if len(line) > EXAMPLE_LIMIT]
    if long:
        return [DraftFault(name, Flaw.LINE_TOO_LONG, EXAMPLE_LIMIT, long[0])]
    if section_length(lines) > SECTION_LIMIT:
        return [DraftFault(name, Flaw.LIST_TOO_LONG, SECTION_LIMIT)]
    return []


def _weeks(text: str) -> int | None:
    found = re.fullmatch(r"\s*(\d{1,3})\s*(?:weeks?)?\s*", text, re.IGNORECASE)
    weeks = int(found[1]) if found else 0
    return weeks if 1 <= weeks <= WEEKS_LIMIT else None


def _milestones(text: str, weeks: int | None) -> tuple[tuple[Milestone, ...], list[DraftFault]]:
    """Lines such as "3 First list"; without any, the end is the one milestone."""
    found: list[Milestone] = []
    before = -1
    lines = [_tidy(each) for each in text.splitlines() if each.strip()]
    for number, line in enumerate(lines, 1):
        matched = _WEEK.fullmatch(line)
        name = matched[2].strip() if matched else ""
        if matched is None or not name:
            return (), [DraftFault("milestones", Flaw.NO_WEEK, line=number)]
        week = int(matched[1])
        if len(name) > TITLE_LIMIT:
            return (), [DraftFault("milestones", Flaw.LINE_TOO_LONG, TITLE_LIMIT, number)]
        if week <= before:
            return (), [DraftFault("milestones", Flaw.WEEKS_OUT_OF_ORDER, line=number)]
        if weeks is not None and week > weeks:
            return (), [DraftFault("milestones", Flaw.WEEK_AFTER_END, weeks, number)]
        try:
            found.append(Milestone(name=name, week=week))
        except ValidationError:
            return (), [DraftFault("milestones", Flaw.UNREADABLE, line=number)]
        before = week
    if len(found) > LIST_LIMIT:
        return (), [DraftFault("milestones", Flaw.TOO_MANY, LIST_LIMIT)]
    if not found and weeks is not None:
        found.append(Milestone(name=_LAST, week=weeks))
    return tuple(found), []
