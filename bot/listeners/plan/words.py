"""The word `plan`, and the buttons that show somebody a part of a plan."""

from __future__ import annotations

from collections.abc import Sequence

from slack_bolt.async_app import AsyncApp

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Press
from bot.listeners.handling.said import Said
from bot.listeners.plan.export import send_among, send_one_of
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.assessment.finding import latest_in
from bot.services.plan.stepping import plans_seen_by, plans_to_show, see_plan
from bot.views.block_kit.ids import ActionId
from bot.views.plan.answer import (
    ALL,
    MINE,
    OVERDUE,
    Chosen,
    chosen_items,
    items_everywhere,
    no_such_part,
    plan_answer,
    plans_answer,
)
from model.assessment.assessment import Assessment
from model.naming import find_named
from model.plan.plan_in_context import Planned

_WORDS = {"mine": MINE, "my": MINE, "me": MINE, "overdue": OVERDUE, "late": OVERDUE, "all": ALL, "": ALL}


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to the buttons."""
    app.action(ActionId.MY_ITEMS.value)(handling.press(press_mine))
    app.action(ActionId.MORE_ITEMS.value)(handling.press(press_more))


async def tell_plan(bot: Bot, said: Said, assessment: Assessment) -> None:
    """The part that the words name of the plan, or of all plans of the channel that are being done."""
    plans = await plans_to_show(bot.database, said.place.workspace_id, assessment)
    part = _part(said)
    word, _, rest = part.partition(" ")
    if word == "export":
        await send_among(bot, said.asked, said.place, plans, rest, f"{bot.command} plan export")
        return
    if part in _WORDS:
        await _tell_all(bot, said.place, plans, Chosen(_WORDS[part]))
        return
    dimensions = {id_: each for each in plans for id_ in each.assessment.scope}
    shown = {id_: each.assessment.framework.dimension(id_).name.lower() for id_, each in dimensions.items()}
    found = find_named({name: id_ for id_ in shown for name in (id_, shown[id_])}, part)
    if found.meant is not None:
        await _tell_all(bot, said.place, plans, Chosen(ALL, found.meant))
        return
    nearest = None if found.nearest is None else shown[found.nearest]
    await bot.tell(said.place, no_such_part(bot.command, part, nearest))


def _part(said: Said) -> str:
    """The part of a plan that the words name, as it is looked up."""
    return said.text.casefold().strip(".,!?")


async def tell_plans_everywhere(bot: Bot, said: Said) -> bool:
    """Where no channel says which plan is meant: the part that words name of all of them, or one as files.

    Without words it is what the person owns.

    Returns:
        Whether anything was told. In a channel nothing is, where no channel that they are in has a plan.
    """
    if not said.direct and not await _has_plans(bot, said.place):
        return False
    part = _part(said)
    word, _, rest = part.partition(" ")
    if word == "export":
        await send_one_of(bot, said.asked, said.place, rest)
    else:
        await _tell_everywhere(bot, said.place, Chosen(_WORDS[part] if part in _WORDS and part else MINE))
    return True


async def _has_plans(bot: Bot, place: Place) -> bool:
    return bool(await plans_seen_by(bot.desk, place.workspace_id, place.person))


async def _tell_everywhere(bot: Bot, place: Place, chosen: Chosen) -> None:
    planned = await plans_seen_by(bot.desk, place.workspace_id, place.person)
    today = bot.today()
    found = [(each, item) for each in planned for item in chosen_items(each, chosen, place.person, today)]
    answer = items_everywhere(found, chosen, viewer=place.person, today=today, command=bot.command)
    await bot.tell(place, answer)


async def press_mine(bot: Bot, press: Press) -> None:
    """The items of whoever presses."""
    await _show(bot, press.asked, press.place, press.reference.assessment, Chosen(MINE))


async def press_more(bot: Bot, press: Press) -> None:
    """The next page of what was shown."""
    about = press.reference
    if about.assessment:
        chosen = Chosen(about.word, about.dimension, about.page)
        await _show(bot, press.asked, press.place, about.assessment, chosen)
    elif about.channel:
        await _more_of_channel(bot, press, Chosen(about.word, about.dimension, about.page))
    else:
        await _tell_everywhere(bot, press.place, Chosen(about.word, page=about.page))


async def _more_of_channel(bot: Bot, press: Press, chosen: Chosen) -> None:
    workspace_id, channel_id = press.place.workspace_id, press.reference.channel
    assessment = await latest_in(bot.database, workspace_id, channel_id)
    if assessment is None or not await bot.members.inside(workspace_id, channel_id, press.place.person):
        return
    await _tell_all(bot, press.place, await plans_to_show(bot.database, workspace_id, assessment), chosen)


async def _show(bot: Bot, asked: Asked, place: Place, assessment_id: str, chosen: Chosen) -> None:
    await _tell(bot, place, await see_plan(bot.desk, asked, assessment_id), chosen)


async def _tell_all(bot: Bot, place: Place, plans: Sequence[Planned], chosen: Chosen) -> None:
    """One plan as such; of several the items together, each with the name of its plan."""
    first = plans[0]
    if len(plans) == 1:
        await _tell(bot, place, first, chosen)
        return
    answer = plans_answer(
        plans,
        chosen,
        channel_id=first.plan.channel_id,
        viewer=place.person,
        today=bot.today(),
        command=bot.command,
    )
    await bot.tell(place, answer)


async def _tell(bot: Bot, place: Place, planned: Planned, chosen: Chosen) -> None:
    today = bot.today()
    items = chosen_items(planned, chosen, place.person, today)
    answer = plan_answer(planned, items, chosen, viewer=place.person, today=today, command=bot.command)
    await bot.tell(place, answer)
