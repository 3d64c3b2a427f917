"""The quick reader of YAML sees what PyYAML sees, and leaves the rest to it."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content_files.framework_folder import framework_texts, library_texts
from model.content_files.yaml_quick import DEPTH_LIMIT, NotOrdinary, compose_quickly
from model.content_files.yaml_tree import UnreadableYaml, _compose_with_care, compose

PIECES = (
    *"abc 1:-,[]{}#|>'\"?!.~=<+\\\n",
    *(
        "\n  ",
        "\n    - ",
        "key: ",
        "- ",
        "# c\n",
        ": |\n  ",
        ": >-\n  ",
        "[a, b]",
        "{a: b}",
        "a? ",
        "? ",
        "&a ",
        "*a",
        "!b ",
        "!!str ",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
        "<<: ",
        "\t",
        "\r",
        "\ufeff",
        "\x85",
        "\u2028",
        '"\\ud800"',
        "é",
        "😀",
    ),
)


def shown(node: yaml.Node | None) -> object:
    """All that we use of a tree."""
    if node is None:
        return None
    # For a key that a question mark begins, they differ in the line on which a missing value is missing.
    place = (node.tag, node.start_mark.line if node.value else None)
    if isinstance(node, yaml.ScalarNode):
        return place, node.value
    if isinstance(node, yaml.SequenceNode):
        return place, [shown(each) for each in node.value]
    return place, [(shown(key), shown(value)) for key, value in node.value]


def test_what_is_bundled_is_read_alike() -> None:
    texts = {**framework_texts(), **library_texts()}
    assert len(texts) > 20
    for text in texts.values():
        assert shown(compose_quickly(text)) == shown(_compose_with_care(text))


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_whatever_is_read_quickly_is_read_alike(text: str) -> None:
    try:
        quick = compose_quickly(text)
    except NotOrdinary:
        return
    assert shown(quick) == shown(_compose_with_care(text))


@pytest.mark.parametrize(
    "text", ["---\na: 1\n", "? a\n: b", "a: ['b? c']", "a: b? c!", "a: | # why\n  b", "a: R&D*"]
)
def test_what_only_looks_odd_is_read_quickly(text: str) -> None:
    assert shown(compose_quickly(text)) == shown(_compose_with_care(text))


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n"])
def test_there_may_be_nothing(text: str) -> None:
    assert compose_quickly(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "a:\tb",
        "a: 1\n\ufeff",
        "a: 1\x85b: 2",
        "%YAML 1.1\n",
        "a: >#\n",
        "a: &b c",
        "a: *b",
        "a: &b c\nd: *b",
        "a: !b c",
        "{pu?her: GOV}",
        "[a? b]",
        "{a: [b, c?d]}",
        "a: |+#\n b",
        "a: [b",
        "a: b: c",
        '"\\ud800"',
        "\x07",
        "[" * (DEPTH_LIMIT + 1) + "]" * (DEPTH_LIMIT + 1),
    ],
)
def test_what_is_not_ordinary_is_left_to_pyyaml(text: str) -> None:
    with pytest.raises(NotOrdinary):
        compose_quickly(text)
    try:
        careful: object = shown(_compose_with_care(text))
    except UnreadableYaml as refused:
        with pytest.raises(UnreadableYaml) as same:
            compose(text)
        assert same.value.faults == refused.faults
    else:
        assert shown(compose(text)) == careful


def test_without_libyaml_everything_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml, "__with_libyaml__", False)
    with pytest.raises(NotOrdinary):
        compose_quickly("a: 1")
    assert shown(compose("a: 1")) == shown(_compose_with_care("a: 1"))
