"""How the command line says that something is wrong: on standard error, one line a fault, exit status 1."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import typer

if TYPE_CHECKING:
    from model.content_files.faults import ContentFaults
    from model.framework.framework import Framework
    from model.library.library import Library


def stop(sentences: Iterable[str]) -> NoReturn:
    """Print what is wrong and end with status 1.

    Raises:
        Exit: Always.
    """
    for sentence in sentences:
        typer.echo(sentence, err=True)
    raise typer.Exit(1)


def framework_at(path: Path | None) -> "Framework":
    """Read the framework at a path, or the bundled one for None; print its faults and stop if it has any.

    Raises:
        Exit: The framework cannot be used.
    """
    from bot.content_files.framework_folder import load_framework
    from model.framework.source import FrameworkFaults

    try:
        return load_framework(path)
    except FrameworkFaults as error:
        stop_at(path, error)


def library_at(framework: "Framework", path: Path | None) -> "Library":
    """Read the actions library of the framework at a path; print its faults and stop if it has any.

    Raises:
        Exit: The library cannot be used.
    """
    from bot.content_files.framework_folder import load_library
    from model.library.source import LibraryFaults

    try:
        return load_library(framework, path)
    except LibraryFaults as error:
        stop_at(path, error)


def stop_at(path: Path | None, error: "ContentFaults") -> NoReturn:
    """Print every fault of a folder or file with its place, and end with status 1.

    Raises:
        Exit: Always.
    """
    stop(placed(path, error))


def placed(path: Path | None, error: "ContentFaults") -> list[str]:
    """Every fault of a folder or file, with the whole path of its file."""
    from os.path import isdir

    folder = Path() if path is None else path if isdir(path) else path.parent
    return [f"{folder / fault.file}:{fault.line}: {fault.sentence}" for fault in error.faults]
