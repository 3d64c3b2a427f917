"""Carrying evidence over from the assessment before: author, time and address stay as they were."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import Assessment
from model.assessment.evidence import Carried
from model.assessment.evidence_rules import find_evidence
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import CarryEvidence, Outcome, Taken
from model.refusals import Reason, Refusal


def carry_evidence(assessment: Assessment, step: CarryEvidence, by: str, at: datetime) -> Outcome:
    """Keep pieces of last time with a prompt, each once; it is welcome while paused too."""
    prompt = assessment.prompt(step.prompt_id)
    dimension = assessment.dimension_of(step.prompt_id)
    if dimension.opened_at is None:
        return Refusal(Reason.NOT_OPENED)
    if not step.pieces:
        return Refusal(Reason.NOTHING_CHOSEN)
    known = [find_evidence(assessment, each.id) for each in step.pieces]
    fresh = [each for each, found in zip(step.pieces, known, strict=True) if found is None]
    if not fresh:
        before = next(found[1].carried for found in known if found is not None)
        return Refusal(
            Reason.ALREADY_DONE,
            by=None if before is None else before.by,
            at=None if before is None else before.at,
        )
    carried = Carried(step.title, step.ended_at, by, at)
    added = tuple(replace(each, moved=None, withdrawn=None, carried=carried) for each in fresh)
    entries = tuple(
        HistoryEntry(
            Happened.EVIDENCE_CARRIED,
            by,
            at,
            dimension_id=dimension.dimension_id,
            prompt_id=step.prompt_id,
            about=None if each.author == by else each.author,
            evidence_id=each.id,
        )
        for each in added
    )
    return Taken(assessment.with_prompt(replace(prompt, evidence=(*prompt.evidence, *added))), entries)
