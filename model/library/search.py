"""Finding actions by words: tolerant of typing errors, ranked, the same answer every time.

A word is looked for in the title, the dimension's name, the summary and the rest, in that order of weight.
The id is part of the rest, since it often holds the short word for a thing. A word matches one of the library
that is the same, that it begins or goes on from, or that is a letter or two away. Rare words count for more
than those that are everywhere, and what misses a word that was typed counts for less.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from math import log
from re import findall

from rapidfuzz.distance import OSA

from model.framework.framework import Framework
from model.library.library import Action, Library

__all__ = ["BEST", "LibraryIndex", "search"]

BEST = 8
"""How many actions are shown, unless told otherwise."""
QUERY_LIMIT = 200
"""Characters of a query that are read; a title has at most 75."""

_TITLE, _DIMENSION, _SUMMARY, _STEP = 1.0, 0.7, 0.6, 0.25
_WHOLE_TITLE = 3.0
"""What a query adds that is the title, in full or nearly: more than any single word can."""
_BEGINNING, _ONE_OFF, _STEM, _TWO_OFF = 0.9, 0.7, 0.6, 0.5
_STOP_WORDS = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "by",
            "do",
            "for",
            "from",
            "has",
            "have",
            "how",
            "i",
            "in",
        ),
        *("is", "it", "its", "of", "on", "or", "our", "so", "that", "the", "their", "them", "they", "this"),
        *("to", "us", "we", "what", "when", "where", "which", "who", "with", "you", "your"),
    }
)
"""Words that every action holds."""


def search(
    library: Library, framework: Framework, words: str, limit: int | None = BEST
) -> tuple[Action, ...]:
    """Find actions by words.

    Args:
        library: The library.
        framework: The framework, for the names of the dimensions.
        words: What somebody typed; nothing, or no word in it, lists by dimension.
        limit: How many to give at most; None for all.
    """
    return _index(library, framework).find(words, limit)


class LibraryIndex:
    """A library made ready to be searched many times."""

    def __init__(self, library: Library, framework: Framework) -> None:
        """Weigh every word of every action."""
        names = {each.id: each.name for each in framework.dimensions}
        self._actions = library.actions
        self._titles = [_plain(action.title) for action in library.actions]
        self._weights: dict[str, dict[int, float]] = {}
        for number, action in enumerate(library.actions):
            for word, weight in _weighed(action, names.get(action.dimension, action.dimension)):
                places = self._weights.setdefault(word, {})
                places[number] = max(weight, places.get(number, 0.0))

    def find(self, words: str, limit: int | None = BEST) -> tuple[Action, ...]:
        """Find actions by words, the best first; nothing to look for lists by dimension."""
        count = len(self._actions) if limit is None else max(0, limit)
        query = _plain(words[:QUERY_LIMIT])
        wanted = _significant(query.split())
        if not wanted:
            return self._actions[:count]
        matched: dict[int, int] = {}
        scores: dict[int, float] = {}
        for word in wanted:
            for number, score in self._score(word).items():
                matched[number] = matched.get(number, 0) + 1
                scores[number] = scores.get(number, 0.0) + score
        least = (len(wanted) + 1) // 2
        kept = [number for number, times in matched.items() if times >= least]
        for number in kept:
            scores[number] *= matched[number] / len(wanted)
            scores[number] += _WHOLE_TITLE * len(wanted) * _closeness(query, self._titles[number])
        kept.sort(key=lambda number: (-scores[number], number))
        kept.sort(key=lambda number: self._titles[number] != query and self._actions[number].id != words)
        return tuple(self._actions[number] for number in kept[:count])

    def _score(self, word: str) -> dict[int, float]:
        """Score every action by the best of its words that match this one."""
        found: dict[int, float] = {}
        for known, places in self._weights.items():
            likeness = _likeness(word, known)
            if not likeness:
                continue
            rarity = 1 + log(len(self._actions) / len(places))
            for number, weight in places.items():
                found[number] = max(found.get(number, 0.0), likeness * weight * rarity)
        return found


@lru_cache(maxsize=4)
def _index(library: Library, framework: Framework) -> LibraryIndex:
    return LibraryIndex(library, framework)


def _weighed(action: Action, dimension: str) -> Iterable[tuple[str, float]]:
    for text, weight in (
        (action.title, _TITLE),
        (dimension, _DIMENSION),
        (action.summary, _SUMMARY),
        (" ".join((*action.steps, action.why, *action.evidence, action.id)), _STEP),
    ):
        yield from ((word, weight) for word in _plain(text).split())


def _plain(text: str) -> str:
    """Reduce a text to small letters and digits, words apart by one space: "Café's" is "cafe s"."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    spelt = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return " ".join(findall(r"[^\W_]+", spelt))


def _significant(words: list[str]) -> list[str]:
    """Leave out words that say nothing, unless there are no others; each word once."""
    telling = [word for word in words if word not in _STOP_WORDS]
    return list(dict.fromkeys(telling or words))


def _likeness(word: str, known: str) -> float:
    """Say how well a word that was typed matches one of the library, from 0 to 1."""
    if word == known:
        return 1.0
    if len(word) >= 3 and known.startswith(word):
        return _BEGINNING
    if len(known) >= 4 and word.startswith(known) and len(word) <= 2 * len(known):
        return _STEM
    shorter, longer = sorted((len(word), len(known)))
    allowed = 0 if shorter < 3 or longer < 4 else 1 if len(word) < 8 else 2
    if longer - shorter > allowed or not allowed:
        return 0.0
    away = OSA.distance(word, known, score_cutoff=allowed)
    return (_ONE_OFF if away == 1 else _TWO_OFF) if away <= allowed else 0.0


def _closeness(query: str, title: str) -> float:
    """Say how nearly a query is a whole title: 1 when it is, 0 when a third of it differs or more."""
    return max(0.0, 1 - 3 * OSA.normalized_distance(query, title))
