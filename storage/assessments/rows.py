"""Between the objects of an assessment and the rows of its tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import RowMapping

from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    Confirmation,
    DimensionProgress,
    Evidence,
    Kind,
    Mode,
    Moderation,
    Participant,
    PromptProgress,
    PromptState,
    Role,
    SecondTeam,
    Vote,
)
from model.assessment.evidence import CameFrom, Carried, Moved, Source, Strength, Withdrawn
from model.assessment.history import Happened, HistoryEntry
from model.framework.framework import Framework

Row = dict[str, Any]


def assessment_row(assessment: Assessment) -> Row:
    """The row of the assessment itself."""
    second = assessment.second_team
    return {
        "id": assessment.id,
        "channel_id": assessment.channel_id,
        "title": assessment.title,
        "kind": assessment.kind.value,
        "mode": assessment.mode.value,
        "state": assessment.state.value,
        "framework_hash": assessment.framework.content_hash,
        "started_by": assessment.started_by,
        "started_at": assessment.started_at,
        "closing_date": assessment.closing_date,
        "state_changed_by": assessment.state_changed_by,
        "state_changed_at": assessment.state_changed_at,
        "state_reason": assessment.state_reason,
        "previous": assessment.previous,
        "review": assessment.review,
        "beside": None if second is None else second.first_id,
        "team": "" if second is None else second.team,
        "same_channel": second is not None and second.same_channel,
    }


def participant_rows(roster: Sequence[Participant]) -> list[Row]:
    """One row for each on the roster, with their place in the order."""
    return [
        {
            "person": each.person,
            "position": position,
            "role": each.role.value,
            "joined_at": each.joined_at,
            "added_by": each.added_by,
            "left_at": each.left_at,
            "assessor_until": each.assessor_until,
        }
        for position, each in enumerate(roster)
    ]


def dimension_row(dimension: DimensionProgress) -> Row:
    """The columns of a dimension that change."""
    confirmation = dimension.confirmation
    moderation = dimension.moderation
    return {
        "dimension_id": dimension.dimension_id,
        "opened_by": dimension.opened_by,
        "opened_at": dimension.opened_at,
        "confirmed_level": None if confirmation is None else confirmation.level,
        "confirmed_calculated": None if confirmation is None else confirmation.calculated,
        "confirmed_reason": None if confirmation is None else confirmation.reason,
        "confirmed_by": None if confirmation is None else confirmation.by,
        "confirmed_at": None if confirmation is None else confirmation.at,
        "lead": dimension.lead,
        "moderated_level": None if moderation is None else moderation.level,
        "moderated_reason": None if moderation is None else moderation.reason,
        "moderated_by": None if moderation is None else moderation.by,
        "moderated_at": None if moderation is None else moderation.at,
    }


def prompt_row(prompt: PromptProgress) -> Row:
    """The columns of a prompt that change; votes and evidence have rows of their own."""
    return {
        "prompt_id": prompt.prompt_id,
        "state": prompt.state.value,
        "level": prompt.level,
        "reason": prompt.reason,
        "decided_by": prompt.decided_by,
        "decided_at": prompt.decided_at,
        "being_changed": prompt.being_changed,
        "round": prompt.round,
        "dissent": prompt.dissent,
        "revealed_at": prompt.revealed_at,
        "revealed_by": prompt.revealed_by,
        "asked_at": prompt.asked_at,
        "ready_by": prompt.ready_by,
        "ready_at": prompt.ready_at,
    }


def vote_row(prompt_id: str, vote: Vote) -> Row:
    """The row of a vote."""
    return {
        "prompt_id": prompt_id,
        "person": vote.person,
        "round": vote.round,
        "level": vote.level,
        "at": vote.at,
        "after_reveal": vote.after_reveal,
    }


def evidence_row(prompt_id: str, evidence: Evidence) -> Row:
    """The row of a piece of evidence."""
    return {
        "prompt_id": prompt_id,
        "id": evidence.id,
        "author": evidence.author,
        "text": evidence.text,
        "link": evidence.link,
        "at": evidence.at,
        "strength": None if evidence.strength is None else evidence.strength.value,
        "logged_by": evidence.logged_by,
        "came_from": evidence.source.kind.value,
        "permalink": evidence.source.permalink,
        "file_name": evidence.source.file_name,
        "carried_from": None if evidence.carried is None else evidence.carried.title,
        "carried_ended_at": None if evidence.carried is None else evidence.carried.ended_at,
        "carried_by": None if evidence.carried is None else evidence.carried.by,
        "carried_at": None if evidence.carried is None else evidence.carried.at,
        "moved_by": None if evidence.moved is None else evidence.moved.by,
        "moved_at": None if evidence.moved is None else evidence.moved.at,
        "moved_from": None if evidence.moved is None else evidence.moved.from_prompt,
        "withdrawn_by": None if evidence.withdrawn is None else evidence.withdrawn.by,
        "withdrawn_at": None if evidence.withdrawn is None else evidence.withdrawn.at,
    }


def history_row(entry: HistoryEntry) -> Row:
    """The row of one entry of the history."""
    return {
        "what": entry.what.value,
        "by": entry.by,
        "at": entry.at,
        "dimension_id": entry.dimension_id,
        "prompt_id": entry.prompt_id,
        "level_before": entry.level_before,
        "level_after": entry.level_after,
        "reason": entry.reason,
        "about": entry.about,
        "role": None if entry.role is None else entry.role.value,
        "dissent": entry.dissent,
        "evidence_id": entry.evidence_id,
        "from_prompt_id": entry.from_prompt_id,
        "date_before": entry.date_before,
        "date_after": entry.date_after,
    }


def assessment_from(
    row: RowMapping,
    framework: Framework,
    participants: Iterable[Participant],
    dimensions: Iterable[DimensionProgress],
) -> Assessment:
    """Put an assessment together."""
    second = None
    if row["beside"] is not None:
        second = SecondTeam(row["beside"], row["team"], row["same_channel"])
    return Assessment(
        id=row["id"],
        channel_id=row["channel_id"],
        title=row["title"],
        kind=Kind(row["kind"]),
        mode=Mode(row["mode"]),
        state=AssessmentState(row["state"]),
        framework=framework,
        participants=tuple(participants),
        dimensions=tuple(dimensions),
        started_by=row["started_by"],
        started_at=row["started_at"],
        closing_date=row["closing_date"],
        state_changed_by=row["state_changed_by"],
        state_changed_at=row["state_changed_at"],
        state_reason=row["state_reason"],
        previous=row["previous"],
        review=row["review"],
        second_team=second,
    )


def dimension_from(row: RowMapping, prompts: Iterable[PromptProgress]) -> DimensionProgress:
    """Put a dimension together."""
    confirmation = None
    if row["confirmed_at"] is not None:
        confirmation = Confirmation(
            row["confirmed_level"],
            row["confirmed_calculated"],
            row["confirmed_reason"],
            row["confirmed_by"],
            row["confirmed_at"],
        )
    return DimensionProgress(
        row["dimension_id"],
        tuple(prompts),
        row["opened_by"],
        row["opened_at"],
        confirmation,
        row["lead"],
        _moderation_from(row),
    )


def _moderation_from(row: RowMapping) -> Moderation | None:
    if row["moderated_at"] is None:
        return None
    return Moderation(
        row["moderated_level"], row["moderated_reason"], row["moderated_by"], row["moderated_at"]
    )


def prompt_from(row: RowMapping, votes: Iterable[Vote], evidence: Iterable[Evidence]) -> PromptProgress:
    """Put a prompt together; votes of earlier rounds and what was withdrawn stand apart."""
    cast, offered = tuple(votes), tuple(evidence)
    return PromptProgress(
        row["prompt_id"],
        PromptState(row["state"]),
        row["level"],
        row["reason"],
        row["decided_by"],
        row["decided_at"],
        row["being_changed"],
        tuple(vote for vote in cast if vote.round == row["round"]),
        tuple(each for each in offered if each.withdrawn is None),
        row["round"],
        row["dissent"],
        row["revealed_at"],
        tuple(vote for vote in cast if vote.round != row["round"]),
        row["asked_at"],
        tuple(each for each in offered if each.withdrawn is not None),
        row["ready_by"],
        row["ready_at"],
        row["revealed_by"],
    )


def participant_from(row: RowMapping) -> Participant:
    """Read somebody on the roster."""
    return Participant(
        row["person"],
        Role(row["role"]),
        row["joined_at"],
        row["added_by"],
        row["left_at"],
        row["assessor_until"],
    )


def vote_from(row: RowMapping) -> Vote:
    """Read a vote."""
    return Vote(row["person"], row["level"], row["at"], row["round"], row["after_reveal"])


def evidence_from(row: RowMapping) -> Evidence:
    """Read a piece of evidence."""
    moved = row["moved_by"] and Moved(row["moved_by"], row["moved_at"], row["moved_from"])
    withdrawn = row["withdrawn_by"] and Withdrawn(row["withdrawn_by"], row["withdrawn_at"])
    carried = row["carried_by"] and Carried(
        row["carried_from"], row["carried_ended_at"], row["carried_by"], row["carried_at"]
    )
    return Evidence(
        row["id"],
        row["author"],
        row["text"],
        row["link"],
        row["at"],
        None if row["strength"] is None else Strength(row["strength"]),
        row["logged_by"],
        Source(CameFrom(row["came_from"]), row["permalink"], row["file_name"]),
        moved,
        withdrawn,
        carried,
    )


def history_from(row: RowMapping) -> HistoryEntry:
    """Read one entry of the history."""
    return HistoryEntry(
        Happened(row["what"]),
        row["by"],
        row["at"],
        row["dimension_id"],
        row["prompt_id"],
        row["level_before"],
        row["level_after"],
        row["reason"],
        row["about"],
        None if row["role"] is None else Role(row["role"]),
        row["dissent"],
        row["evidence_id"],
        row["from_prompt_id"],
        row["date_before"],
        row["date_after"],
    )
