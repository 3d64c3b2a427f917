"""One level of a question with its button, as the cards of both modes show it."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment
from model.framework.framework import Prompt


def level_row(assessment: Assessment, prompt: Prompt, number: int) -> tuple[str, Block]:
    """One level with its description and its button, as text and as a block."""
    label = level_name(assessment.framework, number)
    descriptor = escape(prompt.descriptors[number - 1])
    reference = Reference(assessment=assessment.id, prompt=prompt.id, level=number)
    press = button(
        label,
        ActionId.LEVEL,
        reference,
        accessibility_label=f"{label}: {prompt.descriptors[number - 1]}",
    )
    return f"{escape(label)}: {descriptor}", section(f"*{escape(label)}*\n{descriptor}", accessory=press)
