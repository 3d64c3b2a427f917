"""The actions that a workspace can choose from: those Milepost was started with, and the council's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from model.framework.framework import Framework
from model.library.council_library import Provenance, with_own
from model.library.library import Library
from storage.database import Database
from storage.unit_of_work import UnitOfWork


async def library_of(work: UnitOfWork, shipped: Library, framework: Framework) -> Library:
    """The library of a workspace, fitted to a framework; everything that suggests or adds actions asks here.

    Args:
        work: A unit of work or a reading in the workspace.
        shipped: The library that Milepost was started with.
        framework: The framework of the assessment that it is for.
    """
    own = tuple(each.action for each in await work.own_library.all())
    return with_own(_fitted(shipped, framework), own, framework)


@dataclass(frozen=True)
class Choice:
    """All actions of a workspace, and where those of the council's own came from, by their ids."""

    library: Library
    own: Mapping[str, Provenance]


async def choice_of(database: Database, workspace_id: str, shipped: Library, framework: Framework) -> Choice:
    """What a workspace can choose from, to show."""
    async with database.reading(workspace_id) as work:
        library = await library_of(work, shipped, framework)
        own = await work.own_library.all()
    shown = {each.id for each in library.actions} - {each.id for each in shipped.actions}
    return Choice(library, {each.action.id: each.provenance for each in own if each.action.id in shown})


# Fitting a library checks every action anew, and assessments share few frameworks.
@lru_cache(maxsize=8)
def _fitted(library: Library, framework: Framework) -> Library:
    return library.fitted_to(framework)
