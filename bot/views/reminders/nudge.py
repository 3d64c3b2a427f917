"""The direct message that tells somebody which questions wait for their vote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.views.block_kit.blocks import Message, actions, button, context, paragraphs, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.wording.questions import place_of
from bot.views.wording.text import count, escape, link, shorten
from model.assessment.assessment import Assessment

_MOST = 20
_QUESTION = 150
_NOTE = "You are nudged twice about a question at most. If it is not yours, press Not for me on its card."


def nudge(
    assessment: Assessment, prompts: Sequence[str], *, stopped: bool, addresses: Mapping[str, str]
) -> Message:
    """The nudge as it stands now.

    Args:
        assessment: What it is about.
        prompts: The questions that wait for the vote of whoever reads it.
        stopped: Whether they want no more nudges about it.
        addresses: Prompt id to the address of its card.
    """
    where = f"*{escape(assessment.title)}* in <#{assessment.channel_id}>"
    reference = Reference(assessment=assessment.id)
    if stopped:
        text = (
            f"You are not nudged any more about {where}. Your vote is as welcome there as before. "
            "To be nudged again, press the button."
        )
        again = button("Nudge me again", ActionId.ALLOW_NUDGES, reference)
        return Message(text, (section(text), actions(again)))
    if not prompts:
        text = f"Nothing waits for your vote in {where} at the moment."
        return Message(text, (section(text),))
    verb = "waits" if len(prompts) == 1 else "wait"
    head = f"{count(len(prompts), 'question')} {verb} for your vote: {where}"
    lines = [_line(assessment, each, addresses) for each in prompts[:_MOST]]
    if len(prompts) > _MOST:
        lines.append(f"And {len(prompts) - _MOST} more.")
    stop = button("Stop nudging me", ActionId.STOP_NUDGES, reference)
    return Message(
        "\n".join([head, *lines, _NOTE]),
        (section(head), *paragraphs(lines), context(_NOTE), actions(stop)),
    )


def _line(assessment: Assessment, prompt_id: str, addresses: Mapping[str, str]) -> str:
    question = assessment.framework.prompt(prompt_id).question
    words = shorten(question, _QUESTION)
    if prompt_id in addresses:
        words = link(addresses[prompt_id], question[:_QUESTION])
    return f"• {words} ({place_of(assessment, prompt_id)})"


def nudges_receipt(assessment: Assessment, *, wanted: bool, changed: bool) -> str:
    """After Stop nudging me, or Nudge me again; also where that was so before."""
    title = escape(assessment.title)
    already = "" if changed else "already "
    stopped = "You are not nudged any more about" if changed else "You had stopped the nudges already about"
    if wanted:
        return f"You are {already}nudged about *{title}* while a question there waits for your vote."
    return f"{stopped} *{title}*. To change your mind, press *Nudge me again* on the message above."
