"""Whoever is put on a roster is a person whose account is in use: menus of people list others as well."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from bot.services.membership import Accounts
from model.assessment.steps import AddPeople, GiveLead, SetRole, Step
from model.refusals import Reason, Refusal

# Real seconds: where Slack takes longer to tell, nobody's form waits for it.
_PATIENCE = 3.0


def chosen_in(step: Step) -> tuple[str, ...]:
    """Whom a step gives a role or a lead."""
    match step:
        case AddPeople():
            return step.people
        case SetRole():
            return (step.person,)
        case GiveLead():
            return (step.person,) if step.person else ()
    return ()


async def not_people(
    workspace_id: str, chosen: Iterable[str], accounts: Accounts, field: str
) -> Refusal | None:
    """Refuse apps and deactivated accounts; nobody where Slack cannot tell.

    Args:
        workspace_id: The workspace.
        chosen: Users of Slack's.
        accounts: Who knows them.
        field: Where they were chosen, for the refusal.
    """
    users = tuple(dict.fromkeys(chosen))
    try:
        async with asyncio.timeout(_PATIENCE):
            refusals = await asyncio.gather(
                *(_not_a_person(workspace_id, each, accounts, field) for each in users)
            )
    except TimeoutError:
        return None
    return next((each for each in refusals if each is not None), None)


async def deactivated(workspace_id: str, people: Iterable[str], accounts: Accounts) -> frozenset[str]:
    """Those of these people whose accounts are deactivated; nobody where Slack cannot tell."""
    asked = tuple(people)
    try:
        async with asyncio.timeout(_PATIENCE):
            names = await asyncio.gather(
                *(accounts.name_of_deactivated(workspace_id, each) for each in asked)
            )
    except TimeoutError:
        return frozenset()
    return frozenset(each for each, name in zip(asked, names, strict=True) if name is not None)


async def _not_a_person(workspace_id: str, user: str, accounts: Accounts, field: str) -> Refusal | None:
    app = await accounts.name_of_app(workspace_id, user)
    if app is not None:
        return Refusal(Reason.NOT_A_PERSON, part=field, words=app)
    gone = await accounts.name_of_deactivated(workspace_id, user)
    return None if gone is None else Refusal(Reason.DEACTIVATED, part=field, words=gone)
