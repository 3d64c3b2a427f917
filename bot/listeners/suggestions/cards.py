"""Suggestions: the word, the cards with their buttons, the ranking, and what the team can spare."""

from __future__ import annotations

from collections.abc import Awaitable

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.error_ladder import told_refusal
from bot.listeners.handling.forms import HANDLED_BEFORE, Accepted, FormAnswer
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press, Submission
from bot.listeners.handling.said import Said
from bot.listeners.plan.stepping import step_in_plan
from bot.running.bot import Bot
from bot.services.asking import Asked, Refused
from bot.services.guests import only_a_guest
from bot.services.plan.stepping import PlanStepTaken, why_not_in_plan
from bot.services.suggestions.adopting import adopt_action
from bot.services.suggestions.suggesting import (
    Came,
    Offer,
    offer_suggestions,
    see_suggesting,
    suggestion_place,
)
from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import BadReference
from bot.views.suggestions.forms import not_for_us_modal, ranking_modal
from bot.views.suggestions.receipts import (
    adopted_receipt,
    all_suggested,
    capacity_receipt,
    no_targets,
    not_for_us_receipt,
    nothing_fits,
    on_the_way,
    still_open,
    suggested,
    taken_back_receipt,
)
from bot.views.wording.text import join_names, person
from model.assessment.assessment import Assessment
from model.calculation.gaps import gaps
from model.library.library import Amount
from model.plan.steps import Dismiss, SetCapacity, TakeBackDismissal


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons of the cards and of the private answers."""
    app.action(ActionId.SUGGEST.value)(handling.press(press_suggest))
    app.action(ActionId.MORE_SUGGESTIONS.value)(handling.press(press_more))
    app.action(ActionId.ADD_SUGGESTED.value)(handling.press(press_add))
    app.action(ActionId.NOT_FOR_US.value)(handling.press(press_not_for_us))
    app.action(ActionId.FOR_US_AFTER_ALL.value)(handling.press(press_for_us_after_all))
    app.action(ActionId.WHY_NOT_OTHERS.value)(handling.press(press_why_not_others))
    app.action(ActionId.RANKING_BEFORE.value)(handling.press(press_page))
    app.action(ActionId.RANKING_AFTER.value)(handling.press(press_page))
    app.action(ActionId.CAPACITY.value)(handling.press(press_capacity))
    app.view(ViewId.NOT_FOR_US.value)(handling.submission(submit_not_for_us))


async def tell_suggestions(bot: Bot, said: Said, assessment: Assessment) -> None:
    """Suggest the next few actions."""
    await _suggest(bot, said.asked, said.place, assessment.id, more=False)


async def press_suggest(bot: Bot, press: Press) -> None:
    """The same from a button."""
    await _suggest(bot, press.asked, press.place, press.reference.assessment, more=False)


async def press_more(bot: Bot, press: Press) -> None:
    """Suggest the next few, whatever was decided about the last."""
    await _suggest(bot, press.asked, press.place, press.reference.assessment, more=True)


async def _suggest(bot: Bot, asked: Asked, place: Place, assessment_id: str, *, more: bool) -> None:
    offer = await offer_suggestions(bot.desk, asked, assessment_id, more=more)
    if offer is not None:
        bot.dispatcher.wake()
        await bot.tell(place, _answer(offer))


def _answer(offer: Offer) -> str | Message:
    about = offer.about
    assessment, capacity = about.assessment, about.plan.capacity
    match offer.came:
        case Came.NO_TARGETS:
            return no_targets(assessment)
        case Came.NOTHING_FITS:
            found = gaps(assessment.levels(), about.plan.targeted_levels())
            return nothing_fits(assessment, gaps=any(found.values()))
        case Came.ON_THE_WAY:
            return on_the_way()
        case Came.STILL_OPEN:
            return still_open(assessment, offer.open, capacity, offer.address)
        case Came.ALL_OFFERED:
            return all_suggested(assessment, offer.open, capacity, offer.address)
        case Came.OFFERED:
            return suggested(assessment, offer.fresh, capacity, offer.address)


async def press_add(bot: Bot, press: Press) -> None:
    """Add a suggested action to the plan, to begin today."""
    await add_suggested(bot, press.asked, press.place, press.reference.assessment, press.reference.action)


async def add_suggested(bot: Bot, asked: Asked, place: Place, assessment_id: str, action_id: str) -> None:
    """Add a suggested action to the plan, however that was asked for."""
    taken = await adopt_action(bot.desk, asked, assessment_id, action_id)
    if taken is not None:
        bot.dispatcher.wake()
        await bot.tell(place, _adopted(taken, bot.command))


def _adopted(taken: PlanStepTaken, command: str) -> str:
    item = taken.after.items[-1]
    leaders = taken.assessment.leaders(item.dimension_id)
    return adopted_receipt(item, join_names([person(each) for each in leaders]), command)


async def press_not_for_us(bot: Bot, press: Press) -> None:
    """Ask why, unless it is settled already."""
    about = press.reference

    async def build() -> View:
        found = await see_suggesting(bot.desk, press.asked, about.assessment)
        probe = Dismiss(about.action, reason="…")
        refusal = await only_a_guest(bot.desk, press.asked, found.assessment)
        refusal = refusal or why_not_in_plan(found.planned, press.asked, probe, bot.today())
        if refusal is not None:
            return notice_modal(told_refusal(bot, refusal, found.assessment.framework, press.asked.person))
        return not_for_us_modal(about.assessment, found.situation.library.action(about.action))

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def submit_not_for_us(bot: Bot, submission: Submission) -> FormAnswer:
    """Record that an action is not for this team."""
    about = submission.reference
    step = Dismiss(about.action, submission.text(InputId.REASON))
    taken = await step_in_plan(bot, submission.asked, about.assessment, step)
    if taken is None:
        return HANDLED_BEFORE
    where = await suggestion_place(bot.database, submission.asked, taken.assessment, about.action)
    place = submission.place
    return Accepted(not_for_us_receipt(), Place(place.workspace_id, place.person, *where))


async def press_for_us_after_all(bot: Bot, press: Press) -> None:
    """Take back that an action is not for this team."""
    about = press.reference
    if await step_in_plan(bot, press.asked, about.assessment, TakeBackDismissal(about.action)) is not None:
        await bot.tell(press.place, taken_back_receipt())


async def press_why_not_others(bot: Bot, press: Press) -> None:
    """Show the ranking with its figures."""

    async def build() -> View:
        return await _ranking(bot, press)

    await bot.open_form(press.place.workspace_id, press.trigger_id, build)


async def press_page(bot: Bot, press: Press) -> None:
    """Turn to another page of the ranking."""
    await _show(bot, press, _ranking(bot, press))


async def press_capacity(bot: Bot, press: Press) -> None:
    """Say what the team can spare, in a private answer or above the ranking, which then is shown anew."""
    about = press.reference
    try:
        capacity = Amount(about.amount)
    except ValueError:
        raise BadReference(about.amount[:20]) from None
    if press.in_modal:
        await _show(bot, press, _ranking_with(bot, press, capacity))
        return
    taken = await step_in_plan(bot, press.asked, about.assessment, SetCapacity(capacity))
    if taken is not None:
        await bot.tell(press.place, capacity_receipt(taken.assessment, capacity))


async def _ranking_with(bot: Bot, press: Press, capacity: Amount) -> View:
    await step_in_plan(bot, press.asked, press.reference.assessment, SetCapacity(capacity))
    return await _ranking(bot, press)


async def _show(bot: Bot, press: Press, made: Awaitable[View]) -> None:
    """Replace what the modal in which somebody pressed shows; a refusal is said there too."""
    try:
        view = await made
    except Refused as refused:
        framework = None if refused.assessment is None else refused.assessment.framework
        view = notice_modal(told_refusal(bot, refused.refusal, framework, press.asked.person))
    await bot.show_view(press.place.workspace_id, press.view_id, view)


async def _ranking(bot: Bot, press: Press) -> View:
    about = press.reference
    found = await see_suggesting(bot.desk, press.asked, about.assessment)
    return ranking_modal(
        about.assessment, found.situation, found.ranking, page=about.page, action_id=about.action
    )
