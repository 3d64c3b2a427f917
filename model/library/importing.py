"""Which actions of some files a library takes in, and which it has already."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.library.library import Action, ActionStatus
from model.library.rules import title_key


class Coming(StrEnum):
    """What becomes of one action of the files."""

    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    CHANGED = "changed"
    SHIPPED = "shipped"
    TITLE_TAKEN = "title_taken"


TAKEN_IN = frozenset({Coming.NEW, Coming.REPLACED})


@dataclass(frozen=True)
class Arrival:
    """One action of the files, and what becomes of it; `like` is the id of the one that it repeats."""

    action: Action
    coming: Coming
    like: str = ""


def arrivals(
    actions: Iterable[Action], shipped: Sequence[Action], own: Sequence[Action], *, replace: bool
) -> tuple[Arrival, ...]:
    """Compare actions with those that a workspace has.

    Args:
        actions: Those of the files.
        shipped: Those that came with Milepost or its framework; they cannot be replaced.
        own: The council's own.
        replace: Whether other words for an own action are taken.
    """
    return tuple(_arrival(each, shipped, own, replace) for each in actions)


def _arrival(action: Action, shipped: Sequence[Action], own: Sequence[Action], replace: bool) -> Arrival:
    if any(each.id == action.id for each in shipped):
        return Arrival(action, Coming.SHIPPED, action.id)
    known = next((each for each in own if each.id == action.id), None)
    if known is not None and _words(known) == _words(action):
        return Arrival(action, Coming.SAME, action.id)
    key = title_key(action.title)
    titled = next(
        (each.id for each in (*shipped, *own) if title_key(each.title) == key and each.id != action.id), None
    )
    if titled is not None:
        return Arrival(action, Coming.TITLE_TAKEN, titled)
    if known is None:
        return Arrival(action, Coming.NEW)
    return Arrival(action, Coming.REPLACED if replace else Coming.CHANGED, action.id)


def _words(action: Action) -> Action:
    """All that it says, wherever it came from."""
    return action.model_copy(update={"status": ActionStatus.LOCAL})
