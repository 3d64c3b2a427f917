"""The forms of evidence: offering it, logging a message as evidence, moving it, withdrawing it."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, context, field, modal, option, section, text_input
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.menus import prompt_menu
from bot.views.block_kit.reference import Reference
from bot.views.wording.questions import place_of
from bot.views.wording.teams import who_reads_evidence
from bot.views.wording.text import escape, plain, shorten, typed
from model.assessment.assessment import Assessment
from model.assessment.evidence import EVIDENCE_LIMIT, LINK_LIMIT, Evidence, Strength

_STRENGTHS = {
    Strength.CLAIMED: "somebody says so",
    Strength.DOCUMENTED: "it is written down",
    Strength.TESTED: "use, a test or figures have shown it",
}
# What a menu may take of a form, as JSON. Slack takes 250,000 bytes in all.
_ROOM = 180_000


def evidence_modal(assessment: Assessment, prompt_id: str) -> View:
    """The form for evidence."""
    prompt = assessment.framework.prompt(prompt_id)
    blocks: list[Block] = [section(f"*{escape(prompt.question)}*")]
    if prompt.evidence_examples:
        examples = "\n".join(f"• {escape(example)}" for example in prompt.evidence_examples)
        blocks.append(section(f"Good evidence would be, for example:\n{examples}"))
    blocks += [
        *_words_fields(),
        _strength_field(),
        context("A message can be evidence too: choose *Log as evidence* in its menu."),
        *(context(words) for words in who_reads_evidence(assessment)),
    ]
    reference = Reference(assessment=assessment.id, prompt=prompt_id)
    return modal(ViewId.EVIDENCE, "Add evidence", blocks, submit="Add", close="Cancel", reference=reference)


def late_evidence_modal(assessment: Assessment, dimension_id: str, item_title: str) -> View:
    """The form for what a finished item has left behind.

    Args:
        assessment: The assessment that takes it.
        dimension_id: Only the questions of this dimension.
        item_title: What was done.
    """
    blocks: list[Block] = [
        section(f"What shows that *{shorten(item_title, 150)}* is done, or has worked?"),
        _prompt_field(assessment, "For which question?", dimension_id),
        *_words_fields(),
        _strength_field(),
    ]
    about = Reference(assessment=assessment.id, dimension=dimension_id)
    return modal(ViewId.LATE_EVIDENCE, "Log evidence", blocks, submit="Log", close="Cancel", reference=about)


def _words_fields() -> list[Block]:
    return [
        field(
            InputId.EVIDENCE_TEXT,
            "What shows it?",
            text_input(multiline=True, longest=EVIDENCE_LIMIT),
            optional=True,
            hint="Shown in the thread with your name. Please leave out personal details of residents.",
        ),
        field(
            InputId.EVIDENCE_LINK,
            "Link",
            text_input(longest=LINK_LIMIT, placeholder="https://…"),
            optional=True,
            hint="Fill in the text, the link or both.",
        ),
    ]


def log_modal(assessment: Assessment, about: Reference, text: str, files: str) -> View:
    """The form that logs a message as evidence, with its words as they will be copied.

    Args:
        assessment: The assessment of the message's channel.
        about: The assessment and the message, and the dimension where only its questions are offered.
        text: The words; empty when there are none.
        files: The names of its files; empty when there are none.
    """
    blocks: list[Block] = [section("This will be copied, with its author's name and a link to the message:")]
    if text:
        blocks.append(typed(text))
    if files:
        blocks.append(context(f"File: {shorten(files, 500)}. It stays in Slack; its name is kept."))
    blocks += [
        _prompt_field(assessment, "For which question?", about.dimension or None),
        _strength_field(),
        *(context(words) for words in who_reads_evidence(assessment)),
    ]
    return modal(ViewId.LOG, "Log as evidence", blocks, submit="Log", close="Cancel", reference=about)


def move_modal(assessment: Assessment, prompt_id: str, evidence: Evidence) -> View:
    """The form that puts evidence under another question."""
    blocks = [
        section(f"It is under *{place_of(assessment, prompt_id)}* now:"),
        _words(evidence),
        _prompt_field(assessment, "Move it to", None, without=prompt_id),
    ]
    reference = Reference(assessment=assessment.id, evidence=evidence.id)
    return modal(
        ViewId.MOVE_EVIDENCE, "Move evidence", blocks, submit="Move", close="Cancel", reference=reference
    )


def withdraw_modal(assessment: Assessment, prompt_id: str, evidence: Evidence) -> View:
    """The form that asks whether to withdraw evidence."""
    blocks = [
        section(
            f"This would no longer count as evidence for *{place_of(assessment, prompt_id)}*, and its words "
            "would go from the thread. Who withdrew it, and when, stays in the history:"
        ),
        _words(evidence),
    ]
    reference = Reference(assessment=assessment.id, evidence=evidence.id)
    return modal(
        ViewId.WITHDRAW_EVIDENCE,
        "Withdraw evidence",
        blocks,
        submit="Withdraw",
        close="Keep it",
        reference=reference,
    )


def has_elsewhere(assessment: Assessment, prompt_id: str) -> bool:
    """Whether there is another question that evidence can be moved to."""
    return any(
        prompt.prompt_id != prompt_id
        for dimension in assessment.dimensions
        if dimension.opened_at is not None
        for prompt in dimension.prompts
    )


def strength_of(value: str) -> Strength | None:
    """The strength that an option of a form stands for; None when nothing was chosen.

    Raises:
        ValueError: it is none of them.
    """
    return Strength(value) if value else None


def _words(evidence: Evidence) -> Block:
    return typed(evidence.text or evidence.link or evidence.source.file_name)


def _prompt_field(
    assessment: Assessment, label: str, dimension_id: str | None, *, without: str | None = None
) -> Block:
    menu = prompt_menu(
        assessment, "Choose a question", dimension_id=dimension_id, without=without, room=_ROOM
    )
    if menu is None:
        raise ValueError("A form has room for every question, and is not shown where there is none.")
    return field(InputId.PROMPT, label, menu)


def _strength_field() -> Block:
    options = [option(each.value.capitalize(), each.value, words) for each, words in _STRENGTHS.items()]
    menu: Block = {"type": "static_select", "placeholder": plain("Not said"), "options": options}
    return field(InputId.STRENGTH, "How strong is it?", menu, optional=True)
