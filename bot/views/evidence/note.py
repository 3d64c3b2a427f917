"""Evidence in the thread: the author's own words, exactly as typed, and what became of them."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.people import Names
from bot.views.wording.questions import place_of
from bot.views.wording.text import escape, link, shorten, slack_date, typed
from model.assessment.assessment import Assessment
from model.assessment.evidence import CameFrom, Carried, Evidence

SECTION_LIMIT = 3_000
_LINK_IN_TEXT = 500


def evidence_note(assessment: Assessment, prompt_id: str, evidence: Evidence, *, names: Names) -> Message:
    """The note of a piece that stands."""
    title = f"Evidence from {names.of(evidence.author)}"
    if evidence.logged_by is not None:
        title += f", logged by {names.of(evidence.logged_by)}"
    blocks: list[Block] = [section(f"*{title}*")]
    lines = [title]
    quoted = evidence.text or (_named(evidence) if evidence.moved is not None else "")
    if quoted:
        blocks.append(typed(quoted))
    if evidence.text:
        lines.append(shorten(evidence.text, 3_000))
    if evidence.link:
        address = link(evidence.link, "Open the link")
        # An address of hundreds of "&" grows past a section's limit; then it is shown as typed.
        blocks.append(section(address) if len(address) <= SECTION_LIMIT else typed(evidence.link))
        lines.append(escape(evidence.link) if len(evidence.link) <= _LINK_IN_TEXT else "With a link.")
    small = _small_print(assessment, prompt_id, evidence, names)
    about = Reference(assessment=assessment.id, evidence=evidence.id)
    blocks += [
        context(small),
        actions(
            button("Move…", ActionId.MOVE_EVIDENCE, about),
            button("Withdraw…", ActionId.WITHDRAW_EVIDENCE, about),
        ),
    ]
    return Message("\n".join([*lines, small]), tuple(blocks))


def _small_print(assessment: Assessment, prompt_id: str, evidence: Evidence, names: Names) -> str:
    source, moved = evidence.source, evidence.moved
    parts = [_for(assessment, prompt_id)]
    if evidence.strength is not None:
        parts.append(f"strength: {evidence.strength.value}")
    if source.file_name:
        parts.append(f"file: {shorten(source.file_name, 500)}")
    if source.kind is not CameFrom.FORM and source.permalink:
        parts.append(link(source.permalink, "Go to the message"))
    if evidence.carried is not None:
        parts.append(carried_words(evidence.carried, names.of(evidence.carried.by)))
    if moved is not None:
        parts.append(f"moved by {names.of(moved.by)} from {place_of(assessment, moved.from_prompt)}")
    return " · ".join(parts)


def carried_words(carried: Carried, by: str) -> str:
    """Where a piece was carried over from; `by` is a name or a mention."""
    when = slack_date(carried.ended_at, "{date_long}")
    return f"carried over from {escape(carried.title)}, closed on {when}, by {by}"


def moved_note(assessment: Assessment, prompt_id: str, evidence: Evidence, *, names: Names) -> Message:
    """What is left in the thread of a dimension where the piece no longer is."""
    by = None if evidence.moved is None else evidence.moved.by
    text = (
        f"Evidence from {names.of(evidence.author)} was moved by {names.of(by)} "
        f"to {place_of(assessment, prompt_id)}."
    )
    return _gone(text)


def withdrawn_note(assessment: Assessment, prompt_id: str, evidence: Evidence, *, names: Names) -> Message:
    """What is left of a piece that was withdrawn: not its words."""
    by = None if evidence.withdrawn is None else evidence.withdrawn.by
    text = f"Evidence from {names.of(evidence.author)} was withdrawn by {names.of(by)}."
    return _gone(f"{text} {_for(assessment, prompt_id)}")


def _gone(text: str) -> Message:
    """Slack refuses an edit that takes the last quotation from a message, so one of ours is in its place."""
    return Message(text, (context(text), typed("Its words are no longer shown here.")))


def _named(evidence: Evidence) -> str:
    """What stands for a piece without words. It is quoted where a moved note may have been, see `_gone`."""
    return evidence.source.file_name or evidence.link


def _for(assessment: Assessment, prompt_id: str) -> str:
    return f"For: {escape(assessment.framework.prompt(prompt_id).question)}"
