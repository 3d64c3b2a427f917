"""Commands run in the test's own process, or in one of their own, beside a sandbox in another thread."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
import structlog

from bot.sandbox.client.client import SandboxClient
from bot.sandbox.server import Sandbox
from bot.settings import Settings
from tests.bot.flows.small import framework_folder

Result = TypeVar("Result")


@pytest.fixture(autouse=True)
def _logging_as_it_was() -> Iterator[None]:
    """A command sends the log to its own standard error, which is closed when it ends."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    root.handlers = handlers
    root.setLevel(level)
    structlog.reset_defaults()


class SandboxElsewhere:
    """A sandbox in a thread of its own, since a command has the main thread and its signals."""

    def __init__(self, sandbox: Sandbox, loop: asyncio.AbstractEventLoop) -> None:
        self.sandbox = sandbox
        self._loop = loop

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Do something in the sandbox's loop, and wait for it."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(30)

    def rules(self, **rules: Any) -> None:
        """Change how the sandbox behaves."""

        async def change() -> None:
            async with SandboxClient(self.sandbox.control_url) as slack:
                await slack.set_rules(**rules)

        self.run(change())


@pytest.fixture
def elsewhere() -> Iterator[SandboxElsewhere]:
    """A running sandbox."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    sandbox = Sandbox()
    running = SandboxElsewhere(sandbox, loop)
    try:
        running.run(sandbox.start())
        yield running
    finally:
        running.run(sandbox.stop())
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


@pytest.fixture
def connected(
    elsewhere: SandboxElsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> SandboxElsewhere:
    """A sandbox, and an environment in which a bot finds it: as an operator sets it, in an empty folder."""
    for name, field in Settings.model_fields.items():
        alias = field.validation_alias
        monkeypatch.delenv((alias if isinstance(alias, str) else name).upper(), raising=False)
    for name, value in environment(elsewhere.sandbox, tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    return elsewhere


@pytest.fixture
def small_framework(tmp_path: Path) -> Path:
    """The folder of a framework that is read in no time."""
    return framework_folder(tmp_path)


def environment(sandbox: Sandbox, folder: Path) -> dict[str, str]:
    """What an operator sets, for a bot of this sandbox with its database in the folder."""
    return {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_APP_TOKEN": sandbox.app_token,
        "SLACK_API_URL": sandbox.api_url,
        "DATABASE_URL": f"sqlite:///{folder / 'milepost.db'}",
        "PORT": "0",
        "MILEPOST_HOST": "127.0.0.1",
    }
