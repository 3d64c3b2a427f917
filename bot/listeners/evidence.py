"""Offering evidence for a prompt."""

from __future__ import annotations

from hashlib import sha256

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.place import Place
from bot.services.assessing import find_assessment, take_step, thread_place, why_not
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import evidence_modal, notice_modal
from bot.views.receipts import evidence_receipt
from bot.views.refusals import refusal_sentence
from model.steps import AddEvidence


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button and its form."""
    app.action(ActionId.ADD_EVIDENCE.value)(handling.press(press_add_evidence))
    app.view(ViewId.EVIDENCE.value)(handling.submission(submit_evidence))


async def press_add_evidence(bot: Bot, press: Press) -> None:
    """Open the form."""
    about = press.reference

    async def build() -> View:
        assessment = await find_assessment(bot.database, press.place.workspace_id, about.assessment)
        refusal = why_not(assessment, press.asked, AddEvidence(about.prompt, "", text="…", link=""))
        if refusal is not None:
            return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
        return evidence_modal(assessment, about.prompt)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_evidence(bot: Bot, submission: Submission) -> FormAnswer:
    """Record it; the note appears in the thread by itself."""
    about = submission.reference
    step = AddEvidence(
        prompt_id=about.prompt,
        evidence_id=sha256(submission.asked.key.encode()).hexdigest()[:24],
        text=submission.text(InputId.EVIDENCE_TEXT),
        link=submission.text(InputId.EVIDENCE_LINK),
    )
    taken = await take_step(bot.database, submission.asked, about.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    dimension_id = taken.after.dimension_of(about.prompt).dimension_id
    place = await thread_place(bot.database, submission.asked, taken.after, dimension_id)
    return Accepted(evidence_receipt(), Place(submission.place.workspace_id, submission.place.person, *place))
