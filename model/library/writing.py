"""Actions as YAML text in the format of the bundled files, which `library_source` reads back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import yaml

from model.library.library import Action

_WIDEST = 1_000_000
_TEXT, _WHOLE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:int"
_SEQUENCE, _MAPPING = "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map"
# Written on one line each, as in the bundled files.
_ON_ONE_LINE = frozenset({"benefits", "prompts", "prerequisites", "effort"})
_ENTRIES_ON_ONE_LINE = frozenset({"milestones", "reading"})
_MAY_BE_LEFT_OUT = ("reading", "author", "licence")


def library_yaml(actions: Iterable[Action]) -> str:
    """The text of one file with these actions, in this order."""
    entries = [_action(each) for each in actions]
    listed = yaml.SequenceNode(_SEQUENCE, entries, flow_style=False)
    return _written(yaml.MappingNode(_MAPPING, [(_scalar("actions"), listed)], flow_style=False))


def _action(action: Action) -> yaml.Node:
    said = action.model_dump(mode="json", exclude={"status"})
    kept = {key: value for key, value in said.items() if value or key not in _MAY_BE_LEFT_OUT}
    pairs = [(_scalar(key), _value(key, value)) for key, value in kept.items()]
    return yaml.MappingNode(_MAPPING, pairs, flow_style=False)


def _value(key: str, value: Any) -> yaml.Node:
    if isinstance(value, list):
        entries = [_node(each, flow=key in _ENTRIES_ON_ONE_LINE) for each in value]
        return yaml.SequenceNode(_SEQUENCE, entries, flow_style=key in _ON_ONE_LINE or not entries)
    return _node(value, flow=key in _ON_ONE_LINE)


def _node(value: Any, *, flow: bool) -> yaml.Node:
    if isinstance(value, dict):
        pairs = [(_scalar(key), _scalar(each)) for key, each in value.items()]
        return yaml.MappingNode(_MAPPING, pairs, flow_style=flow)
    return _scalar(value)


def _scalar(value: str | int) -> yaml.Node:
    """A value; the writer puts quotes around text that would be read as something else."""
    return yaml.ScalarNode(_TEXT if isinstance(value, str) else _WHOLE, str(value))


def _written(node: yaml.Node) -> str:
    text: str = yaml.serialize(node, Dumper=_Indented, width=_WIDEST, allow_unicode=True)
    return text


class _Indented(yaml.SafeDumper):
    """Indents the entries of a list below their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Begin a deeper level, for lists too."""
        super().increase_indent(flow, False)
