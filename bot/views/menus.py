"""Menus whose options carry a reference, as buttons do."""

from __future__ import annotations

from bot.views.blocks import Block, option
from bot.views.ids import ActionId
from bot.views.levels import level_name
from bot.views.reference import Reference
from bot.views.text import plain
from model.assessment import Assessment


def level_menu(label: str, action: ActionId, assessment: Assessment, prompt_id: str) -> Block:
    """The five levels to choose from; nothing is chosen beforehand, since all see the same menu."""
    options = [
        option(
            level_name(assessment.framework, level.number),
            Reference(assessment=assessment.id, prompt=prompt_id, level=level.number).encode(),
        )
        for level in assessment.framework.levels
    ]
    return {
        "type": "static_select",
        "action_id": action.value,
        "placeholder": plain(label),
        "options": options,
    }


def more_menu(action: ActionId, *choices: tuple[str, Reference]) -> Block:
    """What is seldom wanted, behind three dots: up to five labels, each with what it is about."""
    options = [option(label, reference.encode()) for label, reference in choices]
    return {"type": "overflow", "action_id": action.value, "options": options}
