"""Who asks for something, and how a use case says no."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from model.assessment.assessment import Assessment
from model.refusals import Refusal


@dataclass(frozen=True)
class Asked:
    """Who asks for something, when, and the key by which a second delivery of the same is known."""

    workspace_id: str
    person: str
    at: datetime
    key: str


class Refused(Exception):
    """A step that the rules refuse; `assessment` is the state that refuses it, where there is one."""

    def __init__(self, refusal: Refusal, assessment: Assessment | None = None) -> None:
        super().__init__(refusal.reason.value)
        self.refusal = refusal
        self.assessment = assessment


class NoSuchAssessment(Exception):
    """The assessment is not in this workspace, or no longer."""
