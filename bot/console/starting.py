"""What every command that starts the bot does: read the settings, and say in one sentence what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from bot.console.faults import stop, stop_at

if TYPE_CHECKING:
    from bot.settings import Settings


@contextmanager
def plain_problems(framework: str | None = None) -> Iterator[None]:
    """Turn whatever an operator can mend into its sentence and exit status 1.

    Args:
        framework: Where the settings say that the framework is, so that its faults are found there.
    """
    from bot.settings import SettingsProblem
    from bot.starting.start_problem import StartProblem
    from model.content_files.faults import ContentFaults
    from storage.engine.errors import DatabaseProblem

    try:
        yield
    except ContentFaults as error:
        stop_at(None if framework is None else Path(framework), error)
    except (StartProblem, SettingsProblem, DatabaseProblem) as problem:
        stop(str(problem).splitlines())


def settings_or_stop() -> Settings:
    """The settings, or their faults and exit status 1."""
    from bot.settings import load_settings

    with plain_problems():
        return load_settings()
