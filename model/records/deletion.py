"""Deleting an assessment: who may, how they show that they mean it, and what is kept of it."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime

from model.assessment.assessment import Assessment
from model.assessment.guards import not_facilitator
from model.refusals import Reason, Refusal

# What keyboards put in place of what was to be typed.
_LIKE = str.maketrans("\u2018\u2019\u201c\u201d\u2010\u2011\u2012\u2013\u2014", "''\"\"-----")


@dataclass(frozen=True)
class Deletion:
    """All that is known of an assessment after it was deleted."""

    assessment_id: str
    channel_id: str
    title: str
    by: str
    at: datetime


def delete(assessment: Assessment, typed: str, *, by: str, at: datetime) -> Deletion | Refusal:
    """Delete an assessment in whatever state it is.

    Args:
        assessment: The one to delete.
        typed: Its title as somebody typed it, so that the wrong one is not deleted by a slip. Spaces,
            capital letters and the shape of quotation marks do not matter.
        by: Who wants it.
        at: When.
    """
    refusal = not_facilitator(assessment, by)
    if refusal is not None:
        return refusal
    if _plain(typed) != _plain(assessment.title):
        return Refusal(Reason.TITLE_DIFFERS)
    return Deletion(assessment.id, assessment.channel_id, assessment.title, by, at)


def _plain(title: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", title).translate(_LIKE).casefold().split())
