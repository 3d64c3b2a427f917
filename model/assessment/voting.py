"""The rules of voting in together mode: hidden votes, the reveal, and voting again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from model.assessment.assessment import (
    REASON_LIMIT,
    Assessment,
    AssessmentState,
    Mode,
    PromptProgress,
    PromptState,
    Role,
    Vote,
)
from model.assessment.guards import is_level, not_leading, too_long
from model.assessment.history import ALL_HAD_VOTED, THE_CLOSING_DATE, Happened, HistoryEntry
from model.assessment.joining import joined, not_with_us
from model.assessment.settling import answerable, ask_next, decided
from model.assessment.steps import Abstain, Outcome, RecordLevel, Reveal, Taken, VoteAgain
from model.refusals import Reason, Refusal


def vote(assessment: Assessment, step: RecordLevel, by: str, at: datetime) -> Outcome:
    """Record a vote, which can be changed until a level is agreed."""
    if not is_level(step.level):
        return Refusal(Reason.LEVEL_OUT_OF_RANGE)
    return _cast(assessment, step.prompt_id, step.level, by, at)


def abstain(assessment: Assessment, step: Abstain, by: str, at: datetime) -> Outcome:
    """Record that a prompt is not for somebody, in place of a vote."""
    return _cast(assessment, step.prompt_id, None, by, at)


def _cast(assessment: Assessment, prompt_id: str, level: int | None, by: str, at: datetime) -> Outcome:
    prompt = answerable(assessment, prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    refusal = (
        _no_vote_from(assessment, by) or not_with_us(assessment, by) or not_undecided(assessment, prompt)
    )
    if refusal is not None:
        return refusal
    earlier = prompt.vote_of(by)
    if earlier is not None and earlier.level == level:
        return Refusal(Reason.VOTE_STANDS, level=level, at=earlier.at)
    arrived = joined(assessment, by, at)
    revealed = prompt.state is PromptState.REVEALED
    voted = prompt.with_vote(Vote(by, level, at, prompt.round, after_reveal=revealed))
    entry = HistoryEntry(
        _what_happened(level, revealed),
        by,
        at,
        dimension_id=assessment.dimension_of(prompt_id).dimension_id,
        prompt_id=prompt_id,
        level_before=None if earlier is None else earlier.level,
        level_after=level,
    )
    taken = Taken(arrived.assessment.with_prompt(voted), (*arrived.entries, entry))
    # Somebody who was not on the roster shows that it was not complete, so theirs is not the last vote; nor
    # is it theirs when they change their mind while colleagues are still about to arrive in the same way.
    changed = earlier is not None and earlier.level is not None
    return taken if arrived.entries or changed else reveal_when_all_voted(taken, prompt_id, by, at)


def _what_happened(level: int | None, revealed: bool) -> Happened:
    if level is None:
        return Happened.ABSTAINED
    return Happened.VOTED_AFTER_REVEAL if revealed else Happened.VOTED


def _no_vote_from(assessment: Assessment, by: str) -> Refusal | None:
    on_roster = assessment.participant(by)
    if on_roster is not None and on_roster.role is Role.OBSERVER:
        return Refusal(Reason.OBSERVERS_WATCH, who_can=assessment.facilitators)
    return None


def not_undecided(assessment: Assessment, prompt: PromptProgress) -> Refusal | None:
    """Refuse because the prompt is agreed, left out or put off; says who can take it up.

    It says by whom too, unless the votes were all the same and so agreed it.
    """
    reasons = {
        PromptState.AGREED: Reason.AGREED_ALREADY,
        PromptState.NOT_APPLICABLE: Reason.LEFT_OUT_ALREADY,
        PromptState.PUT_OFF: Reason.PUT_OFF,
    }
    if prompt.state not in reasons:
        return None
    leaders = assessment.leaders(assessment.dimension_of(prompt.prompt_id).dimension_id)
    return Refusal(
        reasons[prompt.state],
        who_can=leaders,
        by=None if prompt.agreed_by_all else prompt.decided_by,
        at=prompt.decided_at,
        level=prompt.level,
    )


def reveal(assessment: Assessment, step: Reveal, by: str, at: datetime) -> Outcome:
    """Show the votes of a prompt, on the word of whoever leads."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    dimension = assessment.dimension_of(step.prompt_id)
    refusal = not_leading(assessment, dimension.dimension_id, by) or not_undecided(assessment, prompt)
    if refusal is not None:
        return refusal
    if prompt.state is PromptState.REVEALED:
        return Refusal(Reason.REVEALED_ALREADY, by=prompt.revealed_by, at=prompt.revealed_at)
    if assessment.held_back(step.prompt_id):
        if prompt.ready_at is not None:
            return Refusal(Reason.WAITS_FOR_OTHER_TEAM, by=prompt.ready_by, at=prompt.ready_at)
        return ready(Taken(assessment, ()), step.prompt_id, by, at)
    if not prompt.levels:
        return Refusal(Reason.NOTHING_TO_REVEAL)
    return revealed(Taken(assessment, ()), step.prompt_id, by, at, what=by)


