"""Last time, beside the present: on the card of a question, in its modal, and in the results.

It must not look like an answer: it stands in small print, says that it is not confirmed, and has no button
that records a level. Its evidence can be carried over.
"""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, View, button, context, field, modal, option, section
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference
from bot.views.evidence.note import carried_words
from bot.views.wording.levels import answer_name, looked_at_again
from bot.views.wording.questions import evidence_words
from bot.views.wording.text import count, cut, escape, join_names, link, person, shorten, slack_date, typed
from model.assessment.assessment import Assessment, Evidence, PromptProgress
from model.assessment.evidence_rules import find_evidence
from model.assessment.last_time import LastTime
from model.calculation.calculator import Answer, NotApplicable

# A view of Slack's takes 250,000 bytes, and a character twelve at most as JSON. Pieces share this many.
_ROOM = 15_000
_MOST_PIECES = 20
_MOST_OF_A_PIECE = 3_000
_LONGEST_LINK = 500
# docs.slack.dev/reference/block-kit/block-elements: ten checkboxes, a hundred options of a menu.
_CHECKBOX_LIMIT = 10
_MOST_OPTIONS = 100


def last_time_line(last: LastTime | None, prompt_id: str) -> str:
    """What was found for a prompt last time, in a sentence; empty when nothing was."""
    found = None if last is None else last.prompt(prompt_id)
    if last is None or found is None:
        return ""
    return (
        f"Last time, not confirmed: {_level(last, found)}, {evidence_words(found).replace(' yet', '')} "
        f"({_from(last, prompt_id)})."
    )


def last_time_parts(
    assessment: Assessment, last: LastTime | None, prompt_id: str
) -> tuple[list[Block], list[Block], list[str]]:
    """What a card has of last time: small print, a button for the row of buttons, and the same as text."""
    line = last_time_line(last, prompt_id)
    if not line:
        return [], [], []
    reference = Reference(assessment=assessment.id, prompt=prompt_id)
    return [context(line)], [button("Last time…", ActionId.LAST_TIME, reference)], [line]


def last_time_modal(assessment: Assessment, last: LastTime | None, prompt_id: str) -> View:
    """What was found last time, with the evidence in its own words."""
    question = section(f"*{escape(assessment.framework.prompt(prompt_id).question)}*")
    found = None if last is None else last.prompt(prompt_id)
    if last is None or found is None:
        gone = section("Nothing is known of last time any more.")
        return modal(ViewId.LAST_TIME, "Last time", [question, gone])
    blocks = [question, section(f"Last time, not confirmed: *{_level(last, found)}*. It does not count now.")]
    if found.reason:
        blocks.append(section(f"Reason: {shorten(found.reason, 1_000)}"))
    if found.dissent:
        blocks.append(section(f"Dissent: {shorten(found.dissent, 1_000)}"))
    blocks.append(context(_from(last, prompt_id)))
    blocks += _pieces(found)
    choice = _choice(assessment, found, prompt_id)
    if choice is None:
        return modal(ViewId.LAST_TIME, "Last time", blocks)
    return modal(
        ViewId.LAST_TIME,
        "Last time",
        [*blocks, choice],
        submit="Carry over",
        reference=Reference(assessment=assessment.id, prompt=prompt_id),
    )


def _choice(assessment: Assessment, found: PromptProgress, prompt_id: str) -> Block | None:
    """The pieces that can be carried over; None where there is nothing, or it is too early or too late."""
    opened = assessment.dimension_of(prompt_id).opened_at is not None
    new = [
        (number, each)
        for number, each in enumerate(found.evidence, 1)
        if find_evidence(assessment, each.id) is None
    ]
    if not (assessment.active and opened and new):
        return None
    options = [option(f"{number}. {_in_short(each)}", each.id) for number, each in new[:_MOST_OPTIONS]]
    kind = "checkboxes" if len(options) <= _CHECKBOX_LIMIT else "multi_static_select"
    return field(
        InputId.PIECES,
        "Carry over to this time",
        {"type": kind, "options": options},
        hint="Author, date and address stay as they are, and the note says where it comes from.",
    )


