"""The plan by a reaction: given to a suggestion, it is added; taken off, the plan stays as it is."""

from __future__ import annotations

from dataclasses import replace

from bot.conversation.where_to_answer import Place
from bot.listeners.handling.payloads import Reacted
from bot.listeners.suggestions.cards import add_suggested
from bot.running.bot import Bot
from bot.services.plan.stepping import find_plan
from bot.services.recording import first_time
from bot.services.suggestions.suggesting import SuggestedAt, suggestion_at
from bot.views.suggestions.receipts import stays_receipt


async def plan_reacted(bot: Bot, reacted: Reacted) -> None:
    """Add what was suggested. On any other message the emoji means nothing to us."""
    found = await _suggestion(bot, reacted)
    if found is not None:
        await add_suggested(bot, reacted.asked, _thread(reacted, found), found.assessment_id, found.action_id)


async def stays_in_plan(bot: Bot, reacted: Reacted) -> None:
    """Say that a reaction taken off drops nothing: others may have begun."""
    found = await _suggestion(bot, reacted)
    if found is None:
        return
    planned = await find_plan(bot.database, reacted.asked.workspace_id, found.assessment_id)
    if planned.plan.item_from(found.action_id) is not None and await first_time(bot.database, reacted.asked):
        await bot.tell(_thread(reacted, found), stays_receipt(bot.command))


async def _suggestion(bot: Bot, reacted: Reacted) -> SuggestedAt | None:
    return await suggestion_at(bot.database, reacted.asked.workspace_id, reacted.channel_id, reacted.ts)


def _thread(reacted: Reacted, found: SuggestedAt) -> Place:
    return replace(reacted.place, thread_ts=found.thread_ts)
