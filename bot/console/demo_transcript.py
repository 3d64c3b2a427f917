"""What happened in the demo, for people to read: who did what, and what the bot answered."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

FILE_NAME = "transcript.md"


class Transcript:
    """Collects lines, shows them as they come, and writes them to a file at the end."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._lines: list[str] = ["# A whole assessment, as it happened", ""]
        # Standard error, so that standard output stays clean for --json and for pipes.
        self._bar_console = Console(stderr=True)
        self._console = Console(highlight=False, markup=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    @contextmanager
    def progress(self, total: int) -> Iterator[None]:
        """Show a bar while the play runs; in a pipe or a log there is none."""
        if self._quiet or not self._bar_console.is_terminal:
            yield
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        with Progress(*columns, console=self._bar_console, transient=True) as bar:
            self._progress, self._task = bar, bar.add_task("Playing", total=total)
            yield
        self._progress = self._task = None

    def act(self, title: str) -> None:
        """A new part begins."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=title)
        self._add(f"## {title}", "")

    def done(self) -> None:
        """The part is over."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)
        self._add("")

    def did(self, who: str, what: str) -> None:
        """Somebody did something."""
        self._add(f"**{who}** {what}")

    def answered(self, where: str, text: str) -> None:
        """The bot said something, there."""
        self._add(f"> _Milepost, {where}:_", *(f"> {line}" for line in text.splitlines() if line.strip()), "")

    def keep(self, folder: Path) -> None:
        """Write everything to a file."""
        (folder / FILE_NAME).write_text("\n".join(self._lines) + "\n", "utf-8")

    def _add(self, *lines: str) -> None:
        self._lines.extend(lines)
        if not self._quiet:
            for line in lines:
                self._console.print(line)
