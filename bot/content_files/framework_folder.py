"""Reading a framework and its actions library from disk: the bundled ones, or a council's own."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from os.path import isdir
from pathlib import Path

from bot.content_files.text_file import UnreadableFile, decoded, read_text
from model.content_files.faults import ContentFaults, Fault
from model.framework.framework import Framework
from model.framework.source import FrameworkFaults, parse_framework
from model.library.library import Action, ActionStatus, Library
from model.library.source import LibraryFaults, parse_actions, parse_library

FILE_LIMIT = 1000
"""Files in one framework and its library; more means that the path is some other folder."""
LIBRARY_FOLDER = "library"
_SUFFIXES = (".yaml", ".yml")
_Sources = Mapping[str, Path | bytes]
_Refusal = Callable[[Iterable[Fault]], ContentFaults]


def load_framework(path: Path | None = None) -> Framework:
    """Read and check a framework.

    Args:
        path: A folder or a single file; None for the bundled framework.

    Raises:
        FrameworkFaults: It cannot be read or something is wrong with it. The names of the faults' files are
            relative to the folder.
    """
    return parse_framework(framework_texts(path)) if path is not None else _bundled_framework()


def load_library(framework: Framework, path: Path | None = None) -> Library:
    """Read and check the actions library that belongs to a framework.

    Args:
        framework: The framework, as `load_framework` read it from the same path.
        path: Where the framework is. A folder may hold a library of its own in `library`; for one that does
            not, as for a single file and for None, it is the bundled library, fitted to the framework.

    Raises:
        LibraryFaults: It cannot be read or something is wrong with it. The names of the faults' files are
            relative to the framework's folder.
    """
    if path is not None and isdir(path / LIBRARY_FOLDER):
        return parse_library(library_texts(path), framework)
    return _bundled_library().fitted_to(framework)


# The bundled files cannot change while the program runs, and reading them takes most of a second.
@cache
def _bundled_framework() -> Framework:
    return parse_framework(framework_texts())


@cache
def _bundled_library() -> Library:
    return parse_library(library_texts(), _bundled_framework(), ActionStatus.BUNDLED)


def load_actions(framework: Framework, path: Path) -> Library:
    """Read and check library files by themselves, such as those somebody wants to contribute.

    Args:
        framework: The framework they are for.
        path: A folder of such files, or one file.

    Raises:
        LibraryFaults: They cannot be read or something is wrong with them. The names of the faults' files are
            relative to the folder.
    """
    return parse_library(_action_texts(path), framework)


def load_actions_beside(framework: Framework, path: Path, beside: Sequence[Action]) -> tuple[Action, ...]:
    """Read and check library files whose actions may build on others.

    Args:
        framework: The framework they are for.
        path: A folder of such files, or one file.
        beside: The other actions.

    Raises:
        LibraryFaults: As `load_actions` does.
    """
    return parse_actions(_action_texts(path), framework, beside)


def _action_texts(path: Path) -> dict[str, str]:
    sources = _in_folder(path, LibraryFaults) if isdir(path) else {path.name: path}
    return _texts(sources, LibraryFaults)


def framework_texts(path: Path | None = None) -> dict[str, str]:
    """Read the texts of a framework's YAML files, by their names relative to its folder.

    Hidden files and folders, files that are not YAML and the library are left out. One level of folders is
    read.

    Raises:
        FrameworkFaults: The path is missing, or a file in it cannot be read as text.
    """
    if path is not None and not isdir(path):
        return _texts({path.name: path}, FrameworkFaults)
    found = _bundled() if path is None else _in_folder(path, FrameworkFaults)
    return _texts({name: each for name, each in found.items() if not _in_library(name)}, FrameworkFaults)


def library_texts(path: Path | None = None) -> dict[str, str]:
    """Read the texts of the YAML files in the folder `library` of a framework, as `framework_texts` does.

    Raises:
        LibraryFaults: There are none, or one cannot be read as text.
    """
    found = _bundled() if path is None else _in_folder(path, LibraryFaults)
    kept = {name: each for name, each in found.items() if _in_library(name)}
    if not kept and path is not None:
        raise LibraryFaults([Fault(LIBRARY_FOLDER, 1, "There are no YAML files in this folder.")])
    return _texts(kept, LibraryFaults)


def _in_library(name: str) -> bool:
    return name.startswith(f"{LIBRARY_FOLDER}/")


def _texts(sources: _Sources, refusal: _Refusal) -> dict[str, str]:
    texts: dict[str, str] = {}
    faults: list[Fault] = []
    for name, source in sources.items():
        try:
            texts[name] = decoded(source) if isinstance(source, bytes) else read_text(source)
        except UnreadableFile as error:
            faults.append(Fault(name, error.line, error.sentence))
    if faults:
        raise refusal(faults)
    return texts


def _in_folder(folder: Path, refusal: _Refusal) -> dict[str, Path | bytes]:
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
        raise refusal([Fault(".", 1, sentence)]) from None
    found = [place for place in places if place.suffix in _SUFFIXES and not isdir(place)]
    if not found:
        raise refusal([Fault(".", 1, "There are no YAML files in this folder.")])
    if len(found) > FILE_LIMIT:
        sentence = (
            f"This folder holds {len(found)} YAML files, so it is no framework; {FILE_LIMIT} is the limit."
        )
        raise refusal([Fault(".", 1, sentence)])
    return {place.relative_to(folder).as_posix(): place for place in found}


def _bundled() -> dict[str, Path | bytes]:
    return dict(_packaged(files("model.content")))


def _packaged(folder: Traversable, prefix: str = "") -> Iterable[tuple[str, bytes]]:
    for entry in sorted(folder.iterdir(), key=lambda each: each.name):
        if entry.is_dir():
            yield from _packaged(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(_SUFFIXES):
            yield prefix + entry.name, entry.read_bytes()
