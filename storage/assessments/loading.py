"""Reading whole assessments: one query a table, however many assessments are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import RowMapping, bindparam, or_, select

from model.assessment.assessment import (
    ACTIVE_STATES,
    Assessment,
    AssessmentState,
    DimensionProgress,
    Participant,
    PromptProgress,
)
from model.second_team.pair import seen_from
from storage.assessments.frameworks import FrameworkRepository
from storage.assessments.rows import ASSESSMENT, DIMENSION, PARTICIPANT, prompt_from
from storage.engine.selecting import Rows, RowsOfAssessments, of_assessments
from storage.engine.transaction import Transaction
from storage.tables import assessment as assessments
from storage.tables import dimension_progress, evidence, participant, prompt_progress, vote

# Built once: every press of a button reads an assessment.
_ROSTER = of_assessments(participant, "position")
_DIMENSIONS = of_assessments(dimension_progress, "position")
_PROMPTS = of_assessments(prompt_progress, "position")
_VOTES = of_assessments(vote, "number")
_EVIDENCE = of_assessments(evidence, "number")
OF_WORKSPACE = select(assessments).where(assessments.c.workspace_id == bindparam("workspace"))
"""The assessments of the workspace whose loader loads them."""
ACTIVE = assessments.c.state.in_(sorted(state.value for state in ACTIVE_STATES))
"""That an assessment is running or paused."""
_OTHERS = OF_WORKSPACE.where(
    assessments.c.state != AssessmentState.CANCELLED.value,
    or_(
        assessments.c.beside.in_(bindparam("ids", expanding=True)),
        assessments.c.id.in_(bindparam("firsts", expanding=True)),
    ),
).order_by(assessments.c.started_at, assessments.c.id)


class AssessmentLoader(RowsOfAssessments):
    """Puts the assessments of one workspace together from their rows."""

    def __init__(self, transaction: Transaction, workspace_id: str, frameworks: FrameworkRepository) -> None:
        """Bind to a transaction and a workspace."""
        super().__init__(transaction, workspace_id)
        self._frameworks = frameworks

    async def load(self, query: Rows, **values: Any) -> list[Assessment]:
        """Read what a query over the assessments finds, in its order; each of a pair knows the other side.

        Args:
            query: Made from `OF_WORKSPACE`.
            values: Of its parameters.
        """
        found = await self._load(query, values)
        others = await self.others_of(found)
        return [seen_from(each, others.get(each.id)) for each in found]

    async def others_of(self, assessments_: Sequence[Assessment]) -> dict[str, Assessment]:
        """By the id of each that is of a pair: the other side, which knows nothing of this one yet."""
        if not assessments_:
            return {}
        ids = [each.id for each in assessments_]
        firsts = [each.second_team.first_id for each in assessments_ if each.second_team is not None]
        found = await self._load(_OTHERS, {"ids": ids, "firsts": firsts})
        seconds = {each.second_team.first_id: each for each in found if each.second_team is not None}
        by_id = {each.id: each for each in found}
        others: dict[str, Assessment] = {}
        for each in assessments_:
            other = seconds.get(each.id) if each.second_team is None else by_id.get(each.second_team.first_id)
            if other is not None:
                others[each.id] = other
        return others

    async def _load(self, query: Rows, values: Mapping[str, Any]) -> list[Assessment]:
        values = {**values, "workspace": self._workspace_id}
        found = (await self._transaction.execute(query, values)).mappings().all()
        if not found:
            return []
        ids = [row["id"] for row in found]
        dimensions = await self._dimensions(ids)
        roster: defaultdict[str, list[Participant]] = defaultdict(list)
        for row in await self._rows(_ROSTER, ids):
            roster[row["assessment_id"]].append(PARTICIPANT.from_row(row))
        return [
            ASSESSMENT.from_row(
                row,
                framework=await self._frameworks.snapshot(row["framework_hash"]),
                participants=tuple(roster[row["id"]]),
                dimensions=tuple(dimensions[row["id"]]),
            )
            for row in found
        ]

    async def _dimensions(self, ids: Sequence[str]) -> defaultdict[str, list[DimensionProgress]]:
        prompts = await self._prompts(ids)
        dimensions: defaultdict[str, list[DimensionProgress]] = defaultdict(list)
        for row in await self._rows(_DIMENSIONS, ids):
            of_dimension = tuple(prompts[row["assessment_id"], row["dimension_id"]])
            dimensions[row["assessment_id"]].append(DIMENSION.from_row(row, prompts=of_dimension))
        return dimensions

    async def _prompts(self, ids: Sequence[str]) -> defaultdict[tuple[str, str], list[PromptProgress]]:
        votes = _by_prompt(await self._rows(_VOTES, ids))
        offered = _by_prompt(await self._rows(_EVIDENCE, ids))
        prompts: defaultdict[tuple[str, str], list[PromptProgress]] = defaultdict(list)
        for row in await self._rows(_PROMPTS, ids):
            key = (row["assessment_id"], row["prompt_id"])
            of_dimension = prompts[row["assessment_id"], row["dimension_id"]]
            of_dimension.append(prompt_from(row, votes[key], offered[key]))
        return prompts


def _by_prompt(rows: Iterable[RowMapping]) -> defaultdict[tuple[str, str], list[RowMapping]]:
    found: defaultdict[tuple[str, str], list[RowMapping]] = defaultdict(list)
    for row in rows:
        found[row["assessment_id"], row["prompt_id"]].append(row)
    return found
