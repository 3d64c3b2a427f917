"""The council's own library in its table."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from model.library.council_library import OwnAction, Provenance
from storage.database import Database
from tests.model.libraries import action_data, library_of
from tests.storage.material import NOW, WORKSPACE

ACTION = library_of([action_data("bin-days")]).action("bin-days")
FROM_FILE = OwnAction(ACTION, Provenance(NOW))
PROPOSED = OwnAction(
    ACTION.model_copy(update={"id": "bin-days-2", "title": "Other"}),
    Provenance(NOW, "U1", "U3", "C1", "1700000001.000100"),
)


async def add(database: Database, own: OwnAction, workspace: str = WORKSPACE) -> bool:
    async with database.unit_of_work(workspace) as work:
        added = await work.own_library.add(own)
        await work.commit()
    return added


async def test_actions_are_kept_whole_each_once(database: Database) -> None:
    assert await add(database, PROPOSED)
    assert await add(database, FROM_FILE)
    assert not await add(database, replace(PROPOSED, provenance=FROM_FILE.provenance))
    same_title = ACTION.model_copy(update={"id": "another"})
    assert not await add(database, OwnAction(same_title, FROM_FILE.provenance))
    async with database.reading(WORKSPACE) as work:
        assert await work.own_library.all() == [FROM_FILE, PROPOSED]
        assert await work.own_library.get("bin-days-2") == PROPOSED
        assert await work.own_library.get("another") is None


async def test_other_words_leave_where_it_came_from(database: Database) -> None:
    await add(database, PROPOSED)
    later = NOW + timedelta(days=1)
    changed = OwnAction(
        PROPOSED.action.model_copy(update={"title": "Third", "weeks": 8}), Provenance(later, changed_at=later)
    )
    async with database.unit_of_work(WORKSPACE) as work:
        await work.own_library.replace(changed)
        await work.commit()
    async with database.reading(WORKSPACE) as work:
        assert await work.own_library.get("bin-days-2") == OwnAction(
            changed.action, replace(PROPOSED.provenance, changed_at=later)
        )


async def test_what_is_taken_out_is_kept_apart_each_time(database: Database) -> None:
    for number in range(2):
        assert await add(database, PROPOSED)
        assert await add(database, PROPOSED, "T2") == (number == 0)
        async with database.unit_of_work(WORKSPACE) as work:
            await work.own_library.remove(PROPOSED, "U2", NOW + timedelta(days=number))
            await work.commit()
        async with database.reading(WORKSPACE) as work:
            assert await work.own_library.all() == []
            assert await work.own_library.removed_ids() == {"bin-days-2"}
            kept = (await work.records.everything())["library_removal"]
        assert [(each["title"], each["removed_by"], each["added_by"]) for each in kept] == [
            ("Other", "U2", "U1")
        ] * (number + 1)
    async with database.reading("T2") as work:
        assert await work.own_library.all() == [PROPOSED]
        assert await work.own_library.removed_ids() == set()


async def test_every_workspace_has_its_own(database: Database) -> None:
    await add(database, PROPOSED)
    assert await add(database, PROPOSED, "T2")
    async with database.reading("T3") as work:
        assert await work.own_library.all() == []
