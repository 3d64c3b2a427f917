"""A plan beside the assessment whose plan it is, and what the two together answer."""

from __future__ import annotations

from dataclasses import dataclass

from model.assessment.assessment import Assessment, AssessmentState
from model.plan.guards import not_theirs
from model.plan.people import concerned
from model.plan.plan import ItemStatus, Plan, PlanItem


@dataclass(frozen=True)
class Planned:
    """A plan, which may be empty, and the assessment whose plan it is."""

    plan: Plan
    assessment: Assessment

    @property
    def ended(self) -> bool:
        """Whether nothing of the plan can be changed any more."""
        return self.assessment.state is AssessmentState.CANCELLED

    def may_change(self, item: PlanItem, person: str) -> bool:
        """Whether somebody may change an item."""
        return not self.ended and not_theirs(self.assessment, item, person) is None

    def may_decide(self, item: PlanItem, person: str) -> bool:
        """Whether an item is only proposed, and somebody may take it into the plan or not."""
        proposed = item.status is ItemStatus.PROPOSED and not self.ended
        return proposed and person in self.assessment.leaders(item.dimension_id)

    def concerned(self, item: PlanItem) -> tuple[str, ...]:
        """Whom an item concerns: its owners, else its sponsor, else the facilitators."""
        return concerned(item, self.assessment.facilitators)
