"""A framework from YAML text, or every fault in it, each with its file and line.

A framework is `framework.yaml` and one file for each dimension in `dimensions/`, read in the order
of the file names, or one file that holds the dimensions as a list. `content/README.md` shows both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from model.errors import ModelError
from model.framework import Framework
from model.framework_rules import Path, breaches
from model.framework_sentences import sentence
from model.yaml_tree import LineFault, UnreadableYaml, compose, entries, key_faults, line_of

MAIN_NAMES = ("framework.yaml", "framework.yml")
DIMENSION_FOLDER = "dimensions/"


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong with a framework.

    Attributes:
        file: The name of the file, as it was given.
        line: The line, counted from 1.
        sentence: What is wrong and what to do.
    """

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        """Write the fault the way compilers do, so that editors can jump to it."""
        return f"{self.file}:{self.line}: {self.sentence}"


class FrameworkFaults(ModelError):
    """A framework cannot be used; `faults` holds everything that is wrong, by file and line."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        """Keep the faults in order, each once."""
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(str(fault) for fault in self.faults))


def parse_framework(texts: Mapping[str, str]) -> Framework:
    """Read a framework.

    Args:
        texts: The name of each file, relative to the framework's folder and with forward slashes, and its
            text. A single text is the whole framework, whatever its name.

    Raises:
        FrameworkFaults: Something is wrong with it; all faults are named in one go.
    """
    source = _Source()
    source.read(texts)
    framework = source.validated()
    if source.faults or framework is None:
        raise FrameworkFaults(source.faults)
    return framework


@dataclass(frozen=True)
class _Place:
    file: str
    line: int
    tag: str


class _Odd:
    """A value that is no text, number or truth value, such as a date; never what a framework wants."""


class _Source:
    """The files of one framework, put together as plain data, with the place of every value."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []
        self.data: dict[str, object] = {}
        self.places: dict[Path, _Place] = {}
        self.main_read = False
        self.dimensions_read = True

    def read(self, texts: Mapping[str, str]) -> None:
        """Put the files together."""
        main = self._main_name(texts)
        folder = [name for name in sorted(texts) if name != main and name.startswith(DIMENSION_FOLDER)]
        for name in texts:
            if name != main and name not in folder:
                self._fault(name, 1, "This file is no part of a framework. Move it to dimensions/, or away.")
        self._read_main(main, texts)
        if folder:
            self._read_folder(folder, texts)

    def validated(self) -> Framework | None:
        """Check everything and note the faults."""
        broken = breaches(self.data)
        for breach in broken:
            first = self._place(breach.first) if breach.first is not None else None
            also = f" It is first used in {first.file}, line {first.line}." if first else ""
            place = self._place(breach.path)
            self._fault(place.file, place.line, breach.sentence + also)
        try:
            return Framework.model_validate(self.data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                loc = detail["loc"]
                named_before = detail["type"] == "parts_disagree" and bool(broken)
                if named_before or _only_follows(detail) or self._missing_file(loc, detail["type"]):
                    continue
                place = self._place(loc)
                tag = place.tag if loc in self.places else ""
                self._fault(place.file, place.line, sentence(detail, tag))
            return None

    def _main_name(self, texts: Mapping[str, str]) -> str:
        if len(texts) == 1:
            return next(iter(texts))
        mains = [name for name in MAIN_NAMES if name in texts]
        if len(mains) > 1:
            self._fault(mains[1], 1, f"There is also {mains[0]}. Keep one of the two.")
        return mains[0] if mains else MAIN_NAMES[0]

    def _read_main(self, main: str, texts: Mapping[str, str]) -> None:
        self.places[()] = _Place(main, 1, "map")
        if main not in texts:
            self._fault(
                main, 1, "This file is missing. It holds the title, levels, groups, benefits and method."
            )
            return
        node = self._mapping(main, texts[main])
        if node is not None:
            value = self._plain(main, node, ())
            self.data = {"benefits": [], **value} if isinstance(value, dict) else {}
            self.main_read = True

    def _read_folder(self, folder: list[str], texts: Mapping[str, str]) -> None:
        if "dimensions" in self.data:
            place = self._place(("dimensions",))
            self._fault(
                place.file,
                place.line,
                "There are dimensions here and files in dimensions/. Keep one of the two.",
            )
        dimensions: list[object] = []
        for name in folder:
            node = self._mapping(name, texts[name])
            if node is None:
                self.dimensions_read = False
                continue
            path: Path = ("dimensions", len(dimensions))
            self.places[path] = _Place(name, 1, "map")
            dimensions.append(self._plain(name, node, path))
        self.data["dimensions"] = dimensions

    def _mapping(self, name: str, text: str) -> yaml.MappingNode | None:
        """Compose one file, note its faults, and return its tree if there is anything to go on with."""
        try:
            node = compose(text)
        except UnreadableYaml as error:
            self._line_faults(name, error.faults)
            return None
        self._line_faults(name, key_faults(node))
        if isinstance(node, yaml.MappingNode):
            return node
        what = "The file is empty." if node is None else "The file must be a set of keys, such as 'id: …'."
        self._fault(name, line_of(node) if node else 1, what)
        return None

    def _plain(self, file: str, node: yaml.Node, path: Path) -> object:
        """Turn a tree into plain data and remember where each value stands."""
        tag = node.tag.rpartition(":")[2]
        self.places.setdefault(path, _Place(file, line_of(node), tag))
        if isinstance(node, yaml.MappingNode):
            plain: dict[str, object] = {}
            for key, key_node, value in entries(node):
                at = (*path, key)
                self.places[at] = _Place(file, line_of(key_node), value.tag.rpartition(":")[2])
                plain[key] = self._plain(file, value, at)
            return plain
        if isinstance(node, yaml.SequenceNode):
            return [self._plain(file, entry, (*path, index)) for index, entry in enumerate(node.value)]
        return _scalar(tag, str(node.value))

    def _place(self, path: Path) -> _Place:
        """Find the place of a value, or of what should hold it when it is not there."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def _missing_file(self, loc: Path, kind: str) -> bool:
        """Say whether an error only follows from a file that could not be read, which is named already."""
        if loc[:1] != ("dimensions",):
            return not self.main_read
        return (
            len(loc) == 1
            and kind in ("missing", "too_short")
            and not (self.main_read and self.dimensions_read)
        )

    def _line_faults(self, file: str, faults: Iterable[LineFault]) -> None:
        for fault in faults:
            self._fault(file, fault.line, fault.sentence)

    def _fault(self, file: str, line: int, text: str) -> None:
        self.faults.append(Fault(file, line, text))


def _only_follows(error: ErrorDetails) -> bool:
    """Say whether a list is too short only because entries in it are wrong, which are named themselves."""
    return error["type"] == "too_short" and len(error["input"]) >= error.get("ctx", {})["min_length"]


def _scalar(tag: str, text: str) -> object:
    """Read one value; a number with a point stays exact."""
    if tag == "str":
        return text
    if tag == "null":
        return None
    if tag == "bool":
        return text.lower() in ("yes", "true", "on")
    try:
        number = Decimal(text) if tag in ("int", "float") and len(text) < 20 else None
    except InvalidOperation:
        return _Odd()
    if number is None or not number.is_finite():
        return _Odd()
    return int(number) if tag == "int" else number
