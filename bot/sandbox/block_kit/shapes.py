"""The small language in which blocks and elements are described, and its checks."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Found = list["Problem"]
Check = Callable[[Any, str, Found], None]


@dataclass(frozen=True)
class Problem:
    """One fault: what is wrong and where, as a JSON pointer."""

    pointer: str
    message: str

    def __str__(self) -> str:
        """Return the fault as Slack writes it."""
        return f"{self.message} [json-pointer:{self.pointer}]"


def string(most: int | None = None, least: int = 1, pattern: str | None = None) -> Check:
    """Check for a string of `least` to `most` characters, and for `pattern` where there is one."""

    def check(value: Any, at: str, found: Found) -> None:
        if not isinstance(value, str):
            found.append(Problem(at, "must provide a string"))
        elif len(value) < least:
            found.append(Problem(at, f"must be more than {least - 1} characters"))
        elif most is not None and len(value) > most:
            found.append(Problem(at, f"must be less than {most + 1} characters"))
        elif pattern is not None and not re.fullmatch(pattern, value):
            found.append(Problem(at, "must be a valid value of its format"))

    return check


def flag(value: Any, at: str, found: Found) -> None:
    """Check for true or false."""
    if not isinstance(value, bool):
        found.append(Problem(at, "must provide a boolean"))


def whole_number(least: int, most: int) -> Check:
    """Check for an integer between two bounds, both allowed."""

    def check(value: Any, at: str, found: Found) -> None:
        if not isinstance(value, int) or isinstance(value, bool):
            found.append(Problem(at, "must provide an integer"))
        elif not least <= value <= most:
            found.append(Problem(at, f"must be between {least} and {most}"))

    return check


def word(*allowed: str) -> Check:
    """Check for one of some words."""

    def check(value: Any, at: str, found: Found) -> None:
        if value not in allowed:
            found.append(Problem(at, f"must be one of: {', '.join(allowed)}"))

    return check


def rows(of: Check, most: int, least: int = 1) -> Check:
    """Check for a list of `least` to `most` items, each right by itself."""

    def check(value: Any, at: str, found: Found) -> None:
        if not isinstance(value, list):
            found.append(Problem(at, "must provide an array"))
            return
        if len(value) < least:
            found.append(Problem(at, f"no fewer than {least} items allowed"))
        if len(value) > most:
            found.append(Problem(at, f"no more than {most} items allowed"))
            return
        for number, item in enumerate(value):
            of(item, f"{at}/{number}", found)

    return check


def anything(value: Any, at: str, found: Found) -> None:
    """Let every value through: used where the sandbox leaves a detail out, as its README says."""


def an_object(value: Any, at: str, found: Found) -> None:
    """Check for an object with whatever fields."""
    if not isinstance(value, dict):
        found.append(Problem(at, "must provide an object"))


@dataclass(frozen=True)
class Shape:
    """An object's fields: those it must have, those it may have, and rules between them."""

    required: Mapping[str, Check] = field(default_factory=dict)
    optional: Mapping[str, Check] = field(default_factory=dict)
    rules: tuple[Check, ...] = ()
    open: bool = False

    def __call__(self, value: Any, at: str, found: Found) -> None:
        """Check one object against this shape."""
        if not isinstance(value, dict):
            found.append(Problem(at, "must provide an object"))
            return
        for name, check in self.required.items():
            if value.get(name) is None:
                found.append(Problem(at, f"missing required field: {name}"))
            else:
                check(value[name], f"{at}/{name}", found)
        for name, check in self.optional.items():
            if name in value:
                check(value[name], f"{at}/{name}", found)
        known = self.required.keys() | self.optional.keys() | {"type"}
        if not self.open:
            found.extend(
                Problem(at, f"invalid additional property: {name}") for name in value if name not in known
            )
        for rule in self.rules:
            rule(value, at, found)


def by_type(shapes: Mapping[str, Check]) -> Check:
    """Check an object by the shape that belongs to its `type`; another type is refused."""

    def check(value: Any, at: str, found: Found) -> None:
        if not isinstance(value, dict):
            found.append(Problem(at, "must provide an object"))
            return
        kind = value.get("type")
        if kind is None:
            found.append(Problem(at, "missing required field: type"))
        elif not isinstance(kind, str) or kind not in shapes:
            found.append(Problem(f"{at}/type", f"unsupported type: {kind}"))
        else:
            shapes[kind](value, at, found)

    return check


def exactly_one_of(*names: str) -> Check:
    """Check that an object has exactly one of some fields."""

    def check(value: Any, at: str, found: Found) -> None:
        if sum(1 for name in names if value.get(name) is not None) != 1:
            found.append(Problem(at, f"must provide exactly one of: {', '.join(names)}"))

    return check


def at_least_one_of(*names: str) -> Check:
    """Check that an object has one or more of some fields."""

    def check(value: Any, at: str, found: Found) -> None:
        if not any(value.get(name) for name in names):
            found.append(Problem(at, f"must provide at least one of: {', '.join(names)}"))

    return check
