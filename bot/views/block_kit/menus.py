"""Menus whose options carry a reference, as buttons do."""

from __future__ import annotations

import json

from bot.views.block_kit.blocks import Block, option
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import cut, plain
from model.assessment.assessment import Assessment, DimensionProgress, PromptState

# To how many characters questions are cut, until a menu of them fits.
_LABELS = (75, 50, 30, 15)


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


def prompt_menu(
    assessment: Assessment,
    label: str,
    *,
    room: int,
    shortest: int = _LABELS[-1],
    dimension_id: str | None = None,
    asked_only: bool = False,
    without: str | None = None,
) -> Block | None:
    """The questions of the dimensions that are open, by dimension; None when there is none, or no room.

    Args:
        assessment: Whose questions.
        label: What the menu says before anything is chosen.
        room: Characters that it may take, as JSON.
        shortest: To how many characters questions may be cut for that.
        dimension_id: Only the questions of this dimension.
        asked_only: Leave out those that have not been asked yet.
        without: Leave out this one.
    """
    for longest in (each for each in _LABELS if each >= shortest):
        groups = [
            {
                "label": plain(assessment.framework.dimension(dimension.dimension_id).name, 75),
                "options": options,
            }
            for dimension in assessment.dimensions
            if dimension.opened_at is not None and dimension_id in (None, dimension.dimension_id)
            if (options := _questions(assessment, dimension, asked_only, without, longest))
        ]
        menu: Block = {"type": "static_select", "placeholder": plain(label), "option_groups": groups}
        if not groups:
            return None
        if len(json.dumps(menu)) <= room:
            return menu
    return None


def _questions(
    assessment: Assessment, dimension: DimensionProgress, asked_only: bool, without: str | None, longest: int
) -> list[Block]:
    return [
        option(
            cut(f"{number}. {assessment.framework.prompt(prompt.prompt_id).question}", longest),
            Reference(prompt=prompt.prompt_id).encode(),
        )
        for number, prompt in enumerate(dimension.prompts, 1)
        if prompt.prompt_id != without and not (asked_only and prompt.state is PromptState.WAITING)
    ]
