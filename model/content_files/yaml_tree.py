"""YAML text as a tree of nodes that know their lines, with what we refuse said in plain sentences.

Refused: aliases (a short file can unfold into a huge one), more than one document and very deep nesting. The
tree is composed but never constructed, so no tag in a file can make an object.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from model.content_files.yaml_quick import DEPTH_LIMIT, NotOrdinary, compose_quickly
from model.quoting import quoted

NULL_TAG = "tag:yaml.org,2002:null"


@dataclass(frozen=True, order=True)
class LineFault:
    """One fault of a file.

    Attributes:
        line: The line, counted from 1.
        sentence: What is wrong and what to do.
    """

    line: int
    sentence: str


class UnreadableYaml(Exception):
    """The text gives no tree; `faults` says why."""

    def __init__(self, faults: tuple[LineFault, ...]) -> None:
        """Keep the faults."""
        self.faults = faults
        super().__init__(" ".join(fault.sentence for fault in faults))


def compose(text: str) -> yaml.Node | None:
    """Read YAML text as a tree, or None when there is nothing in it.

    Raises:
        UnreadableYaml: The text is not YAML, or holds something we refuse.
    """
    try:
        return compose_quickly(text)
    except NotOrdinary:
        return _compose_with_care(text)


def _compose_with_care(text: str) -> yaml.Node | None:
    try:
        loader = _Loader(text)
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise _unreadable(
            line, "There is a control character here; delete it and type the text again."
        ) from None
    try:
        node = loader.get_single_node()
    except yaml.MarkedYAMLError as error:
        raise _unreadable(*_syntax(error)) from None
    except (ValueError, OverflowError):
        raise _unreadable(loader.line + 1, "There is a backslash code here that is no character.") from None
    finally:
        loader.dispose()
    if loader.refused:
        raise UnreadableYaml(tuple(loader.refused))
    return node


def line_of(node: yaml.Node) -> int:
    """Return the line a node begins on, counted from 1."""
    return int(node.start_mark.line) + 1


def entries(node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node, yaml.Node]]:
    """Yield key text, key node and value node, leaving out keys that are no plain word (see `key_faults`)."""
    seen: set[str] = set()
    for key, value in node.value:
        if isinstance(key, yaml.ScalarNode) and key.value not in seen:
            seen.add(key.value)
            yield key.value, key, value


def key_faults(node: yaml.Node | None) -> Iterator[LineFault]:
    """Find keys that are used twice in one mapping, and keys that are no plain words, in the whole tree."""
    if isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            yield from key_faults(entry)
    if not isinstance(node, yaml.MappingNode):
        return
    first: dict[str, int] = {}
    for key, value in node.value:
        yield from key_faults(value)
        if not isinstance(key, yaml.ScalarNode):
            yield LineFault(
                line_of(key), "The part before the colon must be one word, not a list or a mapping."
            )
        elif key.value in first:
            before = first[key.value]
            sentence = f"{quoted(key.value)} is given twice; it is already on line {before}. Keep one."
            yield LineFault(line_of(key), sentence)
        else:
            first[key.value] = line_of(key)


class _Loader(yaml.SafeLoader):
    """A composer that stays shallow and notes every alias instead of following it."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.refused: list[LineFault] = []
        self._depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            event = self.get_event()  # type: ignore[no-untyped-call]  # PyYAML has no types here
            sentence = f"{quoted('*' + event.anchor)} points to another place; write the text out instead."
            self.refused.append(LineFault(int(event.start_mark.line) + 1, sentence))
            return yaml.ScalarNode(NULL_TAG, "", event.start_mark, event.end_mark)
        self._depth += 1
        if self._depth > DEPTH_LIMIT:
            event = self.peek_event()  # type: ignore[no-untyped-call]  # nor here
            raise yaml.MarkedYAMLError(problem="nested too deeply", problem_mark=event.start_mark)
        node: yaml.Node | None = super().compose_node(parent, index)
        self._depth -= 1
        return node


def _unreadable(line: int, sentence: str) -> UnreadableYaml:
    return UnreadableYaml((LineFault(line, sentence),))


_SYNTAX = (
    ("nested too deeply", f"Lists and mappings are nested more than {DEPTH_LIMIT} deep here."),
    ("'\\t'", "There is a tab here. YAML is indented with spaces: replace each tab by spaces."),
    (
        "mapping values are not allowed",
        "There is a second colon here. Put the text after the first one in quotes.",
    ),
    ("another document", "A second document begins here (a line with ---). Keep one in a file."),
    (
        "could not find expected ':'",
        "A line here has no colon after its key, or a text goes on without an indent.",
    ),
    (
        "expected <block end>",
        "This line does not fit the lines above it: check its indent, hyphens and quotes.",
    ),
    ("end of stream", "A quotation mark or bracket that is opened here is never closed."),
    ("expected ',' or", "A bracket that is opened here is not closed, or a comma is missing."),
    ("cannot start any token", "A text cannot begin with this sign. Put the whole text in quotes."),
    ("expected alphabetic or numeric", "A text cannot begin with this sign. Put the whole text in quotes."),
)
"""What PyYAML says, in part, and what a person needs to hear."""


def _syntax(error: yaml.MarkedYAMLError) -> tuple[int, str]:
    problem = error.problem or ""
    opened = any(
        part in problem for part in ("end of stream", "expected ',' or", "could not find expected ':'")
    )
    mark = (error.context_mark if opened else None) or error.problem_mark or error.context_mark
    line = int(mark.line) + 1 if mark is not None else 1
    for said, sentence in _SYNTAX:
        if said in problem:
            return line, sentence
    return line, f"This is not valid YAML ({problem or 'it cannot be read'})."
