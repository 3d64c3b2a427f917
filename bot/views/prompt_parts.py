"""The parts that the prompt cards of both modes share."""

from __future__ import annotations

from bot.views.blocks import Block, button, section
from bot.views.ids import ActionId
from bot.views.levels import level_name
from bot.views.reference import Reference
from bot.views.text import count, escape
from model.assessment import Assessment, PromptProgress
from model.framework import Prompt


def place_of(assessment: Assessment, prompt_id: str) -> str:
    """Which question of which dimension it is."""
    dimension = assessment.dimension_of(prompt_id)
    name = escape(assessment.framework.dimension(dimension.dimension_id).name)
    position = [prompt.prompt_id for prompt in dimension.prompts].index(prompt_id) + 1
    return f"{name}, question {position} of {len(dimension.prompts)}"


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


def evidence_words(progress: PromptProgress) -> str:
    """How much evidence there is; a level without any is said to have none."""
    if not progress.evidence:
        return "no evidence yet"
    return f"{count(len(progress.evidence), 'piece')} of evidence"
