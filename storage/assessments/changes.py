"""Writing the difference between two states of an assessment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from sqlalchemy import Table, delete, insert, update

from model.assessment.assessment import Assessment, Evidence, PromptProgress, Vote
from storage.assessments.rows import (
    Row,
    assessment_row,
    dimension_row,
    evidence_row,
    participant_rows,
    prompt_row,
    vote_row,
)
from storage.engine.transaction import Transaction
from storage.tables import assessment as assessments
from storage.tables import dimension_progress, evidence, participant, prompt_progress, vote

Kept = TypeVar("Kept", Vote, Evidence)

_FIXED = (
    "id",
    "channel_id",
    "kind",
    "mode",
    "framework",
    "scope",
    "started_by",
    "started_at",
    "second_team",
)


class AssessmentWriter:
    """Writes the rows of one assessment."""

    def __init__(self, transaction: Transaction, workspace_id: str, assessment_id: str) -> None:
        """Bind to a transaction, a workspace and an assessment."""
        self._transaction = transaction
        self._owner = {"workspace_id": workspace_id, "assessment_id": assessment_id}

    async def insert(self, table: Table, rows: Sequence[Row]) -> None:
        """Add rows that belong to the assessment, in this order."""
        if rows:
            await self._transaction.execute(insert(table), [{**self._owner, **row} for row in rows])

    async def add(self, new: Assessment) -> None:
        """Write a whole assessment, except its framework."""
        row = {**assessment_row(new), "workspace_id": self._owner["workspace_id"]}
        await self._transaction.execute(insert(assessments), row)
        await self.insert(participant, participant_rows(new.participants))
        dimensions = enumerate(new.dimensions)
        await self.insert(
            dimension_progress, [{**dimension_row(each), "position": place} for place, each in dimensions]
        )
        await self.insert(prompt_progress, _prompt_rows(new))
        await self.insert(
            vote, [vote_row(each.prompt_id, cast) for each in new.prompts for cast in _votes(each)]
        )
        await self.insert(
            evidence, [evidence_row(each.prompt_id, item) for each in new.prompts for item in _offered(each)]
        )

    async def change(self, before: Assessment, after: Assessment) -> None:
        """Write what differs.

        Raises:
            ValueError: Something differs that never changes once an assessment has begun.
        """
        fixed = [name for name in _FIXED if getattr(before, name) != getattr(after, name)]
        if fixed:
            raise ValueError(f"An assessment keeps its {fixed[0]}.")
        own = {"workspace_id": self._owner["workspace_id"], "id": after.id}
        await self._update(assessments, own, assessment_row(before), assessment_row(after))
        if before.participants != after.participants:
            await self._delete(participant, {})
            await self.insert(participant, participant_rows(after.participants))
        for old, new in zip(before.dimensions, after.dimensions, strict=True):
            if old is not new:
                where = {**self._owner, "dimension_id": new.dimension_id}
                await self._update(dimension_progress, where, dimension_row(old), dimension_row(new))
        for old_prompt, new_prompt in zip(before.prompts, after.prompts, strict=True):
            if old_prompt is not new_prompt:
                await self._change_prompt(old_prompt, new_prompt)
        await self._change_evidence(before.prompts, after.prompts)

    async def _change_prompt(self, before: PromptProgress, after: PromptProgress) -> None:
        where = {**self._owner, "prompt_id": after.prompt_id}
        await self._update(prompt_progress, where, prompt_row(before), prompt_row(after))
        await self._change_votes(after.prompt_id, _votes(before), _votes(after))

    async def _change_votes(self, prompt_id: str, before: Sequence[Vote], after: Sequence[Vote]) -> None:
        gone, fresh = _difference(before, after)
        for cast in gone:
            await self._delete(vote, {"prompt_id": prompt_id, "person": cast.person, "round": cast.round})
        await self.insert(vote, [vote_row(prompt_id, each) for each in fresh])

    async def _change_evidence(
        self, before: Sequence[PromptProgress], after: Sequence[PromptProgress]
    ) -> None:
        """Of all prompts at once: what moves is gone from one before it is fresh in the other."""
        rows: list[Row] = []
        for old, new in zip(before, after, strict=True):
            for was, becomes in ((old.evidence, new.evidence), (old.withdrawn, new.withdrawn)):
                gone, fresh = _difference(was, becomes)
                for each in gone:
                    await self._delete(evidence, {"id": each.id})
                rows += [evidence_row(new.prompt_id, each) for each in fresh]
        await self.insert(evidence, rows)

    async def _update(self, table: Table, where: Mapping[str, Any], before: Row, after: Row) -> None:
        changed = {name: value for name, value in after.items() if value != before[name]}
        if changed:
            rows = (table.c[name] == value for name, value in where.items())
            await self._transaction.execute(update(table).where(*rows).values(**changed))

    async def _delete(self, table: Table, where: Mapping[str, Any]) -> None:
        rows = (table.c[name] == value for name, value in {**self._owner, **where}.items())
        await self._transaction.execute(delete(table).where(*rows))


def _difference(before: Sequence[Kept], after: Sequence[Kept]) -> tuple[list[Kept], list[Kept]]:
    """What to delete and what to insert, in order.

    The rows at the start that stay as they are keep their order; the rest is written anew.
    """
    if before == after:
        return [], []
    stay = [each for each in before if each in after]
    if list(after[: len(stay)]) != stay:
        stay = []
    return [each for each in before if each not in stay], list(after[len(stay) :])


def _offered(prompt: PromptProgress) -> tuple[Evidence, ...]:
    """The evidence of a prompt, what was withdrawn at the end."""
    return (*prompt.evidence, *prompt.withdrawn)


def _votes(prompt: PromptProgress) -> tuple[Vote, ...]:
    """The votes of every round, the first in front."""
    return (*prompt.earlier_votes, *prompt.votes)


def _prompt_rows(assessment: Assessment) -> list[Row]:
    return [
        {**prompt_row(prompt), "dimension_id": dimension.dimension_id, "position": position}
        for dimension in assessment.dimensions
        for position, prompt in enumerate(dimension.prompts)
    ]
