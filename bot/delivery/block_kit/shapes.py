"""The building bricks of the checks: strings, lists, numbers and objects with their limits.

Each function here returns a check; the tables in the neighbouring modules put them together. A length is
counted in characters, as Slack does.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from bot.delivery.block_kit.violation import Check, Violation, child

Object: TypeAlias = Mapping[str, Any]


def anything(value: object, at: str) -> Iterator[Violation]:
    """Accept every value: for members whose limits Slack does not publish."""
    yield from ()


def flag(value: object, at: str) -> Iterator[Violation]:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield Violation(at, "must be true or false")


def string(maximum: int, minimum: int = 1) -> Check:
    """Accept a string of `minimum` to `maximum` characters; a string of blanks alone counts as empty."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield Violation(at, "must be a string")
        elif minimum and not value.strip():
            yield Violation(at, "must not be empty")
        elif len(value) < minimum:
            yield Violation(at, f"must have at least {minimum:,} characters, has {len(value):,}")
        elif len(value) > maximum:
            yield Violation(at, f"must have at most {maximum:,} characters, has {len(value):,}")

    return check


def matching(pattern: str, meaning: str) -> Check:
    """Accept a string that matches the pattern from end to end; `meaning` says in words what that is."""
    compiled = re.compile(pattern)

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            yield Violation(at, f"must be {meaning}")

    return check


def url(maximum: int) -> Check:
    """Accept a web address of at most `maximum` characters."""
    length = string(maximum)

    def check(value: object, at: str) -> Iterator[Violation]:
        yield from length(value, at)
        if (
            isinstance(value, str)
            and value.strip()
            and not re.match(r"[a-z][a-z0-9+.-]*:", value, re.IGNORECASE)
        ):
            yield Violation(at, "must be a whole address with its scheme, such as https://")

    return check


def whole(minimum: int, maximum: int) -> Check:
    """Accept a whole number from `minimum` to `maximum`."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if isinstance(value, bool) or not isinstance(value, int) or not minimum <= value <= maximum:
            yield Violation(at, f"must be a whole number from {minimum:,} to {maximum:,}")

    return check


def choice(*values: str) -> Check:
    """Accept one of the named strings."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, str) or value not in values:
            yield Violation(at, f"must be one of: {', '.join(values)}")

    return check


def items(item: Check, minimum: int, maximum: int) -> Check:
    """Accept a list of `minimum` to `maximum` items, each of which passes `item`."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, list | tuple):
            yield Violation(at, "must be a list")
            return
        if len(value) < minimum:
            yield Violation(at, f"must have at least {minimum:,} items, has {len(value):,}")
        if len(value) > maximum:
            yield Violation(at, f"must have at most {maximum:,} items, has {len(value):,}")
        for index, member in enumerate(value):
            yield from item(member, child(at, index))

    return check


def members(
    required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Check, open_ended: bool = False
) -> Check:
    """Accept an object with these members, then apply the rules that look at several members together.

    Args:
        required: members that must be there.
        optional: members that may be there.
        rules: checks of the whole object; they must bear members of any type.
        open_ended: let members pass that are not listed, for blocks so new that Slack still adds to them.
    """
    known = {**required, **optional}

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, Mapping):
            yield Violation(at, "must be an object")
            return
        for name in required:
            if name not in value:
                yield Violation(child(at, name), "is required")
        for name, member in value.items():
            if name in known:
                yield from known[name](member, child(at, name))
            elif not open_ended:
                yield Violation(child(at, name), "is not a member that Slack knows here")
        for rule in rules:
            yield from rule(value, at)

    return check


def one_of_types(table: Mapping[str, Check], what: str, allowed: frozenset[str] | None = None) -> Check:
    """Accept an object whose `type` is in the table, and check it as the table says.

    Args:
        table: checks by the value of `type`.
        what: what such an object is called, for the sentence.
        allowed: the types that may stand here; all of the table where None.
    """

    def check(value: object, at: str) -> Iterator[Violation]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping):
            yield Violation(at, f"must be an object: {what}")
        elif not isinstance(kind, str) or kind not in table:
            yield Violation(child(at, "type"), f"must be the type of {what} that Slack has")
        elif allowed is not None and kind not in allowed:
            yield Violation(child(at, "type"), f"{kind} cannot stand here")
        else:
            yield from table[kind](value, at)

    return check


def exactly_one(*names: str) -> Check:
    """Accept an object that has exactly one of the named members."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if isinstance(value, Mapping) and sum(name in value for name in names) != 1:
            yield Violation(at, f"must have exactly one of: {', '.join(names)}")

    return check


def at_least_one(*names: str) -> Check:
    """Accept an object that has one or more of the named members."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if isinstance(value, Mapping) and not any(name in value for name in names):
            yield Violation(at, f"must have at least one of: {', '.join(names)}")

    return check
