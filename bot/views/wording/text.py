"""Text for Slack: people's words made safe, cut to length, and the small pieces sentences are made of.

How people's words are shown. Slack reads `*`, `_`, `~` and back-ticks in mrkdwn as formatting and offers no
way to escape them, and an invisible character between them would travel along when somebody copies the text.
So wherever words stand alone they go into a `plain` or a `typed` object, where nothing is read as formatting
and they look exactly as typed. `escape`, `shorten` and `quote` are for words inside a sentence of ours, where
a stray asterisk may turn bold but nothing can mention anybody, and for the `text` of a message.

Text objects, plain_text as well as mrkdwn, decode `&amp;`, `&lt;` and `&gt;`; rich text does not
(docs.slack.dev/messaging/formatting-message-text).
"""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

ELLIPSIS = "…"
NOTHING = "(nothing written)"
SOMEBODY = "a colleague"
_MOST_RUNS = 50
_ENDINGS = (".", "?", "!", ":", ELLIPSIS)

_UNSENDABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_OPEN_END = re.compile(r"(<[^<>]*|&(?:a|am|amp|l|lt|g|gt)?)$")
_PERSON = re.compile(r"[UW][A-Z0-9]+")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
_WEB = re.compile(r"https?://[^\s]", re.IGNORECASE)


def escape(text: str) -> str:
    """Return people's text for a mrkdwn or plain_text object: it can mention nobody and link nowhere."""
    return _sendable(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def shorten(text: str, limit: int) -> str:
    """Return people's text escaped, in at most `limit` characters; what is cut off shows as "…".

    The limit counts the escaped text, as Slack may do, and no entity is cut in two.

    Raises:
        ValueError: limit is below 1.
    """
    return shorten_escaped(escape(text), limit)


def shorten_escaped(text: str, limit: int) -> str:
    """Return text that is already escaped in at most `limit` characters; no entity, mention or link is cut.

    Raises:
        ValueError: limit is below 1.
    """
    _require_room(limit)
    if len(text) <= limit:
        return text
    return _OPEN_END.sub("", text[: limit - 1]).rstrip() + ELLIPSIS


def cut(text: str, limit: int) -> str:
    """Return text in at most `limit` characters, not escaped: for values that Slack shows as they are.

    Those are accessibility labels, alt texts, file names and the first text of an input.

    Raises:
        ValueError: limit is below 1.
    """
    _require_room(limit)
    sendable = _sendable(text)
    return sendable if len(sendable) <= limit else sendable[: limit - 1].rstrip() + ELLIPSIS


def spoken(text: str, limit: int) -> str:
    """Return text for a label that only a screen reader reads, in at most `limit` characters, not escaped.

    Nobody reads angle brackets aloud, and no string of ours may look like a mention, so they are left out.
    """
    return cut(" ".join(re.sub("[<>]", " ", text).split()), limit)


def full_stop(text: str) -> str:
    """Return text that ends as a sentence does: with a full stop, unless it ends with ?, ! or the like."""
    return text if text.endswith(_ENDINGS) else f"{text}."


def plain(text: str, limit: int = 3000) -> dict[str, Any]:
    """Return a plain_text object that shows people's words as typed, in at most `limit` characters."""
    return {"type": "plain_text", "text": shorten(text, limit) if text.strip() else NOTHING, "emoji": False}


def typed(text: str, limit: int = 3000) -> dict[str, Any]:
    """Return a rich_text block that quotes people's words exactly as typed, in at most `limit` characters."""
    words = cut(text, limit) if text.strip() else NOTHING
    # Rich text mentions nobody on account of "<!channel>", but no string of ours may hold it, so that a
    # search of a payload for it can be trusted. Split there, the two runs read as one.
    runs = re.split(r"(?<=<)(?=!)", words)
    if len(runs) > _MOST_RUNS:
        # Hundreds of them come from nobody in earnest, and as many runs would outgrow a message.
        runs = [words.replace("<!", "< !")]
    quoted = {"type": "rich_text_quote", "elements": [{"type": "text", "text": run} for run in runs]}
    return {"type": "rich_text", "elements": [quoted]}


def person(user_id: str) -> str:
    """Return a mention of a person, which notifies them; for what is no Slack user id, "a colleague"."""
    return f"<@{user_id}>" if _PERSON.fullmatch(user_id) else SOMEBODY


def mentioned(text: str) -> frozenset[str]:
    """Return whom a text of ours mentions."""
    return frozenset(_MENTION.findall(text))


def with_mentions_as(text: str, name_of: Callable[[str], str]) -> str:
    """Return a text of ours with a name, which is escaped, in place of each mention."""
    return _MENTION.sub(lambda found: name_of(found[1]), text)


def link(url: str, label: str) -> str:
    """Return a mrkdwn link; where the address is not of the web, the label with the address after it."""
    address, words = url.strip(), " ".join(escape(label).split())
    if not _WEB.match(address):
        return f"{words} ({escape(address)})" if address else words
    # These characters would end the address, and Slack does not decode them in it.
    for reserved, code in (("<", "%3C"), (">", "%3E"), ("|", "%7C")):
        address = address.replace(reserved, code)
    address = re.sub(r"\s", "%20", _sendable(address)).replace("&", "&amp;")
    # A bar would be taken for the one between address and label, a full-width one looks the same.
    return f"<{address}|{words.replace('|', '｜')}>" if words else f"<{address}>"


def slack_date(when: datetime, form: str = "{date_short_pretty} at {time}") -> str:
    """Return a moment that Slack shows to each reader in their own time zone, with the UTC time as fallback.

    Args:
        when: an aware moment.
        form: Slack's date tokens (docs.slack.dev/messaging/formatting-message-text, "Date formatting").

    Raises:
        ValueError: `when` has no time zone.
    """
    if when.tzinfo is None:
        raise ValueError("A moment needs a time zone")
    universal = when.astimezone(UTC)
    fallback = f"{universal.day} {universal:%B %Y, %H:%M} UTC"
    return f"<!date^{int(universal.timestamp())}^{form}|{fallback}>"


def join_names(names: Sequence[str]) -> str:
    """Return "A", "A and B", "A, B and C", or "nobody"; the names must be escaped already."""
    if not names:
        return "nobody"
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, noun: str, plural: str | None = None) -> str:
    """Return a number with its noun: "1 prompt", "2 prompts", "1,200 votes".

    Args:
        number: how many.
        noun: the singular.
        plural: the plural, where it is not made by the rules for -s, -es and -ies.
    """
    return f"{number:,} {noun if number == 1 else plural or _plural(noun)}"


def _plural(noun: str) -> str:
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if re.search(r"(s|x|z|ch|sh)$", noun) else f"{noun}s"


def _sendable(text: str) -> str:
    """Return text with one kind of line break, and what neither JSON nor UTF-8 carries shown as "�"."""
    return _UNSENDABLE.sub("\ufffd", re.sub(r"\r\n?|[\u2028\u2029]", "\n", text))


def _require_room(limit: int) -> None:
    if limit < 1:
        raise ValueError("A limit is at least 1 character")
