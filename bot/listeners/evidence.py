"""Offering evidence for a prompt."""

from __future__ import annotations

from hashlib import sha256

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.filled_in import UnreadableForm
from bot.listeners.forms import FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.listeners.stepping import of_prompt, open_form, step_by_form
from bot.services.assessing import why_not
from bot.views.evidence_modals import evidence_modal, strength_of
from bot.views.evidence_receipts import evidence_receipt
from bot.views.ids import ActionId, InputId, ViewId
from model.steps import AddEvidence


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button and its form."""
    app.action(ActionId.ADD_EVIDENCE.value)(handling.press(press_add_evidence))
    app.view(ViewId.EVIDENCE.value)(handling.submission(submit_evidence))


async def press_add_evidence(bot: Bot, press: Press) -> None:
    """Open the form."""
    prompt_id = press.reference.prompt
    probe = AddEvidence(prompt_id, "", text="…", link="")
    await open_form(
        bot,
        press,
        lambda assessment: why_not(assessment, press.asked, probe),
        lambda assessment: evidence_modal(assessment, prompt_id),
    )


async def submit_evidence(bot: Bot, submission: Submission) -> FormAnswer:
    """Record it; the note appears in the thread by itself."""
    prompt_id = submission.reference.prompt
    try:
        strength = strength_of(submission.choice(InputId.STRENGTH))
    except ValueError:
        raise UnreadableForm from None
    step = AddEvidence(
        prompt_id=prompt_id,
        evidence_id=sha256(submission.asked.key.encode()).hexdigest()[:24],
        text=submission.text(InputId.EVIDENCE_TEXT),
        link=submission.text(InputId.EVIDENCE_LINK),
        strength=strength,
    )
    return await step_by_form(bot, submission, step, lambda after: evidence_receipt(), of_prompt(prompt_id))
