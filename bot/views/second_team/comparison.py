"""Two teams side by side: the message in the channels, and the pages with every question."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

from bot.views.block_kit.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    divider,
    header,
    modal,
    paragraphs,
    section,
)
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.evidence.note import SECTION_LIMIT
from bot.views.second_team.comparison_words import (
    answer_words,
    difference_words,
    dimension_line,
    how_it_is_read,
    overall_lines,
)
from bot.views.wording.people import Names
from bot.views.wording.teams import capital, team_names
from bot.views.wording.text import count, escape, full_stop, link, person, shorten, typed
from model.assessment.assessment import REASON_LIMIT, Assessment
from model.assessment.evidence import CameFrom, Evidence
from model.second_team.comparison import ComparedDimension, ComparedPrompt, Comparison, PromptSide, compare
from model.second_team.pair import Pair

# Slack takes 100 blocks and 250,000 bytes a view; the rest is for the buttons and for what stands around.
_MOST_BLOCKS = 85
_MOST_BYTES = 180_000
_REASON_IN_MESSAGE = 200
# A message of more buttons has no room for what each says aloud.
_MOST_LABELS = 12


def comparison_message(pair: Pair, assessment_id: str, *, names: Names) -> Message:
    """Both teams beside each other, dimension by dimension, the largest differences first.

    Args:
        pair: Both sides.
        assessment_id: The side in whose channel it stands, for its buttons.
        names: Display names of those who recorded moderated levels.
    """
    comparison = compare(pair)
    head = f"Side by side: {pair.first.title}"
    overall = overall_lines(pair, comparison)
    rows = [(each, dimension_line(pair, each, names.of)) for each in comparison.dimensions]
    reference = Reference(assessment=assessment_id)
    blocks: list[Block] = [
        header(head),
        *(section(line) for line in _unfinished(comparison)),
        *paragraphs(overall),
        *(_row(pair, each, line, reference, room=len(rows) <= _MOST_LABELS) for each, line in rows),
        actions(button("Question by question…", ActionId.COMPARE, reference)),
        context(how_it_is_read(pair)),
    ]
    lines = [full_stop(escape(head)), *_unfinished(comparison), *overall]
    lines += [f"{_name(pair, each)}: {line}" for each, line in rows]
    for each, _ in rows:
        if reason := _reason(each, _REASON_IN_MESSAGE):
            lines.append(f"Reason for {_name(pair, each)}: {reason}")
    return Message("\n".join([*lines, how_it_is_read(pair)]), tuple(blocks))


def no_longer_compared() -> Message:
    """What becomes of the message when one of the two assessments was cancelled or deleted."""
    text = "The two teams are no longer compared: one of the two assessments was cancelled or deleted."
    return Message(text, (section(text),))


def _unfinished(comparison: Comparison) -> list[str]:
    if comparison.final:
        return []
    done = f"{len(comparison.prompts)} of {count(comparison.prompt_total, 'question')}"
    return [f"Provisional: only what both teams have agreed is here, {done} so far."]


def _name(pair: Pair, compared: ComparedDimension) -> str:
    return escape(pair.first.framework.dimension(compared.dimension_id).name)


def _reason(compared: ComparedDimension, limit: int) -> str:
    return "" if compared.moderation is None else shorten(compared.moderation.reason, limit)


def _row(pair: Pair, compared: ComparedDimension, line: str, reference: Reference, *, room: bool) -> Block:
    """One dimension; `room` is whether its button may say aloud what it is about."""
    reason = _reason(compared, _REASON_IN_MESSAGE)
    text = f"*{_name(pair, compared)}*: {line}" + (f"\nReason: {reason}" if reason else "")
    if not compared.final:
        return section(text)
    about = reference.model_copy(update={"dimension": compared.dimension_id})
    name = pair.first.framework.dimension(compared.dimension_id).name
    label = f"Moderated level of {name}" if room else None
    return section(text, accessory=button("Moderate…", ActionId.MODERATE, about, accessibility_label=label))


def comparison_page(pair: Pair, assessment_id: str, page: int) -> View:
    """One page of the comparison question by question; a page that there is not is the nearest one.

    Mentions in a modal notify nobody, so authors are named by them.

    Args:
        pair: Both sides.
        assessment_id: The side from which it was opened.
        page: Which page, from 0.
    """
    comparison = compare(pair)
    pages = _pages(pair, comparison)
    page = max(0, min(page, len(pages) - 1))
    blocks = [*pages[page], *_turning(assessment_id, page, len(pages))]
    reference = Reference(assessment=assessment_id)
    return modal(ViewId.COMPARISON, "Side by side", blocks, reference=reference)


def _turning(assessment_id: str, page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    turns = [("Back", page - 1, ActionId.PAGE_BACK), ("Next", page + 1, ActionId.PAGE_ON)]
    row = [
        button(label, action, Reference(assessment=assessment_id, page=to))
        for label, to, action in turns
        if 0 <= to < pages
    ]
    return [actions(*row), context(f"Page {page + 1} of {pages}")]


def _pages(pair: Pair, comparison: Comparison) -> list[list[Block]]:
    """The blocks of each page: pieces that belong together stay together, and every page fits a modal."""
    pages: list[list[Block]] = [[]]
    size = 0
    for piece, again in _all_pieces(pair, comparison):
        more = _size(piece)
        if pages[-1] and (len(pages[-1]) + len(piece) > _MOST_BLOCKS or size + more > _MOST_BYTES):
            pages.append(list(again))
            size = _size(again)
        pages[-1].extend(piece)
        size += more
    return pages


def _all_pieces(pair: Pair, comparison: Comparison) -> Iterator[tuple[list[Block], list[Block]]]:
    """Each piece, with what stands above it where it comes first on a page."""
    for block in _summary(pair, comparison):
        yield [block], []
    for compared in comparison.prompts:
        still = [context(f"Still: {_question(pair.first, compared)}")]
        for number, piece in enumerate(_pieces(pair, compared)):
            yield piece, still if number else []


def _size(blocks: Sequence[Block]) -> int:
    return len(json.dumps(blocks))


def _summary(pair: Pair, comparison: Comparison) -> list[Block]:
    """What stands in front of the questions."""
    lines = [
        f"• *{_name(pair, each)}*: {dimension_line(pair, each, person)}" for each in comparison.dimensions
    ]
    reasons = [
        f"Reason for {_name(pair, each)}: {reason}"
        for each in comparison.dimensions
        if (reason := _reason(each, REASON_LIMIT))
    ]
    said = [*_unfinished(comparison), *overall_lines(pair, comparison), *lines, *reasons]
    return [*paragraphs(said), context(how_it_is_read(pair))]


def _pieces(pair: Pair, compared: ComparedPrompt) -> Iterator[list[Block]]:
    """One question in pieces: both answers, then each side's reasons, then its evidence one by one."""
    framework = pair.first.framework
    names = team_names(pair)
    sides = tuple(zip(names, (compared.first, compared.second), strict=True))
    answers = [f"{capital(name)}: *{answer_words(framework, side.answer)}*" for name, side in sides]
    apart = difference_words(compared.first.answer, compared.second.answer, names[1])
    dimension = escape(framework.dimension(compared.dimension_id).name)
    heading = f"*{_question(pair.first, compared)}*\n{dimension} · {' · '.join(answers)} · {apart}"
    yield [divider(), section(heading)]
    for name, side in sides:
        yield [section(line) for line in _why(name, side)]
        for evidence in side.evidence:
            yield _evidence(name, evidence)


