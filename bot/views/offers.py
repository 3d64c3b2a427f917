"""What a word alone does not do, since it opens a form: a button."""

from __future__ import annotations

from bot.views.block_kit.blocks import Message, actions, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment

_BUTTONS = {
    "cancel": ("Cancel…", ActionId.CANCEL, "End {title} without results?"),
    "closing": ("Closing date…", ActionId.CLOSING_DATE, "Set or change the closing date of {title}?"),
    "delete": ("Delete…", ActionId.DELETE, "Delete {title} for good, with all that is recorded of it?"),
    "targets": ("Targets…", ActionId.TARGETS, "Set the levels that {title} is to reach?"),
}
OFFERED = frozenset(_BUTTONS)


def offer(assessment: Assessment, word: str) -> Message:
    """The button for a word, which opens a form."""
    label, action, question = _BUTTONS[word]
    text = question.format(title=f"*{escape(assessment.title)}*")
    row = actions(button(label, action, Reference(assessment=assessment.id)))
    return Message(text, (section(text), row))
