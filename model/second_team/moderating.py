"""The rule of recording the level that both teams of a pair agree on for a dimension."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from model.assessment.assessment import REASON_LIMIT, Assessment, DimensionState, Moderation
from model.assessment.guards import is_level, too_long
from model.assessment.history import Happened, HistoryEntry
from model.framework.framework import UnknownDimension
from model.refusals import Reason, Refusal
from model.second_team.pair import Pair, standing_moderation

WITHDRAWN = -1


@dataclass(frozen=True)
class Moderate:
    """Record the moderated level of a dimension; None is not applicable, `WITHDRAWN` takes it back."""

    dimension_id: str
    level: int | None
    reason: str


@dataclass(frozen=True)
class Moderated:
    """The second side, which keeps it, and the entry for the history of both sides."""

    second: Assessment
    entry: HistoryEntry


def moderate(pair: Pair, step: Moderate, *, by: str, at: datetime) -> Moderated | Refusal:
    """Record what both teams agreed on, by a facilitator of either; each side keeps its own level.

    It can be done after either side was closed, since the teams talk when both have their results.
    """
    try:
        sides = (pair.first.dimension(step.dimension_id), pair.second.dimension(step.dimension_id))
    except UnknownDimension:
        return Refusal(Reason.UNKNOWN_DIMENSION)
    refusal = cannot_moderate(pair, by)
    if refusal is not None:
        return refusal
    if any(each.state is not DimensionState.CONFIRMED for each in sides):
        return Refusal(Reason.NOT_CONFIRMED_BY_BOTH)
    earlier, reason = standing_moderation(pair, step.dimension_id), step.reason.strip()
    refusal = _bad_moderation(step.level, reason) or _already(earlier, step.level, reason)
    if refusal is not None:
        return refusal
    moderation = None if step.level == WITHDRAWN else Moderation(step.level, reason, by, at)
    entry = HistoryEntry(
        Happened.MODERATED,
        by,
        at,
        dimension_id=step.dimension_id,
        level_before=None if earlier is None else earlier.level,
        level_after=None if moderation is None else moderation.level,
        reason=reason,
    )
    return Moderated(pair.second.with_dimension(replace(sides[1], moderation=moderation)), entry)


def cannot_moderate(pair: Pair, by: str) -> Refusal | None:
    """Refuse whoever facilitates neither side."""
    if by in pair.facilitators:
        return None
    return Refusal(Reason.EITHER_FACILITATOR, who_can=pair.facilitators)


def _bad_moderation(level: int | None, reason: str) -> Refusal | None:
    if level not in (None, WITHDRAWN) and not is_level(level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE)
    return too_long(reason, REASON_LIMIT) if reason else Refusal(Reason.REASON_MISSING)


def _already(earlier: Moderation | None, level: int | None, reason: str) -> Refusal | None:
    if earlier is None:
        return Refusal(Reason.ALREADY_DONE) if level == WITHDRAWN else None
    if (earlier.level, earlier.reason) == (level, reason):
        return Refusal(Reason.ALREADY_DONE, by=earlier.by, at=earlier.at, level=earlier.level)
    return None
