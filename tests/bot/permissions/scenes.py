"""Assessments in every state that a button belongs to, made without Slack, with one person in each role."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bot.sandbox.workspace.world import ANA, GRACE, JO, NIA, OMAR, TOM
from model.assessment.assessment import Assessment, Kind, Mode
from model.assessment.history import HistoryEntry
from model.assessment.starting import begin
from model.assessment.state_machine import take
from model.assessment.steps import (
    AddEvidence,
    Agree,
    Close,
    ConfirmLevel,
    GiveLead,
    LeaveChannel,
    NewAssessment,
    OpenDimension,
    Pause,
    RecordLevel,
    Reveal,
    Step,
    Taken,
)
from model.framework.framework import Framework
from model.plan.plan import Plan
from model.plan.state_machine import take_in_plan
from model.plan.steps import AddItem, PlanStep, PlanTaken, WantedMilestone


class Who(StrEnum):
    """Who presses. What is pressed is about data, which Grace does not lead."""

    OUTSIDER = "outsider"
    MEMBER = "in the channel, not on the roster"
    OBSERVER = "observer"
    ASSESSOR = "assessor"
    LEAD_ELSEWHERE = "lead of another dimension"
    FACILITATOR = "facilitator"


PEOPLE = {
    Who.OUTSIDER: ANA,
    Who.MEMBER: JO,
    Who.OBSERVER: TOM,
    Who.ASSESSOR: OMAR,
    Who.LEAD_ELSEWHERE: GRACE,
    Who.FACILITATOR: NIA,
}
EVIDENCE, ITEM = "E1", "I1"


@dataclass(frozen=True)
class Scene:
    """An assessment with its history, and its plan if it has one."""

    assessment: Assessment
    entries: tuple[HistoryEntry, ...]
    plan: Plan | None = None


class Maker:
    """Makes scenes at one moment in one channel."""

    def __init__(self, framework: Framework, channel: str, at: datetime) -> None:
        self._framework = framework
        self._channel = channel
        self._at = at
        self._count = 0

    def __call__(self, name: str) -> Scene:
        """The scene of this name, with an id of its own."""
        self._count += 1
        mode = Mode.QUICK if name.startswith("quick") else Mode.TOGETHER
        scene = self._begun(mode)
        for step, by in _STEPS[name.removeprefix("quick ")]:
            scene = self._after(scene, step, by)
        if name == "planned":
            due = self._at.date() + timedelta(days=10)
            scene = self._planned(scene, replace(_ITEM, milestones=(WantedMilestone("First list", due),)))
        return scene

    def _begun(self, mode: Mode) -> Scene:
        new = NewAssessment(
            channel_id=self._channel,
            title="How are we doing?",
            kind=Kind.SELF,
            mode=mode,
            scope=tuple(each.id for each in self._framework.dimensions),
            facilitators=(NIA,),
            assessors=(OMAR, GRACE),
            observers=(TOM,),
        )
        outcome = begin(
            new,
            assessment_id=f"{self._count:032x}",
            framework=self._framework,
            by=NIA,
            at=self._at,
            today=self._at.date(),
        )
        assert isinstance(outcome, Taken)
        scene = Scene(outcome.assessment, outcome.entries)
        return self._after(scene, GiveLead("leadership", GRACE), NIA)

    def _after(self, scene: Scene, step: Step, by: str) -> Scene:
        outcome = take(scene.assessment, step, by=by, at=self._at)
        assert isinstance(outcome, Taken), (step, outcome)
        return Scene(outcome.assessment, (*scene.entries, *outcome.entries), scene.plan)

    def _planned(self, scene: Scene, step: PlanStep) -> Scene:
        plan = scene.plan or Plan(scene.assessment.id, self._channel)
        outcome = take_in_plan(plan, step, scene.assessment, by=NIA, at=self._at, today=self._at.date())
        assert isinstance(outcome, PlanTaken), (step, outcome)
        return replace(scene, plan=outcome.plan)


Steps = tuple[tuple[Step, str], ...]


def _votes(*prompts: str, level: int = 3) -> Steps:
    return tuple((RecordLevel(prompt, level), NIA) for prompt in prompts)


_OPEN: Steps = ((OpenDimension("data"), NIA),)
_REVEALED: Steps = (
    *_OPEN,
    (RecordLevel("data-1", 3), OMAR),
    (RecordLevel("data-1", 5), NIA),
    (Reveal("data-1"), NIA),
)
_ANSWERED: Steps = (*_OPEN, *_votes("data-1", "data-2"))
_COMPLETE: Steps = (
    *_ANSWERED,
    (ConfirmLevel("data", 3, 3), NIA),
    (OpenDimension("culture"), NIA),
    *_votes("culture-1"),
    (ConfirmLevel("culture", 3, 3), NIA),
    (OpenDimension("leadership"), NIA),
    *_votes("leadership-1", "leadership-2", "leadership-3"),
    (ConfirmLevel("leadership", 3, 3), NIA),
)
_STEPS: dict[str, Steps] = {
    "new": (),
    "open": _OPEN,
    "voted": (*_OPEN, (RecordLevel("data-1", 3), OMAR)),
    "revealed": _REVEALED,
    "agreed": (*_REVEALED, (Agree("data-1", 3), NIA)),
    "one answered": (*_OPEN, *_votes("data-1")),
    "answered": _ANSWERED,
    "complete": _COMPLETE,
    "closed": (*_COMPLETE, (Close(), NIA)),
    "paused": ((Pause(), NIA),),
    "nobody leads": ((LeaveChannel(), NIA),),
    "evidence": (*_OPEN, (AddEvidence("data-1", EVIDENCE, "The survey", ""), OMAR)),
    "planned": _OPEN,
}
_ITEM = AddItem(ITEM, "Mend the list", "data", 2, 3, (OMAR,), None, ())
