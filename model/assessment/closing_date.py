"""Giving an assessment that is under way another closing date, its first one, or none."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from model.assessment.assessment import Assessment
from model.assessment.guards import closing_date_past, not_facilitator
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import Outcome, SetClosingDate, Taken
from model.refusals import Reason, Refusal


def set_closing_date(assessment: Assessment, step: SetClosingDate, by: str, at: datetime) -> Outcome:
    """Set the date, in a pause as well; what the date before has revealed stays revealed."""
    refusal = not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    # Asked first: a date that has passed is no fault of whoever leaves it as it is.
    if step.closing_date == assessment.closing_date:
        return Refusal(Reason.NOTHING_CHANGED)
    refusal = closing_date_past(step.closing_date, step.today)
    if refusal is not None:
        return refusal
    entry = HistoryEntry(
        Happened.CLOSING_DATE_SET,
        by,
        at,
        date_before=assessment.closing_date,
        date_after=step.closing_date,
    )
    return Taken(replace(assessment, closing_date=step.closing_date), (entry,))
