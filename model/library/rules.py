"""The rules of an actions library: ids used once, one step an action, prerequisites that can be done first.

`breaches` looks at the library alone, `misfits` at what it says about a framework.
"""

from collections.abc import Iterator, Mapping, Sequence

from model.content_files.rules import (
    Breach,
    Path,
    in_any_case,
    mappings,
    nearest,
    repeated,
    texts,
    unknown,
    values,
)
from model.framework.framework import Framework
from model.quoting import quoted

_Raw = Mapping[str, object]


def breaches(data: _Raw, *, complete: bool = True) -> tuple[Breach, ...]:
    """Find every broken rule between the parts of a library that is given as plain data.

    Args:
        data: The library.
        complete: Whether all of it could be read; if not, an action that is missing is no fault.
    """
    return (
        *repeated(values(data, "actions", "id"), "action id"),
        *repeated(values(data, "actions", "title"), "title", title_key),
        *_steps(data),
        *_milestones(data),
        *_doubled(data),
        *_prerequisites(data, complete),
        *_cycles(data),
    )


def title_key(title: str) -> str:
    """What titles that read as the same have in common, whatever their spaces, case and last full stop."""
    return in_any_case(title).rstrip(".")


def misfits(data: _Raw, framework: Framework) -> tuple[Breach, ...]:
    """Find every reference to a dimension, prompt or benefit that a framework does not have."""
    benefits = [each.id for each in framework.benefits]
    dimensions = [each.id for each in framework.dimensions]
    found: list[Breach] = [*unknown(values(data, "actions", "dimension"), "dimension", dimensions)]
    for index, action in mappings(data, "actions"):
        at: Path = ("actions", index)
        found += unknown(texts(action, "benefits", at), "benefit", benefits)
        found += _misplaced_prompts(texts(action, "prompts", at), action.get("dimension"), framework)
    return tuple(found)


def _misplaced_prompts(
    prompts: Sequence[tuple[Path, str]], dimension: object, framework: Framework
) -> Iterator[Breach]:
    """Find prompts that are nowhere or in another dimension; an unknown dimension is named elsewhere."""
    home = {prompt.id: each.id for each in framework.dimensions for prompt in each.prompts}
    own = [prompt for prompt, its_dimension in home.items() if its_dimension == dimension]
    for path, name in prompts:
        if name not in home:
            yield Breach(path, f"There is no prompt {quoted(name)}.{nearest(name, own or list(home))}")
        elif own and home[name] != dimension:
            sentence = f"The prompt {quoted(name)} belongs to the dimension {home[name]}, not to this one."
            yield Breach(path, sentence)


def _steps(data: _Raw) -> Iterator[Breach]:
    for index, action in mappings(data, "actions"):
        begin, end = _whole(action.get("from_level")), _whole(action.get("to_level"))
        if begin is not None and end is not None and 1 <= begin <= 4 and end != begin + 1:
            sentence = (
                f"An action is one step: from level {begin} to level {begin + 1}, not {end}. "
                "Write an action for each step."
            )
            yield Breach(("actions", index, "to_level"), sentence)


def _milestones(data: _Raw) -> Iterator[Breach]:
    for index, action in mappings(data, "actions"):
        weeks, before = _whole(action.get("weeks")), None
        for place, milestone in mappings(action, "milestones"):
            path: Path = ("actions", index, "milestones", place, "week")
            week = _whole(milestone.get("week"))
            if week is None:
                continue
            if before is not None and week <= before:
                sentence = f"Week {week} is not after week {before} of the milestone before it."
                yield Breach(path, sentence + " Put milestones in order, each in a week of its own.")
            if weeks is not None and week > weeks:
                yield Breach(path, f"Week {week} is after the end: the action takes {_weeks(weeks)}.")
            before = week


def _doubled(data: _Raw) -> Iterator[Breach]:
    """Find names that one action lists twice."""
    for index, action in mappings(data, "actions"):
        for key, what in (("benefits", "benefit"), ("prompts", "prompt"), ("prerequisites", "prerequisite")):
            yield from repeated(texts(action, key, ("actions", index)), what)


def _prerequisites(data: _Raw, complete: bool) -> Iterator[Breach]:
    """Find prerequisites that are not there, or that only make sense later."""
    begins = {
        action["id"]: _whole(action.get("from_level"))
        for _, action in mappings(data, "actions")
        if isinstance(action.get("id"), str)
    }
    known = [str(each) for each in begins]
    for index, action in mappings(data, "actions"):
        found = texts(action, "prerequisites", ("actions", index))
        if complete:
            yield from unknown(found, "action", known, listed=False)
        begin = _whole(action.get("from_level"))
        for path, name in found:
            other = begins.get(name)
            if begin is not None and other is not None and other > begin:
                sentence = (
                    f"{quoted(name)} begins at level {other}, after this one at level {begin}; "
                    "what has to be done before cannot be at a higher level."
                )
                yield Breach(path, sentence)


def _cycles(data: _Raw) -> Iterator[Breach]:
    """Find actions that wait for one another, and name each such circle once."""
    needs: dict[str, list[tuple[Path, str]]] = {}
    for index, action in mappings(data, "actions"):
        if isinstance(name := action.get("id"), str):
            needs.setdefault(name, texts(action, "prerequisites", ("actions", index)))
    done: set[str] = set()
    for start in needs:
        yield from _circles_from(start, needs, done)


def _circles_from(
    start: str, needs: Mapping[str, Sequence[tuple[Path, str]]], done: set[str]
) -> Iterator[Breach]:
    """Walk everything that has to come before one action, without recursion: a library may be long."""
    trail: list[str] = []
    waiting = [(start, iter(needs[start]))] if start not in done else []
    trail += [start] if waiting else []
    while waiting:
        name, ahead = waiting[-1]
        path, following = next(ahead, ((), ""))
        if not path:
            waiting.pop()
            done.add(trail.pop())
        elif following in trail:
            circle = [*trail[trail.index(following) :], following]
            said = " → ".join(quoted(each) for each in circle)
            yield Breach(path, f"These actions wait for one another: {said}. Take one prerequisite away.")
        elif following in needs and following not in done:
            waiting.append((following, iter(needs[following])))
            trail.append(following)


def _whole(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _weeks(number: int) -> str:
    return "1 week" if number == 1 else f"{number} weeks"
