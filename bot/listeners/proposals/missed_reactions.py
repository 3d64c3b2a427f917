"""Reactions to a proposal that nobody heard of, while the bot was down: counted once after each start.

The first who reacts to a draft, or presses its buttons, brings it in line with what Slack shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

from bot.conversation.emoji import Meaning, emoji_name
from bot.conversation.written_message import SOMEBODY_ELSE
from bot.listeners.handling.reading import MessageNotThere, MessageUnread, read_message
from bot.running.bot import Bot
from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.proposals.places import place_of_card
from bot.services.proposals.stepping import see_proposal, take_proposal_step
from model.proposals.missed_signs import missed_signs
from model.proposals.proposal import Mark, Proposal, ProposalState
from model.proposals.steps import Support, TakeSupportBack

ON_MESSAGE, ON_CARD = "message:", "card:"
# Thumbs up, whatever their colour; on a card only, so that they may mean something else on other messages.
SUPPORTS = frozenset({"+1"})
_OPEN = frozenset({ProposalState.DRAFT, ProposalState.WITHDRAWN})


def counted(bot: Bot, workspace_id: str, proposal_id: str) -> bool:
    """Whether its reactions were not counted since the bot started; from now on they were."""
    return bot.once.first((workspace_id, proposal_id))


@asynccontextmanager
async def caught_up(bot: Bot, asked: Asked, proposal_id: str, sign: str = "") -> AsyncIterator[None]:
    """Count what was missed around a step, whose own sign is left to it.

    Support that was missed comes first, and what was taken back last, so that nothing is withdrawn meanwhile.
    """
    missed = await _missed(bot, asked, proposal_id)
    missed = [each for each in missed if (each.person, each.sign) != (asked.person, sign)]
    await _count(bot, asked, proposal_id, [each for each in missed if each.on])
    yield
    await _count(bot, asked, proposal_id, [each for each in missed if not each.on])


async def _missed(bot: Bot, asked: Asked, proposal_id: str) -> list[Mark]:
    try:
        seen = await see_proposal(bot.desk, asked, proposal_id)
    except (NoSuchAssessment, Refused):
        return []
    proposal = seen.proposal
    if proposal.state not in _OPEN or not counted(bot, asked.workspace_id, proposal_id):
        return []
    proposing = {name for name, meaning in bot.emoji.items() if meaning is Meaning.PROPOSAL}
    found: list[Mark] = []
    try:
        if proposal.source is not None and not proposal.source.deleted:
            where = (proposal.source.channel_id, proposal.source.ts)
            found += await _at(bot, asked, proposal, where, ON_MESSAGE, proposing)
        card = await place_of_card(bot.database, asked.workspace_id, proposal)
        if card is not None:
            found += await _at(bot, asked, proposal, card, ON_CARD, SUPPORTS)
    except MessageUnread:
        # Slack may tell the next time.
        bot.once.forget((asked.workspace_id, proposal_id))
        return []
    return found


async def _at(
    bot: Bot, asked: Asked, proposal: Proposal, where: tuple[str, str], place: str, emoji: Collection[str]
) -> tuple[Mark, ...]:
    """What was missed of the reactions to one message."""
    try:
        written = await read_message(bot, asked.workspace_id, *where)
    except MessageNotThere:
        return ()
    people = await persons(bot, asked.workspace_id, frozenset().union(*written.reactions.values()))
    return missed_signs(
        proposal,
        place,
        {f"{place}{name}": givers & people for name, givers in written.reactions.items()},
        counting={f"{place}{name}" for name in written.reactions if emoji_name(name) in emoji},
        unsure={f"{place}{name}" for name, givers in written.reactions.items() if SOMEBODY_ELSE in givers},
        begins=written.at,
    )


async def persons(bot: Bot, workspace_id: str, people: Collection[str]) -> frozenset[str]:
    """Those who are people, and no apps as we are."""
    asked = sorted(set(people) - {bot.bot_user(workspace_id), SOMEBODY_ELSE})
    slack = bot.slack_of(workspace_id)
    facts = await asyncio.gather(*(bot.people.facts(slack, workspace_id, each) for each in asked))
    return frozenset(person for person, about in zip(asked, facts, strict=True) if not about.is_bot)


async def _count(bot: Bot, asked: Asked, proposal_id: str, marks: Collection[Mark]) -> None:
    for mark in marks:
        step = Support(mark.sign, mark.at) if mark.on else TakeSupportBack(mark.sign, mark.at)
        theirs = replace(asked, person=mark.person, key=f"{asked.key}/{mark.person}/{mark.sign}")
        with suppress(NoSuchAssessment, Refused):
            if await take_proposal_step(bot.desk, theirs, proposal_id, step) is not None:
                bot.dispatcher.wake()
