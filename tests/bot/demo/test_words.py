"""Slack's marks as words: nothing a person wrote is lost, and nothing becomes a mark of Markdown."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.demo.words import as_markdown, in_plain_words
from bot.views.wording.text import escape

NAMES = {"U0NIAPRYCE": "Nia Pryce"}


@pytest.mark.parametrize(
    ("slack", "plain", "markdown"),
    [
        ("Ask <@U0NIAPRYCE>.", "Ask @Nia Pryce.", "Ask @Nia Pryce."),
        ("Ask <@U0STRANGER>.", "Ask @U0STRANGER.", "Ask @U0STRANGER."),
        ("*Strategy*: open", "Strategy: open", "**Strategy**: open"),
        ("2 * 3 * 4", "2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c", "a*b*c"),
        ("See &lt;b&gt; &amp; c", "See <b> & c", "See \\<b> & c"),
        ("`x` \\ y", "`x` \\ y", "\\`x\\` \\\\ y"),
        ("<https://a.example/b|Read it>", "Read it: https://a.example/b", "Read it: https://a.example/b"),
        ("<https://a.example/b>", "https://a.example/b", "https://a.example/b"),
        ("<https://t.slack.com/archives/C1/p1|Go to thread>", "Go to thread", "Go to thread"),
    ],
)
def test_each_mark(slack: str, plain: str, markdown: str) -> None:
    assert in_plain_words(slack, NAMES) == plain
    assert as_markdown(slack, NAMES) == markdown


@given(st.text(st.characters(exclude_characters="*"), max_size=80))
def test_what_people_wrote_comes_through_whole(words: str) -> None:
    shown = html.unescape(escape(words))
    assert in_plain_words(escape(words), NAMES) == shown
    assert re.sub(r"\\([<`\\])", r"\1", as_markdown(escape(words), NAMES)) == shown
