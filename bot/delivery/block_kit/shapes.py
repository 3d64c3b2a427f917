"""The building bricks of the checks: strings, lists, numbers and objects with their limits.

Each of them makes a check; the tables in the neighbouring modules put them together. A length is counted in
characters, as Slack does.
"""

import re
from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.violation import Check, Violation, child


def flag(value: object, at: str) -> Iterator[Violation]:
    """Accept true and false."""
    if not isinstance(value, bool):
        yield Violation(at, "must be true or false")


def string(maximum: int, minimum: int = 1, *, blank: bool = False) -> Check:
    """Accept a string of `minimum` to `maximum` characters; blanks alone count as empty unless allowed."""

    def check(value: object, at: str) -> Iterator[Violation]:
        if not isinstance(value, str):
            yield Violation(at, "must be a string")
        elif minimum and not (value if blank else value.strip()):
            yield Violation(at, "must not be empty")
        elif len(value) > maximum:
            yield Violation(at, f"must have at most {maximum:,} characters, has {len(value):,}")

    return check


def day(value: object, at: str) -> Iterator[Violation]:
    """Accept a date as Slack writes it."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        yield Violation(at, "must be a date such as 2026-11-23")


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


class Members:
    """Accepts an object with these members, then applies the rules that look at several members together.

    Attributes:
        known: every member that may be there.
    """

    def __init__(
        self, required: Mapping[str, Check], optional: Mapping[str, Check] | None = None, *rules: Check
    ) -> None:
        """Keep the members that must and may be there; the rules must bear members of any type."""
        self._required, self._rules = frozenset(required), rules
        self.known: Mapping[str, Check] = {**required, **(optional or {})}

    def __call__(self, value: object, at: str) -> Iterator[Violation]:
        """Report members that are missing, that we do not send, and that are wrong."""
        if not isinstance(value, Mapping):
            yield Violation(at, "must be an object")
            return
        for name in self.known:
            if name in self._required and name not in value:
                yield Violation(child(at, name), "is required")
        for name, member in value.items():
            if name in self.known:
                yield from self.known[name](member, child(at, name))
            else:
                yield Violation(child(at, name), "is not a member that we send here")
        for rule in self._rules:
            yield from rule(value, at)


def one_of_types(table: Mapping[str, Check], what: str) -> Check:
    """Accept an object whose `type` is in the table, and check it as the table says.

    Args:
        table: checks by the value of `type`.
        what: what such an object is called, for the sentence.
    """

    def check(value: object, at: str) -> Iterator[Violation]:
        kind = value.get("type") if isinstance(value, Mapping) else None
        if not isinstance(value, Mapping):
            yield Violation(at, f"must be an object: {what}")
        elif not isinstance(kind, str) or kind not in table:
            yield Violation(child(at, "type"), f"is not {what} that we send here")
        else:
            yield from table[kind](value, at)

    return check
