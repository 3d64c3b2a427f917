"""The actions that a workspace can choose from."""

from __future__ import annotations

from functools import lru_cache

from model.framework import Framework
from model.library import Library
from storage.unit_of_work import UnitOfWork


async def library_of(work: UnitOfWork, shipped: Library, framework: Framework) -> Library:
    """The library of a workspace, fitted to a framework; everything that suggests or adds actions asks here.

    Args:
        work: A unit of work or a reading in the workspace.
        shipped: The library that Milepost was started with.
        framework: The framework of the assessment that it is for.
    """
    return _fitted(shipped, framework)


# Fitting a library checks every action anew, and assessments share few frameworks.
@lru_cache(maxsize=8)
def _fitted(library: Library, framework: Framework) -> Library:
    return library.fitted_to(framework)
