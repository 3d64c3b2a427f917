"""Use case of starting an assessment in a channel, and what its last start form said."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import uuid4

from bot.services.asking import Asked
from bot.services.assessment.chosen_people import not_people
from bot.services.assessment.finding import active_in, must_be_in_channel
from bot.services.assessment.still_there import gone_since
from bot.services.desk import Desk
from bot.services.membership import any_inside
from bot.services.messages.of_assessments import out_of_date
from bot.services.messages.wanting import want_all
from bot.services.recording import allowed, record_once
from bot.services.setting_scopes import scope_of_channel
from model.assessment.assessment import Assessment, Mode, Role
from model.assessment.roster import ERASED
from model.assessment.starting import begin
from model.assessment.steps import NewAssessment
from model.framework.framework import Framework
from model.refusals import Reason, Refusal
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay
from storage.unit_of_work import UnitOfWork

_REMEMBERED = "start"


class AlreadyRunningHere(Exception):
    """The channel has an assessment under way."""

    def __init__(self, running: Assessment) -> None:
        super().__init__(running.id)
        self.running = running


@dataclass(frozen=True)
class RememberedStart:
    """What the last start form of a channel said."""

    kind: str
    mode: str
    scope: tuple[str, ...]
    facilitators: tuple[str, ...]


async def start_assessment(desk: Desk, asked: Asked, new: NewAssessment) -> Assessment | None:
    """Begin an assessment; None when this delivery was handled before.

    Raises:
        Refused: the form does not make an assessment, they are not in the channel, or nobody who is to
            facilitate it could.
        AlreadyRunningHere: the channel has one under way.
    """
    if new.channel_id:
        await must_be_in_channel(desk, asked, new.channel_id)
    told = _Told(
        await _cannot_lead(desk, asked.workspace_id, new),
        await gone_since(desk, asked.workspace_id, new.channel_id),
    )
    try:
        return await record_once(desk.database, asked, lambda work: _start(work, desk, asked, new, told))
    except AlreadyUnderWay:
        running = await active_in(desk.database, asked.workspace_id, new.channel_id)
        if running is None:
            raise
        raise AlreadyRunningHere(running) from None


@dataclass(frozen=True)
class _Told:
    """What Slack tells of people before the transaction: whether they can lead, and who is gone."""

    refusal: Refusal | None
    gone: frozenset[str]


async def _cannot_lead(desk: Desk, workspace_id: str, new: NewAssessment) -> Refusal | None:
    refusal = await not_people(workspace_id, new.facilitators, desk.accounts, "facilitators")
    if refusal is not None or not new.channel_id:
        return refusal
    inside = await any_inside(desk.membership, workspace_id, new.channel_id, new.facilitators)
    return None if inside else Refusal(Reason.FACILITATORS_OUTSIDE)


async def _start(work: UnitOfWork, desk: Desk, asked: Asked, new: NewAssessment, told: _Told) -> Assessment:
    outcome = begin(
        await _with_last_time(work, new, desk.framework, told.gone),
        assessment_id=uuid4().hex,
        framework=desk.framework,
        by=asked.person,
        at=asked.at,
        today=desk.today(asked.at),
    )
    begun = allowed(outcome)
    allowed(told.refusal)
    assessment = begun.assessment
    await work.assessments.add(assessment, begun.entries)
    await want_all(work, out_of_date(None, assessment), asked.at)
    remembered = {
        "kind": assessment.kind.value,
        "mode": assessment.mode.value,
        "scope": list(assessment.scope),
        "facilitators": list(assessment.facilitators),
    }
    await work.settings.put(scope_of_channel(new.channel_id), _REMEMBERED, remembered)
    return assessment


async def _with_last_time(
    work: UnitOfWork, new: NewAssessment, framework: Framework, gone: frozenset[str]
) -> NewAssessment:
    """The same with who took part last time in this channel and is still there, and what was found then."""
    last = await work.assessments.latest_in(new.channel_id)
    if last is None:
        return new
    return replace(
        new,
        assessors=tuple(each for each in last.assessors if each not in gone),
        observers=tuple(each for each in last.people(Role.OBSERVER) if each not in gone),
        previous=await work.assessments.closed_before(new.channel_id, framework.id),
    )


async def remembered_start(database: Database, workspace_id: str, channel_id: str) -> RememberedStart | None:
    """What the last start form of this channel said, to fill the next one in."""
    async with database.reading(workspace_id) as work:
        value = await work.settings.get(scope_of_channel(channel_id), _REMEMBERED)
    if not isinstance(value, dict):
        return None
    return RememberedStart(
        kind=str(value.get("kind", "")),
        # What was remembered before there was a choice says nothing about it.
        mode=str(value.get("mode", Mode.QUICK.value)),
        scope=tuple(value.get("scope", ())),
        facilitators=tuple(each for each in value.get("facilitators", ()) if not each.startswith(ERASED)),
    )