def reveal_when_all_voted(taken: Taken, prompt_id: str, by: str, at: datetime) -> Taken:
    """Reveal a prompt when no assessor is waited for any more; facilitators are not waited for.

    While another team in the channel has not voted, this side only becomes ready to.
    """
    prompt = taken.assessment.prompt(prompt_id)
    if prompt.state is not PromptState.ASKED or not taken.assessment.assessors:
        return taken
    if taken.assessment.waiting_for(prompt_id):
        return taken
    other = taken.assessment.other
    if not prompt.levels and other is not None and other.linked and not prompt.came_to_light:
        # There is nothing to show here, but the other team waits for nobody of this one any more.
        return ready(taken, prompt_id, by, at)
    return _shown_or_ready(taken, prompt_id, by, at, what=ALL_HAD_VOTED) if prompt.levels else taken


def _shown_or_ready(taken: Taken, prompt_id: str, by: str, at: datetime, *, what: str) -> Taken:
    if taken.assessment.held_back(prompt_id):
        return ready(taken, prompt_id, by, at)
    return revealed(taken, prompt_id, by, at, what=what)


def ready(taken: Taken, prompt_id: str, by: str, at: datetime) -> Taken:
    """Note that a side waits only for the other team; its next prompt is asked meanwhile."""
    prompt = taken.assessment.prompt(prompt_id)
    if prompt.ready_at is not None:
        return taken
    after = taken.assessment.with_prompt(replace(prompt, ready_by=by, ready_at=at))
    dimension = after.dimension_of(prompt_id)
    entry = HistoryEntry(Happened.READY, by, at, dimension_id=dimension.dimension_id, prompt_id=prompt_id)
    return Taken(after.with_dimension(ask_next(dimension, at)), (*taken.entries, entry))


def revealed(taken: Taken, prompt_id: str, by: str, at: datetime, *, what: str) -> Taken:
    """Show the votes of a prompt that has some, and agree the level where all are the same.

    `by` is whose step brought it about, and `what` is what revealed them: a person who asked for it, or one
    of those in `model.assessment.history` that are none.
    """
    assessment = taken.assessment
    prompt = assessment.prompt(prompt_id)
    shown = replace(
        prompt,
        state=PromptState.REVEALED,
        revealed_at=at,
        revealed_by=what,
        decided_by=by,
        decided_at=at,
        reason="",
        ready_by=None,
        ready_at=None,
    )
    entry = HistoryEntry(
        Happened.REVEALED,
        by,
        at,
        dimension_id=assessment.dimension_of(prompt_id).dimension_id,
        prompt_id=prompt_id,
    )
    entries = (*taken.entries, entry)
    after = assessment.with_prompt(shown)
    if not unanimous(after, shown):
        return Taken(after, entries)
    agreed = replace(shown, state=PromptState.AGREED, level=shown.median)
    settled = decided(after, shown, agreed, Happened.LEVEL_AGREED, by, at)
    return Taken(settled.assessment, (*entries, *settled.entries))


