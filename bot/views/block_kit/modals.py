"""The small modals: not applicable, another level, cancelling; and what is shown meanwhile."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import escape, typed
from model.assessment.assessment import REASON_LIMIT, Assessment
from model.framework.framework import Framework

NOT_APPLICABLE_VALUE = "not_applicable"
# A text object of Slack's holds 3,000 characters; a modal has room for these even if each takes twelve bytes.
_PIECE = 3_000
_MOST_PIECES = 6
_LEVEL_VALUES = frozenset("12345")


def loading_modal() -> View:
    """Shown at once, while the real one is made: Slack allows three seconds to open anything."""
    return modal(ViewId.LOADING, "Milepost", [section("One moment…")])


def notice_modal(text: str) -> View:
    """A modal that only says something."""
    return modal(ViewId.NOTICE, "Milepost", [section(text)])


def not_applicable_modal(assessment: Assessment, prompt_id: str) -> View:
    """The form that asks why a prompt does not apply."""
    question = assessment.framework.prompt(prompt_id).question
    blocks = [
        section(f"*{escape(question)}*\nA question that does not apply is left out of the sum."),
        field(
            InputId.REASON, "Why does it not apply to you?", text_input(multiline=True, longest=REASON_LIMIT)
        ),
    ]
    reference = Reference(assessment=assessment.id, prompt=prompt_id)
    return modal(
        ViewId.NOT_APPLICABLE, "Not applicable", blocks, submit="Record", close="Cancel", reference=reference
    )


def set_level_modal(assessment: Assessment, dimension_id: str, calculated: int | None) -> View:
    """The form for a level other than the calculated one."""
    framework = assessment.framework
    options = level_options(framework)
    confirmation = assessment.dimension(dimension_id).confirmation
    standing = calculated if confirmation is None else confirmation.level
    value = NOT_APPLICABLE_VALUE if standing is None else str(standing)
    initial = next(choice for choice in options if choice["value"] == value)
    name = framework.dimension(dimension_id).name
    blocks = [
        section(
            f"*{escape(name)}*\nThe calculated level is {escape(level_name(framework, calculated))}. "
            "Both are kept: the calculated level and yours."
        ),
        field(
            InputId.LEVEL,
            "Level",
            {"type": "static_select", "options": options, "initial_option": initial},
        ),
        field(
            InputId.REASON,
            "Reason",
            text_input(
                multiline=True,
                longest=REASON_LIMIT,
                initial="" if confirmation is None else confirmation.reason,
            ),
            optional=True,
            hint="Needed when the level is not the calculated one.",
        ),
    ]
    reference = Reference(assessment=assessment.id, dimension=dimension_id, calculated=calculated)
    return modal(
        ViewId.SET_LEVEL, "Confirm a level", blocks, submit="Confirm", close="Cancel", reference=reference
    )


def level_of(value: str) -> int | None:
    """The level that an option of the form stands for; None is not applicable, 0 is no level at all."""
    if value == NOT_APPLICABLE_VALUE:
        return None
    return int(value) if value in _LEVEL_VALUES else 0


def level_options(framework: Framework) -> list[Block]:
    """The five levels and "not applicable", to choose from."""
    options = [option(level_name(framework, level.number), str(level.number)) for level in framework.levels]
    return [*options, option("Not applicable", NOT_APPLICABLE_VALUE)]


def cancel_modal(assessment: Assessment) -> View:
    """The form that asks whether to cancel."""
    blocks = [
        section(
            f"This ends *{escape(assessment.title)}* without results. Everything said so far is kept "
            "and marked as cancelled. It cannot be taken up again; to stop for a while, use Pause."
        ),
        field(
            InputId.REASON,
            "Reason",
            text_input(multiline=True, longest=REASON_LIMIT),
            optional=True,
            hint="Shown on the board.",
        ),
    ]
    return modal(
        ViewId.CANCEL,
        "Cancel assessment",
        blocks,
        submit="Cancel it",
        close="Keep it",
        reference=Reference(assessment=assessment.id),
    )


def kept_words_modal(sentence: str, words: list[str]) -> View:
    """Says why a form could not be recorded, and gives people their words back to copy."""
    pieces = [piece for text in words if text.strip() for piece in _pieces(text)]
    return modal(ViewId.NOTICE, "Not recorded", [section(sentence), *map(typed, pieces[:_MOST_PIECES])])


def _pieces(text: str) -> list[str]:
    """Text in pieces that fit a block each, so that nothing of it is cut off."""
    return [text[start : start + _PIECE] for start in range(0, len(text), _PIECE)]
