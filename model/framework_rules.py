"""The rules between the parts of a framework: ids used once, references that lead somewhere, five levels.

They read plain data, not the typed framework, so that a file with other faults in it still has these named
too, in the same go. What has the wrong shape is passed over here: the types report it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from model.quoting import quoted

Path = tuple[str | int, ...]
"""Where in the data: keys and positions from the top."""


@dataclass(frozen=True)
class Breach:
    """One broken rule.

    Attributes:
        path: Where it is.
        sentence: What is wrong and what to do.
        first: For something that is there twice, where it was first.
    """

    path: Path
    sentence: str
    first: Path | None = None


def breaches(data: Mapping[str, object]) -> tuple[Breach, ...]:
    """Find every broken rule between the parts of a framework that is given as plain data."""
    return (
        *_level_numbers(data),
        *_repeated(_values(data, "levels", "name"), "level name"),
        *_repeated(_values(data, "groups", "id"), "group id"),
        *_repeated(_values(data, "benefits", "id"), "benefit id"),
        *_repeated([*_values(data, "dimensions", "id"), *_prompt_ids(data)], "id"),
        *_repeated(_values(data, "dimensions", "name"), "dimension name"),
        *_unknown_groups(data),
        *_benefits(data),
    )


def nearest(word: str, known: Sequence[str]) -> str:
    """Word the suggestion for a mistyped word: " Did you mean …?", or nothing when none is close."""
    close = get_close_matches(word[:80], known, n=1, cutoff=0.6)
    return f" Did you mean {quoted(close[0])}?" if close else ""


def _entries(holder: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    entries = holder.get(key)
    if isinstance(entries, list | tuple):
        for index, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield index, entry


def _values(data: Mapping[str, object], key: str, field: str) -> list[tuple[Path, str]]:
    return [
        ((key, index, field), value)
        for index, entry in _entries(data, key)
        if isinstance(value := entry.get(field), str)
    ]


def _prompt_ids(data: Mapping[str, object]) -> Iterator[tuple[Path, str]]:
    for index, dimension in _entries(data, "dimensions"):
        for path, prompt_id in _values(dimension, "prompts", "id"):
            yield ("dimensions", index, *path), prompt_id


def _repeated(values: Sequence[tuple[Path, str]], what: str) -> Iterator[Breach]:
    """Find values used more than once; capitals do not make a difference, as people type them either way."""
    first: dict[str, Path] = {}
    for path, value in values:
        seen = first.setdefault(" ".join(value.casefold().split()), path)
        if seen != path:
            yield Breach(path, f"The {what} {quoted(value)} is used twice; each must be used once.", seen)


def _level_numbers(data: Mapping[str, object]) -> Iterator[Breach]:
    levels = data.get("levels")
    if not isinstance(levels, list | tuple):
        return
    numbers = [level.get("number") for level in levels if isinstance(level, Mapping)]
    readable = all(isinstance(number, int) for number in numbers) and len(numbers) == len(levels)
    if readable and numbers != [1, 2, 3, 4, 5]:
        said = ", ".join(str(number) for number in numbers) or "none"
        yield Breach(("levels",), f"The levels must be numbered 1, 2, 3, 4, 5, in that order; here: {said}.")


def _unknown_groups(data: Mapping[str, object]) -> Iterator[Breach]:
    known = [value for _, value in _values(data, "groups", "id")]
    if not known:
        return
    for path, group in _values(data, "dimensions", "group"):
        if group not in known:
            yield Breach(path, f"There is no group {quoted(group)}.{nearest(group, known)} {_listed(known)}")


def _benefits(data: Mapping[str, object]) -> Iterator[Breach]:
    if not isinstance(data.get("benefits"), list | tuple):
        return
    known = [value for _, value in _values(data, "benefits", "id")]
    for index, dimension in _entries(data, "dimensions"):
        listed = dimension.get("benefits")
        names = listed if isinstance(listed, list | tuple) else ()
        at: Path = ("dimensions", index, "benefits")
        places = [((*at, place), name) for place, name in enumerate(names) if isinstance(name, str)]
        yield from _repeated(places, "benefit")
        for path, name in places:
            if name not in known:
                yield Breach(
                    path, f"There is no benefit {quoted(name)}.{nearest(name, known)} {_listed(known)}"
                )


def _listed(known: Sequence[str]) -> str:
    return f"The ids are: {', '.join(known)}." if known else "The framework lists none."
