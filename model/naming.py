"""Finding what somebody means by a name that they typed, slips and short forms included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Generic, TypeVar

# A slip of one or two letters is meant; what is further off is only offered.
_MEANT = 0.8
_NEAR = 0.6
_SHORTEST = 3

Subject = TypeVar("Subject")


@dataclass(frozen=True)
class Named(Generic[Subject]):
    """What a name stands for, or what comes nearest to it.

    Attributes:
        meant: What is meant, if that is clear.
        nearest: Otherwise what comes nearest, if anything does.
    """

    meant: Subject | None = None
    nearest: Subject | None = None


def find_named(subjects: Mapping[str, Subject], words: str) -> Named[Subject]:
    """Find a subject by its name, by one a letter or two off, or by a part that no other has.

    Args:
        subjects: Names in small letters, each with what it stands for; one may have several names.
        words: What was typed.
    """
    asked = " ".join(words.lower().split())
    if asked in subjects:
        return Named(subjects[asked])
    near = get_close_matches(asked, subjects, n=1, cutoff=_NEAR)
    if near and get_close_matches(asked, near, cutoff=_MEANT):
        return Named(subjects[near[0]])
    having = {name: each for name, each in subjects.items() if _has_part(name, asked)}
    only = next(iter(having.values()), None)
    if only is not None and all(each == only for each in having.values()):
        return Named(only)
    return Named(nearest=subjects[near[0]] if near else only)


def _has_part(name: str, asked: str) -> bool:
    """Whether a name begins like this, or has this as a word."""
    return len(asked) >= _SHORTEST and (name.startswith(asked) or asked in name.replace("-", " ").split())