def _question(assessment: Assessment, compared: ComparedPrompt) -> str:
    return escape(assessment.framework.prompt(compared.prompt_id).question)


def _why(name: str, side: PromptSide) -> list[str]:
    lines = []
    if side.reason:
        lines.append(f"{capital(name)}, reason: {shorten(side.reason, REASON_LIMIT)}")
    if side.dissent:
        lines.append(f"{capital(name)}, dissent: {shorten(side.dissent, REASON_LIMIT)}")
    if not side.evidence:
        lines.append(f"{capital(name)}: no evidence.")
    return ["\n".join(lines)] if lines else []


def _evidence(name: str, evidence: Evidence) -> list[Block]:
    title = f"{capital(name)}: evidence from {person(evidence.author)}"
    small = " · ".join([title, *_about(evidence)])
    address = link(evidence.link, "open the link") if evidence.link else ""
    fits = len(small) + len(address) + 3 <= SECTION_LIMIT
    blocks = [section(f"{small} · {address}" if address and fits else small)]
    if evidence.text:
        blocks.append(typed(evidence.text))
    if address and not fits:
        blocks.append(typed(evidence.link))
    return blocks


def _about(evidence: Evidence) -> list[str]:
    """How strong it is and where it came from, as far as that was said."""
    parts = [] if evidence.strength is None else [f"strength: {evidence.strength.value}"]
    if evidence.source.file_name:
        parts.append(f"file: {shorten(evidence.source.file_name, 500)}")
    if evidence.source.kind is not CameFrom.FORM and evidence.source.permalink:
        parts.append(link(evidence.source.permalink, "go to the message"))
    return parts
