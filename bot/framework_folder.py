"""Reading a framework from disk: the bundled one, a folder of a council's own, or a single file."""

from collections.abc import Iterable
from importlib.resources import files
from importlib.resources.abc import Traversable
from os.path import isdir
from pathlib import Path

from bot.text_file import UnreadableFile, decoded, read_text
from model.framework import Framework
from model.framework_source import Fault, FrameworkFaults, parse_framework

FILE_LIMIT = 200
"""Files in one framework; more means that the path is some other folder."""
_SUFFIXES = (".yaml", ".yml")


def load_framework(path: Path | None = None) -> Framework:
    """Read and check a framework.

    Args:
        path: A folder or a single file; None for the bundled framework.

    Raises:
        FrameworkFaults: It cannot be read or something is wrong with it. The names of the faults' files are
            relative to the folder.
    """
    return parse_framework(framework_texts(path))


def framework_texts(path: Path | None = None) -> dict[str, str]:
    """Read the texts of a framework's YAML files, by their names relative to its folder.

    Hidden files and folders, and files that are not YAML, are left out. One level of folders is read.

    Raises:
        FrameworkFaults: The path is missing, or a file in it cannot be read as text.
    """
    if path is None:
        return _texts(_bundled(files("model.content")))
    if isdir(path):
        return _texts(_in_folder(path))
    return _texts([(path.name, path)])


def _texts(sources: Iterable[tuple[str, Path | bytes]]) -> dict[str, str]:
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for name, source in sources:
        try:
            texts[name] = decoded(source) if isinstance(source, bytes) else read_text(source)
        except UnreadableFile as error:
            faults.append(Fault(name, error.line, error.sentence))
    if faults:
        raise FrameworkFaults(faults)
    return texts


def _in_folder(folder: Path) -> list[tuple[str, Path | bytes]]:
    try:
        places = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
        places += [
            inner
            for entry in places
            if isdir(entry)
            for inner in sorted(entry.iterdir())
            if not inner.name.startswith(".")
        ]
    except OSError as error:
        sentence = f"This folder cannot be read ({error.strerror}). Check its permissions."
        raise FrameworkFaults([Fault(".", 1, sentence)]) from None
    found = [place for place in places if place.suffix in _SUFFIXES and not isdir(place)]
    if not found:
        raise FrameworkFaults([Fault("framework.yaml", 1, "There are no YAML files in this folder.")])
    if len(found) > FILE_LIMIT:
        sentence = (
            f"This folder holds {len(found)} YAML files, so it is no framework; {FILE_LIMIT} is the limit."
        )
        raise FrameworkFaults([Fault(".", 1, sentence)])
    return [(place.relative_to(folder).as_posix(), place) for place in found]


def _bundled(folder: Traversable, prefix: str = "") -> Iterable[tuple[str, Path | bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _bundled(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            yield prefix + entry.name, entry.read_bytes()
