"""Slack's marks turned into words: for the terminal without any, for a file as Markdown."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping

# Source: https://docs.slack.dev/messaging/formatting-message-text.
_PERSON = re.compile(r"<@(\w+)(?:\|[^>]*)?>")
_LINK = re.compile(r"<((?:https?|mailto):[^|>]+)(?:\|([^>]*))?>")
_BOLD = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]+)(?<=\S)\*(?![\w*])")
# What Markdown would take for a tag or for emphasis of its own.
_MEANS_SOMETHING = re.compile(r"([<`\\])")


def in_plain_words(text: str, names: Mapping[str, str]) -> str:
    """What the bot wrote, without marks.

    Args:
        text: Slack's mrkdwn.
        names: People by their ids; somebody unknown keeps the id.
    """
    return html.unescape(_BOLD.sub(r"\1", _with_names_and_links(text, names)))


def as_markdown(text: str, names: Mapping[str, str]) -> str:
    """What the bot wrote, in Markdown: what is bold there is bold, and every line stays a line.

    Args:
        text: Slack's mrkdwn.
        names: People by their ids; somebody unknown keeps the id.
    """
    words = html.unescape(_with_names_and_links(text, names))
    safe = _MEANS_SOMETHING.sub(r"\\\1", words)
    return _BOLD.sub(r"**\1**", safe)


def _with_names_and_links(text: str, names: Mapping[str, str]) -> str:
    named = _PERSON.sub(lambda found: f"@{names.get(found[1], found[1])}", text)
    return _LINK.sub(lambda found: _link(found[1], found[2]), named)


def _link(address: str, label: str | None) -> str:
    """Links from one message to another lead nowhere outside Slack, so that their label says all."""
    if not label:
        return address
    return label if "/archives/" in address else f"{label}: {address}"
