"""The words `plan export`: the plan as files, in a direct message to whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot.conversation.where_to_answer import Place
from bot.exports.plan_calendar import plan_calendar
from bot.exports.plan_csv import plan_csv
from bot.listeners.handling.private_files import send_privately
from bot.running.bot import Bot
from bot.services.asking import Asked
from bot.services.plan.stepping import plans_seen_by, see_plan
from bot.services.recording import first_time
from bot.views.plan.export import export_note, exported_receipt, nothing_to_export, which_plan
from model.plan.plan_in_context import Planned


async def send_plan(bot: Bot, asked: Asked, place: Place, assessment_id: str) -> None:
    """Send the files, if there is something to send and they are in the channel."""
    planned = await see_plan(bot.desk, asked, assessment_id)
    if not planned.plan.items:
        await bot.tell(place, nothing_to_export(bot.command))
        return
    if not await first_time(bot.database, asked):
        return
    files = await _files(bot, place.workspace_id, planned)
    note = export_note(planned.assessment, bot.today())
    await send_privately(bot, asked, place, files, note, exported_receipt())


async def send_one_of(bot: Bot, asked: Asked, place: Place, words: str) -> None:
    """From a direct message: send the plan that the words name by a part of its title, or the only one."""
    seen = await plans_seen_by(bot.desk, place.workspace_id, place.person)
    await send_among(bot, asked, place, seen, words, "plan export")


async def send_among(
    bot: Bot, asked: Asked, place: Place, plans: Sequence[Planned], words: str, written: str
) -> None:
    """Send the plan that the words name by a part of its title, or the only one with something in it.

    Args:
        bot: The bot.
        asked: Who asks.
        place: Where they are.
        plans: Which could be meant.
        words: What was said after `written`.
        written: What to write before a title.
    """
    found = [each for each in plans if each.plan.items]
    named = [each for each in found if words and words in each.assessment.title.casefold()]
    meant = named or found
    if not meant:
        await bot.tell(place, nothing_to_export(bot.command))
    elif len(meant) > 1:
        await bot.tell(place, which_plan([each.assessment for each in meant], written))
    else:
        await send_plan(bot, asked, place, meant[0].assessment.id)


async def _files(bot: Bot, workspace_id: str, planned: Planned) -> list[tuple[str, bytes]]:
    names = await bot.people.names(bot.slack_of(workspace_id), workspace_id, _people_on(planned))
    return [
        ("plan.ics", plan_calendar(planned, at=bot.clock.now())),
        ("plan.csv", plan_csv(planned, names.known, bot.zone)),
    ]


def _people_on(planned: Planned) -> Iterable[str]:
    items = planned.plan.items
    return {
        person
        for item in items
        for person in (*item.owners, item.sponsor, item.added_by)
        if person is not None
    }
