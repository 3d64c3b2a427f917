"""The forms of whoever leads in together mode: agreeing with reason and dissent, voting again, reopening."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.wording.levels import level_name
from bot.views.wording.text import escape
from model.assessment.assessment import REASON_LIMIT, Assessment


def agree_modal(assessment: Assessment, prompt_id: str) -> View:
    """The form for any level, with reason and dissent; the median is chosen beforehand."""
    framework = assessment.framework
    median = assessment.prompt(prompt_id).median
    options = [option(level_name(framework, each.number), str(each.number)) for each in framework.levels]
    menu: Block = {"type": "static_select", "options": options}
    standing = "No vote has a level."
    if median is not None:
        menu["initial_option"] = options[median - 1]
        standing = f"The median of the votes is {escape(level_name(framework, median))}."
    blocks = [
        section(f"*{escape(framework.prompt(prompt_id).question)}*\n{standing}"),
        field(InputId.LEVEL, "Level", menu),
        field(
            InputId.REASON,
            "Reason",
            text_input(multiline=True, longest=REASON_LIMIT),
            optional=True,
            hint="Needed when the level is not the median. Shown on the card.",
        ),
        field(
            InputId.DISSENT,
            "Dissent",
            text_input(multiline=True, longest=REASON_LIMIT),
            optional=True,
            hint="What those who see it otherwise have said. Kept beside the level and shown on the card.",
        ),
    ]
    reference = Reference(assessment=assessment.id, prompt=prompt_id)
    return modal(ViewId.AGREE, "Agree a level", blocks, submit="Agree", close="Cancel", reference=reference)


def vote_again_modal(assessment: Assessment, prompt_id: str) -> View:
    """The form that begins another round."""
    words = "The votes of this round are kept, and everyone votes anew, hidden until the next reveal."
    return _with_reason(assessment, prompt_id, ViewId.VOTE_AGAIN, "Vote again", words, optional=True)


def reopen_modal(assessment: Assessment, prompt_id: str) -> View:
    """The form that takes up again what was agreed or left out."""
    words = "What was agreed goes, and stays in the history with your reason. The votes are kept."
    return _with_reason(assessment, prompt_id, ViewId.REOPEN, "Reopen", words, optional=False)


def _with_reason(
    assessment: Assessment, prompt_id: str, view_id: ViewId, title: str, words: str, *, optional: bool
) -> View:
    question = escape(assessment.framework.prompt(prompt_id).question)
    blocks = [
        section(f"*{question}*\n{words}"),
        field(InputId.REASON, "Reason", text_input(multiline=True, longest=REASON_LIMIT), optional=optional),
    ]
    reference = Reference(assessment=assessment.id, prompt=prompt_id)
    return modal(view_id, title, blocks, submit=title, close="Cancel", reference=reference)
