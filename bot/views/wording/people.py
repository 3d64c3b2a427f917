"""People's display names, so that a message can name them without notifying them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.views.wording.text import join_names, person, shorten, with_mentions_as
from model.assessment.roster import ERASED

# Slack lets a display name have 80 characters.
_NAME_LIMIT = 80


@dataclass(frozen=True)
class Names:
    """Person id to display name. An unknown person is "a colleague", never a mention, which would notify."""

    known: Mapping[str, str] = field(default_factory=dict)

    def of(self, person: str | None) -> str:
        """The name, escaped for formatted text."""
        if person is None:
            return "nobody"
        if person.startswith(ERASED):
            return "a former colleague"
        return shorten(self.known.get(person) or "", _NAME_LIMIT) or "a colleague"


def with_names(sentence: str, names: Names) -> str:
    """A sentence of ours for where mentions are not shown as names: at the field of a form."""
    return with_mentions_as(sentence, names.of)


def to_be_invited(outside: Sequence[str], which: str, what_for: str) -> str:
    """Who is not in a channel yet, as more words of a receipt; nothing when all are.

    Args:
        outside: Those who are not.
        which: The channel, as "this" or "that".
        what_for: What they cannot do before they are.
    """
    if not outside:
        return ""
    verb = "is" if len(outside) == 1 else "are"
    who = join_names([person(each) for each in outside])
    return f" {who} {verb} not in {which} channel yet: please invite them, so that they can {what_for}."
