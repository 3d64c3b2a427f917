"""The card of one prompt: question, five descriptors with their buttons; one line once it is answered."""

from __future__ import annotations

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.last_time import last_time_parts
from bot.views.questions.level_row import level_row
from bot.views.questions.together_card import together_card
from bot.views.wording.levels import prompt_answer
from bot.views.wording.people import Names
from bot.views.wording.questions import evidence_words, place_of
from bot.views.wording.text import escape, shorten
from model.assessment.assessment import Assessment, AssessmentState, Mode, PromptProgress, PromptState
from model.assessment.last_time import LastTime

HOW_IT_WORKS = (
    "Press the highest level whose description is true today. The first press records it, with your name; "
    "anyone can change it later."
)


def prompt_card(
    assessment: Assessment, prompt_id: str, *, names: Names, last: LastTime | None = None
) -> Message:
    """The card as it should look now, with last time beside it while it waits for an answer."""
    progress = assessment.prompt(prompt_id)
    if assessment.mode is Mode.TOGETHER:
        return together_card(assessment, progress, names=names, last=last)
    if progress.takes_level and assessment.state is AssessmentState.RUNNING:
        return _open_card(assessment, progress, names, last)
    return _settled_card(assessment, progress, names)


def _open_card(
    assessment: Assessment, progress: PromptProgress, names: Names, last: LastTime | None
) -> Message:
    prompt = assessment.framework.prompt(progress.prompt_id)
    place = place_of(assessment, progress.prompt_id)
    standing = _standing(assessment, progress, names)
    levels = [level_row(assessment, prompt, number) for number in range(1, 6)]
    note = f"{standing} Press another level to change it, or the same one to keep it." if standing else ""
    beside, last_button, last_line = last_time_parts(assessment, last, progress.prompt_id)
    blocks: list[Block] = [
        context(place),
        section(f"*{escape(prompt.question)}*"),
        *([section(note)] if note else []),
        *(block for _, block in levels),
        *beside,
        _answer_buttons(assessment, progress, last_button),
        context(HOW_IT_WORKS),
    ]
    text = "\n".join(
        [
            f"{place}: {escape(prompt.question)}",
            *([note] if note else []),
            *(line for line, _ in levels),
            *last_line,
            HOW_IT_WORKS,
        ]
    )
    return Message(text, tuple(blocks))


def _answer_buttons(assessment: Assessment, progress: PromptProgress, also: list[Block]) -> Block:
    reference = Reference(assessment=assessment.id, prompt=progress.prompt_id)
    elements = [
        button("Add evidence", ActionId.ADD_EVIDENCE, reference),
        button("More about this", ActionId.MORE_ABOUT_PROMPT, reference),
        button("Not applicable…", ActionId.NOT_APPLICABLE, reference),
    ]
    if progress.state is PromptState.ASKED:
        elements.append(button("Put off", ActionId.PUT_OFF, reference))
    return actions(*elements, *also)


def _standing(assessment: Assessment, progress: PromptProgress, names: Names) -> str:
    """What is recorded so far, and by whom; empty when nothing is."""
    if progress.state in {PromptState.WAITING, PromptState.ASKED}:
        return ""
    answer = prompt_answer(assessment.framework, progress)
    verb = "" if progress.state is PromptState.PUT_OFF else ", recorded"
    return f"*{escape(answer[0].upper() + answer[1:])}*{verb} by {names.of(progress.decided_by)}."


def _settled_card(assessment: Assessment, progress: PromptProgress, names: Names) -> Message:
    prompt = assessment.framework.prompt(progress.prompt_id)
    standing = _standing(assessment, progress, names) or "*Not answered.*"
    reason = f" Reason: {shorten(progress.reason, 1_000)}" if progress.reason else ""
    line = f"{escape(prompt.question)}\n{standing}{reason}"
    small = [place_of(assessment, progress.prompt_id), evidence_words(progress)]
    if assessment.state is not AssessmentState.RUNNING and not progress.settled:
        small.append(f"the assessment is {assessment.state.value}")
    blocks: list[Block] = [section(line), context(" · ".join(small))]
    buttons = _settled_buttons(assessment, progress)
    if buttons:
        blocks.append(actions(*buttons))
    return Message(f"{line}\n{' · '.join(small)}", tuple(blocks))


def _settled_buttons(assessment: Assessment, progress: PromptProgress) -> list[Block]:
    """The buttons of an answer stay even after the end, since nothing redraws it then."""
    if not assessment.active and not progress.settled:
        return []
    reference = Reference(assessment=assessment.id, prompt=progress.prompt_id)
    evidence = button("Add evidence", ActionId.ADD_EVIDENCE, reference)
    if progress.state is PromptState.ASKED:
        return [evidence]
    again = "Answer now" if progress.state is PromptState.PUT_OFF else "Change"
    return [button(again, ActionId.REOPEN, reference), evidence]
