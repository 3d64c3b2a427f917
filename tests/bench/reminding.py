"""How long a round of the reminders takes with 2,000 open milestones, beside one with 20, in the same run.

Run: python -m tests.bench.reminding [milestones] [rounds]

Both databases have the same few milestones that were due; the large one has many more that are not: half of
them far ahead, half handed over long ago. The rounds come in turn, so that whatever else
the machine does falls on both, and the figure is a ratio.
"""

from __future__ import annotations

import asyncio
import sys
import time as clock
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

from bot.services.reminders.due import LAST, owners_last
from bot.services.reminders.round import remind
from model.plan.history import PlanEntry
from model.plan.state_machine import take_in_plan
from model.plan.steps import AddItem, PlanTaken, WantedMilestone
from storage.database import Database
from storage.plans.reminders import Spent
from tests.bot.desks import RULES, desk_of
from tests.storage.material import NOW, WORKSPACE, stored

LONDON = ZoneInfo("Europe/London")
# A Friday, within hours.
ROUND_AT = datetime.combine(date(2027, 6, 18), time(10), tzinfo=LONDON)
_PER_ITEM, _ITEMS = 20, 90


@dataclass
class Times:
    """Seconds of each round."""

    few: list[float] = field(default_factory=list)
    many: list[float] = field(default_factory=list)


async def fill(database: Database, number: int, due: date, *, over: bool = False) -> None:
    """Add so many milestones with this date; `over` means that they were handed over."""
    left, plans = number, 0
    while left > 0:
        plans += 1
        assessment_id = f"A{due:%Y%m%d}{plans}"
        assessment = await stored(database, assessment_id, channel=f"C{assessment_id}")
        async with database.unit_of_work(WORKSPACE) as work:
            before = await work.plans.lock(assessment_id)
            assert before is not None
            plan = before
            entries: list[PlanEntry] = []
            spent: list[Spent] = []
            for item in range(_ITEMS):
                size = min(left, _PER_ITEM)
                if not size:
                    break
                left -= size
                wanted = tuple(WantedMilestone(f"M{each}", due) for each in range(size))
                step = AddItem(
                    f"{assessment_id}-{item}", "Do it", "data", 2, 3, (f"U{item % 7}",), None, wanted
                )
                taken = take_in_plan(plan, step, assessment, by="U1", at=NOW, today=NOW.date())
                assert isinstance(taken, PlanTaken)
                plan, entries = taken.plan, [*entries, *taken.entries]
            await work.plans.save(before, plan, entries)
            for planned in plan.items if over else ():
                spent += [
                    Spent(
                        assessment_id,
                        each.id,
                        planned.owners[0],
                        NOW,
                        occasion,
                        due,
                        planned.owners[0],
                        "handed_over",
                        NOW,
                        ROUND_AT,
                        None,
                    )
                    for each in planned.milestones
                    for occasion in (owners_last(RULES.reminders).key, LAST)
                ]
            await work.reminders.spend(spent)
            if over:
                last = owners_last(RULES.reminders).key
                await work.reminders.note_all_said([assessment_id], handed_over=LAST, last=last)
            await work.commit()


async def one_round(database: Database, at: datetime) -> float:
    """How long a round takes."""
    began = clock.perf_counter()
    await remind(desk_of(database), WORKSPACE, at)
    return clock.perf_counter() - began


async def measure(milestones: int, rounds: int, folder: Path) -> Times:
    """Rounds in turn, on a database with few milestones and one with many."""
    times = Times()
    few = await Database.open(f"sqlite:///{folder / 'few.db'}")
    many = await Database.open(f"sqlite:///{folder / 'many.db'}")
    try:
        for database in (few, many):
            await fill(database, 20, date(2027, 6, 18))
        await fill(many, milestones // 2, date(2027, 12, 1))
        await fill(many, milestones // 2, date(2027, 3, 1), over=True)
        for database in (few, many):
            await one_round(database, ROUND_AT)
        for number in range(rounds):
            at = ROUND_AT + timedelta(minutes=number)
            times.few.append(await one_round(few, at))
            times.many.append(await one_round(many, at))
    finally:
        await few.close()
        await many.close()
    return times


def report(times: Times, milestones: int) -> str:
    """The ratio first, milliseconds beside it."""
    few, many = median(times.few), median(times.many)
    return (
        f"{len(times.few)} rounds each: with {milestones:,} milestones more that are not due, a round takes "
        f"{many / few:.2f} times as long ({many * 1_000:.1f} ms, else {few * 1_000:.1f} ms)"
    )


def main() -> None:
    """Measure on SQLite files and print."""
    milestones = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 50
    with TemporaryDirectory() as folder:
        sys.stdout.write(report(asyncio.run(measure(milestones, rounds, Path(folder))), milestones) + "\n")


if __name__ == "__main__":
    main()
