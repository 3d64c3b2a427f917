"""What a nudge says, from the state as it is now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from bot.services.calendar.calendars import diary_of, own_settings, working_calendar
from bot.services.desk import Desk
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.reminders.nudge_round import nudged_by
from model.assessment.assessment import Assessment
from model.calendar.working_hours import Diary
from model.reminders.nudges import waits_for
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Nudged:
    """What one nudge is about.

    Attributes:
        prompts: Those of its questions that still wait for the person's vote.
        stopped: Whether they want no more nudges about this assessment.
        wanted: Whether they want nudges at all.
        diary: When they may be written to.
        addresses: Prompt id to the address of its card.
    """

    assessment: Assessment
    prompts: tuple[str, ...]
    stopped: bool
    wanted: bool
    diary: Diary
    addresses: Mapping[str, str]

    @property
    def worth_sending(self) -> bool:
        """Whether somebody who has not got it yet should."""
        return bool(self.prompts) and self.wanted and not self.stopped


async def nudge_now(
    desk: Desk, workspace_id: str, assessment_id: str, subject: str, zone: tzinfo | None
) -> Nudged | None:
    """What a nudge is about, for somebody in this zone; None where its assessment is no more."""
    person, batch = nudged_by(subject)
    async with desk.database.reading(workspace_id) as work:
        assessment = await work.assessments.get(assessment_id)
        if assessment is None:
            return None
        given = await work.nudges.of_assessment(assessment_id)
        about = {each.prompt_id for each in given if (each.person, each.batch) == (person, batch)}
        prompts = tuple(
            each.prompt_id
            for each in assessment.prompts
            if each.prompt_id in about and waits_for(assessment, each, person)
        )
        calendar = await working_calendar(work, desk.rules.nation)
        return Nudged(
            assessment,
            prompts,
            stopped=person in await work.nudges.stopped(assessment_id),
            wanted=(await own_settings(work, person)).nudges,
            diary=await diary_of(work, calendar, person, zone or desk.rules.zone),
            addresses=await _addresses(work, assessment, prompts),
        )


async def _addresses(work: UnitOfWork, assessment: Assessment, prompts: Iterable[str]) -> dict[str, str]:
    installation = await work.installation.get()
    if installation is None or not installation.address:
        return {}
    keys = {key_of(MessageKind.PROMPT, assessment.id, each): each for each in prompts}
    rows = await work.messages.of_assessment(assessment.id)
    return {
        keys[row.key]: message_address(installation.address, row.channel_id, row.ts)
        for row in rows
        if row.key in keys and row.ts is not None
    }
