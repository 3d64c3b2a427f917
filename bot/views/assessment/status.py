"""The answers to `/milepost status` and `/milepost help`, and to the same words in a mention."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from bot.views.block_kit.blocks import Block, Message, actions, button, context, header, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.results.results import overall_words
from bot.views.wording.levels import (
    ASSESSMENT_STATES,
    DIMENSION_STATES,
    answer_name,
    done_count,
    looked_at_again,
)
from bot.views.wording.questions import evidence_words, place_of, without_evidence
from bot.views.wording.text import count, escape, full_stop, join_names, link, person, shorten, slack_date
from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    DimensionProgress,
    DimensionState,
    Mode,
    PromptState,
)

_MOST_NAMED = 20
# Characters for the questions without evidence, and for each of them.
_ROOM_FOR_NAMES = 2_000
_LONGEST_QUESTION = 150


def no_assessment(command: str, channel_id: str) -> Message:
    """When a channel has none."""
    text = f"There is no assessment in this channel yet. Press Start, or type {command} start."
    reference = Reference(channel=channel_id)
    start = button("Start an assessment", ActionId.START, reference, style="primary")
    return Message(text, (section(text), actions(start)))


def status(assessment: Assessment, *, board_address: str | None) -> Message:
    """Where an assessment is, dimension by dimension, and what is missing."""
    done, total = done_count(assessment)
    head = (
        f"{full_stop(escape(assessment.title))} {ASSESSMENT_STATES[assessment.state].capitalize()}, "
        f"{done} of {count(total, 'dimension')} confirmed. {overall_words(assessment)}."
    )
    lines = [_line(assessment, dimension) for dimension in assessment.dimensions]
    lines += [*_without_evidence(assessment), *_waiting(assessment)]
    next_step = _next_step(assessment)
    where = link(board_address, "Go to the board") if board_address else ""
    blocks: list[Block] = [
        header("Where you are"),
        section(head),
        *paragraphs(lines),
        section(next_step),
        *([context(where)] if where else []),
    ]
    return Message("\n".join([head, *lines, next_step]), tuple(blocks))


def _line(assessment: Assessment, dimension: DimensionProgress) -> str:
    name = escape(assessment.framework.dimension(dimension.dimension_id).name)
    words = [DIMENSION_STATES[dimension.state]]
    if dimension.state is not DimensionState.NOT_OPENED:
        words.insert(
            0, escape(answer_name(assessment.framework, assessment.dimension_level(dimension.dimension_id)))
        )
    if dimension.state is DimensionState.OPEN:
        words.append(f"{dimension.answered_count} of {len(dimension.prompts)} answered")
    if dimension.reviewed:
        words.append(looked_at_again(dimension))
    put_off = sum(prompt.state is PromptState.PUT_OFF for prompt in dimension.prompts)
    if put_off:
        words.append(f"{put_off} put off")
    bare = without_evidence(dimension.prompts)
    if bare:
        words.append(
            evidence_words(bare[0])
            if len(dimension.prompts) == 1
            else f"no evidence for {count(len(bare), 'answer')}"
        )
    return f"• *{name}*: {', '.join(words)}"


def _without_evidence(assessment: Assessment) -> list[str]:
    """The questions whose level has no evidence, by name, as many as there is room for."""
    bare = without_evidence(assessment.prompts)
    lines: list[str] = []
    room = _ROOM_FOR_NAMES
    for prompt in bare:
        question = shorten(assessment.framework.prompt(prompt.prompt_id).question, _LONGEST_QUESTION)
        line = f"• {place_of(assessment, prompt.prompt_id)}: {question}"
        room -= len(line)
        if room < 0:
            lines.append(f"• and {len(bare) - len(lines)} more")
            break
        lines.append(line)
    return ["*Agreed without evidence so far*:", *lines] if lines else []


def _waiting(assessment: Assessment) -> list[str]:
    """Whom the open votes wait for, on how many questions each; mentions, since only one person sees this."""
    if assessment.mode is not Mode.TOGETHER or assessment.state is not AssessmentState.RUNNING:
        return []
    asked = [prompt.prompt_id for prompt in assessment.prompts if prompt.state is PromptState.ASKED]
    missing = Counter(each for prompt_id in asked for each in assessment.waiting_for(prompt_id))
    if not missing:
        return []
    roster = [each for each in assessment.assessors if missing[each]]
    who = [f"{person(each)} ({count(missing[each], 'question')})" for each in roster[:_MOST_NAMED]]
    if len(roster) > _MOST_NAMED:
        who.append(f"{len(roster) - _MOST_NAMED} more")
    return [f"Waiting for {join_names(who)}."]


def _next_step(assessment: Assessment) -> str:
    states = [dimension.state for dimension in assessment.dimensions]
    if assessment.state is not AssessmentState.RUNNING:
        return f"The assessment is {assessment.state.value}.{_by_whom(assessment)}"
    unconfirmed = states.count(DimensionState.ANSWERED)
    if unconfirmed:
        return f"Next: a facilitator confirms {count(unconfirmed, 'level')}, in the threads."
    if DimensionState.OPEN in states:
        return "Next: answer the open questions, in the threads."
    if DimensionState.NOT_OPENED in states:
        return "Next: open a dimension on the board."
    return "Next: a facilitator closes the assessment on the board."


def _by_whom(assessment: Assessment) -> str:
    """Who brought it to its state and when, and what can be done; a mention, as only one person sees this."""
    if assessment.state_changed_by is None or assessment.state_changed_at is None:
        return ""
    when = slack_date(assessment.state_changed_at, "{date_long} at {time}")
    sentence = f" It was {assessment.state.value} by {person(assessment.state_changed_by)} on {when}."
    return f"{sentence} Next: a facilitator resumes it on the board." if assessment.active else sentence


def help_message(command: str, words: Mapping[str, str]) -> Message:
    """What can be typed: each word with what it does."""
    lines = [f"*{command} {word}*: {what}" for word, what in words.items()]
    note = (
        "Everything else is a button: on the board, on the cards in the threads, and under the levels. "
        "In a thread, where commands do not run, mention Milepost with the word. In a direct message "
        "to Milepost the word alone does, such as status, plan, suggest, targets or propose."
    )
    return Message(
        "\n".join(["What you can type:", *lines, note]), (section("\n".join(lines)), context(note))
    )


def unknown_word(command: str, word: str, nearest: str | None) -> str:
    """When a word is not one of the commands. `word` is as typed."""
    hint = f" Did you mean *{command} {nearest}*?" if nearest else ""
    listed = (
        "It says what Milepost knows."
        if nearest == "help"
        else f"Type *{command} help* to see what it knows."
    )
    return f"Milepost does not know “{escape(word[:40])}”.{hint} {listed}"
