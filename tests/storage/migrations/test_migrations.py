"""The migrations: up, down, up again with data, at once, and no drift from the tables in the code."""

from __future__ import annotations

import asyncio
import json
import shutil
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Boolean, Date, column, inspect, select, table, text, update
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.services.messages.of_assessments import out_of_date
from model.assessment.assessment import (
    AssessmentState,
    Evidence,
    Mode,
    Moderation,
    PromptState,
    Role,
    SecondTeam,
    Vote,
)
from model.assessment.evidence import CameFrom, Source
from model.assessment.history import Happened, HistoryEntry
from model.assessment.steps import (
    AddEvidence,
    MoveEvidence,
    OpenDimension,
    RecordLevel,
    Step,
    WithdrawEvidence,
)
from storage.database import Database
from storage.engine import migrating
from storage.engine.address import normalise_url, sqlite_path
from storage.engine.engines import postgres_engines, sqlite_engine
from storage.engine.errors import DatabaseProblem
from storage.messages.messages import WantedMessage
from storage.tables import metadata
from storage.types import PlainText, UtcDateTime
from storage.workspaces.digests import DigestMade
from tests.storage.material import NOW, SECOND, WORKSPACE, message, started, stepped, stored, want

T = TypeVar("T")
_OPEN = """
import asyncio, sys
from storage.database import Database

async def main():
    print("ready", flush=True)
    sys.stdin.readline()
    database = await Database.open(sys.argv[1])
    await database.close()

asyncio.run(main())
"""
_NEXT = '''
"""A revision of the tests."""
import sqlalchemy as sa
from alembic import op

revision = "9999_test"
down_revision = "{head}"


def upgrade():
    with op.batch_alter_table("assessment") as table:
        table.add_column(sa.Column("note", sa.Text(), nullable=True))
        table.drop_constraint(op.f("ck_assessment_state"), type_="check")
    {more}


def downgrade():
    with op.batch_alter_table("assessment") as table:
        table.drop_column("note")
        table.create_check_constraint(op.f("ck_assessment_state"), "state <> 'lost'")
'''


def _engine(url: str) -> AsyncEngine:
    """An engine as migrations get it."""
    address = normalise_url(url)
    path = sqlite_path(address)
    if path is None:
        return postgres_engines(address).writing
    return sqlite_engine(path, begin="BEGIN IMMEDIATE", foreign_keys=False)


async def _run(url: str, work: Callable[[Connection], T]) -> T:
    engine = _engine(url)
    async with engine.begin() as connection:
        result = await connection.run_sync(work)
    await engine.dispose()
    return result


def _schema(connection: Connection) -> dict[str, Any]:
    """Everything about the tables that a query or a rule depends on."""
    found = inspect(connection)
    return {
        table: {
            "columns": _told(found.get_columns(table)),
            "key": _told([found.get_pk_constraint(table)]),
            "foreign keys": _told(found.get_foreign_keys(table)),
            "unique": _told(found.get_unique_constraints(table)),
            "checks": _told(found.get_check_constraints(table)),
            "indexes": _told(found.get_indexes(table)),
        }
        for table in found.get_table_names()
        if table != "alembic_version"
    }


