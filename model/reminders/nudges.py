"""Who is to be told, and when, that a question waits for their vote.

Only assessors whose vote is waited for, only while the assessment runs in together mode and the question is
asked and not revealed, and not after the closing date. The first nudge comes when so many hours of the
person's own working time have passed since the question was asked (or this round began, or they joined, or
the assessment was resumed), the second as long after the first; there is no third, whatever rounds follow.
Working time does not pass on quiet days or while they are away, so that nobody finds a nudge on their first
morning back. Several questions are one message, and messages to one person about one assessment are some
hours apart, so that what falls due in the meantime is in the next one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from model.assessment.assessment import Assessment, AssessmentState, Mode, PromptProgress, PromptState
from model.calendar.working_hours import Diary

MOST_NUDGES = 2
# Of working time, between two messages; less where nudges come sooner anyway.
LEAST_BETWEEN = timedelta(hours=4)


@dataclass(frozen=True)
class Nudge:
    """That somebody was told of a question; `number` is 1 or 2, `batch` counts the messages to them."""

    prompt_id: str
    person: str
    number: int
    batch: int
    at: datetime


def waits_for(assessment: Assessment, prompt: PromptProgress, person: str) -> bool:
    """Whether somebody may be told that a question waits for their vote."""
    return (
        assessment.mode is Mode.TOGETHER
        and assessment.state is AssessmentState.RUNNING
        and prompt.state is PromptState.ASKED
        and person in assessment.waiting_for(prompt.prompt_id)
    )


def waited_for(assessment: Assessment) -> tuple[str, ...]:
    """Everybody for whose vote some question waits, in the order of the roster."""
    waiting = [each for each in assessment.prompts if each.state is PromptState.ASKED]
    return tuple(
        person
        for person in assessment.assessors
        if any(waits_for(assessment, prompt, person) for prompt in waiting)
    )


def no_longer_so(before: Assessment, after: Assessment) -> frozenset[tuple[str, str]]:
    """Prompt and person wherever a vote waits no more, or waits again, so that a nudge says otherwise."""
    return _waiting(before) ^ _waiting(after)


def _waiting(assessment: Assessment) -> frozenset[tuple[str, str]]:
    return frozenset(
        (prompt.prompt_id, person)
        for prompt in assessment.prompts
        if prompt.state is PromptState.ASKED
        for person in assessment.assessors
        if waits_for(assessment, prompt, person)
    )


def due_nudges(
    assessment: Assessment, person: str, given: Iterable[Nudge], diary: Diary, after: timedelta, now: datetime
) -> tuple[Nudge, ...]:
    """The nudges that one message to somebody now should make; none when it is not the time.

    Args:
        assessment: The state.
        person: Whom it is about.
        given: The nudges of this assessment so far.
        diary: When the person works.
        after: How much working time is to pass first.
        now: The moment.
    """
    before = [each for each in given if each.person == person]
    over = assessment.closing_date is not None and diary.day_of(now) > assessment.closing_date
    if over or not diary.is_working(now) or _too_soon(before, diary, after, now):
        return ()
    batch = max((each.batch for each in before), default=0) + 1
    return tuple(
        Nudge(prompt.prompt_id, person, number, batch, now)
        for prompt in assessment.prompts
        if waits_for(assessment, prompt, person)
        and (number := _next_number(before, prompt)) <= MOST_NUDGES
        and diary.working_time(_since(assessment, prompt, person, before), now) >= after
    )


def _too_soon(before: Sequence[Nudge], diary: Diary, after: timedelta, now: datetime) -> bool:
    if not before:
        return False
    last = max(each.at for each in before)
    return diary.working_time(last, now) < min(after, LEAST_BETWEEN)


def _next_number(before: Sequence[Nudge], prompt: PromptProgress) -> int:
    return sum(each.prompt_id == prompt.prompt_id for each in before) + 1


def _since(assessment: Assessment, prompt: PromptProgress, person: str, before: Sequence[Nudge]) -> datetime:
    """The moment from which working time counts."""
    participant = assessment.participant(person)
    moments = (
        assessment.started_at,
        assessment.state_changed_at,
        prompt.asked_at,
        None if participant is None else participant.joined_at,
        *(each.at for each in before if each.prompt_id == prompt.prompt_id),
    )
    return max(each for each in moments if each is not None)
