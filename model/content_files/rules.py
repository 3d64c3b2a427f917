"""What the rules between the parts of a content have in common: a framework's rules and those of a library.

Rules read plain data, not the typed parts, so that a file with other faults in it still has these named too,
in the same go. What has the wrong shape is passed over: the types report it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
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


def nearest(word: str, known: Sequence[str]) -> str:
    """Word the suggestion for a mistyped word: " Did you mean …?", or nothing when none is close."""
    close = get_close_matches(word[:80], known, n=1, cutoff=0.6)
    return f" Did you mean {quoted(close[0])}?" if close else ""


def mappings(holder: Mapping[str, object], key: str) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield position and entry for those entries of a list that are mappings."""
    entries = holder.get(key)
    if isinstance(entries, list | tuple):
        for index, entry in enumerate(entries):
            if isinstance(entry, Mapping):
                yield index, entry


def values(data: Mapping[str, object], key: str, field: str) -> list[tuple[Path, str]]:
    """Return place and text of one field of every entry in a list."""
    return [
        ((key, index, field), value)
        for index, entry in mappings(data, key)
        if isinstance(value := entry.get(field), str)
    ]


def texts(holder: Mapping[str, object], key: str, at: Path) -> list[tuple[Path, str]]:
    """Return place and text of the entries of a plain list; `at` is where its holder is."""
    listed = holder.get(key)
    entries = listed if isinstance(listed, list | tuple) else ()
    return [((*at, key, index), entry) for index, entry in enumerate(entries) if isinstance(entry, str)]


def in_any_case(value: str) -> str:
    """What values have in common that differ in capitals and spaces only, as people type them either way."""
    return " ".join(value.casefold().split())


def repeated(
    found: Sequence[tuple[Path, str]], what: str, alike: Callable[[str], str] = in_any_case
) -> Iterator[Breach]:
    """Find values used more than once; those count as the same of which `alike` answers the same."""
    first: dict[str, Path] = {}
    for path, value in found:
        seen = first.setdefault(alike(value), path)
        if seen != path:
            yield Breach(path, f"The {what} {quoted(value)} is used twice; each must be used once.", seen)


def unknown(
    found: Sequence[tuple[Path, str]], what: str, known: Sequence[str], *, listed: bool = True
) -> Iterator[Breach]:
    """Find references that lead nowhere, and suggest what may have been meant.

    Args:
        found: The references, each with its place.
        what: What they refer to, such as "group".
        known: The ids there are.
        listed: Whether to list these ids in the sentence; a long list says nothing.
    """
    said = f" The ids are: {', '.join(known)}." if listed and known else ""
    for path, name in found:
        if name not in known:
            ending = said if known else f" No {what} is listed."
            yield Breach(path, f"There is no {what} {quoted(name)}.{nearest(name, known)}{ending}")
