"""A plan beside the assessment whose plan it is, and what the two together answer."""

from __future__ import annotations

from dataclasses import dataclass

from model.assessment import Assessment, AssessmentState, Role
from model.plan import Plan, PlanItem
from model.plan_guards import not_theirs


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

    def may_add(self, person: str) -> bool:
        """Whether somebody may add an item, if only as a proposal."""
        return not self.ended and person not in self.assessment.people(Role.OBSERVER)
