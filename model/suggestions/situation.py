"""What a ranking looks at, from an assessment and its plan; and what became of a suggestion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from model.assessment.assessment import Assessment, AssessmentState
from model.assessment.guards import because
from model.library.library import Action, Library
from model.plan.guards import observing
from model.plan.plan import UNDER_WAY, Dismissal, ItemStatus, Plan, PlanItem
from model.refusals import Reason, Refusal
from model.suggestions.ranking import rank
from model.suggestions.suggestion import Candidate, LeftOut, Situation

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


def suggestion_of(
    assessment: Assessment, plan: Plan, library: Library, action_id: str, earlier: Sequence[Plan] = ()
) -> Suggestion | None:
    """One suggested action; None when the library does not have it."""
    situation = unsettled(situation_of(assessment, plan, library, earlier), action_id)
    ranking = rank(situation)
    places: tuple[Candidate | LeftOut, ...] = (*ranking.candidates, *ranking.left_out)
    place = next((each for each in places if each.action.id == action_id), None)
    if place is None:
        return None
    return Suggestion(assessment.id, situation, place, settled_as(plan, action_id))


def situation_of(
    assessment: Assessment, plan: Plan, library: Library, earlier: Sequence[Plan] = ()
) -> Situation:
    """What is known of a team.

    Args:
        assessment: The assessment, for levels and answers.
        plan: Its plan, for targets, capacity, and what became of actions.
        library: The library, fitted to the framework of the assessment.
        earlier: The plans of the team's assessments before, the latest first. What they do, have done or do
            not want is left out as well; what was dropped then may be suggested anew.
    """
    settled = _settled(plan)
    for before in earlier:
        kept = {each: what for each, what in _settled(before).items() if _how(what) is not ItemStatus.DROPPED}
        settled = {**kept, **settled}

    def all_that(*how: ItemStatus | None) -> frozenset[str]:
        return frozenset(each for each, what in settled.items() if _how(what) in how)

    return Situation(
        framework=assessment.framework,
        library=library,
        levels=assessment.levels(),
        targets=plan.targeted_levels(),
        answers={prompt.prompt_id: prompt.answer for prompt in assessment.prompts},
        capacity=plan.capacity,
        planned=all_that(ItemStatus.PROPOSED, *UNDER_WAY),
        proposed=all_that(ItemStatus.PROPOSED),
        done=all_that(ItemStatus.DONE),
        dismissed=all_that(None),
        dropped=all_that(ItemStatus.DROPPED),
    )


def _settled(plan: Plan) -> dict[str, Settled]:
    """What became of every action that the plan knows of."""
    made = [item.action_id for item in plan.items if item.action_id is not None]
    known = dict.fromkeys((*made, *(each.action_id for each in plan.dismissed)))
    return {each: what for each in known if (what := settled_as(plan, each)) is not None}


def _how(settled: Settled) -> ItemStatus | None:
    """The status of an item; None for a dismissal."""
    return settled.status if isinstance(settled, PlanItem) else None


def unsettled(situation: Situation, action_id: str) -> Situation:
    """The same as if nothing had been decided about one action, to say why it was suggested."""
    return replace(
        situation,
        planned=situation.planned - {action_id},
        proposed=situation.proposed - {action_id},
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
