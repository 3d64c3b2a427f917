"""Between the objects of an assessment and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import RowMapping

from model.assessment.assessment import (
    Assessment,
    Confirmation,
    DimensionProgress,
    Evidence,
    Moderation,
    Participant,
    PromptProgress,
    SecondTeam,
    Vote,
)
from model.assessment.evidence import Carried, Moved, Source, Withdrawn
from model.assessment.history import HistoryEntry
from storage.mapping import RecordMapping

_SECOND_TEAM = RecordMapping(
    SecondTeam,
    columns={"first_id": "beside"},
    present="first_id",
    absent={"team": "", "same_channel": False},
)
ASSESSMENT = RecordMapping(
    Assessment,
    parts={"second_team": _SECOND_TEAM},
    besides=("framework", "participants", "dimensions", "other"),
)
PARTICIPANT = RecordMapping(Participant)
DIMENSION = RecordMapping(
    DimensionProgress,
    parts={
        "confirmation": RecordMapping(Confirmation, prefix="confirmed_", present="at"),
        "moderation": RecordMapping(Moderation, prefix="moderated_", present="at"),
    },
    besides=("prompts", "reviewed"),
)
PROMPT = RecordMapping(PromptProgress, besides=("votes", "earlier_votes", "evidence", "withdrawn"))
VOTE = RecordMapping(Vote)
EVIDENCE = RecordMapping(
    Evidence,
    parts={
        "source": RecordMapping(Source, columns={"kind": "came_from"}),
        "moved": RecordMapping(Moved, prefix="moved_", columns={"from_prompt": "moved_from"}, present="by"),
        "withdrawn": RecordMapping(Withdrawn, prefix="withdrawn_", present="by"),
        "carried": RecordMapping(Carried, prefix="carried_", columns={"title": "carried_from"}, present="by"),
    },
)
HISTORY = RecordMapping(HistoryEntry)


def prompt_from(
    row: RowMapping, votes: Iterable[RowMapping], evidence: Iterable[RowMapping]
) -> PromptProgress:
    """Put a prompt together; votes of earlier rounds and what was withdrawn stand apart."""
    cast = [VOTE.from_row(each) for each in votes]
    offered = [EVIDENCE.from_row(each) for each in evidence]
    return PROMPT.from_row(
        row,
        votes=tuple(vote for vote in cast if vote.round == row["round"]),
        earlier_votes=tuple(vote for vote in cast if vote.round != row["round"]),
        evidence=tuple(each for each in offered if each.withdrawn is None),
        withdrawn=tuple(each for each in offered if each.withdrawn is not None),
    )
