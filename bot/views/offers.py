"""What a word alone does not do, since it opens a form: a button."""

from __future__ import annotations

from dataclasses import dataclass

from bot.views.block_kit.blocks import Message, actions, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment


@dataclass(frozen=True)
class Offered:
    """A button, and the question above it with the title of the assessment in it."""

    label: str
    action: ActionId
    question: str


CANCEL = Offered("Cancel…", ActionId.CANCEL, "End {title} without results?")
CLOSING_DATE = Offered("Closing date…", ActionId.CLOSING_DATE, "Set or change the closing date of {title}?")
DELETE = Offered("Delete…", ActionId.DELETE, "Delete {title} for good, with all that is recorded of it?")
TARGETS = Offered("Targets…", ActionId.TARGETS, "Set the levels that {title} is to reach?")


def offer(assessment: Assessment, offered: Offered) -> Message:
    """The button, which opens a form about an assessment."""
    text = offered.question.format(title=f"*{escape(assessment.title)}*")
    row = actions(button(offered.label, offered.action, Reference(assessment=assessment.id)))
    return Message(text, (section(text), row))
