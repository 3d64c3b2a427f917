"""What stands in the inputs of a form, as Slack's view state has it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.views.block_kit.ids import InputId

_CHOSEN = ("selected_conversation", "selected_date", "selected_user")


class UnreadableForm(ValueError):
    """A form holds what none of its fields could have given."""


class FilledIn:
    """What stands in the inputs of a form."""

    values: Mapping[str, Mapping[str, Any]]

    def text(self, input_id: InputId, part: str = "") -> str:
        """What was typed; empty when nothing was."""
        return str(self._element(input_id, part).get("value") or "")

    def choice(self, input_id: InputId, part: str = "") -> str:
        """The value of the chosen option, channel, person or date; empty when nothing was chosen."""
        element = self._element(input_id, part)
        option = element.get("selected_option") or {}
        chosen = option.get("value") or next((element[name] for name in _CHOSEN if element.get(name)), "")
        return str(chosen or "")

    def choices(self, input_id: InputId) -> tuple[str, ...]:
        """The values of all chosen options or people, in their order."""
        element = self._element(input_id)
        options = tuple(str(option["value"]) for option in element.get("selected_options") or ())
        return options or tuple(str(person) for person in element.get("selected_users") or ())

    def words(self) -> list[str]:
        """Everything that was typed, so that it can be given back."""
        elements = [element for block in self.values.values() for element in mapping(block).values()]
        return [str(words) for element in elements if (words := mapping(element).get("value"))]

    def day(self, input_id: InputId, part: str = "") -> date | None:
        """The chosen date; None when none was.

        Raises:
            UnreadableForm: it is no date.
        """
        chosen = self.choice(input_id, part)
        if not chosen:
            return None
        try:
            return date.fromisoformat(chosen)
        except ValueError:
            raise UnreadableForm from None

    def parts(self, input_id: InputId) -> tuple[str, ...]:
        """What tells the inputs of one kind apart, in their order."""
        start = input_id.block("?")[:-1]
        return tuple(block[len(start) :] for block in self.values if block.startswith(start))

    def has(self, input_id: InputId, part: str = "") -> bool:
        """Whether the form has this input at all."""
        return input_id.block(part) in self.values

    def _element(self, input_id: InputId, part: str = "") -> Mapping[str, Any]:
        return mapping(mapping(self.values.get(input_id.block(part))).get(input_id.value))


def mapping(value: object) -> Mapping[str, Any]:
    """An object of a payload; an empty one in place of what is missing or of another kind."""
    return value if isinstance(value, Mapping) else {}
