"""Two teams: inviting a second one, comparing both, and the level they agree on."""

from __future__ import annotations

from datetime import date

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.filled_in import UnreadableForm
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.stepping import open_form
from bot.running.bot import Bot
from bot.services.asking import Refused
from bot.services.assessment.finding import channel_of
from bot.services.second_team.second_team import (
    invite_second_team,
    moderate_level,
    see_pair,
    why_not_moderate,
)
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import level_of, notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.second_team.comparison import comparison_page
from bot.views.second_team.forms import WITHDRAWN_VALUE, invite_modal, moderate_modal
from bot.views.second_team.receipts import invited_receipt, moderated_receipt
from model.assessment.assessment import Kind
from model.second_team.comparison import compare
from model.second_team.inviting import Invitation, cannot_invite
from model.second_team.moderating import WITHDRAWN, Moderate


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of boards and comparisons, and their forms."""
    app.action(ActionId.INVITE_TEAM.value)(handling.press(press_invite))
    app.view(ViewId.INVITE_TEAM.value)(handling.submission(submit_invitation))
    app.action(ActionId.COMPARE.value)(handling.press(press_compare))
    for turn in (ActionId.PAGE_BACK, ActionId.PAGE_ON):
        app.action(turn.value)(handling.press(press_page))
    app.action(ActionId.MODERATE.value)(handling.press(press_moderate))
    app.view(ViewId.MODERATE.value)(handling.submission(submit_moderated))


async def press_invite(bot: Bot, press: Press) -> None:
    """Open the form, for facilitators of the first team."""
    await open_form(
        bot,
        press,
        lambda assessment: cannot_invite(assessment, press.asked.person),
        lambda assessment: invite_modal(assessment, bot.today()),
    )


async def submit_invitation(bot: Bot, submission: Submission) -> FormAnswer:
    """Begin the second team's assessment; its board appears in its channel by itself."""
    first_id = submission.reference.assessment
    invitation = _filled_in(submission)
    second = await invite_second_team(bot.desk, submission.asked, first_id, invitation)
    if second is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    workspace_id = submission.place.workspace_id
    members = await bot.members.people(workspace_id, second.channel_id)
    outside = [] if members is None else [each for each in second.facilitators if each not in members]
    missing = await bot.members.we_are_missing(workspace_id, second.channel_id)
    here = await channel_of(bot.database, workspace_id, first_id)
    place = Place(workspace_id, submission.place.person, here)
    return Accepted(invited_receipt(second, outside, bot_inside=not missing), place)


def _filled_in(submission: Submission) -> Invitation:
    """The form in the terms of the model.

    Raises:
        UnreadableForm: it holds what its fields could not have given.
    """
    closing = submission.choice(InputId.CLOSING_DATE)
    try:
        kind = Kind(submission.choice(InputId.KIND))
        closing_date = date.fromisoformat(closing) if closing else None
    except ValueError:
        raise UnreadableForm from None
    if kind is Kind.SELF:
        raise UnreadableForm
    return Invitation(
        channel_id=submission.choice(InputId.CHANNEL),
        kind=kind,
        team=submission.text(InputId.TEAM),
        facilitators=submission.choices(InputId.FACILITATORS),
        closing_date=closing_date,
    )


async def press_compare(bot: Bot, press: Press) -> None:
    """Show both teams side by side, question by question, from the first page."""

    async def build() -> View:
        return await _page(bot, press)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def press_page(bot: Bot, press: Press) -> None:
    """Turn to another page, as it is by now."""
    await bot.show_view(press.place.workspace_id, press.view_id, await _page(bot, press))


async def _page(bot: Bot, press: Press) -> View:
    about = press.reference
    try:
        pair = await see_pair(bot.desk, press.asked, about.assessment)
    except Refused as refused:
        return _why_not(bot, press, refused)
    return comparison_page(pair, about.assessment, about.page)


def _why_not(bot: Bot, press: Press, refused: Refused) -> View:
    framework = None if refused.assessment is None else refused.assessment.framework
    return notice_modal(told_refusal(bot, refused.refusal, framework, press.asked.person))


async def press_moderate(bot: Bot, press: Press) -> None:
    """Open the form for the level of a dimension, for facilitators of either team."""
    about = press.reference

    async def build() -> View:
        try:
            pair = await see_pair(bot.desk, press.asked, about.assessment)
        except Refused as refused:
            return _why_not(bot, press, refused)
        refusal = why_not_moderate(pair, press.asked)
        if refusal is not None:
            return notice_modal(told_refusal(bot, refusal, pair.first.framework, press.asked.person))
        for compared in compare(pair).dimensions:
            if compared.dimension_id == about.dimension:
                return moderate_modal(pair, about.assessment, compared)
        raise BadReference(about.dimension)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_moderated(bot: Bot, submission: Submission) -> FormAnswer:
    """Record what both teams agreed on."""
    about = submission.reference
    choice = submission.choice(InputId.LEVEL)
    level = WITHDRAWN if choice == WITHDRAWN_VALUE else level_of(choice)
    step = Moderate(about.dimension, level, submission.text(InputId.REASON))
    pair = await moderate_level(bot.desk, submission.asked, about.assessment, step)
    if pair is None:
        return HANDLED_BEFORE
    bot.dispatcher.wake()
    here = await channel_of(bot.database, submission.place.workspace_id, about.assessment)
    place = Place(submission.place.workspace_id, submission.place.person, here)
    return Accepted(moderated_receipt(pair, about.dimension), place)
