"""What the walks through the services share: a database of their own, its restart, a clock and a channel."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bot.services.asking import Asked
from bot.services.assessment.finding import find_assessment
from model.assessment.assessment import Assessment
from model.assessment.history import HistoryEntry
from storage.database import Database
from tests.bot.desks import Inside, desk_of
from tests.model.assessments import FRAMEWORK, NOW

T = TypeVar("T")
WORKSPACE = "T1"


class ServiceWalk(RuleBasedStateMachine):
    """Steps go through the services into SQLite; the tables are copied, since to migrate takes longest."""

    def __init__(self, migrated: Path, *people: str) -> None:
        super().__init__()
        self.inside = set(people)
        """Who is in all the channels."""
        self.folder = TemporaryDirectory()
        self.file = Path(self.folder.name) / "walk.db"
        shutil.copyfile(migrated, self.file)
        self.runner = asyncio.Runner()
        self.at = self.opened_at = NOW
        self.open()

    def open(self) -> None:
        self.database = self.run_it(Database.open(f"sqlite:///{self.file}"))
        self.desk = desk_of(self.database, Inside(self.inside.__contains__), framework=FRAMEWORK)

    def run_it(self, work: Coroutine[object, object, T]) -> T:
        return self.runner.run(work)

    def teardown(self) -> None:
        self.run_it(self.database.close())
        self.runner.close()
        self.folder.cleanup()

    def asked(self, by: str) -> Asked:
        self.at += timedelta(minutes=1)
        return Asked(WORKSPACE, by, self.at, f"press:{self.at.isoformat()}")

    def find(self, assessment_id: str) -> Assessment:
        return self.run_it(find_assessment(self.database, WORKSPACE, assessment_id))

    def history(self, assessment_id: str) -> list[HistoryEntry]:
        return self.run_it(self._history(assessment_id))

    async def _history(self, assessment_id: str) -> list[HistoryEntry]:
        async with self.database.reading(WORKSPACE) as work:
            return await work.assessments.history(assessment_id)

    @precondition(lambda self: self.at - self.opened_at > timedelta(minutes=10))
    @rule()
    def restart(self) -> None:
        self.run_it(self.database.close())
        self.open()
        self.opened_at = self.at


def walk(kind: type[ServiceWalk], migrated: Path, *, examples: int, steps: int) -> None:
    """Walk many times, each through a copy of this file that has the tables."""

    class Walk(kind):  # type: ignore[misc, valid-type]
        def __init__(self) -> None:
            super().__init__(migrated)

    wanted = settings(max_examples=examples, stateful_step_count=steps, deadline=None)
    run_state_machine_as_test(Walk, settings=wanted)