def unanimous(assessment: Assessment, prompt: PromptProgress) -> bool:
    """Whether all who voted said the same: at least two, or the only assessor there is."""
    levels = prompt.levels
    if len(set(levels)) != 1:
        return False
    voters = tuple(each.person for each in prompt.votes if each.level is not None)
    return len(levels) > 1 or assessment.assessors == voters


def vote_again(assessment: Assessment, step: VoteAgain, by: str, at: datetime) -> Outcome:
    """Begin another round; the votes of this one are kept."""
    prompt = answerable(assessment, step.prompt_id)
    if isinstance(prompt, Refusal):
        return prompt
    dimension_id = assessment.dimension_of(step.prompt_id).dimension_id
    reason = step.reason.strip()
    refusal = (
        not_leading(assessment, dimension_id, by)
        or not_revealed(assessment, prompt)
        or too_long(reason, REASON_LIMIT)
    )
    if refusal is not None:
        return refusal
    again = replace(
        prompt,
        state=PromptState.ASKED,
        round=prompt.round + 1,
        votes=(),
        earlier_votes=(*prompt.earlier_votes, *prompt.votes),
        revealed_at=None,
        revealed_by=None,
        asked_at=at,
        decided_by=by,
        decided_at=at,
    )
    entry = HistoryEntry(
        Happened.VOTE_AGAIN, by, at, dimension_id=dimension_id, prompt_id=step.prompt_id, reason=reason
    )
    return Taken(assessment.with_prompt(again), (entry,))


def not_revealed(assessment: Assessment, prompt: PromptProgress) -> Refusal | None:
    """Refuse unless the votes of a prompt are revealed and nothing is agreed."""
    if prompt.state is PromptState.REVEALED:
        return None
    return not_undecided(assessment, prompt) or Refusal(Reason.NOT_REVEALED)


def reveal_at_closing(assessment: Assessment, today: date, at: datetime) -> Taken | None:
    """Reveal what has votes when the closing date has passed; None when it is not the time for it.

    Args:
        assessment: The state. A paused one waits until it is resumed.
        today: The date where the council is; the closing date itself is still open.
        at: The moment.
    """
    running = assessment.mode is Mode.TOGETHER and assessment.state is AssessmentState.RUNNING
    if not running or assessment.closing_date is None or today <= assessment.closing_date:
        return None
    taken = Taken(assessment, ())
    for prompt in assessment.prompts:
        if prompt.state is PromptState.ASKED and prompt.levels:
            taken = _shown_or_ready(taken, prompt.prompt_id, THE_CLOSING_DATE, at, what=THE_CLOSING_DATE)
    return taken


def without_who_left(taken: Taken, prompt_id: str, since: datetime | None, by: str, at: datetime) -> Taken:
    """Reveal a prompt that is asked again, if the last who were waited for left while it was not.

    Whoever only got another role is waited for no more either.
    """
    prompt = taken.assessment.prompt(prompt_id)
    left = [
        each.person
        for each in taken.assessment.participants
        if each.assessed_until is not None and (since is None or each.assessed_until >= since)
    ]
    if any(prompt.vote_of(person) is None for person in left):
        return reveal_when_all_voted(taken, prompt_id, by, at)
    return taken


def waited_for_nobody_else(taken: Taken, before: Assessment, person: str, by: str, at: datetime) -> Taken:
    """Reveal the prompts for which only this person was waited for, who is an assessor no more."""
    if before.state is not AssessmentState.RUNNING or before.mode is not Mode.TOGETHER:
        return taken
    for prompt in before.prompts:
        if prompt.state is PromptState.ASKED and person in before.waiting_for(prompt.prompt_id):
            taken = reveal_when_all_voted(taken, prompt.prompt_id, by, at)
    return taken
