"""Two assessments side by side: a team's own, and a second team's beside it.

Each side is an assessment of its own. What one does bears on the other in one way only: while both are under
way in one channel, the votes of a prompt are shown on neither side before both are ready, so that nobody sees
a vote or a level of the other team before they have voted themselves. In two channels Slack keeps them apart.

A side is ready when its last assessor has voted, when whoever leads says so, or at its closing date. It goes
on with its next prompt meanwhile, so that the quicker team need not wait for the slower one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    DimensionProgress,
    Mode,
    Moderation,
    OtherSide,
    PromptProgress,
    PromptState,
    Role,
)
from model.assessment.history import ALL_HAD_VOTED
from model.assessment.steps import Taken
from model.assessment.voting import revealed


@dataclass(frozen=True)
class Pair:
    """The two sides. Neither is cancelled, and they have the same framework and the same scope."""

    first: Assessment
    second: Assessment

    @property
    def complete(self) -> bool:
        """Whether every dimension is confirmed on both sides."""
        return self.first.complete and self.second.complete

    @property
    def facilitators(self) -> tuple[str, ...]:
        """Ids of the people who facilitate either side, those of the first in front."""
        return tuple(dict.fromkeys((*self.first.facilitators, *self.second.facilitators)))


def standing_moderation(pair: Pair, dimension_id: str) -> Moderation | None:
    """What both teams agreed on for a dimension; None once either has taken its level up again since."""
    sides = (pair.first.dimension(dimension_id), pair.second.dimension(dimension_id))
    recorded = sides[1].moderation
    confirmations = [each.confirmation for each in sides if each.confirmation is not None]
    if recorded is None or len(confirmations) < len(sides):
        return None
    return recorded if all(each.at <= recorded.at for each in confirmations) else None


def pair_of(one: Assessment, other: Assessment | None) -> Pair | None:
    """The pair that two assessments make, in whatever order they come; None when they make none."""
    if other is None or AssessmentState.CANCELLED in (one.state, other.state):
        return None
    if _is_beside(other, one):
        return Pair(one, other)
    return Pair(other, one) if _is_beside(one, other) else None


def _is_beside(second: Assessment, first: Assessment) -> bool:
    return second.second_team is not None and second.second_team.first_id == first.id


def seen_from(own: Assessment, other: Assessment | None) -> Assessment:
    """The same assessment with what it may know of the other side as that is now."""
    pair = pair_of(own, other)
    known = None if pair is None or other is None else _known(pair, own, other)
    return own if own.other == known else replace(own, other=known)


def _known(pair: Pair, own: Assessment, other: Assessment) -> OtherSide:
    beside = pair.second.second_team
    same_channel = beside is not None and beside.same_channel
    linked = same_channel and own.mode is Mode.TOGETHER and own.active and other.active
    return OtherSide(
        assessment_id=other.id,
        channel_id=other.channel_id,
        team="" if other.second_team is None else other.second_team.team,
        linked=linked,
        paused=other.state is AssessmentState.PAUSED,
        waiting=frozenset(prompt.prompt_id for prompt in other.prompts if linked and not is_ready(prompt)),
        comparable=sum(_both_settled(pair, prompt.prompt_id) for prompt in own.prompts),
        people=frozenset(each.person for each in other.participants if takes_part(other, each.person)),
        assessors=frozenset(other.assessors),
    )


def is_ready(prompt: PromptProgress) -> bool:
    """Whether a side need not be waited for any more before the votes on a prompt are shown."""
    return prompt.came_to_light or prompt.ready_at is not None


def _both_settled(pair: Pair, prompt_id: str) -> bool:
    return pair.first.prompt(prompt_id).settled and pair.second.prompt(prompt_id).settled


def takes_part(assessment: Assessment, person: str) -> bool:
    """Whether somebody is on the roster and more than an observer."""
    on_roster = assessment.participant(person)
    return on_roster is not None and on_roster.role is not Role.OBSERVER


def after_step(own: Taken, other: Assessment, by: str, at: datetime) -> tuple[Taken, Taken]:
    """What a step on one side brings with it on both: the state of either side, and its new entries.

    Votes that only waited for the other team are shown, and each side knows the other as it is now.
    """
    theirs = _caught_up(Taken(seen_from(other, own.assessment), ()), by, at)
    mine = _caught_up(Taken(seen_from(own.assessment, theirs.assessment), own.entries), by, at)
    return mine, Taken(seen_from(theirs.assessment, mine.assessment), theirs.entries)


def left_alone(assessment: Assessment, by: str, at: datetime) -> Taken:
    """What becomes of one side when the other is deleted: it waits for nobody any more."""
    return _caught_up(Taken(seen_from(assessment, None), ()), by, at)


def _caught_up(taken: Taken, by: str, at: datetime) -> Taken:
    """Show the votes that were ready and are held back no longer, unless the side is paused or over."""
    if taken.assessment.state is not AssessmentState.RUNNING:
        return taken
    for prompt in taken.assessment.prompts:
        free = prompt.ready_at is not None and not taken.assessment.held_back(prompt.prompt_id)
        if free and prompt.state is PromptState.ASKED:
            taken = _shown(taken, prompt, by, at)
    return taken


def _shown(taken: Taken, prompt: PromptProgress, by: str, at: datetime) -> Taken:
    if prompt.levels:
        return revealed(taken, prompt.prompt_id, by, at, what=ALL_HAD_VOTED)
    # Whoever leads was ready without a vote; votes that come now are shown as ever.
    waiting_no_more = replace(prompt, ready_by=None, ready_at=None)
    return Taken(taken.assessment.with_prompt(waiting_no_more), taken.entries)


def dimension_settled(dimension: DimensionProgress) -> bool:
    """Whether every prompt of a dimension is answered and nobody is about to change an answer."""
    return all(prompt.settled for prompt in dimension.prompts)
