"""What a step in a plan was, for those who watch plans."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.assessment.assessment import Assessment
from model.plan.history import PlanEntry


@dataclass(frozen=True)
class StepInPlan:
    """Whose plan a step was taken in, by whom and when, and what it noted in the history."""

    assessment: Assessment
    entries: tuple[PlanEntry, ...]
    by: str
    at: datetime
