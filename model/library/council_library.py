"""The council's own library: actions beside the bundled ones, each with where it came from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from model.framework.framework import Framework
from model.library.library import Action, Library, in_order, narrowed
from model.library.rules import title_key

_LONGEST_ID = 60
_ROOM_FOR_NUMBER = 4


@dataclass(frozen=True)
class Provenance:
    """Where an action came from.

    Attributes:
        added_by: Who took it in; None when it came from a file.
        proposed_by: Who proposed it, where somebody did.
        channel_id: The channel of the message it began with.
        message_ts: That message.
        changed_at: When other words came for it from a file.
    """

    added_at: datetime
    added_by: str | None = None
    proposed_by: str | None = None
    channel_id: str | None = None
    message_ts: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True)
class OwnAction:
    """One action of the council's own."""

    action: Action
    provenance: Provenance


@lru_cache(maxsize=16)
def with_own(library: Library, own: tuple[Action, ...], framework: Framework) -> Library:
    """The actions of a library and the council's own, as one library that fits a framework.

    An own action whose id or title the library has by now, because it was contributed and came back, or
    whose dimension the framework does not have, is left out. What an own action names that is not there is
    taken away from it.
    """
    if not own:
        return library
    added = _addable(library, own, {each.id for each in framework.dimensions})
    begins = {each.id: each.from_level for each in (*library.actions, *added)}
    benefits = {each.id for each in framework.benefits}
    kept = [
        narrowed(
            each,
            prompts={prompt.id for prompt in framework.dimension(each.dimension).prompts},
            benefits=benefits,
            ids={id_ for id_, begin in begins.items() if begin <= each.from_level and id_ != each.id},
        )
        for each in added
    ]
    dimensions = [each.id for each in framework.dimensions]
    whole = in_order((*library.actions, *_without_circles(library, kept)), dimensions)
    return Library(actions=whole)


def _addable(library: Library, own: Sequence[Action], dimensions: Container[str]) -> list[Action]:
    ids = {each.id for each in library.actions}
    titles = {title_key(each.title) for each in library.actions}
    added: list[Action] = []
    for each in own:
        if each.id in ids or title_key(each.title) in titles or each.dimension not in dimensions:
            continue
        ids.add(each.id)
        titles.add(title_key(each.title))
        added.append(each)
    return added


def _without_circles(library: Library, own: Sequence[Action]) -> list[Action]:
    """The own actions, each keeping only those prerequisites among them that do not wait for it in turn."""
    needs = {each.id: set(each.prerequisites) for each in library.actions}
    kept: list[Action] = []
    for each in own:
        waits = tuple(name for name in each.prerequisites if not _leads_to(needs, name, each.id))
        needs[each.id] = set(waits)
        kept.append(each.model_copy(update={"prerequisites": waits}))
    return kept


def _leads_to(needs: dict[str, set[str]], start: str, end: str) -> bool:
    seen: set[str] = set()
    ahead = [start]
    while ahead:
        name = ahead.pop()
        if name == end:
            return True
        if name not in seen:
            seen.add(name)
            ahead.extend(needs.get(name, ()))
    return False


def fresh_id(title: str, taken: Container[str]) -> str:
    """An id for an action, from the words of its title, that no other has."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    if not re.match(r"[a-z][a-z0-9-]", words):
        words = f"action-{words}".rstrip("-")
    stem = words[: _LONGEST_ID - _ROOM_FOR_NUMBER].rstrip("-")
    found, number = stem, 1
    while found in taken:
        number += 1
        found = f"{stem}-{number}"
    return found
