"""Offering evidence for a prompt."""

from __future__ import annotations

from hashlib import sha256

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import of_prompt, open_form, step_by_form
from bot.running.bot import Bot
from bot.services.assessment.reviewing import review_under_way
from bot.services.assessment.stepping import why_not
from bot.services.plan.stepping import find_plan
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import Reference
from bot.views.evidence.forms import evidence_modal, late_evidence_modal, strength_of
from bot.views.evidence.receipts import evidence_receipt
from model.assessment.assessment import Assessment
from model.assessment.steps import AddEvidence
from model.errors import UnknownItem
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button and its form."""
    app.action(ActionId.ADD_EVIDENCE.value)(handling.press(press_add_evidence))
    app.action(ActionId.LATE_EVIDENCE.value)(handling.press(press_late_evidence))
    app.view(ViewId.EVIDENCE.value)(handling.submission(submit_evidence))
    app.view(ViewId.LATE_EVIDENCE.value)(handling.submission(submit_late_evidence))


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
    step = _filled_in(submission, prompt_id, late=False)
    return await step_by_form(bot, submission, step, lambda after: evidence_receipt(), of_prompt(prompt_id))


def _filled_in(submission: Submission, prompt_id: str, *, late: bool) -> AddEvidence:
    """What a form says.

    Raises:
        UnreadableForm: it holds what its fields could not have given.
    """
    try:
        strength = strength_of(submission.choice(InputId.STRENGTH))
    except ValueError:
        raise UnreadableForm from None
    return AddEvidence(
        prompt_id=prompt_id,
        evidence_id=sha256(submission.asked.key.encode()).hexdigest()[:24],
        text=submission.text(InputId.EVIDENCE_TEXT),
        link=submission.text(InputId.EVIDENCE_LINK),
        strength=strength,
        late=late,
    )


async def press_late_evidence(bot: Bot, press: Press) -> None:
    """Open the form for what a finished item has left behind, for whichever assessment takes it now."""
    about = press.reference
    taking = await review_under_way(bot.database, press.place.workspace_id, about.assessment, about.dimension)
    planned = await find_plan(bot.database, press.place.workspace_id, about.assessment)

    def form(assessment: Assessment) -> View:
        try:
            title = planned.plan.item(about.item).title
        except UnknownItem:
            gone = Refusal(Reason.UNKNOWN_ITEM)
            return notice_modal(told_refusal(bot, gone, assessment.framework, press.asked.person))
        return late_evidence_modal(taking or assessment, about.dimension, title)

    await open_form(bot, press, lambda assessment: _not_taken(taking or assessment, press), form)


def _not_taken(assessment: Assessment, press: Press) -> Refusal | None:
    prompts = assessment.dimension(press.reference.dimension).prompts
    probe = AddEvidence(prompts[0].prompt_id, "", text="…", link="", late=True)
    return why_not(assessment, press.asked, probe)


async def submit_late_evidence(bot: Bot, submission: Submission) -> FormAnswer:
    """Record it with the question that was chosen."""
    prompt_id = Reference.decode(submission.choice(InputId.PROMPT)).prompt
    step = _filled_in(submission, prompt_id, late=True)
    return await step_by_form(bot, submission, step, lambda after: evidence_receipt(), of_prompt(prompt_id))
