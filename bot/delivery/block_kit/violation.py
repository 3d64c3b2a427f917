"""What a check reports: where in the payload, and which rule was broken."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Surface(StrEnum):
    """Where Slack shows a payload; each takes other blocks, and another number of them."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


@dataclass(frozen=True)
class Violation:
    """One broken rule.

    Attributes:
        pointer: JSON pointer (RFC 6901) from the payload's root; "" is the payload itself.
        rule: the rule as a plain sentence with its limit. It never repeats text out of the payload, so it
            may go into a log.
    """

    pointer: str
    rule: str

    def __str__(self) -> str:
        """Return "pointer: rule", as an error message shows it."""
        return f"{self.pointer or '/'}: {self.rule}"


class PayloadRefused(Exception):
    """A payload of ours breaks Slack's rules: a bug of the bot, never of the person.

    Attributes:
        violations: every rule that was broken, in the order of the payload.
    """

    def __init__(self, violations: Sequence[Violation]) -> None:
        """Keep the violations and put them into the message."""
        self.violations = tuple(violations)
        super().__init__("; ".join(str(violation) for violation in self.violations))


Check: TypeAlias = Callable[[object, str], Iterator[Violation]]
"""A check takes a value and its JSON pointer, and yields what is wrong; it never raises."""


def child(pointer: str, key: object) -> str:
    """Return the pointer of a member or an item, escaped as RFC 6901 says."""
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"
