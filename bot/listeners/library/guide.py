"""The guide and the library: the words model, why and library, and the buttons that open a modal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.assessment.finding import find_assessment, see_assessment
from bot.services.library.libraries import choice_of
from bot.services.library.removing import may_remove
from bot.services.library.track_records import record_of
from bot.services.messages.places import address_of
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.modals import notice_modal
from bot.views.block_kit.reference import Reference
from bot.views.guide import (
    about_model,
    benefit_guide,
    dimension_guide,
    handbook_guide,
    prompt_guide,
    so_what,
    unknown_subject,
    why_benefit,
    why_dimension,
)
from bot.views.library.library import action_modal, found_actions, origin_words
from bot.views.refusals.refusals import GONE_FROM_GUIDE
from model.errors import ModelError
from model.framework.framework import Framework
from model.framework.parts import Benefit, Dimension
from model.library.council_library import Provenance
from model.library.search import search
from model.naming import find_named


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons."""
    app.action(ActionId.MORE_ABOUT_DIMENSION.value)(handling.press(press_more_about_dimension))
    app.action(ActionId.MORE_ABOUT_PROMPT.value)(handling.press(press_more_about_prompt))
    app.action(ActionId.MORE_ABOUT_BENEFIT.value)(handling.press(press_more_about_benefit))
    app.action(ActionId.HANDBOOK.value)(handling.press(press_handbook))
    app.action(ActionId.ACTION_DETAILS.value)(handling.press(press_action_details))


async def tell_model(bot: Bot, said: Said) -> None:
    """What the model is."""
    await bot.tell(said.place, about_model(bot.framework))


async def tell_why(bot: Bot, said: Said) -> None:
    """The so-what: per benefit, or for the dimension or benefit that was named."""
    if not said.text:
        await bot.tell(said.place, so_what(bot.framework, bot.command))
        return
    everything: list[Dimension | Benefit] = [*bot.framework.benefits, *bot.framework.dimensions]
    found = find_named(
        {name: each for each in everything for name in (each.id, each.name.lower())}, said.text
    )
    if isinstance(found.meant, Dimension):
        await bot.tell(said.place, why_dimension(bot.framework, found.meant.id))
    elif isinstance(found.meant, Benefit):
        await bot.tell(said.place, why_benefit(bot.framework, found.meant.id))
    else:
        nearest = None if found.nearest is None else found.nearest.name
        await bot.tell(said.place, unknown_subject(bot.framework, said.text, nearest))


async def tell_library(bot: Bot, said: Said) -> None:
    """The best matches of a search."""
    choice = await choice_of(bot.database, said.place.workspace_id, bot.library, bot.framework)
    found = search(choice.library, bot.framework, said.text)
    total = len(choice.library.actions)
    own = frozenset(choice.own)
    await bot.tell(said.place, found_actions(bot.framework, said.text, found, total, bot.command, own=own))


async def press_more_about_dimension(bot: Bot, press: Press) -> None:
    """All that the guide says of a dimension, in the words its assessment began with."""
    about = press.reference

    async def build() -> View:
        framework = await _framework_of(bot, press.place.workspace_id, about.assessment)
        return dimension_guide(framework, about.dimension)

    await _open(bot, press, build)


async def press_more_about_prompt(bot: Bot, press: Press) -> None:
    """Why a prompt is asked, in the words its assessment began with."""
    about = press.reference

    async def build() -> View:
        framework = await _framework_of(bot, press.place.workspace_id, about.assessment)
        return prompt_guide(framework, about.prompt)

    await _open(bot, press, build)


async def press_more_about_benefit(bot: Bot, press: Press) -> None:
    """One benefit at length."""
    about = press.reference

    async def build() -> View:
        return benefit_guide(bot.framework, about.benefit)

    await _open(bot, press, build)


async def press_handbook(bot: Bot, press: Press) -> None:
    """How to assess."""

    async def build() -> View:
        return handbook_guide(bot.framework)

    await _open(bot, press, build)


async def press_action_details(bot: Bot, press: Press) -> None:
    """One action of the library at length, of the library of an assessment where that is meant."""
    about = press.reference

    async def build() -> View:
        workspace_id, framework = press.place.workspace_id, bot.framework
        if about.assessment:
            assessment = await see_assessment(bot.desk, press.asked, about.assessment)
            framework = assessment.framework
        choice = await choice_of(bot.database, workspace_id, bot.library, framework)
        action = choice.library.action(about.action)
        record = await record_of(bot.database, workspace_id, action.id)
        came = choice.own.get(action.id)
        origin = None if came is None else await _origin(bot, press, came)
        remove = None
        if came is not None and await may_remove(bot.database, press.asked):
            remove = Reference(action=action.id, channel=_channel_of(press.place))
        return action_modal(framework, choice.library, action, record, origin, remove)

    await _open(bot, press, build)


def _channel_of(place: Place) -> str:
    """Where a receipt can be shown to one person alone."""
    return "" if place.direct else place.channel_id or ""


async def _origin(bot: Bot, press: Press, came: Provenance) -> str:
    """Where an action of the council's own came from; the message only for those in its channel."""
    workspace_id, person = press.place.workspace_id, press.asked.person
    people = {each for each in (came.added_by, came.proposed_by) if each is not None}
    names = await bot.people.names(bot.slack_of(workspace_id), workspace_id, people)
    address = None
    channel_id, ts = came.channel_id, came.message_ts
    if channel_id and ts and await bot.members.inside(workspace_id, channel_id, person):
        address = await address_of(bot.database, workspace_id, channel_id, ts)
    return origin_words(came, names=names, address=address)


async def _open(bot: Bot, press: Press, build: Callable[[], Awaitable[View]]) -> None:
    """Open a modal; what the guide no longer has, after a change of the framework, is said in it."""

    async def guarded() -> View:
        try:
            return await build()
        except ModelError:
            return notice_modal(GONE_FROM_GUIDE)

    await bot.open_form(press.place.workspace_id, press.trigger_id, guarded)


async def _framework_of(bot: Bot, workspace_id: str, assessment_id: str) -> Framework:
    if not assessment_id:
        return bot.framework
    return (await find_assessment(bot.database, workspace_id, assessment_id)).framework
