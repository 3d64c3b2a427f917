"""Reactions: what each emoji means is a setting, and what each meaning does is listed here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from slack_bolt.async_app import AsyncApp

from bot.conversation.emoji import Meaning
from bot.listeners.evidence.reactions import log_reacted, take_back
from bot.listeners.handling.handling import Handling
from bot.listeners.handling.payloads import Reacted
from bot.listeners.proposals.missed_reactions import SUPPORTS
from bot.listeners.proposals.reactions import is_card, propose_reacted, take_reaction_back
from bot.listeners.suggestions.reactions import plan_reacted, stays_in_plan
from bot.log import logger
from bot.running.bot import Bot

_log = logger(__name__)
Handler = Callable[[Bot, Reacted], Awaitable[None]]


@dataclass(frozen=True)
class OnReaction:
    """What happens when somebody gives a message an emoji of one meaning, and when they take it off."""

    added: Handler
    removed: Handler


_DOES: Mapping[Meaning, OnReaction] = {
    Meaning.EVIDENCE: OnReaction(log_reacted, take_back),
    Meaning.PLAN: OnReaction(plan_reacted, stays_in_plan),
    Meaning.PROPOSAL: OnReaction(propose_reacted, take_reaction_back),
    Meaning.SUPPORT: OnReaction(propose_reacted, take_reaction_back),
}


def register(app: AsyncApp, handling: Handling) -> None:
    """Listen to reactions. Bolt runs one listener for an event, so that these two give them out."""
    app.event("reaction_added")(handling.reaction(added))
    app.event("reaction_removed")(handling.reaction(removed))


async def added(bot: Bot, reacted: Reacted) -> None:
    """Most reactions mean nothing to us, and our own never do."""
    meaning = await _meaning(bot, reacted)
    if meaning is not None:
        await _DOES[meaning].added(bot, reacted)


async def removed(bot: Bot, reacted: Reacted) -> None:
    """The same for one that was taken off."""
    meaning = await _meaning(bot, reacted)
    if meaning is not None:
        await _DOES[meaning].removed(bot, reacted)


async def _meaning(bot: Bot, reacted: Reacted) -> Meaning | None:
    """What a reaction asks for; nothing where an app gave it, or somebody who is not in the channel."""
    meaning = bot.emoji.get(reacted.emoji)
    if reacted.emoji in SUPPORTS and await is_card(bot, reacted):
        meaning = Meaning.SUPPORT
    workspace_id, person, channel_id = reacted.asked.workspace_id, reacted.asked.person, reacted.channel_id
    if meaning is None or person == bot.bot_user(workspace_id) or not reacted.ts:
        _log.debug("reaction_passed_over", why="means_nothing")
        return None
    if not await bot.members.inside(workspace_id, channel_id, person):
        _log.debug("reaction_passed_over", why="outside")
        return None
    facts = await bot.people.facts(bot.slack_of(workspace_id), workspace_id, person)
    return None if facts.is_bot else meaning
