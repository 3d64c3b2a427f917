"""The texts of the bundled content that people read, for the tests of how they are worded."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from bot.content_files.framework_folder import load_framework, load_library
from model.framework.framework import Framework
from model.library.library import Library

_NOT_PROSE = {
    *(
        "id",
        "version",
        "group",
        "benefit",
        "dimension",
        "provenance",
        "wording",
        "status",
        "author",
        "licence",
    ),
    # Lists of ids, and the titles of what others published.
    *("benefits", "drivers", "prerequisites", "reading", "method"),
}
_STOP_WORDS = frozenset(
    {
        *(
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "by",
            "for",
            "from",
            "has",
            "in",
            "is",
            "it",
            "its",
            "of",
            "on",
        ),
        *("or", "so", "that", "the", "their", "to", "we", "with"),
    }
)


@cache
def bundled() -> Framework:
    return load_framework()


@cache
def bundled_library() -> Library:
    return load_library(bundled())


def prose() -> Iterator[tuple[str, str]]:
    """Every text of the framework and the library, with where it stands."""
    framework = bundled().model_dump(mode="json")
    yield "note on the method", bundled().method.note
    for benefit in bundled().benefits:
        yield from _walk(benefit.model_dump(mode="json"), benefit.id)
    for dimension in framework.pop("dimensions"):
        yield from _walk(dimension, dimension["id"])
    yield from _walk(framework, "framework")
    for action in bundled_library().actions:
        yield from _walk(action.model_dump(mode="json", exclude={"prompts"}), action.id)


def _walk(data: object, where: str) -> Iterator[tuple[str, str]]:
    if isinstance(data, str):
        yield where, data
    elif isinstance(data, list):
        for entry in data:
            yield from _walk(entry, where)
    elif isinstance(data, dict):
        for key, value in data.items():
            if key not in _NOT_PROSE:
                yield from _walk(value, f"{where}, {key}")


def questions_and_descriptors() -> Iterator[tuple[str, str]]:
    for dimension in bundled().dimensions:
        yield from ((dimension.id, text) for text in dimension.descriptors)
        for prompt in dimension.prompts:
            yield prompt.id, prompt.question
            yield from ((prompt.id, text) for text in prompt.descriptors)


def neighbours() -> Iterator[tuple[str, int, str, str]]:
    """Every two descriptors that stand next to each other, with the lower level."""
    for dimension in bundled().dimensions:
        for name, texts in (
            (dimension.id, dimension.descriptors),
            *((prompt.id, prompt.descriptors) for prompt in dimension.prompts),
        ):
            for level, (lower, higher) in enumerate(pairwise(texts), start=1):
                yield name, level, lower, higher


def shared_words(one: str, other: str, *, telling: bool = False) -> float:
    """The share of the shorter text's words that the other has too.

    Args:
        one: A text.
        other: Another.
        telling: Whether to leave out words that every text has.
    """
    left, right = (
        set(re.findall(r"[a-z']+", text.lower())) - (_STOP_WORDS if telling else set())
        for text in (one, other)
    )
    return len(left & right) / max(1, min(len(left), len(right)))
