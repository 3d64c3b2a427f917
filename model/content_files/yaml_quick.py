"""Reading YAML by libyaml, many times as fast as PyYAML, wherever the two are known to agree.

libyaml looks through the text once for what it and PyYAML see differently and for what we refuse, and then
makes the tree. What is found, and what is wrong, is left to PyYAML, whose faults say what to do.
"""

import re

import yaml

DEPTH_LIMIT = 20
# What only one of the two takes for a blank or a line break.
_ODD_SIGNS = re.compile("[\t\ufeff\x85\u2028\u2029]")
_COMMENT_AT_SIGN_OF_BLOCK = re.compile(r"[|>]\S*#")


class NotOrdinary(Exception):
    """The text is left to PyYAML."""


def compose_quickly(text: str) -> yaml.Node | None:
    """Read ordinary YAML text as a tree, or None when there is nothing in it.

    Raises:
        NotOrdinary: It holds something that libyaml and PyYAML see differently, or that we refuse, or it is
            wrong, or libyaml is missing.
    """
    if not yaml.__with_libyaml__ or _ODD_SIGNS.search(text):
        raise NotOrdinary
    try:
        _look_through(text)
        node: yaml.Node | None = yaml.CSafeLoader(text).get_single_node()
    except (yaml.YAMLError, ValueError, OverflowError):
        raise NotOrdinary from None
    return node


def _look_through(text: str) -> None:
    """Raise `NotOrdinary` for anchors, aliases, tags, deep nesting and what only PyYAML refuses.

    This comes first since libyaml's composer follows every alias, and no depth stops it but the end of the
    stack.
    """
    loader = yaml.CSafeLoader(text)
    in_brackets: list[bool] = []
    while loader.check_event():
        event = loader.get_event()
        if getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None:
            raise NotOrdinary
        if isinstance(event, yaml.CollectionStartEvent):
            in_brackets.append(bool(event.flow_style))
            if len(in_brackets) > DEPTH_LIMIT:
                raise NotOrdinary
        elif isinstance(event, yaml.CollectionEndEvent):
            in_brackets.pop()
        elif isinstance(event, yaml.ScalarEvent):
            if not event.style and "?" in event.value and in_brackets and in_brackets[-1]:
                raise NotOrdinary
            begins = event.start_mark
            if event.style and begins and _COMMENT_AT_SIGN_OF_BLOCK.match(text, begins.index):
                raise NotOrdinary
