"""The word `whatif`: why this level, and what would change it."""

from __future__ import annotations

from bot.listeners.handling.said import Said
from bot.running.bot import Bot
from bot.services.messages.of_reviews import whole_as_it_stands
from bot.views.results.what_if import how_to_ask, what_if_answer
from model.assessment.assessment import Assessment
from model.calculation.what_if import what_if
from model.calculation.what_if_question import read_question


async def tell_what_if(bot: Bot, said: Said, assessment: Assessment) -> None:
    """What other levels would change; without words, how to ask."""
    assessment = await whole_as_it_stands(bot.database, said.place.workspace_id, assessment)
    question = read_question(assessment.framework, assessment.scope, said.text)
    if not (question.wished or question.unclear):
        await bot.tell(said.place, how_to_ask(assessment, bot.command))
        return
    result = what_if(assessment.framework, assessment.levels(), question.wished, assessment.scope)
    await bot.tell(said.place, what_if_answer(assessment, result, question.unclear, bot.command))
