"""Deleting an assessment."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form
from bot.running.bot import Bot
from bot.services.records.deleting import delete_assessment
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.records.deletion import delete_modal, deleted_receipt
from model.assessment.guards import not_facilitator


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the menu of the board, the button that a word offers, and the form."""
    app.action(ActionId.DELETE.value)(handling.press(press_delete))
    app.view(ViewId.DELETE.value)(handling.submission(submit_delete))


async def press_delete(bot: Bot, press: Press) -> None:
    """Ask for the title, for facilitators."""
    await open_form(bot, press, lambda each: not_facilitator(each, press.asked.person), delete_modal)


async def submit_delete(bot: Bot, submission: Submission) -> FormAnswer:
    """Delete it for good."""
    assessment_id, typed = submission.reference.assessment, submission.text(InputId.TITLE)
    deletion = await delete_assessment(bot.desk, submission.asked, assessment_id, typed)
    if deletion is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(submission.place.workspace_id, submission.place.person, deletion.channel_id)
    return Accepted(deleted_receipt(deletion), place)
