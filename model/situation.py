"""What a ranking looks at, from an assessment and its plan; and what became of a suggestion."""

from __future__ import annotations

from dataclasses import dataclass, replace

from model.assessment import Assessment, AssessmentState
from model.guards import because
from model.library import Action, Library
from model.plan import Dismissal, ItemStatus, Plan, PlanItem
from model.plan_guards import observing
from model.refusals import Reason, Refusal
from model.suggesting import rank
from model.suggestion import Candidate, LeftOut, Situation

Settled = PlanItem | Dismissal
"""What became of a suggestion: an item of the plan, which may be dropped again, or a dismissal."""


@dataclass(frozen=True)
class Suggestion:
    """One suggested action as its card shows it.

    Attributes:
        assessment_id: The assessment it is for.
        situation: Where the team stands, as if nothing had been decided about this action.
        place: The action in the ranking of that situation, or why it has no place any more.
        settled: What became of it; None while nothing was decided.
    """

    assessment_id: str
    situation: Situation
    place: Candidate | LeftOut
    settled: Settled | None

    @property
    def action(self) -> Action:
        """The action that is suggested."""
        return self.place.action


def suggestion_of(assessment: Assessment, plan: Plan, library: Library, action_id: str) -> Suggestion | None:
    """One suggested action; None when the library does not have it."""
    situation = unsettled(situation_of(assessment, plan, library), action_id)
    ranking = rank(situation)
    places: tuple[Candidate | LeftOut, ...] = (*ranking.candidates, *ranking.left_out)
    place = next((each for each in places if each.action.id == action_id), None)
    if place is None:
        return None
    return Suggestion(assessment.id, situation, place, settled_as(plan, action_id))


def situation_of(assessment: Assessment, plan: Plan, library: Library) -> Situation:
    """What is known of a team; `library` is fitted to the framework of the assessment."""
    standing: dict[str, PlanItem] = {}
    for item in plan.items:
        if item.action_id is not None:
            standing[item.action_id] = plan.item_from(item.action_id) or item
    dropped = frozenset(each for each, item in standing.items() if item.status is ItemStatus.DROPPED)
    done = frozenset(each for each, item in standing.items() if item.status is ItemStatus.DONE)
    return Situation(
        framework=assessment.framework,
        library=library,
        levels=assessment.levels(),
        targets=plan.targeted_levels(),
        answers={prompt.prompt_id: prompt.answer for prompt in assessment.prompts},
        capacity=plan.capacity,
        planned=frozenset(standing) - dropped - done,
        done=done,
        dismissed=frozenset(each.action_id for each in plan.dismissed),
        dropped=dropped,
    )


def unsettled(situation: Situation, action_id: str) -> Situation:
    """The same as if nothing had been decided about one action, to say why it was suggested."""
    return replace(
        situation,
        planned=situation.planned - {action_id},
        done=situation.done - {action_id},
        dismissed=situation.dismissed - {action_id},
        dropped=situation.dropped - {action_id},
    )


def settled_as(plan: Plan, action_id: str) -> Settled | None:
    """What became of a suggestion; None while nothing was decided."""
    made = [item for item in plan.items if item.action_id == action_id]
    return plan.item_from(action_id) or plan.dismissal(action_id) or (made[-1] if made else None)


def may_ask(assessment: Assessment, by: str) -> Refusal | None:
    """Why somebody may not ask for suggestions, which all see: who observes, or once it is cancelled."""
    if assessment.state is AssessmentState.CANCELLED:
        return because(assessment, Reason.ASSESSMENT_CANCELLED)
    return observing(assessment, by)
