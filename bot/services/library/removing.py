"""Taking an action out of the council's own library. Plans that hold it keep what they hold."""

from __future__ import annotations

from bot.services.asking import Asked, Refused
from bot.services.messages.of_proposals import card_of
from bot.services.messages.wanting import want_all
from bot.services.recording import record_once
from model.errors import UnknownAction
from model.library.council_library import OwnAction
from model.proposals.editing import taken_out
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def may_remove(database: Database, asked: Asked) -> bool:
    """Whether somebody may take actions out: whoever facilitates: the library is the council's."""
    async with database.reading(asked.workspace_id) as work:
        return await work.participants.facilitates(asked.person)


async def own_to_remove(database: Database, asked: Asked, action_id: str) -> OwnAction:
    """An action that somebody may take out.

    Raises:
        UnknownAction: it is not one of the council's own, or not any more.
        Refused: they facilitate nothing.
    """
    async with database.reading(asked.workspace_id) as work:
        return await _removable(work, asked, action_id)


async def remove_own_action(database: Database, asked: Asked, action_id: str) -> OwnAction | None:
    """Take an action out of the library; None when this delivery was handled before.

    A proposal that was taken in as this action can be taken in anew.

    Raises:
        UnknownAction: it is not one of the council's own, or not any more.
        Refused: they facilitate nothing.
    """

    async def remove(work: UnitOfWork) -> OwnAction:
        own = await _removable(work, asked, action_id)
        await work.own_library.remove(own, asked.person, asked.at)
        for proposal_id in await work.proposals.accepted_as(action_id):
            before = await work.proposals.lock(proposal_id)
            if before is not None:
                taken = taken_out(before, asked.person, asked.at)
                await work.proposals.save(before, taken.proposal, taken.entries)
                await want_all(work, [card_of(taken.proposal)], asked.at)
        return own

    return await record_once(database, asked, remove)


async def _removable(work: UnitOfWork, asked: Asked, action_id: str) -> OwnAction:
    own = await work.own_library.get(action_id)
    if own is None:
        raise UnknownAction(action_id)
    if not await work.participants.facilitates(asked.person):
        raise Refused(Refusal(Reason.NOT_FACILITATING))
    return own
