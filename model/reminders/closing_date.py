"""What is still open in an assessment as its closing date comes near, and when its facilitators hear of it.

One working day before the closing date and on it, as `model.reminders.schedule` moves such things: by working
days, in the facilitator's own hours, outside quiet days and days away. What would be a week late is not said
any more.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from model.assessment.assessment import Assessment, AssessmentState, DimensionState, PromptState
from model.calendar.working_hours import Diary
from model.reminders.occasions import Due, ReminderSettings
from model.reminders.schedule import due_now, schedule

_SETTINGS = ReminderSettings(before=(1,), overdue=0)
_LATEST = timedelta(days=7)


@dataclass(frozen=True)
class StillOpen:
    """What is open in one dimension.

    Attributes:
        opened: Whether it was opened; if not, the rest is empty.
        unanswered: How many of its questions have no answer yet.
        to_agree: How many of these are revealed, so that a level is to be agreed.
        put_off: How many of these were put off.
        waiting_for: Whose votes are waited for.
        to_confirm: Whether its level is to be confirmed, since all is answered.
    """

    dimension_id: str
    opened: bool = True
    unanswered: int = 0
    to_agree: int = 0
    put_off: int = 0
    waiting_for: tuple[str, ...] = ()
    to_confirm: bool = False


def still_open(assessment: Assessment) -> tuple[StillOpen, ...]:
    """What is open, dimension by dimension; nothing when every one is confirmed."""
    found = []
    for dimension in assessment.dimensions:
        if dimension.state is DimensionState.CONFIRMED:
            continue
        if dimension.state is DimensionState.NOT_OPENED:
            found.append(StillOpen(dimension.dimension_id, opened=False))
            continue
        states = [prompt.state for prompt in dimension.prompts]
        waiting = {
            person
            for prompt in dimension.prompts
            if prompt.state is PromptState.ASKED
            for person in assessment.waiting_for(prompt.prompt_id)
        }
        found.append(
            StillOpen(
                dimension.dimension_id,
                unanswered=len(states) - dimension.answered_count,
                to_agree=states.count(PromptState.REVEALED),
                put_off=states.count(PromptState.PUT_OFF),
                waiting_for=tuple(each for each in assessment.assessors if each in waiting),
                to_confirm=dimension.state is DimensionState.ANSWERED,
            )
        )
    return tuple(found)


def closing_due(
    assessment: Assessment, person: str, said: Collection[str], diary: Diary, now: datetime
) -> Due | None:
    """What a facilitator is to be told now about the closing date, if anything.

    Args:
        assessment: The state; a paused one waits until it is resumed.
        person: The facilitator.
        said: The keys of the occasions that were told to them for this date.
        diary: When they work.
        now: The moment.
    """
    participant = assessment.participant(person)
    closing, running = assessment.closing_date, assessment.state is AssessmentState.RUNNING
    if closing is None or participant is None or not running or not still_open(assessment):
        return None
    since = max(assessment.started_at, participant.joined_at)
    # Whoever has just begun something for today, or taken it on, knows.
    if closing <= diary.day_of(since):
        return None
    due = due_now(schedule(closing, since, diary=diary, settings=_SETTINGS), said, now, diary=diary)
    return None if due is None or now - due.planned > _LATEST else due
