"""The forms of suggestions: why one is not for us, and the ranking with all its figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.views.block_kit.blocks import (
    Block,
    View,
    actions,
    button,
    context,
    divider,
    field,
    header,
    modal,
    paragraphs,
    section,
    text_input,
)
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.library.library import step_words
from bot.views.suggestions.receipts import capacity_menu, capacity_words
from bot.views.wording.text import count, escape
from model.library.library import Action
from model.plan.plan import PLAN_REASON_LIMIT
from model.suggestions.suggestion import Candidate, LeftOut, Ranking, Situation, WhyNot
from model.suggestions.words import figure_sentence, why_not_sentence

# A modal holds 100 blocks; this many candidates with six sentences each are read in a minute or two.
CANDIDATES_A_PAGE = 8
LEFT_OUT_A_PAGE = 40
_NO_GAP = frozenset({WhyNot.NO_LEVEL, WhyNot.NO_TARGET, WhyNot.TARGET_REACHED})


def not_for_us_modal(assessment_id: str, action: Action) -> View:
    """The form that asks why an action is not for this team."""
    blocks = [
        section(f"*{escape(action.title)}*\nIt is not suggested again, and your reason stands on its card."),
        field(InputId.REASON, "Why not?", text_input(multiline=True, longest=PLAN_REASON_LIMIT)),
    ]
    about = Reference(assessment=assessment_id, action=action.id)
    return modal(ViewId.NOT_FOR_US, "Not for us", blocks, submit="Record", close="Cancel", reference=about)


def ranking_modal(
    assessment_id: str, situation: Situation, ranking: Ranking, *, page: int = 0, action_id: str = ""
) -> View:
    """One page of the ranking: first the candidates with their figures, then what is left out and why.

    Args:
        assessment_id: The assessment.
        situation: What the ranking looked at.
        ranking: The ranking.
        page: Which page, counted from 0; beyond the last it is the last.
        action_id: The action whose card was pressed; its place is named at the top.
    """
    pages = _pages(ranking)
    number = min(max(page, 0), len(pages) - 1)
    shown = pages[number]
    blocks = [
        *_head(assessment_id, situation, ranking, action_id),
        *(_candidate(situation, place, each) for place, each in shown.candidates),
        *_left_out(situation, shown.left_out),
        *_turning(assessment_id, action_id, number, len(pages)),
    ]
    return modal(ViewId.RANKING, "Why not others", blocks)


@dataclass(frozen=True)
class _Page:
    """Candidates with their places, or actions that are left out."""

    candidates: Sequence[tuple[int, Candidate]] = ()
    left_out: Sequence[LeftOut] = ()


def _pages(ranking: Ranking) -> list[_Page]:
    """All pages; one that is empty where there is nothing at all."""
    places = list(enumerate(ranking.candidates, 1))
    others = [each for each in ranking.left_out if each.why not in _NO_GAP]
    first = [
        _Page(candidates=places[start : start + CANDIDATES_A_PAGE])
        for start in range(0, len(places), CANDIDATES_A_PAGE)
    ]
    last = [
        _Page(left_out=others[start : start + LEFT_OUT_A_PAGE])
        for start in range(0, len(others), LEFT_OUT_A_PAGE)
    ]
    return [*first, *last] or [_Page()]


def _head(assessment_id: str, situation: Situation, ranking: Ranking, action_id: str) -> list[Block]:
    lines = [
        f"{count(len(ranking.candidates), 'action')} of the library would lead towards your targets. "
        "The order goes by points, 100 at most; with equal points the shorter comes first, then the order of "
        "the library. In what is suggested, dimensions take turns, and what is to be done before comes first."
    ]
    place = ranking.place(action_id)
    if place is not None:
        lines.append(f"“{escape(situation.library.action(action_id).title)}” has place {place}.")
    without_gap = sum(each.why in _NO_GAP for each in ranking.left_out)
    if without_gap:
        elsewhere = count(without_gap, "action")
        lines.append(f"{elsewhere} for dimensions without a target above their level are not listed.")
    menu = capacity_menu(assessment_id, situation.capacity, action_id)
    return [section("\n".join(lines)), section(capacity_words(situation.capacity), accessory=menu), divider()]


def _candidate(situation: Situation, place: int, candidate: Candidate) -> Block:
    head = f"*{place}. {escape(candidate.action.title)}*: {candidate.score} points"
    step = step_words(situation.framework, candidate.action)
    figures = [f"• {escape(figure_sentence(situation, candidate, figure))}" for figure in candidate.figures]
    return section("\n".join([head, step, *figures]))


def _left_out(situation: Situation, left_out: Sequence[LeftOut]) -> list[Block]:
    lines = [
        f"• *{escape(each.action.title)}*: {escape(why_not_sentence(situation, each))}" for each in left_out
    ]
    return [header("Left out, and why"), *paragraphs(lines)] if lines else []


def _turning(assessment_id: str, action_id: str, number: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    buttons: list[Block] = []
    for label, action, to in (
        ("Back", ActionId.RANKING_BEFORE, number - 1),
        ("Next", ActionId.RANKING_AFTER, number + 1),
    ):
        if 0 <= to < pages:
            reference = Reference(assessment=assessment_id, action=action_id, page=to)
            buttons.append(button(label, action, reference))
    return [actions(*buttons), context(f"Page {number + 1} of {pages}")]
