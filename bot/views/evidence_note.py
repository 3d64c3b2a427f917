"""Evidence in the thread: the author's own words, exactly as typed."""

from __future__ import annotations

from bot.views.blocks import Block, Message, context, section
from bot.views.people import Names
from bot.views.text import escape, link, shorten, typed
from model.assessment import Assessment, Evidence

SECTION_LIMIT = 3_000
_LINK_IN_TEXT = 500


def find_evidence(assessment: Assessment, evidence_id: str) -> tuple[str, Evidence] | None:
    """Prompt id and evidence, or None when it is not there."""
    for prompt in assessment.prompts:
        for evidence in prompt.evidence:
            if evidence.id == evidence_id:
                return prompt.prompt_id, evidence
    return None


def evidence_note(assessment: Assessment, prompt_id: str, evidence: Evidence, *, names: Names) -> Message:
    """The note as it is posted."""
    question = escape(assessment.framework.prompt(prompt_id).question)
    title = f"Evidence from {names.of(evidence.author)}"
    blocks: list[Block] = [section(f"*{title}*")]
    lines = [title]
    if evidence.text:
        blocks.append(typed(evidence.text))
        lines.append(shorten(evidence.text, 3_000))
    if evidence.link:
        address = link(evidence.link, "Open the link")
        # An address of hundreds of "&" grows past a section's limit; then it is shown as typed.
        blocks.append(section(address) if len(address) <= SECTION_LIMIT else typed(evidence.link))
        lines.append(escape(evidence.link) if len(evidence.link) <= _LINK_IN_TEXT else "With a link.")
    blocks.append(context(f"For: {question}"))
    return Message("\n".join([*lines, f"For: {question}"]), tuple(blocks))
