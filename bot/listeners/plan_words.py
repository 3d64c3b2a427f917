"""The word `plan`, and the buttons that show somebody a part of a plan."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.bot import Bot
from bot.listeners.handling import Handling
from bot.listeners.payloads import Press
from bot.listeners.plan_export import send_plan
from bot.place import Place
from bot.services.assessing import Asked
from bot.services.planning import plan_to_show, plans_seen_by, see_plan
from bot.views.ids import ActionId
from bot.views.plan_answer import (
    ALL,
    MINE,
    OVERDUE,
    Chosen,
    chosen_items,
    no_such_part,
    own_items,
    plan_answer,
)
from model.assessment import Assessment
from model.naming import find_named
from model.planned import Planned

_WORDS = {"mine": MINE, "my": MINE, "me": MINE, "overdue": OVERDUE, "late": OVERDUE, "all": ALL, "": ALL}


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons."""
    app.action(ActionId.MY_ITEMS.value)(handling.press(press_mine))
    app.action(ActionId.MORE_ITEMS.value)(handling.press(press_more))


async def tell_plan(
    bot: Bot, asked: Asked, place: Place, assessment: Assessment, words: tuple[str, ...]
) -> None:
    """The part of the plan that the words name."""
    planned = await plan_to_show(bot.database, place.workspace_id, assessment)
    said = " ".join(words).lower().strip(".,!?")
    if said == "export":
        await send_plan(bot, asked, place, planned.assessment.id)
        return
    if said in _WORDS:
        await _tell(bot, place, planned, Chosen(_WORDS[said]))
        return
    framework = planned.assessment.framework
    names = {
        name: each
        for each in planned.assessment.scope
        for name in (each, framework.dimension(each).name.lower())
    }
    found = find_named(names, said)
    if found.meant is not None:
        await _tell(bot, place, planned, Chosen(ALL, found.meant))
        return
    nearest = None if found.nearest is None else framework.dimension(found.nearest).name.lower()
    await bot.tell(place, no_such_part(bot.command, said, nearest))


async def tell_own_items(bot: Bot, place: Place, page: int = 0) -> None:
    """The items of one person, in all plans that they may see."""
    planned = await plans_seen_by(bot.database, place.workspace_id, place.person, bot.members)
    today = bot.today()
    mine = Chosen(MINE)
    found = [(each, item) for each in planned for item in chosen_items(each, mine, place.person, today)]
    await bot.tell(place, own_items(found, page, viewer=place.person, today=today, command=bot.command))


async def press_mine(bot: Bot, press: Press) -> None:
    """The items of whoever presses."""
    await _show(bot, press.asked, press.place, press.reference.assessment, Chosen(MINE))


async def press_more(bot: Bot, press: Press) -> None:
    """The next page of what was shown."""
    about = press.reference
    if about.assessment:
        chosen = Chosen(about.word, about.dimension, about.page)
        await _show(bot, press.asked, press.place, about.assessment, chosen)
    else:
        await tell_own_items(bot, press.place, about.page)


async def _show(bot: Bot, asked: Asked, place: Place, assessment_id: str, chosen: Chosen) -> None:
    await _tell(bot, place, await see_plan(bot.database, asked, assessment_id, bot.members), chosen)


async def _tell(bot: Bot, place: Place, planned: Planned, chosen: Chosen) -> None:
    today = bot.today()
    items = chosen_items(planned, chosen, place.person, today)
    answer = plan_answer(planned, items, chosen, viewer=place.person, today=today, command=bot.command)
    await bot.tell(place, answer)
