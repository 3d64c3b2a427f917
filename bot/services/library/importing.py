"""Taking actions from files into the council's own library."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from model.library.council_library import OwnAction, Provenance
from model.library.importing import TAKEN_IN, Arrival, Coming, arrivals
from model.library.library import Action, Library
from storage.database import Database
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Import:
    """Files with actions, and how they are taken in.

    Attributes:
        read: Reads the files, given the actions that those in them may build on.
        shipped: The library that Milepost was started with.
        replace: Whether actions of the council's own that differ are replaced.
    """

    read: Callable[[Sequence[Action]], tuple[Action, ...]]
    shipped: Library
    replace: bool


async def import_actions(
    database: Database, workspace_id: str, what: Import, *, dry_run: bool, at: datetime
) -> tuple[Arrival, ...]:
    """Add what is new, and replace what differs if asked; answers what became, or would become, of each."""
    if dry_run:
        async with database.reading(workspace_id) as work:
            return await _compared(work, what)
    async with database.unit_of_work(workspace_id) as work:
        found = await _compared(work, what)
        for each in found:
            if each.coming is Coming.NEW:
                await work.own_library.add(OwnAction(each.action, Provenance(at)))
            elif each.coming in TAKEN_IN:
                await work.own_library.replace(OwnAction(each.action, Provenance(at, changed_at=at)))
        await work.commit()
    return found


async def _compared(work: UnitOfWork, what: Import) -> tuple[Arrival, ...]:
    own = [each.action for each in await work.own_library.all()]
    actions = what.read((*what.shipped.actions, *own))
    return arrivals(actions, what.shipped.actions, own, replace=what.replace)
