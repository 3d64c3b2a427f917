"""What happened in the demo, for people to read: who did what, and what the bot answered."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from bot.demo.words import as_markdown, in_plain_words

FILE_NAME = "transcript.md"
_INDENT = "    "
# Without the two spaces Markdown would run the lines of an answer together.
_LINE_BREAK = "  "


class Transcript:
    """Shows what happens as it happens, and keeps it as Markdown to be written at the end."""

    def __init__(self, *, quiet: bool, names: Mapping[str, str] | None = None) -> None:
        """Begin.

        Args:
            quiet: Whether to show nothing; it is kept all the same.
            names: People by their ids, for what the bot says of them.
        """
        self._quiet = quiet
        self._names = dict(names or {})
        self._markdown: list[str] = ["# A whole assessment, as it happened", ""]
        # Standard error, so that standard output stays clean for pipes.
        self._bar_console = Console(stderr=True)
        self._console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def introduce(self, names: Mapping[str, str]) -> None:
        """Say who the people are, by their ids."""
        self._names.update(names)

    @contextmanager
    def progress(self, total: int) -> Iterator[None]:
        """Show a bar while the play runs; in a pipe or a log there is none."""
        if self._quiet or not self._bar_console.is_terminal:
            yield
            return
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        # Redirected, what is meant for a file or a pipe would go to the terminal instead.
        redirect = sys.stdout.isatty()
        with Progress(*columns, console=self._bar_console, transient=True, redirect_stdout=redirect) as bar:
            self._progress, self._task = bar, bar.add_task("Playing", total=total)
            yield
        self._progress = self._task = None

    def act(self, title: str) -> None:
        """A new part begins."""
        if self._progress is not None and self._task is not None:
            self._progress.update(self._task, description=title)
        self._keep(f"## {title}")
        self._show("", title, "-" * len(title))

    def done(self) -> None:
        """The part is over."""
        if self._progress is not None and self._task is not None:
            self._progress.advance(self._task)

    def did(self, who: str, what: str) -> None:
        """Somebody did something."""
        self._keep(f"**{who}** {as_markdown(what, self._names)}")
        self._show(f"{who} {in_plain_words(what, self._names)}")

    def answered(self, where: str, text: str) -> None:
        """The bot said something, there."""
        lines = [line for line in text.splitlines() if line.strip()]
        quoted = [f"_Milepost, {where}:_", *(as_markdown(line, self._names) for line in lines)]
        self._keep(*(f"> {line}{_LINE_BREAK}" for line in quoted))
        plain = [f"Milepost, {where}:", *(in_plain_words(line, self._names) for line in lines)]
        self._show(*(f"{_INDENT}{line}" for line in plain), "")

    def keep(self, folder: Path) -> None:
        """Write everything to a file."""
        (folder / FILE_NAME).write_text("\n".join(self._markdown), "utf-8")

    def _keep(self, *lines: str) -> None:
        """Each part is a paragraph of its own."""
        self._markdown.extend([*lines, ""])

    def _show(self, *lines: str) -> None:
        if not self._quiet:
            for line in lines:
                self._console.print(line)