def _in_short(evidence: Evidence) -> str:
    words = evidence.text or evidence.source.file_name or evidence.link
    return cut(" ".join(words.split()), 60)


def _level(last: LastTime, found: PromptProgress) -> str:
    return escape(answer_name(last.framework, found.answer))


def _from(last: LastTime, prompt_id: str) -> str:
    """Which assessment something is from, and when: a review of it was later than its end."""
    again = looked_at_again(last.earlier.dimension_of(prompt_id))
    return f"{escape(last.title)}, {again}" if again else _which(last)


def _which(last: LastTime) -> str:
    return f"{escape(last.title)}, closed on {slack_date(last.ended_at, '{date_long}')}"


def _pieces(found: PromptProgress) -> list[Block]:
    if not found.evidence:
        return [section("There was no evidence.")]
    shown = found.evidence[:_MOST_PIECES]
    room = min(_MOST_OF_A_PIECE, _ROOM // len(shown))
    blocks = [section(f"*Evidence* ({len(found.evidence)})")]
    for number, evidence in enumerate(shown, 1):
        blocks.append(context(f"{number}. {_origin(evidence)}"))
        if evidence.text:
            blocks.append(typed(evidence.text, room))
    more = len(found.evidence) - len(shown)
    return [*blocks, *([context(f"And {count(more, 'piece')} more.")] if more else [])]


def _origin(evidence: Evidence) -> str:
    """Whose it is and from when; a mention in a modal notifies nobody."""
    words = [person(evidence.author), slack_date(evidence.at, "{date_long}")]
    if evidence.strength is not None:
        words.append(evidence.strength.value)
    if evidence.source.file_name:
        words.append(f"file: {shorten(evidence.source.file_name, 200)}")
    if evidence.source.permalink:
        words.append(link(evidence.source.permalink, "Go to the message"))
    if evidence.carried is not None:
        words.append(carried_words(evidence.carried, person(evidence.carried.by)))
    if evidence.link:
        short = len(evidence.link) <= _LONGEST_LINK
        words.append(link(evidence.link, "Open the link") if short else "with a long link")
    return " · ".join(words)


def carried_receipt(pieces: int) -> str:
    """After evidence was carried over."""
    return f"Carried over: {count(pieces, 'piece')} of evidence. The note in the thread says where from."


def change_words(now: Answer, before: Answer) -> str:
    """How a level stands to last time's: "up from 2"; empty where there is nothing to compare."""
    if before is None or now is None:
        return ""
    if now == before:
        return "as last time"
    if before is NotApplicable.NOT_APPLICABLE:
        return "not applicable last time"
    if now is NotApplicable.NOT_APPLICABLE:
        return f"{before} last time"
    return f"up from {before}" if _number(now) > _number(before) else f"down from {before}"


def _number(answer: Answer) -> int:
    return answer if isinstance(answer, int) else 0


def overall_change(assessment: Assessment, last: LastTime | None) -> str:
    """The same for the overall level, which is only the same thing where the same dimensions are in scope."""
    overall = assessment.overall()
    before = None if last is None else last.overall()
    if last is None or overall is None or before is None:
        return ""
    words = change_words(overall.score.level, before)
    if set(assessment.scope) == set(last.earlier.scope):
        return words
    then, now = len(last.earlier.scope), len(assessment.scope)
    return f"{words} (of {count(then, 'dimension')} then, {count(now, 'dimension')} now)"


def compared_with(last: LastTime) -> str:
    """Which assessment "last time" is, and what was looked at again since."""
    again = [
        escape(last.framework.dimension(each.dimension_id).name)
        for each in last.earlier.dimensions
        if each.reviewed
    ]
    were = "was" if len(again) == 1 else "were"
    since = f"; {join_names(again)} {were} looked at again after that" if again else ""
    return f"Last time is {_which(last)}{since}."
