"""Everything that is kept of a workspace, whatever table it is in: to hand it out, and to take a person out.

Both go over the tables as they are declared, so that a new table cannot be forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, RowMapping, Table, delete, or_, select, tuple_, update

from model.assessment.assessment import Mode, PromptState
from model.assessment.history import Happened
from model.plan.item import OVER
from storage.engine.repository import Repository
from storage.tables import (
    assessment,
    channel_pace,
    dimension_progress,
    installation,
    message,
    metadata,
    milestone,
    milestone_snooze,
    participant,
    plan_item,
    plan_item_owner,
    prompt_progress,
    seen,
    setting,
)
from storage.types import PlainText

Records = dict[str, list[dict[str, Any]]]
"""Table to rows, each column by its name, as JSON has it."""

HIDDEN = "hidden until the reveal"
# The bot's own bookkeeping about deliveries: nothing of it is about anybody.
_NOT_RECORDS = frozenset({seen.name, channel_pace.name})
_LEASES = frozenset({"lease_owner", "lease_until", "lease_token"})
_CAST = frozenset({Happened.VOTED.value, Happened.ABSTAINED.value})


class RecordRepository(Repository):
    """The records of one workspace."""

    async def everything(self, *, assessment_id: str | None = None) -> Records:
        """Every row of the workspace, or of one assessment, in the order of the tables' keys.

        Votes that are not revealed yet stand in it without their levels.
        """
        found: Records = {}
        for table in metadata.sorted_tables:
            if table.name in _NOT_RECORDS:
                continue
            query = select(table).where(table.c.workspace_id == self._workspace_id)
            if assessment_id is not None:
                column = _assessment_column(table)
                if column is None:
                    continue
                query = query.where(column == assessment_id)
            rows = (await self._transaction.execute(query.order_by(*table.primary_key))).mappings()
            found[table.name] = [_as_json(row) for row in rows]
        return _without_hidden_levels(found)

    async def about(self, person: str) -> Records:
        """Every row that names a person; votes of others beside theirs are not in it."""
        whole = _names(person)
        everything = await self.everything()
        # It names the bot.
        everything.pop(installation.name)
        found = {
            name: [row for row in rows if any(_mentions(whole, value) for value in row.values())]
            for name, rows in everything.items()
        }
        return {name: rows for name, rows in found.items() if rows}

    async def erase(self, person: str, stand_in: str, at: datetime) -> set[str]:
        """Put `stand_in` wherever a person is named; what they did stays, without them.

        They take part in nothing any more, own nothing that is under way, and no direct message to them is
        kept. Answers the ids of the assessments in which something changed.
        """
        self._transaction.must_write()
        touched = await self._held(person)
        await self._say_anew(person)
        await self._let_go(person, at)
        for table in metadata.sorted_tables:
            if table.name not in _NOT_RECORDS | {installation.name}:
                touched |= await self._replace(table, person, stand_in)
        return touched

    async def _held(self, person: str) -> set[str]:
        """The assessments in which they lead, own or sponsor something: what they let go of names nobody."""
        found: set[str] = set()
        for column in (dimension_progress.c.lead, plan_item_owner.c.person, plan_item.c.sponsor):
            table = column.table
            query = select(table.c.assessment_id).where(
                table.c.workspace_id == self._workspace_id, column == person
            )
            found |= set((await self._transaction.execute(query)).scalars())
        return found

    async def _say_anew(self, person: str) -> None:
        """What they own or sponsor falls to others, who may not have been told of its milestones."""
        own = self._workspace_id
        owned = select(plan_item_owner.c.assessment_id, plan_item_owner.c.item_id).where(
            plan_item_owner.c.workspace_id == own, plan_item_owner.c.person == person
        )
        sponsored = select(plan_item.c.assessment_id, plan_item.c.id).where(
            plan_item.c.workspace_id == own, plan_item.c.sponsor == person
        )
        said = update(milestone).where(
            milestone.c.workspace_id == own,
            milestone.c.all_said.is_not(None),
            tuple_(milestone.c.assessment_id, milestone.c.item_id).in_(owned.union(sponsored)),
        )
        await self._transaction.execute(said.values(all_said=None))

    async def _let_go(self, person: str, at: datetime) -> None:
        """What only makes sense with somebody behind it."""
        execute, own = self._transaction.execute, self._workspace_id
        left = update(participant).where(
            participant.c.workspace_id == own, participant.c.person == person, participant.c.left_at.is_(None)
        )
        await execute(left.values(left_at=at))
        led = update(dimension_progress).where(
            dimension_progress.c.workspace_id == own, dimension_progress.c.lead == person
        )
        await execute(led.values(lead=None))
        over = select(plan_item.c.id).where(
            plan_item.c.workspace_id == plan_item_owner.c.workspace_id,
            plan_item.c.assessment_id == plan_item_owner.c.assessment_id,
            plan_item.c.id == plan_item_owner.c.item_id,
            plan_item.c.status.in_(sorted(each.value for each in OVER)),
        )
        await execute(
            delete(plan_item_owner).where(
                plan_item_owner.c.workspace_id == own,
                plan_item_owner.c.person == person,
                ~over.correlate(plan_item_owner).exists(),
            )
        )
        sponsored = update(plan_item).where(plan_item.c.workspace_id == own, plan_item.c.sponsor == person)
        await execute(sponsored.values(sponsor=None))
        snoozes = delete(milestone_snooze).where(milestone_snooze.c.workspace_id == own)
        await execute(snoozes.where(milestone_snooze.c.person == person))
        await execute(
            delete(setting).where(setting.c.workspace_id == own, setting.c.scope == f"person:{person}")
        )
        named = or_(*(message.c[name].contains(person, autoescape=True) for name in _WHERE_SENT))
        await execute(delete(message).where(message.c.workspace_id == own, named))

    async def _replace(self, table: Table, person: str, stand_in: str) -> set[str]:
        columns = [column for column in table.columns if _is_text(column)]
        query = select(table).where(
            table.c.workspace_id == self._workspace_id,
            or_(*(column.contains(person, autoescape=True) for column in columns)),
        )
        whole, touched = _names(person), set[str]()
        for row in (await self._transaction.execute(query)).mappings().all():
            changed = {
                column.name: whole.sub(stand_in, row[column.name])
                for column in columns
                if row[column.name] is not None and whole.search(row[column.name])
            }
            if not changed:
                continue
            where = (column == row[column.name] for column in table.primary_key)
            await self._transaction.execute(update(table).where(*where).values(**changed))
            touched |= _assessment_of(table, row)
        return touched


# A direct message is kept under the person it goes to.
_WHERE_SENT = ("key", "subject", "channel_id")


def _is_text(column: Column[Any]) -> bool:
    return isinstance(column.type, PlainText) and column.name != "workspace_id"


def _names(person: str) -> re.Pattern[str]:
    """A person's id as a word of its own: one id may be the beginning of another."""
    return re.compile(rf"(?<![A-Za-z0-9]){re.escape(person)}(?![A-Za-z0-9])")


