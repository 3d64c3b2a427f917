"""Making a proposal by a form: from the command, a button, or the shortcut on a message."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press, Submission
from bot.listeners.proposal_forms import details_of
from bot.place import Place
from bot.services.assessing import Asked, see_assessment
from bot.services.proposing import ToPropose, make_proposal, standing_in, why_not_propose
from bot.views.blocks import View
from bot.views.ids import ActionId, InputId, ViewId
from bot.views.modals import notice_modal
from bot.views.proposal_modals import propose_modal
from bot.views.proposal_receipts import NO_ASSESSMENT, propose_offer, proposed_receipt
from bot.views.reference import Reference
from bot.views.refusals import refusal_sentence
from model.assessment import Assessment
from model.proposal import BUTTON


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button and the form."""
    app.action(ActionId.PROPOSE.value)(handling.press(press_propose))
    app.view(ViewId.PROPOSE.value)(handling.submission(submit_propose))


async def offer_propose(
    bot: Bot, asked: Asked, place: Place, assessment: Assessment, words: tuple[str, ...]
) -> None:
    """Where a word came without a trigger: a button."""
    await bot.tell(place, propose_offer(Reference(assessment=assessment.id)))


async def open_propose_form(
    bot: Bot, asked: Asked, place: Place, trigger_id: str, words: tuple[str, ...]
) -> None:
    """Open the form for words of one's own, with what was typed after the command in it."""

    async def build() -> View:
        assessment = await standing_in(bot.database, asked.workspace_id, place.channel_id or "")
        if assessment is None:
            return notice_modal(NO_ASSESSMENT.format(command=bot.command))
        return await _form(bot, asked, assessment, " ".join(words))

    await bot.open_form(asked.workspace_id, trigger_id, build)


async def press_propose(bot: Bot, press: Press) -> None:
    """Open the form for the assessment that the button names."""

    async def build() -> View:
        about = press.reference
        assessment = await see_assessment(bot.database, press.asked, about.assessment, bot.members)
        return await _form(bot, press.asked, assessment, "")

    await bot.open_form(press.asked.workspace_id, press.trigger_id, build)


async def _form(bot: Bot, asked: Asked, assessment: Assessment, text: str) -> View:
    refusal = await why_not_propose(bot.proposals, asked, assessment)
    if refusal is not None:
        return notice_modal(refusal_sentence(refusal, assessment.framework, bot.zone))
    return propose_modal(assessment, text=text)


async def submit_propose(bot: Bot, submission: Submission) -> FormAnswer:
    """Make the proposal; its card appears by itself."""
    asked = submission.asked
    what = ToPropose(
        assessment_id=submission.reference.assessment,
        text=submission.text(InputId.PROPOSAL_TEXT),
        sign=BUTTON,
        signed_at=asked.at,
        title=submission.text(InputId.ITEM_TITLE),
        details=details_of(submission),
    )
    made = await make_proposal(bot.proposals, asked, what)
    if made is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(asked.workspace_id, asked.person, made.after.channel_id)
    return Accepted(proposed_receipt(made.after), place)
