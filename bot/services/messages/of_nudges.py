"""The nudges that people have had, kept in line with what waits for their vote."""

from __future__ import annotations

from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.wanting import OutOfDate, Redraw
from model.assessment.assessment import Assessment
from model.reminders.nudges import no_longer_so
from storage.unit_of_work import UnitOfWork


def nudge_subject(person: str, batch: int) -> str:
    """The subject of a nudge: whom it is for, and which of those to them it is."""
    return f"{person}/{batch}"


async def nudges_changed(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """The nudges that say something else after a step; nothing is asked where no vote waits anew."""
    changed = no_longer_so(before, after)
    if not changed:
        return []
    given = await work.nudges.of_assessment(after.id)
    subjects = {
        nudge_subject(each.person, each.batch) for each in given if (each.prompt_id, each.person) in changed
    }
    return [Redraw(key_of(MessageKind.NUDGE, after.id, subject)) for subject in sorted(subjects)]
