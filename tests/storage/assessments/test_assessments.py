"""Storing, changing and finding assessments."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import event

from model.assessment.assessment import AssessmentState, Evidence, Participant, Role, Vote
from model.assessment.steps import AddEvidence, Cancel, ConfirmLevel, OpenDimension, RecordLevel, Step
from storage.database import Database
from storage.engine.errors import AlreadyUnderWay, ConstraintBroken
from tests.storage.material import (
    FIRST_PROMPT,
    NOW,
    WORKSPACE,
    framework,
    started,
    stepped,
    stored,
)


async def test_what_is_added_is_read_back(database: Database) -> None:
    assessment, entries = started()
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(assessment, entries)
        assert await work.assessments.get("A1") == assessment
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
        assert found == assessment
        assert found is not None
        assert found.framework.content_hash == assessment.framework.content_hash
        assert await work.assessments.history("A1") == list(entries)
        assert await work.assessments.get("A2") is None
        assert await work.assessments.history("A2") == []


async def test_a_channel_has_one_assessment_under_way(database: Database) -> None:
    await stored(database)
    second, entries = started("A2")
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(AlreadyUnderWay) as caught:
            await work.assessments.add(second, entries)
        # The unit of work goes on: a use case wants to say which one is under way.
        found = await work.assessments.active_in("C1")
        assert found is not None
        assert found.id == "A1"
        await work.settings.put("channel:C1", "start", 1)
        await work.commit()
    assert caught.value.channel_id == "C1"
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A2") is None
        assert await work.settings.get("channel:C1", "start") == 1


async def test_another_follows_when_the_first_has_ended(database: Database) -> None:
    first = await stored(database)
    ended = stepped(first, Cancel("Budget"))
    second, entries = started("A2", at=NOW - timedelta(days=1))
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.lock("A1")
        await work.assessments.save(first, ended.assessment, ended.entries)
        assert await work.assessments.active_in("C1") is None
        latest = await work.assessments.latest_in("C1")
        assert latest == ended.assessment
        await work.assessments.add(second, entries)
        # The one under way comes first even though the other was started later.
        assert await work.assessments.latest_in("C1") == second
        with pytest.raises(AlreadyUnderWay):
            await work.assessments.save(ended.assessment, first, ())


async def test_without_an_active_one_the_latest_is_the_last_started(database: Database) -> None:
    for place, id_ in enumerate(("A1", "A3", "A2")):
        assessment, entries = started(id_, at=NOW + timedelta(days=min(place, 1)))
        async with database.unit_of_work(WORKSPACE) as work:
            cancelled = replace(assessment, state=AssessmentState.CANCELLED)
            await work.assessments.add(cancelled, entries)
            await work.commit()
    async with database.reading(WORKSPACE) as work:
        latest = await work.assessments.latest_in("C1")
        assert latest is not None
        assert latest.id == "A3"
        assert await work.assessments.latest_in("C2") is None


async def test_the_running_ones_come_in_order_of_their_start(database: Database) -> None:
    later = NOW + timedelta(hours=1)
    for id_, channel, at in (("A3", "C3", NOW), ("A1", "C1", later), ("A2", "C2", NOW)):
        assessment, entries = started(id_, channel=channel, at=at)
        async with database.unit_of_work(WORKSPACE) as work:
            await work.assessments.add(assessment, entries)
            await work.commit()
    async with database.unit_of_work(WORKSPACE) as work:
        gone = await work.assessments.lock("A2")
        assert gone is not None
        ended = stepped(gone, Cancel())
        await work.assessments.save(gone, ended.assessment, ended.entries)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        running = await work.assessments.running()
    assert [each.id for each in running] == ["A3", "A1"]
    assert all(len(each.dimensions) == 3 and each.facilitators == ("U1", "U2") for each in running)


async def test_only_the_difference_is_written(database: Database) -> None:
    before = await stored(database, opened=True)
    after = stepped(before, RecordLevel(FIRST_PROMPT, 3))
    written: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        written.append(" ".join(statement.split()[:3]))

    engine = database._engines.writing.sync_engine
    async with database.unit_of_work(WORKSPACE) as work:
        assert await work.assessments.lock("A1") == before
        event.listen(engine, "before_cursor_execute", note)
        await work.assessments.save(before, after.assessment, after.entries)
        event.remove(engine, "before_cursor_execute", note)
        await work.commit()
    assert sorted(written) == [
        "INSERT INTO history",
        "INSERT INTO vote",
        "UPDATE prompt_progress SET",
        "UPDATE prompt_progress SET",
    ]
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") == after.assessment


async def test_an_assessment_is_locked_before_it_is_saved(database: Database) -> None:
    before = await stored(database)
    after = stepped(before, OpenDimension(before.scope[0]))
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.get("A1")
        with pytest.raises(RuntimeError, match="locked"):
            await work.assessments.save(before, after.assessment, after.entries)


@pytest.mark.parametrize(
    "change", [{"id": "A9"}, {"channel_id": "C9"}, {"framework": framework("2.0.0")}, {"dimensions": ()}]
)
async def test_what_an_assessment_began_with_is_kept(database: Database, change: dict[str, object]) -> None:
    before = await stored(database)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.lock("A1")
        with pytest.raises(ValueError, match="keeps its"):
            await work.assessments.save(before, replace(before, **change), ())  # type: ignore[arg-type]


async def test_votes_and_evidence_keep_their_order_whatever_their_times(database: Database) -> None:
    before = await stored(database, opened=True)
    times = (NOW, NOW - timedelta(hours=1), NOW)
    votes = tuple(Vote(f"U{place}", 3, at) for place, at in enumerate(times))
    evidence = tuple(Evidence(f"E{9 - place}", "U1", "A survey", "", at) for place, at in enumerate(times))
    async with database.unit_of_work(WORKSPACE) as work:
        current = await work.assessments.lock("A1")
        for cast, offered in (
            (votes, evidence),
            ((votes[1], votes[2], replace(votes[0], level=5)), evidence[:2]),
            ((votes[2], votes[1]), tuple(reversed(evidence))),
            ((), ()),
        ):
            assert current == before
            after = current.with_prompt(replace(current.prompts[0], votes=cast, evidence=offered))
            await work.assessments.save(current, after, ())
            current = before = after
            assert await work.assessments.get("A1") == after


async def test_the_roster_keeps_its_order_and_who_left(database: Database) -> None:
    before = await stored(database)
    roster = (
        Participant("U3", Role.FACILITATOR, NOW, "U1"),
        Participant("U2", Role.ASSESSOR, NOW, "U2", left_at=NOW + timedelta(hours=1)),
        Participant("U4", Role.OBSERVER, NOW, "U1", assessor_until=NOW + timedelta(hours=2)),
        before.participants[0],
    )
    after = replace(before, participants=roster)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.lock("A1")
        await work.assessments.save(before, after, ())
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        found = await work.assessments.get("A1")
    assert found is not None
    assert found.participants == roster
    assert found.facilitators == ("U3", "U1")


async def test_history_is_in_the_order_of_writing(database: Database) -> None:
    current = await stored(database, opened=True)
    async with database.reading(WORKSPACE) as work:
        expected = await work.assessments.history("A1")
    # A clock that was put back does not put the history into another order.
    steps: list[Step] = [
        *(RecordLevel(prompt.prompt_id, 4) for prompt in current.dimensions[0].prompts),
        ConfirmLevel(current.scope[0], seen=4, level=2, reason="No proof"),
        AddEvidence(FIRST_PROMPT, "E1", "A survey", ""),
    ]
    for place, step in enumerate(steps):
        taken = stepped(current, step, at=NOW - timedelta(hours=place))
        async with database.unit_of_work(WORKSPACE) as work:
            assert await work.assessments.lock("A1") == current
            await work.assessments.save(current, taken.assessment, taken.entries)
            await work.commit()
        current = taken.assessment
        expected += taken.entries
    async with database.reading(WORKSPACE) as work:
        assert await work.assessments.history("A1") == expected
        assert await work.assessments.get("A1") == current


async def test_the_rules_of_the_tables_have_names(database: Database) -> None:
    before = await stored(database, opened=True)
    prompt = before.prompts[0]
    for broken, rule in (
        (replace(prompt, level=6), "ck_prompt_progress_level"),
        (replace(prompt, votes=(Vote("U1", 0, NOW),)), "ck_vote_level"),
        (replace(prompt, votes=(Vote("U1", 1, NOW), Vote("U1", 2, NOW))), "uq_vote_one_a_person"),
        (replace(prompt, evidence=(Evidence("E1", "U1", "", "", NOW),)), "ck_evidence_not_empty"),
    ):
        async with database.unit_of_work(WORKSPACE) as work:
            await work.assessments.lock("A1")
            with pytest.raises(ConstraintBroken) as caught:
                await work.assessments.save(before, before.with_prompt(broken), ())
        assert caught.value.constraint == rule
    async with database.unit_of_work(WORKSPACE) as work:
        with pytest.raises(ConstraintBroken) as caught:
            await work.assessments.add(replace(before, channel_id="C2"), ())
    assert caught.value.constraint == "pk_assessment"


async def test_a_framework_is_stored_once_and_kept_whole(database: Database, database_url: str) -> None:
    newer = framework("2.0.0")
    first = await stored(database)
    second, entries = started("A2", channel="C2", of=newer)
    async with database.unit_of_work(WORKSPACE) as work:
        await work.assessments.add(second, entries)
        third, entries = started("A3", channel="C3")
        await work.assessments.add(third, entries)
        await work.commit()
    await database.close()
    again = await Database.open(database_url)
    async with again.reading(WORKSPACE) as work:
        assert await work.assessments.get("A1") == first
        found = await work.assessments.get("A2")
        assert found is not None
        assert found.framework == newer
        assert await work.frameworks.get(newer.content_hash) == newer
        # Parsing one is slow, so a process does it once.
        assert await work.frameworks.get(newer.content_hash) is found.framework
        assert await work.frameworks.get("no such hash") is None
    await again.close()
