"""The question whether something that was done has worked, in the thread of the plan."""

from __future__ import annotations

from datetime import date
from typing import Literal

from bot.views.block_kit.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    field,
    modal,
    option,
    section,
    text_input,
)
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.plan.parts import dimension_name
from bot.views.plan.words import WORKED_WORDS
from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names, shorten
from model.assessment.assessment import Assessment, AssessmentState
from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, Outcome, PlanItem, Worked

_LABELS = {
    Worked.YES: "Yes",
    Worked.PARTLY: "Partly",
    Worked.NO: "No",
    Worked.TOO_EARLY: "Too early to say",
}
# An action id may stand only once in a row of buttons.
WORKED_BUTTONS = {
    Worked.YES: ActionId.WORKED_YES,
    Worked.PARTLY: ActionId.WORKED_PARTLY,
    Worked.NO: ActionId.WORKED_NO,
    Worked.TOO_EARLY: ActionId.WORKED_TOO_EARLY,
}
_TITLE = 150
_SUCCESS = 600


def outcome_card(
    assessment: Assessment,
    item: PlanItem,
    *,
    names: Names,
    again: bool,
    asked_again_on: date | None,
    review: Assessment | None = None,
) -> Message:
    """The card as it should look now.

    Args:
        assessment: Whose plan the item is in.
        item: The item.
        names: Display names of its owners and of who answered.
        again: Whether this card asks once more, after "too early to say".
        asked_again_on: When it is asked again, where that is so.
        review: The latest review of the item's dimension since it was done, if there is one.
    """
    title = f"*{shorten(item.title, _TITLE)}*"
    if item.status is not ItemStatus.DONE:
        return Message(f"{title} is no longer done.", (section(f"{title} is no longer done."),))
    settled = item.outcome is not None and item.outcome.worked is not Worked.TOO_EARLY
    lines = [_head(item, title, names, again, asked_again_on)]
    if item.success and not settled:
        lines.append(f"You wanted to see: {shorten(item.success, _SUCCESS)}")
    if item.outcome is not None and item.outcome.note:
        lines.append(f"“{shorten(item.outcome.note, PLAN_REASON_LIMIT)}”")
    if settled and review is not None:
        lines.append(_reviewed(item, review))
    small = _small(assessment, item, names, settled, review)
    buttons = _buttons(assessment, item, settled, review)
    blocks: list[Block] = [section("\n".join(lines)), *buttons, context(small)]
    return Message("\n".join([*lines, small]), tuple(blocks))


def _head(item: PlanItem, title: str, names: Names, again: bool, asked_again_on: date | None) -> str:
    if item.outcome is None:
        return f"{title} is done. Did it work?"
    said = outcome_said(item.outcome, names)
    if item.outcome.worked is not Worked.TOO_EARLY:
        return f"{title} is done. {said}."
    if again:
        return f"{title} was done some weeks ago, when it was too early to say. Did it work?"
    when = "" if asked_again_on is None else f" I ask again on {asked_again_on.strftime('%-d %B %Y')}."
    return f"{title} is done. {said}.{when}"


def outcome_said(outcome: Outcome, names: Names) -> str:
    """What somebody has answered, as the beginning of a sentence."""
    words = WORKED_WORDS[outcome.worked]
    return f"{words[0].upper()}{words[1:]}, says {names.of(outcome.by)}"


def _small(
    assessment: Assessment, item: PlanItem, names: Names, settled: bool, review: Assessment | None
) -> str:
    name = escape(dimension_name(assessment.framework, item.dimension_id))
    if settled:
        still = "Levels never move by themselves."
        seen_to = review is not None and review.state is not AssessmentState.CANCELLED
        return still if seen_to else f"{still} To see whether {name} has, look at it again."
    owners = join_names([names.of(person) for person in item.owners]) if item.owners else "a facilitator"
    return f"For {owners} to say. What you learn here helps whoever takes this on next."


