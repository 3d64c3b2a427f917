"""Proposals by a reaction: the first proposes a message, the others support, and so do thumbs on the card.

Nobody is answered who may not, and nothing is said of a reaction that means nothing: a reaction is a small
thing, and the card shows what came of it.
"""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace

from bot.conversation.emoji import Meaning
from bot.conversation.written_message import Written
from bot.listeners.handling.payloads import Reacted
from bot.listeners.handling.reading import MessageNotThere, read_message
from bot.listeners.proposals.missed_reactions import ON_CARD, ON_MESSAGE, caught_up, counted, persons
from bot.log import logger
from bot.running.bot import Bot
from bot.services.asking import Asked, NoSuchAssessment, Refused
from bot.services.proposals.places import Standing, standing_at
from bot.services.proposals.proposing import ToPropose, make_proposal, why_not_propose
from bot.services.proposals.stepping import ProposalStepTaken, take_proposal_step
from bot.services.recording import first_time
from bot.views.proposals.receipts import NOTHING_SAID
from model.assessment.assessment import Assessment
from model.proposals.proposal import Mark, Source
from model.proposals.steps import Support, TakeSupportBack

_log = logger(__name__)


async def is_card(bot: Bot, reacted: Reacted) -> bool:
    """Whether the reaction is on a proposal's card."""
    return (await _standing(bot, reacted)).card


async def propose_reacted(bot: Bot, reacted: Reacted) -> None:
    """Propose a message, or support what was proposed of it."""
    # A dozen who react at once: the first reads the message, and the others find its proposal.
    async with bot.turns.turn((reacted.asked.workspace_id, reacted.channel_id, reacted.ts)):
        standing = await _standing(bot, reacted)
        if standing.proposal is not None:
            step = Support(_sign(standing, reacted), reacted.given_at)
            await _step(bot, reacted, standing.proposal.id, step)
        elif standing.assessment is not None and not standing.ours:
            await _propose(bot, reacted, standing.assessment)


async def take_reaction_back(bot: Bot, reacted: Reacted) -> None:
    """Take the support back that a reaction gave."""
    async with bot.turns.turn((reacted.asked.workspace_id, reacted.channel_id, reacted.ts)):
        standing = await _standing(bot, reacted)
        if standing.proposal is not None:
            step = TakeSupportBack(_sign(standing, reacted), reacted.given_at)
            await _step(bot, reacted, standing.proposal.id, step)


async def _step(bot: Bot, reacted: Reacted, proposal_id: str, step: Support | TakeSupportBack) -> None:
    async with caught_up(bot, reacted.asked, proposal_id, step.sign):
        await _quietly(bot, take_proposal_step(bot.desk, reacted.asked, proposal_id, step))


async def _propose(bot: Bot, reacted: Reacted, assessment: Assessment) -> None:
    asked = reacted.asked
    refusal = await why_not_propose(bot.desk, asked, assessment)
    if refusal is not None:
        _log.debug("reaction_passed_over", why=refusal.reason.value)
        return
    try:
        written = await read_message(bot, asked.workspace_id, reacted.channel_id, reacted.ts)
    except MessageNotThere:
        return
    # It may have been taken off again, which was heard first or is still to come.
    ours = written.author == bot.bot_user(asked.workspace_id)
    if ours or not written.given_by(asked.person, reacted.emoji):
        return
    what = await to_propose(bot, asked, assessment, written, _on_message(reacted.name))
    if not what.text:
        if await first_time(bot.database, asked):
            place = replace(reacted.place, thread_ts=written.thread_ts)
            await bot.tell(place, NOTHING_SAID.format(command=bot.command))
        return
    made = await _quietly(bot, make_proposal(bot.desk, asked, replace(what, signed_at=reacted.given_at)))
    if made is not None:
        counted(bot, asked.workspace_id, made.after.id)


async def to_propose(
    bot: Bot, asked: Asked, assessment: Assessment, written: Written, sign: str
) -> ToPropose:
    """A message as something to propose, with the reactions that it has already.

    Of a message without words, the names of its files are proposed.
    """
    source = Source(
        channel_id=written.channel_id,
        ts=written.ts,
        thread_ts=written.thread_ts,
        author=written.author if written.by_person else None,
    )
    given = await _given(bot, asked.workspace_id, written)
    return ToPropose(assessment.id, words_of(written), sign, written.at, source, given=given)


async def _given(bot: Bot, workspace_id: str, written: Written) -> tuple[Mark, ...]:
    """The reactions of people that a message has already: some came before us, or while we were away.

    Slack does not tell when they were given. With the moment of the message, whatever is heard of one of
    them from now on is newer.
    """
    emoji = frozenset(name for name, meaning in bot.emoji.items() if meaning is Meaning.PROPOSAL)
    given = written.given(emoji)
    people = await persons(bot, workspace_id, {person for person, _ in given})
    return tuple(
        Mark(person, _on_message(name), True, written.at) for person, name in given if person in people
    )


def words_of(written: Written) -> str:
    """What a message says, in plain words."""
    return written.text.strip() or ", ".join(written.files)


async def _standing(bot: Bot, reacted: Reacted) -> Standing:
    return await standing_at(bot.database, reacted.asked.workspace_id, reacted.channel_id, reacted.ts)


def _sign(standing: Standing, reacted: Reacted) -> str:
    """With the skin tone: a person may give two, and take one off."""
    return f"{ON_CARD}{reacted.name}" if standing.card else _on_message(reacted.name)


def _on_message(name: str) -> str:
    return f"{ON_MESSAGE}{name}"


async def _quietly(bot: Bot, taking: Awaitable[ProposalStepTaken | None]) -> ProposalStepTaken | None:
    taken = None
    try:
        taken = await taking
    except Refused as refused:
        _log.debug("reaction_passed_over", why=refused.refusal.reason.value)
    except NoSuchAssessment:
        _log.debug("reaction_passed_over", why="no_assessment")
    if taken is not None:
        bot.dispatcher.wake()
    return taken
