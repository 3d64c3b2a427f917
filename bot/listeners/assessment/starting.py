"""Starting an assessment: the form from the command, a button or the shortcut, and what it sends."""

from __future__ import annotations

from datetime import date

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.assessment.finding import active_in
from bot.services.assessment.starting import remembered_start, start_assessment
from bot.views.assessment.direct_messages import start_here
from bot.views.assessment.receipts import started_receipt
from bot.views.assessment.start_form import StartDefaults, start_modal
from bot.views.assessment.status import no_assessment
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ShortcutId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.refusals.refusals import already_running
from bot.views.wording.text import escape
from model.assessment.assessment import Kind, Mode
from model.assessment.steps import NewAssessment


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to every way to start."""
    app.action(ActionId.START.value)(handling.press(press_start))
    app.shortcut(ShortcutId.START.value)(handling.press(press_start))
    app.view(ViewId.START.value)(handling.submission(submit_start))


async def press_start(bot: Bot, press: Press) -> None:
    """The button names its channel; the shortcut comes from anywhere."""
    channel_id = press.place.channel_id
    if press.value:
        channel_id = press.reference.channel or channel_id
    place = Place(
        press.place.workspace_id, press.place.person, channel_id, response_url=press.place.response_url
    )
    await open_start_form(bot, place, press.trigger_id)


async def offer_start(bot: Bot, said: Said) -> None:
    """Where a word came without a trigger: a button, for this channel or for one to be chosen."""
    offer = start_here() if said.direct else no_assessment(bot.command, said.place.channel_id or "")
    await bot.tell(said.place, offer)


async def open_start_form(bot: Bot, place: Place, trigger_id: str) -> None:
    """Open the form, filled in from last time in this channel."""

    async def build() -> View:
        channel_id = place.channel_id if (place.channel_id or "D").startswith(("C", "G")) else None
        running = None
        remembered = None
        if channel_id is not None:
            running = await active_in(bot.database, place.workspace_id, channel_id)
            remembered = await remembered_start(bot.database, place.workspace_id, channel_id)
        if running is not None:
            return notice_modal(already_running(escape(running.title), bot.command))
        today = bot.today()
        defaults = StartDefaults(
            title=f"Digital quality, {today.strftime('%B %Y')}",
            kind=Kind(remembered.kind) if remembered is not None else Kind.SELF,
            mode=Mode(remembered.mode) if remembered is not None else Mode.TOGETHER,
            scope=remembered.scope if remembered is not None else (),
            facilitators=remembered.facilitators if remembered is not None else (place.person,),
            channel_id=channel_id,
        )
        return start_modal(bot.framework, defaults)

    await bot.open_form(place.workspace_id, trigger_id, build)


def _filled_in(submission: Submission) -> NewAssessment:
    """The form in the terms of the model.

    Raises:
        UnreadableForm: it holds what its fields could not have given.
    """
    closing = submission.choice(InputId.CLOSING_DATE)
    try:
        kind = Kind(submission.choice(InputId.KIND) or Kind.SELF)
        # A form that was opened before there was a choice promised quick mode.
        mode = Mode(submission.choice(InputId.MODE) or Mode.QUICK)
        closing_date = date.fromisoformat(closing) if closing else None
    except ValueError:
        raise UnreadableForm from None
    return NewAssessment(
        channel_id=submission.choice(InputId.CHANNEL),
        title=submission.text(InputId.TITLE),
        kind=kind,
        mode=mode,
        scope=submission.choices(InputId.SCOPE),
        facilitators=submission.choices(InputId.FACILITATORS),
        closing_date=closing_date,
    )


async def submit_start(bot: Bot, submission: Submission) -> FormAnswer:
    """Begin it; the board appears in the channel by itself."""
    new = _filled_in(submission)
    assessment = await start_assessment(bot.desk, submission.asked, new)
    if assessment is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    workspace_id = submission.place.workspace_id
    missing = await bot.members.we_are_missing(workspace_id, new.channel_id)
    members = await bot.members.people(workspace_id, new.channel_id)
    outside = [] if members is None else [each for each in assessment.facilitators if each not in members]
    place = Place(workspace_id, submission.place.person, new.channel_id)
    return Accepted(started_receipt(assessment, outside, bot_inside=not missing), place)
