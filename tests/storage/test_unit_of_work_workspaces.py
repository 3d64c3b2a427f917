"""One workspace can neither read nor change what is another's, even where the ids are the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.assessment.steps import OpenDimension
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from storage.workspaces.installations import Installation
from tests.storage.material import (
    FRAMEWORK,
    LEASE,
    NOW,
    SECOND,
    message,
    started,
    stepped,
    stored,
    want,
)

OURS, THEIRS = "T-ours", "T-theirs"


def _installation(workspace: str, name: str) -> Installation:
    return Installation(workspace, name, "https://a.example/", "B1", "U9", ("chat:write",), NOW)


@pytest.fixture
async def shared(database: Database) -> Database:
    """A database in which our workspace has one of everything."""
    await stored(database, "A1", workspace=OURS)
    await want(database, message("board", assessment="A1"), workspace=OURS)
    async with database.unit_of_work(OURS) as work:
        await work.settings.put("channel:C1", "start", "ours")
        assert await work.deliveries_seen.first_time("event", NOW)
        await work.installation.put(_installation(OURS, "Ours"))
        await work.commit()
    [claim] = await database.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9)
    begun = await database.outbox.begin(claim, now=NOW, lease=LEASE)
    assert begun is not None
    assert await database.outbox.delivered(
        claim, ts="1.1", channel_id="C1", generation=1, now=NOW, redraw_after=SECOND
    )
    return database


async def _everything(work: UnitOfWork) -> list[object]:
    """What each reading method finds under the ids that ours has."""
    return [
        await work.assessments.get("A1"),
        await work.assessments.active_in("C1"),
        await work.assessments.latest_in("C1"),
        await work.assessments.running(),
        await work.assessments.history("A1"),
        await work.frameworks.get(FRAMEWORK.content_hash),
        await work.messages.get("board"),
        await work.messages.of_assessment("A1"),
        await work.messages.at("C1", "1.1"),
        await work.settings.get("channel:C1", "start"),
        await work.installation.get(),
    ]


async def test_every_reading_method_finds_ours_and_nothing_of_theirs(shared: Database) -> None:
    async with shared.reading(OURS) as work:
        ours = await _everything(work)
        assert all(ours)
    async with shared.reading(THEIRS) as work:
        # Ours has filled the cache of frameworks by now, and still theirs finds none.
        assert not any(await _everything(work))
    async with shared.unit_of_work(THEIRS) as work:
        assert await work.assessments.lock("A1") is None


async def test_the_same_ids_may_stand_in_both(shared: Database) -> None:
    async with shared.reading(OURS) as work:
        before = await _everything(work)
    theirs = await stored(shared, "A1", workspace=THEIRS)
    async with shared.unit_of_work(THEIRS) as work:
        current = await work.assessments.lock("A1")
        assert current == theirs
        taken = stepped(theirs, OpenDimension(theirs.scope[0]))
        renamed = replace(taken.assessment, title="Theirs", participants=taken.assessment.participants[1:])
        await work.assessments.save(theirs, renamed, taken.entries)
        await work.messages.want(message("board", channel="C9", assessment="A1"), NOW, redraw_after=SECOND)
        await work.settings.put("channel:C1", "start", "theirs")
        assert await work.deliveries_seen.first_time("event", NOW)
        await work.installation.put(_installation(THEIRS, "Theirs"))
        await work.commit()
    async with shared.reading(OURS) as work:
        assert await _everything(work) == before
    async with shared.reading(THEIRS) as work:
        assert await work.assessments.get("A1") == renamed
        assert await work.settings.get("channel:C1", "start") == "theirs"


async def test_nothing_can_be_saved_across(shared: Database) -> None:
    ours, _ = started("A1")
    taken = stepped(ours, OpenDimension(ours.scope[0]))
    async with shared.unit_of_work(THEIRS) as work:
        assert await work.assessments.lock("A1") is None
        with pytest.raises(RuntimeError, match="locked"):
            await work.assessments.save(ours, taken.assessment, taken.entries)
        with pytest.raises(ValueError, match="own workspace"):
            await work.installation.put(_installation(OURS, "Theirs"))
    async with shared.reading(OURS) as work:
        assert await work.assessments.get("A1") == ours


async def test_a_thread_is_never_looked_for_in_another_workspace(shared: Database) -> None:
    await want(shared, message("reply", parent="board"), workspace=THEIRS)
    assert await shared.outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9) == []
    assert await shared.outbox.next_due(now=NOW) is None


async def test_channels_of_the_same_id_are_paced_and_freed_apart(shared: Database) -> None:
    outbox = shared.outbox
    await outbox.hold_channel(workspace_id=OURS, channel_id="C1", until=NOW + LEASE)
    await want(shared, message("ours"), workspace=OURS)
    await want(shared, message("other"), workspace=THEIRS)
    [claim] = await outbox.claim(owner="a", now=NOW, lease=LEASE, limit=9)
    assert (claim.workspace_id, claim.key) == (THEIRS, "other")
    await outbox.block(claim, reason="is_archived")
    assert await outbox.unblock(workspace_id=OURS, channel_id="C1", now=NOW) == 0
    assert await outbox.unblock(workspace_id=THEIRS, channel_id="C1", now=NOW) == 1


async def test_a_setting_is_swapped_only_while_it_is_what_it_was(database: Database) -> None:
    async with database.unit_of_work(OURS) as work:
        assert not await work.settings.swap("workspace", "days", {"a": [1]}, {"a": [2]})
        assert await work.settings.swap("workspace", "days", None, {"a": [1], "b": "é"})
        assert not await work.settings.swap("workspace", "days", None, {"a": [3]})
        before = await work.settings.get("workspace", "days")
        assert await work.settings.swap("workspace", "days", before, {"a": [2]})
        assert not await work.settings.swap("workspace", "days", before, {"a": [4]})
        await work.commit()
    async with database.unit_of_work(THEIRS) as work:
        assert not await work.settings.swap("workspace", "days", {"a": [2]}, {"a": [5]})
    async with database.reading(OURS) as work:
        assert await work.settings.get("workspace", "days") == {"a": [2]}
