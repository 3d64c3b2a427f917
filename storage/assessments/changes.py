"""Writing the difference between two states of an assessment."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from model.assessment.assessment import Assessment, Evidence, PromptProgress, Vote
from storage.assessments.rows import ASSESSMENT, DIMENSION, EVIDENCE, PARTICIPANT, PROMPT, VOTE
from storage.engine.row_writer import RowWriter
from storage.engine.transaction import Transaction
from storage.mapping import Row
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


class AssessmentWriter(RowWriter):
    """Writes the rows of one assessment."""

    def __init__(self, transaction: Transaction, workspace_id: str, assessment_id: str) -> None:
        """Bind to a transaction, a workspace and an assessment."""
        super().__init__(transaction, workspace_id=workspace_id, assessment_id=assessment_id)
        self._own_row = RowWriter(transaction, workspace_id=workspace_id, id=assessment_id)

    async def add(self, new: Assessment) -> None:
        """Write a whole assessment, except its framework."""
        row = ASSESSMENT.to_row(new, framework_hash=new.framework.content_hash)
        await self._own_row.insert(assessments, [row])
        await self.insert(participant, PARTICIPANT.to_rows_in_order(new.participants))
        await self.insert(dimension_progress, DIMENSION.to_rows_in_order(new.dimensions))
        prompts: list[Row] = []
        for dimension in new.dimensions:
            prompts += PROMPT.to_rows_in_order(dimension.prompts, dimension_id=dimension.dimension_id)
        await self.insert(prompt_progress, prompts)
        for each in new.prompts:
            await self.insert(vote, VOTE.to_rows(_votes(each), prompt_id=each.prompt_id))
            await self.insert(evidence, EVIDENCE.to_rows(_offered(each), prompt_id=each.prompt_id))

    async def change(self, before: Assessment, after: Assessment) -> None:
        """Write what differs.

        Raises:
            ValueError: Something differs that never changes once an assessment has begun.
        """
        fixed = [name for name in _FIXED if getattr(before, name) != getattr(after, name)]
        if fixed:
            raise ValueError(f"An assessment keeps its {fixed[0]}.")
        await self._own_row.update(assessments, ASSESSMENT.to_row(before), ASSESSMENT.to_row(after))
        was, becomes = before.participants, after.participants
        if was != becomes:
            in_order = PARTICIPANT.to_rows_in_order
            await self.rewrite(participant, in_order(was), in_order(becomes))
        for old, new in zip(before.dimensions, after.dimensions, strict=True):
            if old is not new:
                which = {"dimension_id": new.dimension_id}
                await self.update(dimension_progress, DIMENSION.to_row(old), DIMENSION.to_row(new), **which)
        for old_prompt, new_prompt in zip(before.prompts, after.prompts, strict=True):
            if old_prompt is not new_prompt:
                await self._change_prompt(old_prompt, new_prompt)
        await self._change_evidence(before.prompts, after.prompts)

    async def _change_prompt(self, before: PromptProgress, after: PromptProgress) -> None:
        of_prompt = {"prompt_id": after.prompt_id}
        await self.update(prompt_progress, PROMPT.to_row(before), PROMPT.to_row(after), **of_prompt)
        gone, fresh = _difference(_votes(before), _votes(after))
        for cast in gone:
            await self.delete(vote, person=cast.person, round=cast.round, **of_prompt)
        await self.insert(vote, VOTE.to_rows(fresh, **of_prompt))

    async def _change_evidence(
        self, before: Sequence[PromptProgress], after: Sequence[PromptProgress]
    ) -> None:
        """Of all prompts at once: what moves is gone from one before it is fresh in the other."""
        rows: list[Row] = []
        for old, new in zip(before, after, strict=True):
            for was, becomes in ((old.evidence, new.evidence), (old.withdrawn, new.withdrawn)):
                gone, fresh = _difference(was, becomes)
                for each in gone:
                    await self.delete(evidence, id=each.id)
                rows += EVIDENCE.to_rows(fresh, prompt_id=new.prompt_id)
        await self.insert(evidence, rows)


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
