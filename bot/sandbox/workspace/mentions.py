"""Whom a text calls: the mentions that make Slack notify people."""

import re
from typing import Any

_SPECIAL = re.compile(r"<!(channel|here|everyone|group)(?:\|[^>]*)?>")
_USER = re.compile(r"<@([UW][A-Z0-9]+)(?:\|[^>]*)?>")
_GROUP = re.compile(r"<!subteam\^([A-Z0-9]+)(?:\|[^>]*)?>")
_TYPED = re.compile(r"(?<![\w@])@(channel|here|everyone)\b")
_PLAIN = ("plain_text", "raw_text")


def pings_in_text(text: str, *, linked: bool = False) -> list[str]:
    """Return whom a mrkdwn text calls.

    Args:
        text: The text with Slack's escapes.
        linked: Whether `link_names` or `parse=full` also turns a bare `@channel` into a call.
    """
    found = [f"!{name}" for name in _SPECIAL.findall(text)]
    found += _USER.findall(text) + _GROUP.findall(text)
    if linked:
        found += [f"!{name}" for name in _TYPED.findall(text)]
    return found


def pings_in_blocks(value: Any) -> list[str]:
    """Return whom blocks call; `plain_text` never does, whatever is written in it."""
    if isinstance(value, list):
        return [ping for item in value for ping in pings_in_blocks(item)]
    if not isinstance(value, dict) or value.get("type") in _PLAIN:
        return []
    if value.get("type") in ("mrkdwn", "markdown") and isinstance(value.get("text"), str):
        return pings_in_text(value["text"])
    found: list[str] = []
    if value.get("type") == "broadcast":
        found.append(f"!{value.get('range')}")
    elif value.get("type") == "user" and "user_id" in value:
        found.append(str(value["user_id"]))
    elif value.get("type") == "usergroup" and "usergroup_id" in value:
        found.append(str(value["usergroup_id"]))
    return found + [ping for part in value.values() for ping in pings_in_blocks(part)]


def all_pings(text: str, blocks: list[dict[str, Any]], *, linked: bool = False) -> tuple[str, ...]:
    """Return whom a whole message calls, each once, in order of first mention."""
    return tuple(dict.fromkeys(pings_in_text(text, linked=linked) + pings_in_blocks(blocks)))


_TOKEN = re.compile(
    r"<(?:@[UW][A-Z0-9]+|#C[A-Z0-9]+|!(?:channel|here|everyone)|!subteam\^[A-Z0-9]+|https?://[^\s<>]+)(?:\|[^<>]*)?>"
)


def as_typed(text: str) -> str:
    """Return a person's text as Slack hands it on: `&`, `<`, `>` escaped, real mentions and links kept."""
    parts: list[str] = []
    end = 0
    for token in _TOKEN.finditer(text):
        parts += [_escaped(text[end : token.start()]), token.group()]
        end = token.end()
    return "".join([*parts, _escaped(text[end:])])


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
