"""Composing ordinary YAML ten times as fast, by libyaml; whatever is not ordinary is left to PyYAML.

The two read ordinary text alike. Where they differ (tabs, odd line breaks, tags, complex keys, a comment
right behind the sign of a block), or where something is refused or wrong, PyYAML decides and its faults are
told.
"""

import re

import yaml
from yaml.composer import Composer
from yaml.resolver import Resolver

DEPTH_LIMIT = 20
_NOT_ORDINARY = re.compile(
    r"""[\t\ufeff\x85\u2028\u2029%]     # what only one of them takes for a blank, a line break or a directive
    |^(?:---|\.\.\.)                    # more than one document, maybe
    |[|>]\S*\#                          # a comment right behind the sign of a block
    |[&*](?=\S)                         # an alias, and what it stands for
    |(?<![\w)\]"'”’.])[?!]              # a complex key, or a tag
    |[?!](?![\s"'”’).]|\Z)
    """,
    re.MULTILINE | re.VERBOSE,
)


class NotOrdinary(Exception):
    """The text is left to PyYAML."""


def compose_quickly(text: str) -> yaml.Node | None:
    """Read ordinary YAML text as a tree, or None when there is nothing in it.

    Raises:
        NotOrdinary: It holds something that libyaml and PyYAML see differently, or it is wrong, or libyaml is
            missing.
    """
    if not yaml.__with_libyaml__ or _NOT_ORDINARY.search(text):
        raise NotOrdinary
    try:
        node: yaml.Node | None = _Loader(text).get_single_node()
    except (yaml.YAMLError, ValueError, OverflowError):
        raise NotOrdinary from None
    return node


if yaml.__with_libyaml__:
    from yaml._yaml import CParser

    class _Loader(Composer, CParser, Resolver):
        """PyYAML's composer over libyaml's events."""

        def __init__(self, text: str) -> None:
            CParser.__init__(self, text)
            Composer.__init__(self)
            Resolver.__init__(self)
            self._text = text
            self._depth = 0

        def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
            self._depth += 1
            if self._depth > DEPTH_LIMIT or self.check_event(yaml.AliasEvent):
                raise NotOrdinary
            node: yaml.Node | None = super().compose_node(parent, index)
            self._depth -= 1
            if (
                isinstance(node, yaml.CollectionNode)
                and node.flow_style
                # Between brackets they take a question mark for different things.
                and "?" in self._text[node.start_mark.index : node.end_mark.index]
            ):
                raise NotOrdinary
            return node
