"""The rows of a levels file that is written in YAML or JSON."""

import json

import yaml

from model.content_files.yaml_tree import (
    NULL_TAG,
    LineFault,
    UnreadableYaml,
    compose,
    entries,
    key_faults,
    line_of,
)
from model.quoting import quoted
from model.score_file.row import COLUMN_WORDS, ID_WORDS, Column, Row, Rows, column_word, unknown_column

_PARTS = {"levels": Column.CURRENT, "targets": Column.TARGET, "baselines": Column.BASELINE}


def json_rows(text: str) -> Rows:
    """Read the rows of a JSON file, with the faults of its form."""
    problem = _json_problem(text)
    if problem is not None:
        return Rows(faults=[problem])
    # Valid JSON is YAML but for tabs between its tokens; inside its strings a tab is always escaped.
    return yaml_rows(text.replace("\t", " "))


def yaml_rows(text: str) -> Rows:
    """Read the rows of a YAML file, with the faults of its form."""
    try:
        node = compose(text)
    except UnreadableYaml as error:
        return Rows(faults=list(error.faults))
    found = Rows(faults=list(key_faults(node)))
    _top(node, found)
    return found


def _json_problem(text: str) -> LineFault | None:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return LineFault(error.lineno, f"This is not valid JSON ({error.msg}).")
    except (RecursionError, ValueError):
        return LineFault(1, "This JSON is nested too deeply or holds a number that is too long.")
    return None


def _top(node: yaml.Node | None, found: Rows) -> None:
    """Read the whole tree: a mapping or list of rows, or the parts `levels`, `targets` and `baselines`."""
    if not isinstance(node, yaml.MappingNode):
        _rows(node, Column.CURRENT, found)
        return
    named = {key.strip().casefold() for key, _, _ in entries(node)}
    if not named & _PARTS.keys():
        _rows(node, Column.CURRENT, found)
        return
    for key, key_node, value in entries(node):
        part = _PARTS.get(key.strip().casefold())
        if part is None:
            sentence = f"{quoted(key)} is not known beside {', '.join(_PARTS)}. Put it under one of them."
            found.fault(line_of(key_node), sentence)
        else:
            _rows(value, part, found)


def _rows(node: yaml.Node | None, part: Column, found: Rows) -> None:
    if isinstance(node, yaml.MappingNode):
        for key, key_node, value in entries(node):
            line = line_of(key_node)
            if isinstance(value, yaml.MappingNode):
                _, cells = _cells(value, found, with_id=False)
                found.rows.append(Row(line, key, cells, part))
            elif (text := _text(value, found)) is not None:
                found.rows.append(Row(line, key, {part: text}, part))
    elif isinstance(node, yaml.SequenceNode):
        for entry in node.value:
            _list_row(entry, part, found)
    elif node is not None and node.tag != NULL_TAG:
        found.fault(line_of(node), "Write one line for each dimension, such as 'leadership: 3'.")


def _list_row(entry: yaml.Node, part: Column, found: Rows) -> None:
    if not isinstance(entry, yaml.MappingNode):
        found.fault(
            line_of(entry), "Each row of a list needs keys, such as 'id: leadership' and 'current: 3'."
        )
        return
    name, cells = _cells(entry, found, with_id=True)
    if name is None:
        found.fault(line_of(entry), "This row has no id. Add 'id:' with a dimension or prompt.")
    else:
        found.rows.append(Row(line_of(entry), name, cells, part))


def _cells(node: yaml.MappingNode, found: Rows, *, with_id: bool) -> tuple[str | None, dict[Column, str]]:
    name: str | None = None
    cells: dict[Column, str] = {}
    for key, key_node, value in entries(node):
        word = column_word(key)
        text = _text(value, found)
        if word in COLUMN_WORDS:
            _put(cells, COLUMN_WORDS[word], text or "", line_of(key_node), found)
        elif with_id and word in ID_WORDS:
            name = text if name is None or word == "id" else name
        else:
            found.fault(line_of(key_node), unknown_column(key, with_id=with_id))
    return name, cells


def _put(cells: dict[Column, str], column: Column, text: str, line: int, found: Rows) -> None:
    if column in cells:
        found.fault(line, f"The {column} level is given twice in this row. Keep one.")
    cells[column] = text


def _text(node: yaml.Node, found: Rows) -> str | None:
    if not isinstance(node, yaml.ScalarNode):
        found.fault(line_of(node), "One value is wanted here, not a list or a set of keys.")
        return None
    return "" if node.tag == NULL_TAG else str(node.value)
