"""The results of a levels file: levels, overall position, targets, gaps and progress, with explanations."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from model.calculation.calculator import Answer, NotApplicable, Overall, Score, dimension_score, overall_score
from model.calculation.explanation import explain_dimension, explain_overall, level_words
from model.calculation.gaps import gaps, progress_from_baseline, progress_to_target, projected
from model.framework.framework import Dimension, Framework
from model.score_file.sheet import ScoreSheet


@dataclass(frozen=True)
class SheetResult:
    """What a levels file comes to. The mappings have every dimension, in the framework's order.

    Attributes:
        scores: The score of a dimension whose prompts were given; None where the file gives its level itself.
        levels: The level of each dimension, not applicable, or None for unanswered.
        reasons: The reasons in the file, by dimension or prompt id.
        overall: Where the council stands, or None when nothing has a level.
        targets: The target of each dimension that has one.
        baselines: The baseline of each dimension that has one.
        gaps: Levels still to go, for each dimension that has both a level and a target.
        progress_to_target: Percent, or None without targets.
        progress_from_baseline: Levels, on average, or None without baselines.
        projected: The overall position with every target reached, or None without targets.
        explanation: The overall figure in words.
        explanations: The figure of each dimension in words.
    """

    framework: Framework
    scores: Mapping[str, Score | None] = field(hash=False)
    levels: Mapping[str, Answer] = field(hash=False)
    reasons: Mapping[str, str] = field(hash=False)
    overall: Overall | None
    targets: Mapping[str, Answer] = field(hash=False)
    baselines: Mapping[str, Answer] = field(hash=False)
    gaps: Mapping[str, int] = field(hash=False)
    progress_to_target: Decimal | None
    progress_from_baseline: Decimal | None
    projected: Overall | None
    explanation: str
    explanations: Mapping[str, str] = field(hash=False)

    @property
    def provisional(self) -> bool:
        """Whether a dimension is unanswered, or has prompts that are."""
        inside = any(score is not None and score.provisional for score in self.scores.values())
        return inside or self.overall is None or self.overall.score.provisional


def sheet_result(framework: Framework, sheet: ScoreSheet) -> SheetResult:
    """Work out everything a levels file asks for."""
    levels = _levels(framework, sheet.currents)
    targets = _known(_levels(framework, sheet.targets))
    baselines = _known(_levels(framework, sheet.baselines))
    return SheetResult(
        framework=framework,
        scores={each.id: _score(framework, each, sheet.currents) for each in framework.dimensions},
        levels=levels,
        reasons=sheet.reasons,
        overall=overall_score(framework, levels),
        targets=targets,
        baselines=baselines,
        gaps=gaps(levels, targets),
        progress_to_target=progress_to_target(baselines, levels, targets),
        progress_from_baseline=progress_from_baseline(baselines, levels),
        projected=projected(framework, levels, targets) if targets else None,
        explanation=explain_overall(framework, levels),
        explanations={each.id: _explain(framework, each, sheet) for each in framework.dimensions},
    )


def result_data(result: SheetResult) -> dict[str, object]:
    """Write a result as plain data for JSON; scores and percentages are texts, so that they stay exact.

    The keys:

    - `framework`: `id`, `version` and `hash` of the framework;
    - `levels`: dimension id to level, or null where there is none;
    - `not_applicable`: dimension id to reason;
    - `scores`: dimension id to score, for those whose prompts were given;
    - `overall`: null, or `level`, `name`, `score` (one decimal), `value` (exact), `answered`, `total`,
      `not_applicable`, `provisional`, `weakest` (dimension ids) and `groups` (group id to score or null);
    - `explanation`, and `explanations` by dimension id;
    - `targets`, `baselines`, `gaps`: dimension id to levels, only where known;
    - `progress_to_target` (percent), `progress_from_baseline` (levels, on average) and `projected` (as
      `overall`), each null when the file does not give what it needs.
    """
    framework = result.framework
    return {
        "framework": {"id": framework.id, "version": framework.version, "hash": framework.content_hash},
        "levels": {each: level if isinstance(level, int) else None for each, level in result.levels.items()},
        "not_applicable": {
            each: _reason(result, each)
            for each, level in result.levels.items()
            if isinstance(level, NotApplicable)
        },
        "scores": {each: _score_data(score) for each, score in result.scores.items() if score is not None},
        "overall": _overall_data(framework, result.overall, provisional=result.provisional),
        "explanation": result.explanation,
        "explanations": dict(result.explanations),
        "targets": dict(result.targets),
        "baselines": dict(result.baselines),
        "gaps": dict(result.gaps),
        "progress_to_target": _text(result.progress_to_target),
        "progress_from_baseline": _text(result.progress_from_baseline),
        "projected": _overall_data(framework, result.projected, provisional=result.provisional),
    }


def _levels(framework: Framework, given: Mapping[str, Answer]) -> dict[str, Answer]:
    """Turn answers for dimensions or for their prompts into a level for each dimension."""
    levels: dict[str, Answer] = {}
    for dimension in framework.dimensions:
        score = _score(framework, dimension, given)
        answers = [given.get(prompt.id) for prompt in dimension.prompts]
        if score is not None:
            levels[dimension.id] = score.level
        elif all(isinstance(answer, NotApplicable) for answer in answers):
            levels[dimension.id] = NotApplicable.NOT_APPLICABLE
        else:
            levels[dimension.id] = given.get(dimension.id)
    return levels


def _known(levels: Mapping[str, Answer]) -> dict[str, Answer]:
    return {each: level for each, level in levels.items() if isinstance(level, int)}


def _score(framework: Framework, dimension: Dimension, given: Mapping[str, Answer]) -> Score | None:
    return dimension_score(framework, dimension.id, _answers(dimension, given))


def _answers(dimension: Dimension, given: Mapping[str, Answer]) -> dict[str, Answer]:
    return {prompt.id: given[prompt.id] for prompt in dimension.prompts if prompt.id in given}


def _explain(framework: Framework, dimension: Dimension, sheet: ScoreSheet) -> str:
    own = sheet.currents.get(dimension.id)
    if isinstance(own, NotApplicable):
        return f"{dimension.name} is not applicable: {sheet.reasons[dimension.id]}"
    if isinstance(own, int):
        return f"{dimension.name} is at {level_words(framework, own)}, as the file gives it."
    return explain_dimension(framework, dimension.id, _answers(dimension, sheet.currents))


def _reason(result: SheetResult, dimension_id: str) -> str:
    """Find why a dimension does not apply: its own reason, or those of its prompts."""
    prompts = result.framework.dimension(dimension_id).prompts
    ids = [dimension_id, *(prompt.id for prompt in prompts)]
    return "; ".join(result.reasons[each] for each in ids if each in result.reasons)


def _score_data(score: Score) -> dict[str, object]:
    return {
        "level": score.level,
        "score": score.shown,
        "value": str(score.value),
        "answered": score.answered,
        "total": score.total,
        "not_applicable": score.not_applicable,
        "provisional": score.provisional,
    }


def _overall_data(
    framework: Framework, overall: Overall | None, *, provisional: bool
) -> dict[str, object] | None:
    if overall is None:
        return None
    return {
        **_score_data(overall.score),
        "provisional": provisional,
        "name": framework.level(overall.score.level).name,
        "weakest": list(overall.weakest),
        "groups": {
            group: None if score is None else _score_data(score) for group, score in overall.groups.items()
        },
    }


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
