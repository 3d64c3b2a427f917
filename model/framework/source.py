"""A framework from YAML text, or every fault in it, each with its file and line.

A framework is `framework.yaml`, one file for each dimension in `dimensions/`, read in the order of the file
names, and `benefits.yaml` and `handbook.yaml` if there are any; or one file that holds everything.
`content/README.md` shows both. The actions in `library/` are read by `library_source`.
"""

from collections.abc import Mapping

from pydantic_core import ErrorDetails

from model.content_files.faults import Fault, FrameworkFaults
from model.content_files.rules import Path
from model.content_files.sentences import Wording
from model.content_files.source import ContentSource, Place
from model.framework.framework import (
    Benefit,
    BenefitExample,
    Chapter,
    Dimension,
    Framework,
    Group,
    Level,
    Method,
    Prompt,
)
from model.framework.rules import breaches

__all__ = ["Fault", "FrameworkFaults", "parse_framework"]

MAIN_NAMES = ("framework.yaml", "framework.yml")
DIMENSION_FOLDER = "dimensions/"
LIST_NAMES = {
    "benefits.yaml": "benefits",
    "benefits.yml": "benefits",
    "handbook.yaml": "handbook",
    "handbook.yml": "handbook",
}
"""Files that hold one list of the framework, which may as well stand in the main file."""

_WORDING = Wording(
    Framework,
    {
        "levels": Level,
        "groups": Group,
        "benefits": Benefit,
        "method": Method,
        "dimensions": Dimension,
        "benefit_examples": BenefitExample,
        "prompts": Prompt,
        "handbook": Chapter,
    },
    "milepost model schema",
)


def parse_framework(texts: Mapping[str, str]) -> Framework:
    """Read a framework.

    Args:
        texts: The name of each file, relative to the framework's folder and with forward slashes, and its
            text. A single text is the whole framework, whatever its name.

    Raises:
        FrameworkFaults: Something is wrong with it; all faults are named in one go.
    """
    source = _FrameworkSource()
    source.read(texts)
    framework = source.validated()
    if source.faults or framework is None:
        raise FrameworkFaults(source.faults)
    return framework


class _FrameworkSource(ContentSource):
    """The files of one framework, put together."""

    def __init__(self) -> None:
        super().__init__()
        self.main_read = False
        self.unread: set[str] = set()
        """Parts of which a file could not be read."""

    def read(self, texts: Mapping[str, str]) -> None:
        """Put the files together."""
        main = self._main_name(texts)
        others = [name for name in sorted(texts) if name != main]
        folder = [name for name in others if name.startswith(DIMENSION_FOLDER)]
        lists = [name for name in others if name in LIST_NAMES]
        for name in others:
            if name not in folder and name not in lists:
                self.fault(name, 1, "This file is no part of a framework. Move it to dimensions/, or away.")
        self._read_main(main, texts)
        for name in lists:
            self._read_list(name, texts[name])
        if folder:
            self._read_folder(folder, texts)
        if self.main_read and "benefits" not in self.unread:
            self.data.setdefault("benefits", [])

    def validated(self) -> Framework | None:
        """Check everything and note the faults."""
        broken = breaches(self.data, self.unread)
        self.note_breaches(broken)

        def explained(error: ErrorDetails) -> bool:
            named_before = error["type"] == "parts_disagree" and bool(broken or self.unread)
            return named_before or self._missing_file(error["loc"], error["type"])

        return self.typed(Framework, _WORDING, explained)

    def _main_name(self, texts: Mapping[str, str]) -> str:
        if len(texts) == 1:
            return next(iter(texts))
        mains = [name for name in MAIN_NAMES if name in texts]
        if len(mains) > 1:
            self.fault(mains[1], 1, f"There is also {mains[0]}. Keep one of the two.")
        return mains[0] if mains else MAIN_NAMES[0]

    def _read_main(self, main: str, texts: Mapping[str, str]) -> None:
        self.places[()] = Place(main, 1, "map")
        if main not in texts:
            self.fault(
                main, 1, "This file is missing. It holds the title, levels, groups, benefits and method."
            )
            return
        node = self.mapping(main, texts[main])
        if node is not None:
            value = self.plain(main, node, ())
            self.data = value if isinstance(value, dict) else {}
            self.main_read = True

    def _read_list(self, name: str, text: str) -> None:
        """Read a list of the framework from a file of its own."""
        key = LIST_NAMES[name]
        if self._two_homes(key, name):
            return
        self.places[(key,)] = Place(name, 1, "seq")
        listed: list[object] = []
        if self.only_list(name, text, key, listed):
            self.data[key] = listed
        else:
            self.unread.add(key)

    def _read_folder(self, folder: list[str], texts: Mapping[str, str]) -> None:
        self._two_homes("dimensions", "files in dimensions/")
        dimensions: list[object] = []
        for name in folder:
            node = self.mapping(name, texts[name])
            if node is None:
                self.unread.add("dimensions")
                continue
            path: Path = ("dimensions", len(dimensions))
            self.places[path] = Place(name, 1, "map")
            dimensions.append(self.plain(name, node, path))
        self.data["dimensions"] = dimensions

    def _two_homes(self, key: str, also: str) -> bool:
        """Note it when a part stands in one file already and in another one too."""
        if key not in self.data:
            return False
        place = self.place((key,))
        self.fault(place.file, place.line, f"There are {key} here and {also}. Keep one of the two.")
        return True

    def _missing_file(self, loc: Path, kind: str) -> bool:
        """Say whether an error only follows from a file that could not be read, which is named already."""
        if loc[:1] != ("dimensions",):
            return not self.main_read
        whole = self.main_read and "dimensions" not in self.unread
        return len(loc) == 1 and kind in ("missing", "too_short") and not whole
