"""One suggested action as a card: what, why this team, what it takes and leads to, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.library.library import effort_words, step_words
from bot.views.wording.people import Names
from bot.views.wording.text import escape, full_stop, join_names, shorten, slack_date
from model.plan.plan import Dismissal, ItemStatus
from model.suggestions.situation import Settled, Suggestion
from model.suggestions.suggestion import Candidate, LeftOut
from model.suggestions.words import planned_words, questions, why_not_sentence, why_you


def suggestion_card(suggestion: Suggestion, *, names: Names) -> Message:
    """The card as it should look now."""
    action = suggestion.action
    parts = [
        f"*{escape(action.title)}*\n{escape(action.summary)}",
        f"*Why you*\n{_why_you(suggestion)}",
        f"*Effort*\n{effort_words(action)}{_before(suggestion)}",
        f"*What it leads to*\n{_leads(suggestion)}. {escape(action.why)}\n"
        f"You will know that it worked by this: {escape(action.success)}",
    ]
    standing = _standing(suggestion.settled, names)
    if standing:
        parts.append(standing)
    small = _points(suggestion.place)
    blocks: list[Block] = [*map(section, parts), actions(*_buttons(suggestion)), context(small)]
    return Message("\n".join(["Suggested action:", *parts, small]), tuple(blocks))


def _why_you(suggestion: Suggestion) -> str:
    if isinstance(suggestion.place, Candidate):
        return escape(why_you(suggestion.situation.framework, suggestion.place))
    changed = why_not_sentence(suggestion.situation, suggestion.place)
    return f"Things have changed since it was suggested. {escape(changed)}"


def _leads(suggestion: Suggestion) -> str:
    """The step it takes; where the dimension is past that as a whole, for which of its questions."""
    place, framework = suggestion.place, suggestion.situation.framework
    step = step_words(framework, suggestion.action)
    if isinstance(place, LeftOut) or place.action.from_level == place.level:
        return step
    return f"{step}, for {escape(questions(framework, place.behind))}"


def _before(suggestion: Suggestion) -> str:
    """What usually comes before and is not in place."""
    if not isinstance(suggestion.place, Candidate):
        return ""
    place, library = suggestion.place, suggestion.situation.library
    said = ""
    if place.missing:
        titles = join_names([f"“{escape(library.action(each).title)}”" for each in place.missing])
        said += f"\nIt usually comes after {titles}, which you have not done."
    if place.under_way:
        titles = join_names([f"“{escape(library.action(each).title)}”" for each in place.under_way])
        are = "is" if len(place.under_way) == 1 else "are"
        where = planned_words(suggestion.situation, place.under_way)
        said += f"\nIt usually comes after {titles}, which {are} {where}."
    return said


def _standing(settled: Settled | None, names: Names) -> str:
    """What became of the suggestion; nothing while nobody has decided."""
    if settled is None:
        return ""
    if isinstance(settled, Dismissal):
        return _said("Not for us", names.of(settled.by), settled.reason)
    added = f"{names.of(settled.added_by)} on {slack_date(settled.added_at, '{date_long}')}"
    match settled.status:
        case ItemStatus.PROPOSED:
            return f"*Proposed for the plan* by {added}. A facilitator takes it into the plan."
        case ItemStatus.DONE:
            return f"*Done*, says {names.of(settled.status_by)}. It was added to the plan by {added}."
        case ItemStatus.DROPPED:
            return _said("Dropped from the plan", names.of(settled.status_by), settled.status_reason)
        case _:
            return f"*In the plan*, added by {added}."


def _said(what: str, name: str, reason: str) -> str:
    return f"*{what}*, says {name}: {full_stop(shorten(reason, 1_500))}"


def _points(place: Candidate | LeftOut) -> str:
    if isinstance(place, LeftOut):
        return "A suggestion from the actions library."
    return f"{place.score} of 100 points. “Why not others” shows what they are for."


def _buttons(suggestion: Suggestion) -> Sequence[Block]:
    """What can be done with it now, and what always can."""
    about = Reference(assessment=suggestion.assessment_id, action=suggestion.action.id)
    title = suggestion.action.title
    details = button("Details", ActionId.ACTION_DETAILS, about, accessibility_label=f"Details: {title}")
    always = [
        details,
        button("Why not others", ActionId.WHY_NOT_OTHERS, about),
        button("More suggestions", ActionId.MORE_SUGGESTIONS, about),
    ]
    add = button(
        "Add to plan",
        ActionId.ADD_SUGGESTED,
        about,
        style="primary",
        accessibility_label=f"Add to plan: {title}",
    )
    settled = suggestion.settled
    if settled is None:
        not_for_us = button(
            "Not for us…", ActionId.NOT_FOR_US, about, accessibility_label=f"Not for us: {title}"
        )
        return [add, details, not_for_us, *always[1:]]
    if isinstance(settled, Dismissal):
        return [button("Suggest it after all", ActionId.FOR_US_AFTER_ALL, about), *always]
    return [add, *always] if settled.status is ItemStatus.DROPPED else always
