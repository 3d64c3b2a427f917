"""The form for targets: a level for each dimension, and where one is chosen a reason and a date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.views.block_kit.blocks import Block, View, context, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.plan.ambitions import many_targets, projected_words
from bot.views.plan.parts import dimension_name
from bot.views.wording.levels import answer_name, level_name
from bot.views.wording.text import escape, join_names
from model.assessment.assessment import Assessment
from model.calculation.calculator import NotApplicable
from model.plan.plan import PLAN_REASON_LIMIT, Plan, Target

NO_TARGET = "none"
_HIGHEST = 5


def target_form(
    plan: Plan,
    assessment: Assessment,
    dimensions: Sequence[str],
    chosen: Mapping[str, int | None] | None = None,
    only: str = "",
) -> View:
    """The form as it should look with these levels chosen.

    Args:
        plan: The plan with the targets that are set.
        assessment: Whose plan it is.
        dimensions: The ids of the dimensions whose targets this person may set.
        chosen: Dimension id to the level that the form says; None takes what is set.
        only: The dimension that the form is about alone, so that it can be filled in again.
    """
    shown = [each for each in dimensions if each in assessment.scope and _applies(assessment, each)]
    levels: dict[str, int | None] = {**plan.targeted_levels(), **(chosen or {})}
    aims = {each: level for each, level in levels.items() if level is not None}
    left_out = [
        dimension_name(assessment.framework, each)
        for each in dimensions
        if each in assessment.scope and each not in shown
    ]
    blocks: list[Block] = [section(line) for line in _summary(assessment, aims)]
    for dimension_id in shown:
        blocks += _fields(assessment, dimension_id, plan.target(dimension_id), aims.get(dimension_id))
    if left_out:
        blocks.append(context(f"Not applicable here, so without a target: {join_names(left_out)}."))
    reference = Reference(assessment=assessment.id, dimension=only)
    return modal(ViewId.TARGETS, "Targets", blocks, submit="Save", close="Cancel", reference=reference)


def _applies(assessment: Assessment, dimension_id: str) -> bool:
    return assessment.dimension_level(dimension_id) is not NotApplicable.NOT_APPLICABLE


def _summary(assessment: Assessment, aims: Mapping[str, int]) -> list[str]:
    now = assessment.overall()
    lines = ["Choose the level that a dimension is to reach. Leave the others without a target."]
    if now is not None:
        level = escape(level_name(assessment.framework, now.score.level))
        lines[0] += f" Overall level now: {level} ({now.score.shown})."
    if aims:
        lead = projected_words(assessment, aims, "every target is reached")
        lines += [each for each in (lead, many_targets(assessment, aims)) if each]
    return lines


def _fields(assessment: Assessment, dimension_id: str, target: Target | None, aim: int | None) -> list[Block]:
    framework = assessment.framework
    current = assessment.dimension_level(dimension_id)
    lowest = current if isinstance(current, int) else 1
    if target is not None:
        lowest = min(lowest, target.level)
    options = [option("No target", NO_TARGET)] + [
        option(level_name(framework, level), str(level)) for level in range(lowest, _HIGHEST + 1)
    ]
    value = NO_TARGET if aim is None else str(aim)
    initial = next((each for each in options if each["value"] == value), options[0])
    name = framework.dimension(dimension_id).name
    blocks = [
        field(
            InputId.TARGET_LEVEL,
            f"{name} (now {answer_name(framework, current)})",
            {"type": "static_select", "options": options, "initial_option": initial},
            part=dimension_id,
            heard=True,
        )
    ]
    if aim is None:
        return blocks
    date_picker: Block = {"type": "datepicker"}
    if target is not None and target.by_date is not None:
        date_picker["initial_date"] = target.by_date.isoformat()
    return [
        *blocks,
        field(
            InputId.TARGET_REASON,
            f"{name}: why?",
            text_input(longest=PLAN_REASON_LIMIT, initial="" if target is None else target.reason),
            optional=True,
            part=dimension_id,
        ),
        field(InputId.TARGET_DATE, f"{name}: by when?", date_picker, optional=True, part=dimension_id),
    ]
