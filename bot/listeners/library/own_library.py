"""Taking an action out of the council's own library: asked once more, from its details."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.library.removing import own_to_remove, remove_own_action
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.library.library import remove_modal, removed_receipt
from bot.views.refusals.refusals import GONE_FROM_LIBRARY
from model.errors import UnknownAction


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the button, and to the form that asks once more."""
    app.action(ActionId.REMOVE_ACTION.value)(handling.press(press_remove))
    app.view(ViewId.REMOVE_ACTION.value)(handling.submission(submit_remove))


async def press_remove(bot: Bot, press: Press) -> None:
    """Ask once more, in place of the details."""

    async def build() -> View:
        try:
            own = await own_to_remove(bot.database, press.asked, press.reference.action)
        except UnknownAction:
            return notice_modal(GONE_FROM_LIBRARY)
        except Refused as refused:
            return notice_modal(told_refusal(bot, refused.refusal, None, press.asked.person))
        return remove_modal(own.action, press.reference.channel)

    if press.in_modal:
        await bot.show_view(press.place.workspace_id, press.view_id, await build())
    else:
        await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_remove(bot: Bot, submission: Submission) -> FormAnswer:
    """Take it out."""
    about = submission.reference
    own = await remove_own_action(bot.database, submission.asked, about.action)
    if own is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    place = Place(submission.place.workspace_id, submission.place.person, about.channel or None)
    return Accepted(removed_receipt(own.action.title), place)
