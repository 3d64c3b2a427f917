"""The form that takes a proposal into the council's own library, and what is wrong with what was written."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.proposals.forms import benefit_field, chooser, effort_fields, level_options
from bot.views.wording.text import escape
from model.content_files.text_limits import (
    EXAMPLE_LIMIT,
    STORY_LIMIT,
    SUMMARY_LIMIT,
    TITLE_LIMIT,
    WEEKS_LIMIT,
)
from model.framework.framework import Framework
from model.library.draft import LEAST_STEPS, MOST_STEPS, DraftFault, Flaw
from model.proposals.proposal import Proposal

_MOST_TYPED = 3_000
_FIELDS = {
    "title": InputId.ITEM_TITLE,
    "summary": InputId.SUMMARY,
    "why": InputId.WHY,
    "dimension": InputId.DIMENSION,
    "from_level": InputId.FROM_LEVEL,
    "time": InputId.TIME,
    "money": InputId.MONEY,
    "skills": InputId.SKILLS,
    "weeks": InputId.WEEKS,
    "steps": InputId.STEPS,
    "milestones": InputId.MILESTONES,
    "success": InputId.SUCCESS,
    "evidence": InputId.EVIDENCE_LEFT,
}

_FLAWS = {
    Flaw.MISSING: "Please fill this in.",
    Flaw.TOO_LONG: "Please use at most {limit} characters.",
    Flaw.LINE_TOO_LONG: "Please use at most {limit} characters.",
    Flaw.LIST_TOO_LONG: "All lines together may take {limit} characters. Please shorten some.",
    Flaw.TOO_FEW: "Please write at least {lines}.",
    Flaw.TOO_MANY: "Please write at most {lines}.",
    Flaw.NO_NUMBER: "Please give a whole number of weeks, 1 to {limit}.",
    Flaw.NO_WEEK: "Please begin with the week and go on with a name, such as: 3 First list.",
    Flaw.WEEKS_OUT_OF_ORDER: "This week is not after the one above. Each milestone has a week of its own.",
    Flaw.WEEK_AFTER_END: "This week is after the end: it takes {limit} weeks.",
    Flaw.UNREADABLE: "There is a character here that cannot be kept. Please type the text again.",
}


def library_modal(framework: Framework, proposal: Proposal) -> View:
    """The form, filled in with what the proposal says; the rest is what others need to use it."""
    blocks = [
        section(
            "Everybody in this workspace will see this in the library and among the suggestions, with your "
            "name and that of whoever proposed it. Please leave out what only this channel should know."
        ),
        _line(InputId.ITEM_TITLE, "Title", TITLE_LIMIT, _cut(proposal.title, TITLE_LIMIT)),
        _text(
            InputId.SUMMARY,
            "What is done?",
            SUMMARY_LIMIT,
            "One or two sentences that a colleague elsewhere understands.",
            _cut(" ".join(proposal.text.split()), SUMMARY_LIMIT),
        ),
        _text(InputId.WHY, "Why does it help?", SUMMARY_LIMIT, "What changes, and which good comes of it."),
        *_step(framework, proposal),
        *benefit_field(framework, proposal.benefits),
        *effort_fields(proposal.effort, optional=False),
        _line(InputId.WEEKS, "How many weeks does it take?", 20, hint=f"A whole number, 1 to {WEEKS_LIMIT}."),
        _text(
            InputId.STEPS,
            "Steps, one a line",
            _MOST_TYPED,
            f"{LEAST_STEPS} to {MOST_STEPS} lines, each up to {EXAMPLE_LIMIT} characters, in their order.",
        ),
        _text(
            InputId.MILESTONES,
            "Milestones, one a line",
            _MOST_TYPED,
            "Each line is the week from the start and a name, such as: 3 First list. "
            "Left empty, the end is the one milestone.",
            optional=True,
        ),
        _text(
            InputId.SUCCESS, "How will you know that it worked?", STORY_LIMIT, "Something that can be seen."
        ),
        _text(
            InputId.EVIDENCE_LEFT,
            "Evidence it leaves behind, one a line",
            _MOST_TYPED,
            "At least one thing that can be shown at the next assessment, such as: The list of owners.",
        ),
    ]
    reference = Reference(assessment=proposal.assessment_id, proposal=proposal.id)
    return modal(
        ViewId.ADD_TO_LIBRARY, "Add to our library", blocks, submit="Add", close="Cancel", reference=reference
    )


def draft_faults(faults: Sequence[DraftFault]) -> dict[InputId, str]:
    """A sentence for each field at fault; of several in one field the first."""
    said: dict[InputId, str] = {}
    for fault in faults:
        said.setdefault(_FIELDS[fault.field], _sentence(fault))
    return said


def accepted_receipt(title: str, command: str) -> str:
    """After it was taken into the library."""
    return f"{escape(title)} is in your library now. {escape(command)} library finds it, in every channel."


def _sentence(fault: DraftFault) -> str:
    """A whole sentence; where it is about one line of several, with its number."""
    limit = fault.limit
    sentence = _FLAWS[fault.flaw].format(
        limit=f"{limit:,}", lines="1 line" if limit == 1 else f"{limit} lines"
    )
    return f"Line {fault.line}: {sentence[0].lower()}{sentence[1:]}" if fault.line else sentence


def _step(framework: Framework, proposal: Proposal) -> list[Block]:
    dimensions = [option(each.name, each.id) for each in framework.dimensions]
    start = None if proposal.from_level is None else str(proposal.from_level)
    levels = level_options(framework)[:-1]
    return [
        field(InputId.DIMENSION, "Dimension", chooser(dimensions, proposal.dimension_id)),
        field(
            InputId.FROM_LEVEL,
            "From level",
            chooser(levels, start),
            hint="An action of the library is one step: from this level to the next.",
        ),
    ]


def _line(input_id: InputId, label: str, longest: int, initial: str = "", hint: str | None = None) -> Block:
    return field(input_id, label, text_input(longest=longest, initial=initial), hint=hint)


def _text(
    input_id: InputId, label: str, longest: int, hint: str, initial: str = "", *, optional: bool = False
) -> Block:
    element = text_input(multiline=True, longest=longest, initial=initial)
    return field(input_id, label, element, optional=optional, hint=hint)


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"
