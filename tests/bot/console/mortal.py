"""`milepost run` whose clock a test sets, and which kills itself at one point as if the power had failed.

Run by the test in a process of its own. Nothing of this is in the program: it is put around it here.
"""

from __future__ import annotations

import importlib
import os
import signal
import sys
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

Call = Callable[..., Awaitable[Any]]

ROUND_SECONDS = 0.3
"""How often the rounds are gone and the outbox is looked at, in real seconds."""
POINTS = (
    "recorded, not committed",
    "committed, not claimed",
    "claimed",
    "begun, not posted",
    "posted, not recorded",
    "recorded as posted",
)
_WHERE = {
    "recorded, not committed": ("bot.services.reminders.round", "_record", "after"),
    "committed, not claimed": ("bot.rounds.each_minute", "remind", "after"),
    "claimed": ("storage.messages.outbox", "Outbox.claim", "after"),
    "begun, not posted": ("bot.delivery.slack.slack", "Slack.post", "before"),
    "posted, not recorded": ("bot.delivery.slack.slack", "Slack.post", "after"),
    "recorded as posted": ("storage.messages.outbox", "Outbox.delivered", "after"),
}


def main() -> None:
    """Run the command with the clock of the file, and die at the point of the other file, once."""
    from bot import jobs
    from bot.cli import main as command
    from bot.clock import SystemClock

    ahead = Path(os.environ["TEST_AHEAD"])

    def now(self: SystemClock) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(ahead.read_text()))

    SystemClock.now = now  # type: ignore[method-assign]
    jobs.ROUND_SECONDS = jobs.TICK_SECONDS = ROUND_SECONDS  # type: ignore[assignment]  # whole seconds there
    point = os.environ.get("TEST_DIES")
    if point:
        _mine(point, Path(os.environ["TEST_TOKEN"]))
    sys.argv = ["milepost", "run"]
    command()


def _mine(point: str, token: Path) -> None:
    module_name, path, when = _WHERE[point]
    owner: Any = importlib.import_module(module_name)
    *parents, name = path.split(".")
    for parent in parents:
        owner = getattr(owner, parent)
    whole: Call = getattr(owner, name)

    async def dying(*args: Any, **values: Any) -> Any:
        if when == "before" and _is_about_a_reminder(args, values, None):
            _die(token)
        result = await whole(*args, **values)
        if when == "after" and _is_about_a_reminder(args, values, result):
            _die(token)
        return result

    setattr(owner, name, dying)


def _is_about_a_reminder(args: tuple[Any, ...], values: dict[str, Any], result: Any) -> bool:
    """Whether a call has to do with a reminder, and not with the other messages."""
    if str(values.get("key", "")).startswith("reminder:"):
        return True
    things = [*args[1:], *(result if isinstance(result, list) else [])]
    if any(getattr(each, "kind", None) == "reminder" for each in things):
        return True
    # The rounds: how many messages were wanted.
    return isinstance(result, int) and not isinstance(result, bool) and result > 0


def _die(token: Path) -> None:
    """Whoever takes the token dies; the others, and those who come after, live."""
    with suppress(FileNotFoundError):
        token.unlink()
        os.kill(os.getpid(), signal.SIGKILL)