def _mentions(whole: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and whole.search(value) is not None


def _assessment_column(table: Table) -> Column[Any] | None:
    return table.c.id if table.name == assessment.name else table.c.get("assessment_id")


def _assessment_of(table: Table, row: RowMapping) -> set[str]:
    column = _assessment_column(table)
    return set() if column is None or row[column.name] is None else {row[column.name]}


def _as_json(row: RowMapping) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in row.items()
        if name not in _LEASES
    }


def _without_hidden_levels(records: Records) -> Records:
    """Nobody sees a vote before the reveal, not even whoever exports the records."""
    together = {row["id"] for row in records.get(assessment.name, []) if row["mode"] == Mode.TOGETHER.value}
    hidden = {
        (row["assessment_id"], row["prompt_id"]): row["round"]
        for row in records.get(prompt_progress.name, [])
        if row["assessment_id"] in together and row["revealed_at"] is None and _may_hold_votes(row)
    }
    for row in _of_hidden(records.get("vote", []), hidden):
        if row["round"] == hidden[row["assessment_id"], row["prompt_id"]]:
            row["level"] = HIDDEN
    for row in _of_hidden(records.get("history", []), hidden):
        if row["what"] in _CAST:
            # "Not for me" is as hidden as a level.
            row |= {"what": Happened.VOTED.value, "level_before": HIDDEN, "level_after": HIDDEN}
    return records


def _may_hold_votes(prompt: Mapping[str, Any]) -> bool:
    return prompt["state"] not in {PromptState.WAITING.value, PromptState.AGREED.value}


def _of_hidden(
    rows: Iterable[dict[str, Any]], hidden: Mapping[tuple[str, str], int]
) -> Iterable[dict[str, Any]]:
    return [row for row in rows if (row["assessment_id"], row["prompt_id"]) in hidden]
