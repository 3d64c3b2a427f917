"""A small framework, an assessment in it, and messages, for the tests of the storage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from model.assessment.assessment import Assessment, Kind, Mode
from model.assessment.history import HistoryEntry
from model.assessment.starting import begin
from model.assessment.state_machine import take
from model.assessment.steps import NewAssessment, OpenDimension, Step, Taken
from model.framework.framework import Framework
from storage.database import Database
from storage.messages.messages import WantedMessage

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)
LEASE = timedelta(seconds=60)
WORKSPACE = "T1"
PEOPLE = ("U1", "U2", "U3")


def framework(version: str = "1.0.0") -> Framework:
    """Three dimensions with two prompts each."""
    names = ("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative")
    return Framework.model_validate(
        {
            "id": "tests",
            "title": "A framework for tests",
            "version": version,
            "summary": "Small enough to read.",
            "provenance_note": "Made for the tests.",
            "levels": [
                {"number": number, "name": name, "summary": "What it looks like."}
                for number, name in enumerate(names, 1)
            ],
            "groups": [{"id": "foundations", "name": "Foundations"}],
            "benefits": [],
            "method": {"note": "The mean, half up."},
            "dimensions": [_dimension(each) for each in ("leadership", "data", "culture")],
        }
    )


def _dimension(id_: str) -> dict[str, Any]:
    return {
        "id": id_,
        "name": id_.capitalize(),
        "group": "foundations",
        "summary": "What it is.",
        "why_it_matters": "Why it matters.",
        "prompts": [
            {
                "id": f"{id_}-{place}",
                "question": "How is it here?",
                "why": "It tells.",
                "descriptors": [f"Level {level}" for level in range(1, 6)],
            }
            for place in ("first", "second")
        ],
    }


FRAMEWORK = framework()
FIRST_PROMPT = FRAMEWORK.prompts[0].id


def started(
    id_: str = "A1",
    *,
    channel: str = "C1",
    at: datetime = NOW,
    of: Framework = FRAMEWORK,
    mode: Mode = Mode.QUICK,
) -> tuple[Assessment, tuple[HistoryEntry, ...]]:
    """An assessment that has just begun, and its first entry."""
    new = NewAssessment(
        channel_id=channel,
        title="How are we doing?",
        kind=Kind.SELF,
        mode=mode,
        scope=tuple(dimension.id for dimension in of.dimensions),
        facilitators=PEOPLE[:2],
        closing_date=at.date() + timedelta(days=30),
    )
    outcome = begin(new, assessment_id=id_, framework=of, by="U1", at=at, today=at.date())
    assert isinstance(outcome, Taken)
    return outcome.assessment, outcome.entries


def stepped(assessment: Assessment, step: Step, *, by: str = "U1", at: datetime = NOW) -> Taken:
    """The assessment after a step that the rules allow."""
    outcome = take(assessment, step, by=by, at=at)
    assert isinstance(outcome, Taken), outcome
    return outcome


async def stored(
    database: Database,
    id_: str = "A1",
    *,
    channel: str = "C1",
    workspace: str = WORKSPACE,
    opened: bool = False,
) -> Assessment:
    """Store a new assessment, with its first dimension opened if asked."""
    assessment, entries = started(id_, channel=channel)
    if opened:
        taken = stepped(assessment, OpenDimension(assessment.scope[0]))
        assessment, entries = taken.assessment, (*entries, *taken.entries)
    async with database.unit_of_work(workspace) as work:
        await work.assessments.add(assessment, entries)
        await work.commit()
    return assessment


def message(
    key: str = "board",
    *,
    channel: str = "C1",
    parent: str | None = None,
    assessment: str | None = None,
    due_at: datetime | None = None,
) -> WantedMessage:
    """A message of no assessment unless told."""
    return WantedMessage(key, "board", channel, assessment, None, parent, due_at)


async def want(
    database: Database, *messages: WantedMessage, at: datetime = NOW, workspace: str = WORKSPACE
) -> None:
    """Want messages in one unit of work."""
    async with database.unit_of_work(workspace) as work:
        for each in messages:
            await work.messages.want(each, at, redraw_after=SECOND)
        await work.commit()
