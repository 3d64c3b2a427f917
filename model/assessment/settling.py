"""What settling a prompt brings with it: the next one is asked, and a confirmation may be overtaken."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import Assessment, DimensionProgress, PromptProgress, PromptState
from model.assessment.guards import not_running
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import Taken
from model.refusals import Reason, Refusal


def ask_next(dimension: DimensionProgress, at: datetime) -> DimensionProgress:
    """Ask the first waiting prompt unless the one before it is being asked still.

    One that was put off and taken up again is asked beside the newest and does not hold up the rest; nor does
    one that only waits for another team.
    """
    asked = [prompt for prompt in dimension.prompts if prompt.state is not PromptState.WAITING]
    waiting = dimension.prompts[len(asked) :]
    if not waiting or (asked and asked[-1].undecided and asked[-1].ready_at is None):
        return dimension
    first, *rest = waiting
    return replace(dimension, prompts=(*asked, replace(first, state=PromptState.ASKED, asked_at=at), *rest))


def answerable(assessment: Assessment, prompt_id: str) -> Refusal | PromptProgress:
    """The prompt, if its assessment runs and it has been asked."""
    prompt = assessment.prompt(prompt_id)
    refusal = not_running(assessment)
    if refusal is not None:
        return refusal
    return Refusal(Reason.NOT_ASKED_YET) if prompt.state is PromptState.WAITING else prompt


def already_decided(prompt: PromptProgress) -> Refusal:
    """Refuse because somebody has answered the prompt before; says who, when and what."""
    return Refusal(Reason.ALREADY_DECIDED, by=prompt.decided_by, at=prompt.decided_at, level=prompt.level)


def decided(
    assessment: Assessment,
    before: PromptProgress,
    after: PromptProgress,
    what: Happened,
    by: str,
    at: datetime,
    reason: str = "",
) -> Taken:
    """Settle a prompt, ask the next, and take back a confirmation that the change has overtaken."""
    after = replace(after, decided_by=by, decided_at=at, being_changed=False)
    changed = assessment.with_prompt(after)
    dimension = changed.dimension_of(after.prompt_id)
    entries = [
        HistoryEntry(
            what,
            by,
            at,
            dimension_id=dimension.dimension_id,
            prompt_id=after.prompt_id,
            level_before=before.level,
            level_after=after.level,
            reason=reason or after.reason,
            dissent=after.dissent,
        )
    ]
    confirmation = dimension.confirmation
    overtaken = before.answer != after.answer or not after.answered
    if confirmation is not None and overtaken:
        dimension = replace(dimension, confirmation=None)
        entries.append(
            HistoryEntry(
                Happened.CONFIRMATION_WITHDRAWN,
                by,
                at,
                dimension_id=dimension.dimension_id,
                level_before=confirmation.level,
            )
        )
    return Taken(changed.with_dimension(ask_next(dimension, at)), tuple(entries))