def _reviewed(item: PlanItem, review: Assessment) -> str:
    """What became of the dimension since, in a review of it."""
    framework = review.framework
    name = escape(dimension_name(framework, item.dimension_id))
    confirmation = review.dimension(item.dimension_id).confirmation
    if review.state is AssessmentState.CANCELLED:
        return f"Looking at {name} again was cancelled."
    if confirmation is None:
        return f"{name} is being looked at again; see its board in the channel."
    now = escape(level_name(framework, confirmation.level))
    when = confirmation.at.strftime("%-d %B %Y")
    before = item.level_when_added
    was = "" if before is None else f"; it was {escape(level_name(framework, before))} when this was taken on"
    return f"Looked at again on {when}: {name} is {now}{was}."


def _buttons(assessment: Assessment, item: PlanItem, settled: bool, review: Assessment | None) -> list[Block]:
    reference = Reference(assessment=assessment.id, item=item.id)
    if settled:
        name = dimension_name(assessment.framework, item.dimension_id)
        about = reference.model_copy(update={"dimension": item.dimension_id})
        style: Literal["primary"] | None = "primary" if review is None else None
        look = button(f"Look again at {name}…", ActionId.REVIEW, about, style=style)
        log = button("Log the evidence…", ActionId.LATE_EVIDENCE, about)
        # While that is being done it cannot be begun.
        looking = review is not None and review.active
        more = button("Say more, or otherwise…", ActionId.SAY_MORE, reference)
        return [actions(log, *([] if looking else [look]), more)]
    return [actions(*answer_buttons(reference))]


def answer_buttons(about: Reference) -> list[Block]:
    """The answers to whether an item worked."""
    answers = [
        button(label, WORKED_BUTTONS[worked], about.model_copy(update={"word": worked.value}))
        for worked, label in _LABELS.items()
    ]
    return [*answers, button("Say more…", ActionId.SAY_MORE, about)]


def outcome_form(assessment: Assessment, item: PlanItem) -> View:
    """The form with the same answers and room for a few words."""
    options = [option(label, worked.value) for worked, label in _LABELS.items()]
    element: Block = {"type": "radio_buttons", "options": options}
    if item.outcome is not None:
        element["initial_option"] = options[list(_LABELS).index(item.outcome.worked)]
    note = "" if item.outcome is None else item.outcome.note
    blocks = [
        section(f"*{shorten(item.title, _TITLE)}*"),
        field(InputId.WORKED, "Did it work?", element),
        field(
            InputId.REASON,
            "What makes you say so?",
            text_input(multiline=True, longest=PLAN_REASON_LIMIT, initial=note),
            optional=True,
            hint="Shown on the card, for whoever takes this on next.",
        ),
    ]
    reference = Reference(assessment=assessment.id, item=item.id)
    return modal(ViewId.OUTCOME, "Did it work?", blocks, submit="Save", close="Cancel", reference=reference)


def review_form(assessment: Assessment, dimension_id: str) -> View:
    """Says what looking again means, and asks whether to begin."""
    dimension = assessment.framework.dimension(dimension_id)
    number = count(len(dimension.prompts), "question")
    words = (
        f"The {number} of *{escape(dimension.name)}* are asked again, in this channel, by the same people "
        "and in the same way, each with what was said last time beside it. It gets a board and a date of its "
        f"own. *{escape(assessment.title)}* stays as it is; what you confirm now is the new level."
    )
    reference = Reference(assessment=assessment.id, dimension=dimension_id)
    return modal(
        ViewId.REVIEW, "Look again", [section(words)], submit="Begin", close="Not now", reference=reference
    )


def review_receipt(review: Assessment) -> str:
    """After a review began."""
    return (
        f"Begun: *{escape(review.title)}*. Its board is in the channel, and its first question in the thread."
    )


def outcome_receipt(item: PlanItem) -> str:
    """After an answer."""
    title = f"*{shorten(item.title, _TITLE)}*"
    if item.outcome is None or item.outcome.worked is Worked.TOO_EARLY:
        return f"Noted for {title}: too early to say. I ask again in four weeks."
    return f"Noted for {title}: {WORKED_WORDS[item.outcome.worked]}. Thank you."
