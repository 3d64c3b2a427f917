"""YAML files put together as plain data, with the place of every value, so that each fault has its line.

`framework_source` and `library_source` say which file holds what; this is what they share.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from model.content_files.faults import Fault
from model.content_files.rules import Breach, Path
from model.content_files.sentences import Wording
from model.content_files.yaml_tree import LineFault, UnreadableYaml, compose, entries, key_faults, line_of
from model.quoting import quoted

Typed = TypeVar("Typed", bound=BaseModel)


@dataclass(frozen=True)
class Place:
    """Where a value stands.

    Attributes:
        tag: The short YAML tag of the value, such as "bool" or "timestamp".
    """

    file: str
    line: int
    tag: str


class Odd:
    """A value that is no text, number or truth value, such as a date; never what is wanted."""


class ContentSource:
    """The files of one content as plain data.

    Attributes:
        faults: What is wrong so far.
        data: What was read.
        places: Where each value of it stands.
    """

    def __init__(self) -> None:
        """Begin with nothing read."""
        self.faults: list[Fault] = []
        self.data: dict[str, object] = {}
        self.places: dict[Path, Place] = {}

    def fault(self, file: str, line: int, sentence: str) -> None:
        """Note something that is wrong."""
        self.faults.append(Fault(file, line, sentence))

    def place(self, path: Path) -> Place:
        """Find the place of a value, or of what should hold it when it is not there."""
        while path not in self.places:
            path = path[:-1]
        return self.places[path]

    def mapping(self, name: str, text: str) -> yaml.MappingNode | None:
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
        self.fault(name, line_of(node) if node else 1, what)
        return None

    def plain(self, file: str, node: yaml.Node, path: Path) -> object:
        """Turn a tree into plain data and remember where each value stands."""
        tag = node.tag.rpartition(":")[2]
        self.places.setdefault(path, Place(file, line_of(node), tag))
        if isinstance(node, yaml.MappingNode):
            plain: dict[str, object] = {}
            for key, key_node, value in entries(node):
                at = (*path, key)
                self.places[at] = Place(file, line_of(key_node), value.tag.rpartition(":")[2])
                plain[key] = self.plain(file, value, at)
            return plain
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(file, entry, (*path, index)) for index, entry in enumerate(node.value)]
        return _scalar(tag, str(node.value))

    def only_list(self, name: str, text: str, key: str, kept: list[object]) -> bool:
        """Read a file that holds nothing but a list under one key, and add its entries to those kept.

        Answers whether there was such a list; what is wrong with the file is noted.
        """
        node = self.mapping(name, text)
        if node is None:
            return False
        found = {word: (key_node, value) for word, key_node, value in entries(node)}
        for word, (key_node, _) in found.items():
            if word != key:
                self.fault(
                    name, line_of(key_node), f"This file holds only '{key}'. Move {quoted(word)} away."
                )
        if key not in found:
            self.fault(name, 1, f"'{key}' is missing here. Add it, with a list under it.")
            return False
        key_node, value = found[key]
        if not isinstance(value, yaml.SequenceNode):
            self.fault(name, line_of(key_node), f"'{key}' must be a list: one entry for each, with a hyphen.")
            return False
        for entry in value.value:
            kept.append(self.plain(name, entry, (key, len(kept))))
        return True

    def note_breaches(self, found: Iterable[Breach]) -> None:
        """Note broken rules as faults, each at its place."""
        for breach in found:
            first = self.place(breach.first) if breach.first is not None else None
            also = f" It is first used in {first.file}, line {first.line}." if first else ""
            place = self.place(breach.path)
            self.fault(place.file, place.line, breach.sentence + also)

    def typed(
        self, model: type[Typed], wording: Wording, ignored: Callable[[ErrorDetails], bool]
    ) -> Typed | None:
        """Check the data against its types and note the faults.

        Args:
            model: What the data should be.
            wording: How to word what is wrong.
            ignored: Says which errors are passed over, because something else was named that explains them.
        """
        try:
            return model.model_validate(self.data)
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if ignored(detail) or _only_follows(detail):
                    continue
                loc = detail["loc"]
                place = self.place(loc)
                tag = place.tag if loc in self.places else ""
                self.fault(place.file, place.line, wording.sentence(detail, tag))
            return None

    def _line_faults(self, file: str, faults: Iterable[LineFault]) -> None:
        for fault in faults:
            self.fault(file, fault.line, fault.sentence)


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
        return Odd()
    if number is None or not number.is_finite():
        return Odd()
    return int(number) if tag == "int" else number
