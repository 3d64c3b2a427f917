"""The results: overall level, what holds it back, every dimension; the same for `/milepost scores`."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, header, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.last_time import change_words, compared_with, overall_change
from bot.views.results.radar_svg import Axis, RadarChart
from bot.views.wording.levels import answer_name, done_count, looked_at_again
from bot.views.wording.questions import missing_evidence
from bot.views.wording.text import count, escape, full_stop, join_names
from model.assessment.assessment import Assessment, AssessmentState, DimensionState
from model.assessment.last_time import LastTime
from model.assessment.reviewing import as_reviewed
from model.calculation.calculator import Answer, NotApplicable
from model.calculation.explanation import explain_overall


def results(assessment: Assessment, last: LastTime | None = None) -> Message:
    """The results message as it should look now; provisional until every dimension is confirmed.

    Args:
        assessment: The assessment.
        last: What it is compared with, if anything.
    """
    blocks = _blocks(assessment, last)
    reference = Reference(assessment=assessment.id)
    buttons: list[Block] = []
    if assessment.complete and assessment.state is not AssessmentState.CANCELLED:
        running = assessment.state is AssessmentState.RUNNING
        buttons += [button("Close assessment", ActionId.CLOSE, reference, style="primary")] if running else []
        buttons.append(button("Set targets…", ActionId.TARGETS, reference))
    buttons += _suggest(assessment)
    if buttons:
        blocks.append(actions(*buttons))
    return Message(results_text(assessment, last), tuple(blocks))


def scores(assessment: Assessment, last: LastTime | None = None) -> Message:
    """The levels so far, for whoever asks."""
    blocks = _blocks(assessment, last)
    buttons = _suggest(assessment)
    if buttons:
        blocks.append(actions(*buttons))
    return Message(results_text(assessment, last), tuple(blocks))


def _suggest(assessment: Assessment) -> list[Block]:
    """What comes after a level: none while nothing has one, or when it was all cancelled."""
    if assessment.overall() is None or assessment.state is AssessmentState.CANCELLED:
        return []
    return [button("Suggest actions", ActionId.SUGGEST, Reference(assessment=assessment.id))]


def results_text(assessment: Assessment, last: LastTime | None = None) -> str:
    """The results as plain lines."""
    lines = [f"{full_stop(_title(assessment))} {overall_line(assessment, last)}"]
    return "\n".join(
        [*lines, *_sentences(assessment, last), *_listed(assessment, last), *_small_print(assessment, last)]
    )


def _title(assessment: Assessment) -> str:
    word = "Results" if assessment.complete else "Levels so far"
    return f"{word}: {escape(assessment.title)}"


def overall_line(assessment: Assessment, last: LastTime | None = None) -> str:
    """The overall level in a sentence; provisional until it is final, with how far it is.

    A review has none: it has the level of its dimension, and the whole has an overall level; see `_whole`.
    """
    if assessment.review:
        return f"{'; '.join(dimension_lines(assessment, last))}."
    words = ", ".join(each for each in (overall_words(assessment), overall_change(assessment, last)) if each)
    if assessment.complete or assessment.overall() is None:
        return f"{words}."
    done, total = done_count(assessment)
    return f"{words}: {done} of {count(total, 'dimension')} confirmed."


def overall_words(assessment: Assessment) -> str:
    """The overall level in a few words; for a review, which has none, the level of its dimension."""
    if assessment.review:
        return "; ".join(dimension_lines(assessment))
    return f"Overall: {_overall_level(assessment)}"


def _overall_level(assessment: Assessment) -> str:
    overall = assessment.overall()
    if overall is None:
        return "no level, since no dimension applies" if assessment.complete else "no level yet"
    level = escape(answer_name(assessment.framework, overall.score.level))
    return level if assessment.complete else f"{level}, provisional"


def _sentences(assessment: Assessment, last: LastTime | None) -> list[str]:
    """What is said below the headline."""
    if not assessment.review:
        return [*_ended(assessment), *_explanation(assessment)]
    return [*_ended(assessment), *([] if last is None else _whole(assessment, last))]


def _whole(review: Assessment, last: LastTime) -> list[str]:
    """The overall level of what a review belongs to, with the review where it counts."""
    whole = as_reviewed(last.earlier, [review])
    counts = review.complete and review.state is not AssessmentState.CANCELLED
    if counts:
        which = " with this counted"
    elif review.active:
        which = ", where this does not count yet"
    else:
        which = ", where this does not count"
    words = [_overall_level(whole), overall_change(whole, last) if counts else ""]
    said = f"Overall level of {escape(whole.title)}{which}: {', '.join(filter(None, words))}."
    return [said, *_explanation(whole)]


def _ended(assessment: Assessment) -> list[str]:
    """What became of the assessment, where that bears on its results."""
    if assessment.state is not AssessmentState.CANCELLED:
        return []
    return ["The assessment was cancelled; these are the levels it had then."]


def _explanation(assessment: Assessment) -> list[str]:
    overall = assessment.overall()
    if overall is None:
        return []
    lines = [escape(explain_overall(assessment.framework, assessment.levels(), assessment.scope))]
    highest = max(level for level in assessment.levels().values() if isinstance(level, int))
    weakest = [escape(assessment.framework.dimension(each).name) for each in overall.weakest]
    if assessment.levels()[overall.weakest[0]] != highest:
        lines.append(f"What holds it back most: {join_names(weakest)}.")
    return lines


def _listed(assessment: Assessment, last: LastTime | None) -> list[str]:
    """The dimensions below the rest; that of a review is in its headline."""
    return [] if assessment.review else dimension_lines(assessment, last)


def dimension_lines(assessment: Assessment, last: LastTime | None = None) -> list[str]:
    """One line a dimension in scope: name, level, whether it is confirmed, and the change since last time."""
    lines = []
    for dimension in assessment.dimensions:
        name = escape(assessment.framework.dimension(dimension.dimension_id).name)
        answer = assessment.dimension_level(dimension.dimension_id)
        level = escape(answer_name(assessment.framework, answer))
        sure = (
            "" if dimension.state is DimensionState.CONFIRMED or level == "no level yet" else " (provisional)"
        )
        change = "" if last is None else change_words(answer, last.level(dimension.dimension_id))
        more = "".join(f", {words}" for words in (change, looked_at_again(dimension)) if words)
        lines.append(f"{name}: {level}{sure}{more}")
    return lines


def _small_print(assessment: Assessment, last: LastTime | None) -> list[str]:
    missing = missing_evidence(assessment.prompts)
    return [
        *([missing] if missing else []),
        *([] if last is None else [compared_with(last)]),
        escape(assessment.framework.method.note),
    ]


def _blocks(assessment: Assessment, last: LastTime | None) -> list[Block]:
    word = "Results" if assessment.complete else "Levels so far"
    return [
        header(f"{word}: {assessment.title}"),
        section(f"*{overall_line(assessment, last)}*"),
        *map(section, _sentences(assessment, last)),
        *paragraphs(_listed(assessment, last)),
        *map(context, _small_print(assessment, last)),
    ]


def radar_chart(assessment: Assessment, last: LastTime | None = None) -> RadarChart:
    """The levels as a radar chart, last time's beside them; a dimension that does not apply is a gap."""
    axes = tuple(
        Axis(
            label=assessment.framework.dimension(dimension_id).name,
            current=_drawn(level),
            target=None,
            before=None if last is None else _drawn(last.level(dimension_id)),
            not_applicable=level is NotApplicable.NOT_APPLICABLE,
        )
        for dimension_id, level in assessment.levels().items()
    )
    names = tuple(level.name for level in assessment.framework.levels)
    return RadarChart(title=assessment.title, axes=axes, level_names=names)


def _drawn(level: Answer) -> int | None:
    return None if level is NotApplicable.NOT_APPLICABLE else level
