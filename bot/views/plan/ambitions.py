"""Where a team wants to be: its targets, and the overall level they and its items would lead to."""

from __future__ import annotations

from collections.abc import Mapping

from bot.views.plan.parts import target_words
from bot.views.wording.levels import level_name
from bot.views.wording.text import count, escape
from model.assessment.assessment import Assessment
from model.calculation.gaps import gaps, projected
from model.plan.plan import FEW_TARGETS, Plan


def target_lines(plan: Plan, assessment: Assessment) -> list[str]:
    """One line a target."""
    if not plan.targets:
        return ["No targets yet: a few help to choose what to do."]
    return [f"• {target_words(assessment, target)}" for target in plan.targets]


def projection_lines(plan: Plan, assessment: Assessment) -> list[str]:
    """The overall level now, with every target reached, and with every item of the plan having worked."""
    said = []
    if plan.targets:
        said.append(projected_words(assessment, plan.targeted_levels(), "every target is reached"))
    if plan.levels_if_all_succeed():
        said.append(
            projected_words(assessment, plan.levels_if_all_succeed(), "every item of the plan succeeds")
        )
    now = assessment.overall()
    if now is None or not said:
        return [each for each in said if each]
    level = escape(level_name(assessment.framework, now.score.level))
    return [f"Overall level now: {level} ({now.score.shown}).", *(each for each in said if each)]


def projected_words(assessment: Assessment, levels: Mapping[str, int], when: str) -> str:
    """The overall level if these levels are reached; empty where nothing has a level."""
    lead = projected(assessment.framework, assessment.levels(), levels, assessment.scope)
    if lead is None:
        return ""
    level = escape(level_name(assessment.framework, lead.score.level))
    return f"Overall level if {when}: {level} ({lead.score.shown})."


def many_targets(assessment: Assessment, levels: Mapping[str, int]) -> str:
    """A kind word where more dimensions are to be lifted than get done; empty where they are few."""
    # A dimension that has no level yet is still to be lifted to its target.
    missing = [each for each in levels if not isinstance(assessment.levels().get(each), int)]
    raised = [each for each, gap in gaps(assessment.levels(), levels).items() if gap] + missing
    if len(raised) <= FEW_TARGETS:
        return ""
    return (
        f"These are {count(len(raised), 'dimension')} to lift at once, and few targets get done. "
        f"Think of choosing {FEW_TARGETS} or fewer now, and the rest next time."
    )
