"""The measurements run and measure what they say; how long anything takes is not tested."""

from __future__ import annotations

from pathlib import Path

from tests.bench import reminding
from tests.bench.answering import Times, measure, percentile_99, report


async def test_answering_presses_both_apps(sqlite_url: str) -> None:
    times = await measure(4, sqlite_url)
    assert len(times.bare) == len(times.acknowledged) == len(times.recorded) == 4
    assert all(recorded >= acked for recorded, acked in zip(times.recorded, times.acknowledged, strict=True))


def test_the_report_gives_ratios() -> None:
    text = report(Times(bare=[0.010] * 10, acknowledged=[0.012] * 10, recorded=[0.020] * 10))
    assert "acknowledged, median:  1.20 times bare" in text
    assert "recorded and answered, 99th percentile:  2.00 times bare" in text


def test_the_99th_percentile_is_near_the_top() -> None:
    assert percentile_99([float(value) for value in range(101)]) == 99.0


async def test_reminding_rounds_in_turn(tmp_path: Path) -> None:
    times = await reminding.measure(40, 2, tmp_path)
    assert len(times.few) == len(times.many) == 2
    assert "2 rounds each: with 40 milestones more" in reminding.report(times, 40)
