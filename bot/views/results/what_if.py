"""The answer to `/milepost whatif`: why this level, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from bot.views.block_kit.blocks import Message, context, header, paragraphs, section
from bot.views.results.results import overall_line
from bot.views.wording.levels import answer_name, level_name
from bot.views.wording.text import count, escape, join_names, shorten
from model.assessment.assessment import Assessment
from model.calculation.calculator import Overall
from model.calculation.explanation import explain_overall, figure
from model.calculation.what_if import Change, WhatIf, smallest_lifts, way_up
from model.calculation.what_if_question import NotUnderstood, Unclear
from model.framework.framework import Framework, Rounding

_NOTE = "Only you see this, and nothing was changed."
_MOST_UNCLEAR = 5
_HIGHEST = 5


def what_if_answer(
    assessment: Assessment, result: WhatIf, unclear: Sequence[Unclear], command: str
) -> Message:
    """What the levels that were asked about would change, and what they would not."""
    if not (result.changes or result.same):
        return _without_an_answer(assessment, unclear, command)
    lines = [
        *(_change(assessment.framework, each) for each in result.changes),
        *(_same(assessment, each) for each in result.same),
        *_unclear(assessment.framework, unclear),
    ]
    outcome = _outcome(assessment, result) if result.changes else []
    parts = ["\n".join(outcome), *_sum(assessment, result), _lifts(assessment)]
    return _message(lines, parts)


def how_to_ask(assessment: Assessment, command: str) -> Message:
    """Why the level is what it is, what would lift it, and how to ask about other levels."""
    framework = assessment.framework
    why = escape(explain_overall(framework, assessment.levels(), assessment.scope))
    return _message([why], [_lifts(assessment), _how(assessment, command)])


def _without_an_answer(assessment: Assessment, unclear: Sequence[Unclear], command: str) -> Message:
    return _message(_unclear(assessment.framework, unclear), [_how(assessment, command)])


def _message(lines: Sequence[str], parts: Sequence[str]) -> Message:
    said = [part for part in parts if part]
    blocks = [header("What if"), *paragraphs(lines), *map(section, said), context(_NOTE)]
    return Message("\n".join(["What if.", *lines, *said, _NOTE]), tuple(blocks))


def _how(assessment: Assessment, command: str) -> str:
    """How to ask, with dimensions that this assessment has."""
    names = [escape(assessment.framework.dimension(each).name.lower()) for each in assessment.scope[:2]]
    several = " ".join(f"{name} {level}" for name, level in zip(names, (4, 3), strict=False))
    more = f", or for several: *{command} whatif {several}*" if len(names) > 1 else ""
    return f"Ask with a dimension and a level: *{command} whatif {names[0]} 4*{more}. Short names will do."


def _change(framework: Framework, change: Change) -> str:
    then = escape(level_name(framework, change.then))
    now = escape(answer_name(framework, change.now))
    return f"• If *{_name(framework, change.dimension_id)}* were at *{then}* (now: {now})"


def _same(assessment: Assessment, dimension_id: str) -> str:
    level = escape(answer_name(assessment.framework, assessment.dimension_level(dimension_id)))
    return f"• {_name(assessment.framework, dimension_id)} is at {level} already"


def _outcome(assessment: Assessment, result: WhatIf) -> list[str]:
    """What would be different overall, and what not."""
    if result.then is None:
        return []
    return [
        _overall(assessment, result.now, result.then),
        *_groups(assessment.framework, result.now, result.then),
        *_weakest(assessment.framework, result),
        *_others(assessment, result),
    ]


def _overall(assessment: Assessment, now: Overall | None, then: Overall) -> str:
    framework = assessment.framework
    rounding = framework.method.rounding
    level, score = escape(level_name(framework, then.score.level)), figure(then.score, rounding)
    unsure = ", provisional" if then.score.provisional else ""
    if now is None:
        return f"*Overall would be {level}*{unsure}: the score would be {score}. Now there is none."
    before = figure(now.score, rounding)
    moved = f"the score would be {score} instead of {before}"
    if then.score.value == now.score.value:
        moved = f"the score stays {score}"
    if then.score.level != now.score.level:
        instead = escape(level_name(framework, now.score.level))
        return f"*Overall would be {level}* instead of {instead}{unsure}: {moved}."
    return f"*Overall would stay at {level}*{unsure}: {moved}.{_needed(rounding, then.score.level)}"


def _needed(rounding: Rounding, level: int) -> str:
    """The score that the next level begins at."""
    if level == _HIGHEST:
        return ""
    begins = Decimal(level + 1) if rounding is Rounding.DOWN else level + Decimal("0.5")
    return f" Level {level + 1} begins at {begins}."


def _groups(framework: Framework, now: Overall | None, then: Overall) -> list[str]:
    """The groups that would move, and those that would not; with one alone the overall line says it all."""
    rounding = framework.method.rounding
    moved: list[str] = []
    still: list[str] = []
    scores = {each: score for each, score in then.groups.items() if score is not None}
    for group_id, score in scores.items() if len(scores) > 1 else ():
        name, before = escape(framework.group(group_id).name), now.groups[group_id] if now else None
        if before is not None and before.value == score.value:
            still.append(f"{name} stays at {figure(score, rounding)}")
        else:
            instead = f" instead of {figure(before, rounding)}" if before is not None else ""
            moved.append(f"{name} would be at {figure(score, rounding)}{instead}")
    return [f"{'; '.join([*moved, *still])}."] if moved or still else []


def _weakest(framework: Framework, result: WhatIf) -> list[str]:
    if result.then is None:
        return []
    names = join_names([_name(framework, each) for each in result.then.weakest])
    level = escape(answer_name(framework, result.levels[result.then.weakest[0]]))
    same = result.now is not None and result.now.weakest == result.then.weakest
    are = "is" if len(result.then.weakest) == 1 else "are"
    return [
        f"The weakest {are} still {names}, at {level}."
        if same
        else f"The weakest would be {names}, at {level}."
    ]


def _others(assessment: Assessment, result: WhatIf) -> list[str]:
    others = len(assessment.scope) - len(result.changes)
    if others == 0:
        return []
    who = "other dimension" if others == 1 else f"other {count(others, 'dimension')}"
    return [f"The {who} would not change."]


def _sum(assessment: Assessment, result: WhatIf) -> list[str]:
    if not result.changes:
        return []
    return [escape(explain_overall(assessment.framework, result.levels, assessment.scope))]


def _lifts(assessment: Assessment) -> str:
    """The smallest single changes from where the council is now; where there are none, one way up."""
    framework, levels = assessment.framework, assessment.levels()
    overall = assessment.overall()
    if overall is None or overall.score.level == _HIGHEST:
        return ""
    now = f"*From where you are* ({overall_line(assessment).removesuffix('.')})"
    lifts = smallest_lifts(framework, levels, assessment.scope)
    if lifts:
        ways = " or ".join(_to(framework, each) for each in lifts)
        return f"{now}, the smallest single change that lifts the overall level is {ways}."
    ways = join_names([_to(framework, each) for each in way_up(framework, levels, assessment.scope)])
    return f"{now}, no single dimension lifts the overall level. One way that does is {ways} together."


def _to(framework: Framework, change: Change) -> str:
    return f"{_name(framework, change.dimension_id)} from {change.now} to {change.then}"


def _unclear(framework: Framework, unclear: Sequence[Unclear]) -> list[str]:
    lines = [f"• {_not_understood(framework, each)}" for each in unclear[:_MOST_UNCLEAR]]
    left = len(unclear) - len(lines)
    return [*lines, *([f"• {count(left, 'more part')} could not be read."] if left else [])]


def _not_understood(framework: Framework, unclear: Unclear) -> str:
    words = shorten(unclear.words, 60)
    name = "" if unclear.nearest is None else _name(framework, unclear.nearest)
    match unclear.why:
        case NotUnderstood.NO_SUCH_DIMENSION:
            hint = f" Did you mean {name}?" if name else ""
            return f"There is no dimension called “{words}”.{hint}"
        case NotUnderstood.NOT_IN_SCOPE:
            return f"{name} is not part of this assessment."
        case NotUnderstood.NO_LEVEL:
            return f"{name} is named without a level. Please add one from 1 to 5."
        case NotUnderstood.NO_NAME:
            return f"“{words}” has no dimension before it."
        case NotUnderstood.NOT_A_LEVEL:
            return f"“{words}”: a level is a whole number from 1 to 5."


def _name(framework: Framework, dimension_id: str) -> str:
    return escape(framework.dimension(dimension_id).name)
