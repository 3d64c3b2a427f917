"""What can be done with evidence that stands in a thread: moving and withdrawing it."""

from __future__ import annotations

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.listeners.handling.forms import FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import of_prompt, open_form, step_by_form
from bot.running.bot import Bot
from bot.services.assessment.stepping import why_not
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import Reference
from bot.views.evidence.forms import has_elsewhere, move_modal, withdraw_modal
from bot.views.evidence.receipts import NOWHERE_ELSE, moved_receipt, withdrawn_receipt
from model.assessment.assessment import Assessment
from model.assessment.evidence import Evidence
from model.assessment.evidence_rules import find_evidence, get_evidence
from model.assessment.steps import MoveEvidence, WithdrawEvidence
from model.refusals import Reason, Refusal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of a note, and their forms."""
    app.action(ActionId.MOVE_EVIDENCE.value)(handling.press(press_move))
    app.action(ActionId.WITHDRAW_EVIDENCE.value)(handling.press(press_withdraw))
    app.view(ViewId.MOVE_EVIDENCE.value)(handling.submission(submit_move))
    app.view(ViewId.WITHDRAW_EVIDENCE.value)(handling.submission(submit_withdraw))


async def press_move(bot: Bot, press: Press) -> None:
    """Ask where to."""
    evidence_id = press.reference.evidence

    def refused(assessment: Assessment) -> Refusal | None:
        found = find_evidence(assessment, evidence_id)
        if found is None:
            return why_not(assessment, press.asked, WithdrawEvidence(evidence_id))
        # Only that it would change nothing stands in the way of moving it to where it is.
        refusal = why_not(assessment, press.asked, MoveEvidence(evidence_id, found[0]))
        return None if refusal is not None and refusal.reason is Reason.ALREADY_DONE else refusal

    def form(assessment: Assessment, prompt_id: str, evidence: Evidence) -> View:
        if not has_elsewhere(assessment, prompt_id):
            return notice_modal(NOWHERE_ELSE)
        return move_modal(assessment, prompt_id, evidence)

    await open_form(bot, press, refused, _about(evidence_id, form))


async def press_withdraw(bot: Bot, press: Press) -> None:
    """Ask first."""
    evidence_id = press.reference.evidence
    await open_form(
        bot,
        press,
        lambda assessment: why_not(assessment, press.asked, WithdrawEvidence(evidence_id)),
        _about(evidence_id, withdraw_modal),
    )


def _about(
    evidence_id: str, form: Callable[[Assessment, str, Evidence], View]
) -> Callable[[Assessment], View]:
    return lambda assessment: form(assessment, *get_evidence(assessment, evidence_id))


async def submit_move(bot: Bot, submission: Submission) -> FormAnswer:
    """Move it; the notes in both threads say so by themselves."""
    prompt_id = Reference.decode(submission.choice(InputId.PROMPT)).prompt
    step = MoveEvidence(submission.reference.evidence, prompt_id)
    return await step_by_form(
        bot, submission, step, lambda after: moved_receipt(after, prompt_id), of_prompt(prompt_id)
    )


async def submit_withdraw(bot: Bot, submission: Submission) -> FormAnswer:
    """Withdraw it."""
    evidence_id = submission.reference.evidence

    def thread(after: Assessment) -> str:
        prompt_id, _ = get_evidence(after, evidence_id)
        return after.dimension_of(prompt_id).dimension_id

    step = WithdrawEvidence(evidence_id)
    return await step_by_form(bot, submission, step, lambda after: withdrawn_receipt(), thread)
