"""People's display names, so that a message can name them without notifying them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.views.wording.text import shorten, with_mentions_as
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
