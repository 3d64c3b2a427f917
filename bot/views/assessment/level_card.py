"""The level of a dimension: the sum in words, and the facilitator's confirmation."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.questions import missing_evidence
from bot.views.wording.teams import own_team
from bot.views.wording.text import escape, join_names, shorten
from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    Confirmation,
    DimensionProgress,
    DimensionState,
    PromptState,
)
from model.calculation.explanation import explain_dimension


def level_card(assessment: Assessment, dimension_id: str, *, names: Names) -> Message:
    """The card as it should look now."""
    dimension = assessment.dimension(dimension_id)
    name = escape(assessment.framework.dimension(dimension_id).name)
    if assessment.second_team is not None:
        name = f"{name}, {own_team(assessment)}"
    score = assessment.score(dimension_id)
    calculated = None if score is None else score.level
    lines = [f"*{name}: {_headline(assessment, dimension.confirmation, calculated, names)}*"]
    lines.append(
        escape(explain_dimension(assessment.framework, dimension_id, assessment.answers(dimension_id)))
    )
    if dimension.confirmation is not None and dimension.confirmation.reason:
        lines.append(f"Reason: {shorten(dimension.confirmation.reason, 2_900)}")
    small = " ".join([*_evidence(dimension), *_who_confirms(assessment, dimension, names)])
    blocks: list[Block] = [*(section(line) for line in lines), *([context(small)] if small else [])]
    # A confirmed card keeps its button through a pause and after the end, when it is not redrawn.
    to_confirm = assessment.state is AssessmentState.RUNNING and dimension.state is DimensionState.ANSWERED
    if to_confirm or dimension.confirmation is not None:
        blocks.append(actions(*_buttons(assessment, dimension, calculated)))
    return Message("\n".join([*lines, small]).rstrip(), tuple(blocks))


def _headline(
    assessment: Assessment, confirmation: Confirmation | None, calculated: int | None, names: Names
) -> str:
    framework = assessment.framework
    if confirmation is None:
        return f"{escape(level_name(framework, calculated))}, calculated"
    level = f"{escape(level_name(framework, confirmation.level))}, confirmed by {names.of(confirmation.by)}"
    if confirmation.overridden:
        level += f" (calculated: {escape(level_name(framework, confirmation.calculated))})"
    return level


def _evidence(dimension: DimensionProgress) -> list[str]:
    """How many answers have no evidence; nothing where no question applies."""
    missing = missing_evidence(dimension.prompts)
    if missing:
        return [missing]
    agreed = any(prompt.state is PromptState.AGREED for prompt in dimension.prompts)
    return ["Every answer has evidence."] if agreed else []


def _who_confirms(assessment: Assessment, dimension: DimensionProgress, names: Names) -> list[str]:
    if dimension.confirmation is not None or not assessment.active:
        return []
    leaders = [names.of(person) for person in assessment.leaders(dimension.dimension_id)]
    who = join_names(leaders) if leaders else "whoever takes over on the board"
    if dimension.state is not DimensionState.ANSWERED:
        return [f"The level can be confirmed again by {who} when every question is answered."]
    return [f"A facilitator confirms the level: {who}."]


def _buttons(assessment: Assessment, dimension: DimensionProgress, calculated: int | None) -> list[Block]:
    reference = Reference(
        assessment=assessment.id,
        dimension=dimension.dimension_id,
        level=calculated,
        calculated=calculated,
    )
    other = button(
        "Set another level…" if dimension.confirmation is None else "Change the level…",
        ActionId.SET_OTHER,
        reference,
    )
    if dimension.confirmation is not None:
        about = Reference(assessment=assessment.id, dimension=dimension.dimension_id)
        # What does not apply has no target.
        applies = dimension.confirmation.level is not None
        return [other, *([button("Set a target…", ActionId.TARGETS, about)] if applies else [])]
    label = f"Confirm {level_name(assessment.framework, calculated)}"
    return [button(label, ActionId.CONFIRM, reference, style="primary"), other]
