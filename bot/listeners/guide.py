"""The guide and the library: the words model, why and library, and the buttons that open a modal."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from difflib import get_close_matches

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press
from bot.place import Place
from bot.services.assessing import find_assessment
from bot.views.blocks import View
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
from bot.views.ids import ActionId
from bot.views.library import action_modal, found_actions
from bot.views.modals import notice_modal
from bot.views.refusals import GONE_FROM_GUIDE
from model.errors import ModelError
from model.framework import Framework
from model.framework_parts import Benefit, Dimension
from model.library_search import search

# A slip of one or two letters is meant; what is further off is only offered.
_MEANT = 0.8
_NEAR = 0.6


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons."""
    app.action(ActionId.MORE_ABOUT_DIMENSION.value)(handling.press(press_more_about_dimension))
    app.action(ActionId.MORE_ABOUT_PROMPT.value)(handling.press(press_more_about_prompt))
    app.action(ActionId.MORE_ABOUT_BENEFIT.value)(handling.press(press_more_about_benefit))
    app.action(ActionId.HANDBOOK.value)(handling.press(press_handbook))
    app.action(ActionId.ACTION_DETAILS.value)(handling.press(press_action_details))


async def tell_model(bot: Bot, place: Place, words: tuple[str, ...]) -> None:
    """What the model is."""
    await bot.tell(place, about_model(bot.framework))


async def tell_why(bot: Bot, place: Place, words: tuple[str, ...]) -> None:
    """The so-what: per benefit, or for the dimension or benefit that was named."""
    asked = " ".join(words)
    if not asked:
        await bot.tell(place, so_what(bot.framework, bot.command))
        return
    found = _subject_named(bot.framework, asked)
    if isinstance(found, Dimension):
        await bot.tell(place, why_dimension(bot.framework, found.id))
    elif isinstance(found, Benefit):
        await bot.tell(place, why_benefit(bot.framework, found.id))
    else:
        await bot.tell(place, unknown_subject(bot.framework, asked, found))


async def tell_library(bot: Bot, place: Place, words: tuple[str, ...]) -> None:
    """The best matches of a search."""
    query = " ".join(words)
    found = search(bot.library, bot.framework, query)
    await bot.tell(place, found_actions(bot.framework, query, found, len(bot.library.actions), bot.command))


GUIDE_WORDS: dict[str, Callable[[Bot, Place, tuple[str, ...]], Awaitable[None]]] = {
    "model": tell_model,
    "why": tell_why,
    "library": tell_library,
}


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
    """One action of the library at length."""
    about = press.reference

    async def build() -> View:
        return action_modal(bot.framework, bot.library, bot.library.action(about.action))

    await _open(bot, press, build)


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


def _subject_named(framework: Framework, words: str) -> Dimension | Benefit | str | None:
    """The dimension or benefit that is meant; where none is, the name that comes nearest, if one does."""
    everything: list[Dimension | Benefit] = [*framework.benefits, *framework.dimensions]
    subjects = {name: each for each in everything for name in (each.id, each.name.lower())}
    asked = words.lower().strip()
    if asked in subjects:
        return subjects[asked]
    near = get_close_matches(asked, subjects, n=1, cutoff=_NEAR)
    if not near:
        return None
    found = subjects[near[0]]
    return found if get_close_matches(asked, near, cutoff=_MEANT) else found.name
