"""How long a press takes, acknowledged and recorded, beside a bare Bolt listener in the same run.

Run: python -m tests.bench.answering [presses]

Both apps get the same payloads in turn, so that whatever else the machine does falls on both. Figures are
ratios; the milliseconds beside them hold for this machine and this moment only. Bolt itself looks for an
acknowledgement every ten milliseconds, which is most of what the bare listener takes.
"""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.log import configure_logging
from bot.sandbox.workspace.world import OMAR, TEAM_CHANNEL
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from tests.bot.stage import Stage, staged


@dataclass
class Times:
    """Seconds of each press."""

    bare: list[float] = field(default_factory=list)
    acknowledged: list[float] = field(default_factory=list)
    recorded: list[float] = field(default_factory=list)


def press_body(stage: Stage, assessment_id: str, prompt_id: str, number: int) -> dict[str, Any]:
    """A press on a level, real-shaped; every other press is another level, so that each changes something."""
    value = Reference(assessment=assessment_id, prompt=prompt_id, level=2 + number % 2).encode()
    return {
        "type": "block_actions",
        "team": {"id": stage.sandbox.team_id},
        "user": {"id": OMAR, "team_id": stage.sandbox.team_id},
        "api_app_id": "A0BENCH",
        "channel": {"id": TEAM_CHANNEL},
        "container": {"type": "message", "message_ts": "1.0", "channel_id": TEAM_CHANNEL},
        "trigger_id": f"bench.{number}",
        "actions": [
            {
                "type": "button",
                "action_id": ActionId.LEVEL.value,
                "block_id": "b",
                "value": value,
                "action_ts": f"{number}.0",
            }
        ],
    }


def bare_app(stage: Stage) -> AsyncApp:
    """Bolt with one listener that only acknowledges."""
    identity = stage.runtime.identity

    async def authorize(team_id: str | None) -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=None,
            team_id=team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.bot_user_id,
            bot_token="xoxb-bench",
        )

    app = AsyncApp(name="bare", signing_secret="bench", authorize=authorize)

    @app.action(ActionId.LEVEL.value)
    async def acknowledge(ack: AsyncAck) -> None:
        await ack()

    return app


async def measure(presses: int, database_url: str) -> Times:
    """Press that often, in turn with the bare listener."""
    times = Times()
    async with staged(database_url) as stage:
        assessment = await stage.start("data")
        await stage.open("data")
        prompt_id = assessment.framework.dimension("data").prompts[0].id
        bare = bare_app(stage)
        for number in range(presses):
            body = press_body(stage, assessment.id, prompt_id, number)
            began = time.perf_counter()
            await bare.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
            times.bare.append(time.perf_counter() - began)
            began = time.perf_counter()
            await stage.runtime.app.async_dispatch(AsyncBoltRequest(mode="socket_mode", body=body))
            times.acknowledged.append(time.perf_counter() - began)
            await stage.runtime.bot.work.drain(10)
            times.recorded.append(time.perf_counter() - began)
        recorded = (await stage.assessment()).prompt(prompt_id).vote_of(OMAR)
        if recorded is None or recorded.level != 2 + (presses - 1) % 2:
            raise RuntimeError("the last press is not in the database, so the figures mean nothing")
    return times


def report(times: Times) -> str:
    """Ratios first, milliseconds beside them."""
    lines = [f"{len(times.bare)} presses, in turn with a bare Bolt listener"]
    for name, values in (("acknowledged", times.acknowledged), ("recorded and answered", times.recorded)):
        for figure, of in (("median", median), ("99th percentile", percentile_99)):
            ratio = of(values) / of(times.bare)
            own, bare = of(values) * 1_000, of(times.bare) * 1_000
            lines.append(f"{name:>22}, {figure}: {ratio:5.2f} times bare ({own:.1f} ms, bare {bare:.1f} ms)")
    return "\n".join(lines)


def percentile_99(values: Sequence[float]) -> float:
    """The value that 99 in 100 do not exceed."""
    return quantiles(values, n=100, method="inclusive")[98]


def main() -> None:
    """Measure on a SQLite file and print."""
    configure_logging("ERROR")
    presses = int(sys.argv[1]) if len(sys.argv) > 1 else 500
    with TemporaryDirectory() as folder:
        url = f"sqlite+aiosqlite:///{Path(folder) / 'bench.db'}"
        print(report(asyncio.run(measure(presses, url))))


if __name__ == "__main__":
    main()