def _told(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    return sorted(json.dumps(part, sort_keys=True, default=str) for part in parts)


@pytest.fixture
def with_next_revision(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Adds a revision after ours to the program."""

    def add(more: str = "pass") -> None:
        scripts = tmp_path / "migrations"
        shutil.copytree(migrating._SCRIPTS, scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "9999_test.py").write_text(_NEXT.format(more=more, head=migrating.head()))
        monkeypatch.setattr(migrating, "_SCRIPTS", scripts)

    return add


async def _filled(url: str) -> None:
    database = await Database.open(url)
    await stored(database, opened=True)
    await want(database, message(assessment="A1"))
    await database.close()


async def _as_filled(url: str) -> bool:
    database = await Database.open(url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        messages = await work.messages.of_assessment("A1")
        history = await work.assessments.history("A1")
    await database.close()
    return found is not None and (
        len(found.prompts),
        len(found.facilitators),
        len(messages),
        len(history),
    ) == (6, 2, 1, 2)


async def test_the_migrations_make_exactly_the_tables_of_the_code(
    empty_database_url: str, tmp_path: Path
) -> None:
    await (await Database.open(empty_database_url)).close()
    engine = _engine(empty_database_url)
    async with engine.connect() as connection:
        difference = await connection.run_sync(
            lambda sync: compare_metadata(MigrationContext.configure(sync), metadata)
        )
        migrated = await connection.run_sync(_schema)
    assert difference == []
    async with engine.begin() as connection:
        await connection.run_sync(metadata.drop_all)
        await connection.run_sync(metadata.create_all)
        created = await connection.run_sync(_schema)
    await engine.dispose()
    assert migrated == created
    assert sorted(migrated) == sorted(metadata.tables)


async def test_down_and_up_again_with_data(empty_database_url: str) -> None:
    await _filled(empty_database_url)
    before = await _run(empty_database_url, _schema)
    await _run(empty_database_url, lambda connection: migrating.move(connection, "base"))
    assert await _run(empty_database_url, _schema) == {}
    await _filled(empty_database_url)
    assert await _run(empty_database_url, _schema) == before
    assert await _as_filled(empty_database_url)


async def test_a_later_revision_keeps_the_data_up_and_down(
    empty_database_url: str, with_next_revision: Callable[[str], None]
) -> None:
    await _filled(empty_database_url)
    head = migrating.head()
    with_next_revision("pass")
    # On SQLite this rebuilds the table that every other refers to.
    assert await _as_filled(empty_database_url)
    assert await _run(empty_database_url, migrating.revision_of) == "9999_test"
    await _run(empty_database_url, lambda connection: migrating.move(connection, head))
    assert await _run(empty_database_url, migrating.revision_of) == head
    assert await _as_filled(empty_database_url)


async def test_a_database_of_a_later_program_is_refused(
    empty_database_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    with_next_revision("pass")
    await (await Database.open(empty_database_url)).close()
    monkeypatch.undo()
    with pytest.raises(DatabaseProblem, match="newer than this Milepost"):
        await Database.open(empty_database_url)


async def test_a_revision_that_fails_changes_nothing(
    empty_database_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(empty_database_url)
    before = await _run(empty_database_url, _schema)
    with_next_revision("raise LookupError")
    with pytest.raises(LookupError):
        await Database.open(empty_database_url)
    monkeypatch.undo()
    assert await _run(empty_database_url, _schema) == before
    assert await _as_filled(empty_database_url)


async def test_a_revision_that_would_leave_loose_ends_is_undone(
    sqlite_url: str, with_next_revision: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    await _filled(sqlite_url)
    with_next_revision('op.execute("DELETE FROM framework")')
    with pytest.raises(DatabaseProblem, match="table assessment has rows that refer to rows which do not"):
        await Database.open(sqlite_url)
    monkeypatch.undo()
    assert await _as_filled(sqlite_url)


async def test_replicas_that_start_together_migrate_once(empty_postgres_url: str) -> None:
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "-c",
            _OPEN,
            empty_postgres_url,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        for _ in range(2)
    ]
    for process in processes:
        assert process.stdout is not None
        assert await process.stdout.readline() == b"ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write(b"go\n")
    await asyncio.gather(*(process.communicate() for process in processes))
    assert [process.returncode for process in processes] == [0, 0]
    opened = await asyncio.gather(*(Database.open(empty_postgres_url) for _ in range(3)))
    await asyncio.gather(*(database.close() for database in opened))
    assert await _run(empty_postgres_url, migrating.revision_of) == migrating.head()


async def test_many_in_one_process_migrate_an_empty_server_once(empty_postgres_url: str) -> None:
    opened = await asyncio.gather(*(Database.open(empty_postgres_url) for _ in range(4)))
    await stored(opened[0])
    await asyncio.gather(*(database.close() for database in opened))


async def test_revisions_that_do_not_exist(empty_database_url: str) -> None:
    await (await Database.open(empty_database_url)).close()
    await _run(empty_database_url, lambda connection: connection.execute(text("DELETE FROM alembic_version")))
    with pytest.raises(DatabaseProblem, match="did not make"):
        await Database.open(empty_database_url)


async def test_facilitators_of_the_first_revision_come_onto_the_roster_and_back(
    empty_database_url: str,
) -> None:
    await _filled(empty_database_url)
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0001_foundation"))

    def old_rows(connection: Connection) -> list[tuple[str, int]]:
        found = connection.execute(
            text("SELECT person, position FROM assessment_facilitator ORDER BY position")
        )
        return [(row.person, row.position) for row in found]

    assert await _run(empty_database_url, old_rows) == [("U1", 0), ("U2", 1)]
    assert await _as_filled(empty_database_url)
    database = await Database.open(empty_database_url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
    await database.close()
    assert found is not None
    assert [(each.person, each.role, each.joined_at, each.added_by) for each in found.participants] == [
        (person, Role.FACILITATOR, found.started_at, found.started_by) for person in ("U1", "U2")
    ]


async def test_evidence_keeps_its_words_and_its_note_over_its_revision(
    empty_database_url: str,
) -> None:
    """Up: the note is known by its thread too. Down: what was withdrawn goes, and files become links."""
    database = await Database.open(empty_database_url)
    current = await stored(database, opened=True)
    first, second = (prompt.prompt_id for prompt in current.dimensions[0].prompts)
    file = Source(CameFrom.FILE, "https://a.example/p1", "survey.pdf")
    steps: list[Step] = [
        AddEvidence(first, "E1", "A survey", ""),
        AddEvidence(first, "E2", "Wrong", ""),
        AddEvidence(first, "E3", "", "", author="U3", source=file),
        MoveEvidence("E3", second),
        WithdrawEvidence("E2"),
    ]
    for step in steps:
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.assessments.lock("A1")
            assert before is not None
            taken = stepped(before, step)
            await work.assessments.save(before, taken.assessment, taken.entries)
            await work.messages.want_all(out_of_date(before, taken.assessment), NOW, redraw_after=SECOND)
            await work.commit()
    await database.close()
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0007_nudges"))

    def old_rows(connection: Connection) -> list[tuple[Any, ...]]:
        found = connection.execute(text("SELECT id, prompt_id, text, link FROM evidence ORDER BY id"))
        notes = connection.execute(text("SELECT key, subject FROM message WHERE kind = 'evidence'"))
        return [*map(tuple, found), *sorted(map(tuple, notes))]

    assert await _run(empty_database_url, old_rows) == [
        ("E1", first, "A survey", ""),
        ("E3", second, "", "https://a.example/p1"),
        ("evidence:A1:E1", "E1"),
        ("evidence:A1:E3", "E3"),
    ]
    database = await Database.open(empty_database_url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        notes = [each for each in await work.messages.of_assessment("A1") if each.kind == "evidence"]
        history = await work.assessments.history("A1")
    await database.close()
    assert found is not None
    assert found.prompt(first).evidence == (Evidence("E1", "U1", "A survey", "", NOW),)
    assert found.prompt(second).evidence == (Evidence("E3", "U3", "", "https://a.example/p1", NOW),)
    assert sorted((each.key, each.subject) for each in notes) == [
        ("evidence:A1:E1/leadership", "E1/leadership"),
        ("evidence:A1:E3/leadership", "E3/leadership"),
    ]
    assert {entry.what for entry in history} == {
        Happened.STARTED,
        Happened.DIMENSION_OPENED,
        Happened.EVIDENCE_ADDED,
    }


async def test_what_the_first_revision_cannot_hold_is_left_out_on_the_way_back(
    empty_database_url: str,
) -> None:
    """Votes of the last round stay; abstentions, earlier rounds and new kinds of history go."""
    await _filled(empty_database_url)
    database = await Database.open(empty_database_url)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        prompt = replace(
            before.prompts[0],
            state=PromptState.REVEALED,
            revealed_at=NOW,
            round=2,
            votes=(Vote("U1", 4, NOW, 2), Vote("U2", None, NOW, 2)),
            earlier_votes=(Vote("U1", 1, NOW), Vote("U2", 5, NOW)),
        )
        entry = HistoryEntry(Happened.REVEALED, "U1", NOW, prompt_id=prompt.prompt_id)
        await work.assessments.save(before, before.with_prompt(prompt), (entry,))
        await work.commit()
    await database.close()
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0001_foundation"))
    assert await _as_filled(empty_database_url)
    database = await Database.open(empty_database_url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
    await database.close()
    assert found is not None
    assert found.prompts[0].state is PromptState.ASKED
    assert [(vote.person, vote.level, vote.round) for vote in found.prompts[0].votes] == [("U1", 4, 1)]


async def test_a_question_that_was_asked_before_there_were_nudges_gets_a_moment(
    empty_database_url: str,
) -> None:
    """The moment of the last thing decided in its dimension, else of its opening; others need none."""
    await _filled(empty_database_url)
    database = await Database.open(empty_database_url)
    async with database.unit_of_work(WORKSPACE) as work:
        before = await work.assessments.lock("A1")
        assert before is not None
        taken = stepped(before, OpenDimension(before.scope[1]), at=NOW + SECOND)
        taken = stepped(taken.assessment, RecordLevel(before.scope[1] + "-first", 2), at=NOW + 2 * SECOND)
        await work.assessments.save(before, taken.assessment, ())
        await work.commit()
    await database.close()
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0006_deletions"))
    database = await Database.open(empty_database_url)
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
    await database.close()
    assert found is not None
    asked = {each.prompt_id: each.asked_at for each in found.prompts if each.asked_at is not None}
    assert asked == {
        found.scope[0] + "-first": NOW,
        found.scope[1] + "-second": NOW + 2 * SECOND,
    }


async def test_a_second_team_survives_the_way_down_and_up_as_far_as_the_earlier_program_can_hold_it(
    empty_database_url: str,
) -> None:
    """In the first's channel it is cancelled; in one of its own it goes on as an assessment of its own."""
    database = await Database.open(empty_database_url)
    first, entries = started(mode=Mode.TOGETHER)
    moderation = Moderation(3, "We looked.", "U9", NOW)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(first, entries)
        for id_, channel in (("A2", "C1"), ("A3", "C3")):
            second = replace(
                first,
                id=id_,
                channel_id=channel,
                title="Ours – Peer team",
                second_team=SecondTeam("A1" if id_ == "A2" else "A0", "Peer team", channel == "C1"),
            )
            prompt = replace(second.prompts[0], state=PromptState.ASKED, ready_by="U1", ready_at=NOW)
            second = second.with_prompt(prompt)
            second = second.with_dimension(replace(second.dimensions[0], moderation=moderation))
            await work.assessments.add(second, (*entries, HistoryEntry(Happened.MODERATED, "U9", NOW)))
        await work.messages.want(
            WantedMessage("comparison:A1", "comparison", "C1", "A1", None, None),
            NOW,
            redraw_after=timedelta(seconds=1),
        )
        await work.commit()
    await database.close()
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0011_reminders"))
    database = await Database.open(empty_database_url)
    async with database.reading(WORKSPACE) as work:
        found = {id_: await work.assessments.get(id_) for id_ in ("A1", "A2", "A3")}
        histories = [await work.assessments.history(id_) for id_ in found]
        comparison = await work.messages.get("comparison:A1")
    await database.close()
    states = [each.state for each in found.values() if each is not None]
    assert states == [AssessmentState.RUNNING, AssessmentState.CANCELLED, AssessmentState.RUNNING]
    for each in found.values():
        assert each is not None
        assert each.second_team is None and each.prompts[0].ready_at is None
        assert each.dimensions[0].moderation is None
    assert [len(each) for each in histories] == [1, 1, 1]
    assert comparison is None


async def test_the_digests_of_plans_become_those_of_their_channels_and_back(empty_database_url: str) -> None:
    """What was sent this week is not sent again; off stays off; one message of those in a channel goes on."""
    database = await Database.open(empty_database_url)
    for id_, channel in (("A1", "C1"), ("A2", "C1"), ("A3", "C3")):
        assessment = await stored(database, id_, channel=channel)
        async with database.unit_of_work(WORKSPACE) as work:
            await work.assessments.lock(id_)
            await work.assessments.save(assessment, replace(assessment, state=AssessmentState.CLOSED), ())
            await work.plans.lock(id_)
            await work.commit()
    await database.close()
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0017_library_removal"))
    week = NOW + timedelta(days=7)

    def fill(connection: Connection) -> None:
        for id_, made in (("A1", 0), ("A2", 1), ("A3", 2)):
            moments = dict.fromkeys(("planned_at", "since"), week) | {"made_at": week + made * SECOND}
            connection.execute(_OLD_DIGEST.insert(), {**_owner(id_), "day": week.date(), **moments})
            said = {"what": "digest_set", "by": "U2", "at": NOW + made * SECOND}
            texts = {"before": "on", "after": "off", "reason": ""}
            connection.execute(metadata.tables["plan_history"].insert(), {**_owner(id_), **said, **texts})
        off = update(_OLD_PLAN).where(_OLD_PLAN.c.assessment_id.in_(["A1", "A3"])).values(digest=False)
        connection.execute(off)
        for id_, channel, ts in (("A1", "C1", "1.1"), ("A2", "C1", None), ("A3", "C3", "3.1")):
            shown = {"ts": ts, "wanted": 1, "delivered": 0 if ts is None else 1, "due_at": NOW, "attempts": 0}
            keyed = {"key": f"digest:{id_}:{week.date()}", "kind": "digest", "subject": str(week.date())}
            row = {**_owner(id_), **keyed, "channel_id": channel, **shown}
            connection.execute(metadata.tables["message"].insert(), row)

    await _run(empty_database_url, fill)

    async def found(url: str) -> None:
        database = await Database.open(url)
        async with database.reading(WORKSPACE) as work:
            assert await work.digests.missing(week.date(), week) == []
            assert await work.digests.last("C1") == DigestMade("C1", week.date(), week, week, week)
            assert await work.settings.get("channel:C1", "digest") is None, "one of its plans had it on"
            off = {"on": False, "by": "U2", "at": (NOW + 2 * SECOND).isoformat()}
            assert await work.settings.get("channel:C3", "digest") == off
            rows = [await work.messages.get(f"digest:{id_}:{week.date()}") for id_ in ("A1", "A2", "A3")]
        await database.close()
        for row in rows:
            assert row is not None and row.assessment_id is None
        assert [row and (row.wanted, row.delivered) for row in rows] == [(2, 1), (2, 0), (2, 1)]
        assert [row and row.unwanted_at for row in rows] == [None, NOW, None]

    await found(empty_database_url)
    await _run(empty_database_url, lambda connection: migrating.move(connection, "0017_library_removal"))

    def old(connection: Connection) -> tuple[list[str], dict[str, bool], int]:
        digests = connection.execute(select(_OLD_DIGEST.c.assessment_id).order_by("assessment_id"))
        plans = connection.execute(select(_OLD_PLAN.c.assessment_id, _OLD_PLAN.c.digest))
        settings = connection.execute(text("SELECT count(*) FROM setting")).scalar_one()
        return list(digests.scalars()), {row.assessment_id: row.digest for row in plans}, settings

    assert await _run(empty_database_url, old) == (
        ["A1", "A2", "A3"],
        {"A1": True, "A2": True, "A3": False},
        0,
    )


_OLD_DIGEST = table(
    "digest",
    *(column(name, PlainText) for name in ("workspace_id", "assessment_id")),
    column("day", Date),
    *(column(name, UtcDateTime) for name in ("planned_at", "since", "made_at")),
)
_OLD_PLAN = table("plan", column("assessment_id", PlainText), column("digest", Boolean))


def _owner(assessment_id: str) -> dict[str, str]:
    return {"workspace_id": WORKSPACE, "assessment_id": assessment_id}
