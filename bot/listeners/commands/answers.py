"""The answers of words that are about an assessment and belong to no other subject."""

from __future__ import annotations

from collections.abc import Callable

from bot.listeners.commands.word import AnswerAboutOne
from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.assessment.last_time import find_last_time
from bot.services.assessment.stepping import take_step
from bot.services.messages.of_reviews import as_it_stands
from bot.services.messages.places import board_address
from bot.views.assessment.status import status
from bot.views.offers import Offered, offer
from bot.views.results.results import scores
from model.assessment.assessment import Assessment
from model.assessment.steps import Step


async def tell_status(bot: Bot, said: Said, assessment: Assessment) -> None:
    """Where it is, and what is missing."""
    address = await board_address(bot.database, said.place.workspace_id, assessment.id)
    now = await as_it_stands(bot.database, said.place.workspace_id, assessment)
    await bot.tell(said.place, status(now, board_address=address))


async def tell_scores(bot: Bot, said: Said, assessment: Assessment) -> None:
    """The levels so far."""
    last = await find_last_time(bot.database, said.place.workspace_id, assessment)
    now = await as_it_stands(bot.database, said.place.workspace_id, assessment)
    await bot.tell(said.place, scores(now, last))


def offering(offered: Offered) -> AnswerAboutOne:
    """The answer that is a button, for what opens a form."""

    async def answer(bot: Bot, said: Said, assessment: Assessment) -> None:
        await bot.tell(said.place, offer(assessment, offered))

    return answer


def taking(step: Step, receipt: Callable[[Assessment, str], str]) -> AnswerAboutOne:
    """The answer that takes a step; the receipt is made from the state after it and the slash command."""

    async def answer(bot: Bot, said: Said, assessment: Assessment) -> None:
        taken = await take_step(bot.desk, said.asked, assessment.id, step)
        if taken is not None:
            bot.dispatcher.wake()
            await bot.tell(said.place, receipt(taken.after, bot.command))

    return answer
