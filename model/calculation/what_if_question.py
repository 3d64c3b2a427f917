"""Reading a question such as "data 4, culture at 3" or "if tecnology were mainstreamed"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from model.framework.framework import Framework
from model.naming import find_named

_BETWEEN = re.compile(r"[=:,;]+|->|→|[?!.]+(?=\s|$)")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_LEVELS = frozenset("12345")
# Words around a name that a question has and a name does not begin or end with.
_AROUND = frozenset(
    ("and", "at", "be", "became", "go", "goes", "if", "is", "level")
    + ("on", "reached", "to", "was", "went", "were")
)
_READ = 400
"""Characters of a question that are read: enough for every dimension of a framework, as people type them."""


class NotUnderstood(StrEnum):
    """Why a part of a question has no answer."""

    NO_SUCH_DIMENSION = "no_such_dimension"
    NOT_IN_SCOPE = "not_in_scope"
    NO_LEVEL = "no_level"
    NO_NAME = "no_name"
    NOT_A_LEVEL = "not_a_level"


@dataclass(frozen=True)
class Unclear:
    """A part of a question that has no answer.

    Attributes:
        words: The part, as it was typed.
        nearest: The id of the dimension whose name comes nearest, if one does.
        level: What was typed as the level.
    """

    why: NotUnderstood
    words: str
    nearest: str | None = None
    level: str = ""


@dataclass(frozen=True)
class Asked:
    """A question as it was understood: dimension id to level, the last where one was named twice."""

    wished: dict[str, int]
    unclear: tuple[Unclear, ...]


def read_question(framework: Framework, scope: Sequence[str], words: str) -> Asked:
    """Read pairs of a dimension and a level; names may have slips, and levels may be named.

    Args:
        framework: For the names.
        scope: The ids of the dimensions that can be asked about.
        words: What was typed after the command.
    """
    wished: dict[str, int] = {}
    unclear: list[Unclear] = []
    for name, level in _pairs(framework, _BETWEEN.sub(" ", words[:_READ]).split()):
        found = _understood(framework, scope, name, level)
        if isinstance(found, Unclear):
            unclear.append(found)
        else:
            wished[found[0]] = found[1]
    return Asked(wished, tuple(unclear))


def _pairs(framework: Framework, words: Sequence[str]) -> list[tuple[str, str]]:
    """Cut at every level; what comes last without one has an empty level."""
    named = {level.name.lower(): str(level.number) for level in framework.levels}
    pairs: list[tuple[str, str]] = []
    name: list[str] = []
    for word in words:
        level = named.get(word.lower(), word)
        if _NUMBER.fullmatch(level):
            pairs.append((_bare(name), level))
            name = []
        else:
            name.append(word)
    rest = _bare(name)
    return [*pairs, (rest, "")] if rest else pairs


def _bare(words: list[str]) -> str:
    kept = list(words)
    while kept and kept[0].lower() in _AROUND:
        kept.pop(0)
    while kept and kept[-1].lower() in _AROUND:
        kept.pop()
    return " ".join(kept)


def _understood(
    framework: Framework, scope: Sequence[str], name: str, level: str
) -> tuple[str, int] | Unclear:
    if not name:
        return Unclear(NotUnderstood.NO_NAME, level, level=level)
    names = {name: each.id for each in framework.dimensions for name in (each.id, each.name.lower())}
    found = find_named(names, name)
    if found.meant is None:
        return Unclear(NotUnderstood.NO_SUCH_DIMENSION, name, found.nearest, level)
    if found.meant not in scope:
        return Unclear(NotUnderstood.NOT_IN_SCOPE, name, found.meant, level)
    if not level:
        return Unclear(NotUnderstood.NO_LEVEL, name, found.meant)
    if level not in _LEVELS:
        return Unclear(NotUnderstood.NOT_A_LEVEL, f"{name} {level}", found.meant, level)
    return found.meant, int(level)
