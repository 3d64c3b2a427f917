"""Use cases of an assessment: take a step in it, look at it. One unit of work each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.services.asking import Asked
from bot.services.assessment.chosen_people import chosen_in, not_people
from bot.services.assessment.finding import must_be_inside
from bot.services.desk import Desk
from bot.services.messages.of_pairs import comparisons_out_of_date
from bot.services.messages.wanting import want_all
from bot.services.messages.watchers import want_changes
from bot.services.recording import allowed, locked, record_once
from model.assessment.assessment import Assessment
from model.assessment.state_machine import take
from model.assessment.steps import Step, Taken
from model.refusals import Refusal
from model.second_team.pair import after_step, pair_of
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class StepTaken:
    """The state before and after a step."""

    before: Assessment
    after: Assessment


async def take_step(desk: Desk, asked: Asked, assessment_id: str, step: Step) -> StepTaken | None:
    """Take one step; None when this delivery was handled before.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: the rules do not allow it, somebody in it is no person, or they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    nobody = await not_people(asked.workspace_id, chosen_in(step), desk.accounts, "people")

    async def change(work: UnitOfWork) -> StepTaken:
        before = await locked(work, assessment_id)
        allowed(nobody, before)
        taken = allowed(take(before, step, by=asked.person, at=asked.at), before)
        return StepTaken(before, await save_step(work, before, taken, by=asked.person, at=asked.at))

    return await record_once(desk.database, asked, change)


async def save_step(
    work: UnitOfWork, before: Assessment, taken: Taken, *, by: str, at: datetime
) -> Assessment:
    """Save what came of a step on a locked assessment, and want what it makes out of date.

    Where a second team works beside the first, that is done for both sides, with what the step on one brings
    with it on the other.

    Returns:
        The state after it.
    """
    other = await work.assessments.other_side(before)
    if other is None:
        await save_side(work, before, taken, at)
        return taken.assessment
    mine, theirs = after_step(taken, other, by, at)
    await save_side(work, before, mine, at)
    await save_side(work, other, theirs, at)
    stale = await comparisons_out_of_date(
        work, pair_of(before, other), pair_of(mine.assessment, theirs.assessment)
    )
    await want_all(work, stale, at)
    return mine.assessment


async def save_side(work: UnitOfWork, before: Assessment, taken: Taken, at: datetime) -> None:
    """Save one locked assessment alone, and want what it makes out of date; see `save_step`."""
    await work.assessments.save(before, taken.assessment, taken.entries)
    await want_changes(work, before, taken.assessment, at)


def why_not(assessment: Assessment, asked: Asked, step: Step) -> Refusal | None:
    """Why a step would be refused now, to say so before somebody fills in a form for it."""
    outcome = take(assessment, step, by=asked.person, at=asked.at)
    return outcome if isinstance(outcome, Refusal) else None
