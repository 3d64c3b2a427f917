"""A message that somebody wrote in Slack, as typed values and in words that read the same elsewhere."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.conversation.emoji import emoji_name

# What people write; everything else with a subtype is Slack's own or an app's.
# Source: https://docs.slack.dev/reference/events/message (message subtypes).
_BY_PEOPLE = frozenset({"", "file_share", "thread_broadcast", "me_message"})
_SLACKBOT = "USLACKBOT"
SOMEBODY_ELSE = "?"
"""Stands for whoever Slack counts and does not name."""
_REFERENCE = re.compile(r"<([^<>|]*)(?:\|([^<>]*))?>")
_MENTION = re.compile(r"<@([A-Z0-9]+)[|>]")


@dataclass(frozen=True)
class Written:
    """One message.

    Attributes:
        channel_id: Where it is.
        ts: Slack's id of it there.
        thread_ts: The message in whose thread it is; None in the channel itself.
        author: Who wrote it.
        text: Its words.
        files: The names of its files.
        by_person: Whether a person wrote it, and neither an app nor Slack itself.
        reactions: Each emoji on it by the name that Slack tells, with its skin tone, and who gave it; "?"
            stands for people not told.
    """

    channel_id: str
    ts: str
    thread_ts: str | None
    author: str
    text: str
    files: tuple[str, ...]
    by_person: bool
    reactions: Mapping[str, frozenset[str]]

    @property
    def at(self) -> datetime:
        """When it was written."""
        moment = moment_of(self.ts)
        if moment is None:
            raise ValueError("A message has a timestamp of Slack's.")
        return moment

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to copy: neither words nor files."""
        return not (self.text.strip() or self.files)

    @property
    def mentioned(self) -> frozenset[str]:
        """The ids of the people it mentions, as long as its text is as Slack has it."""
        return frozenset(_MENTION.findall(self.text))

    def given_by(self, person: str, emoji: str) -> bool:
        """Whether somebody has given it this emoji; also where Slack counts more people than it names."""
        givers = self._givers(frozenset({emoji}))
        return person in givers or SOMEBODY_ELSE in givers

    def marked_by_others(self, emoji: frozenset[str], person: str) -> bool:
        """Whether anybody but this person has given it one of these emoji."""
        return bool(self._givers(emoji) - {person})

    def given(self, emoji: frozenset[str]) -> tuple[tuple[str, str], ...]:
        """Who gave it one of these emoji, as far as Slack names them, each with the name that Slack tells."""
        return tuple(
            (person, name)
            for name, people in self.reactions.items()
            if emoji_name(name) in emoji
            for person in sorted(people - {SOMEBODY_ELSE})
        )

    def _givers(self, emoji: frozenset[str]) -> frozenset[str]:
        given = (people for name, people in self.reactions.items() if emoji_name(name) in emoji)
        return frozenset().union(*given)


def moment_of(ts: str) -> datetime | None:
    """The moment of a timestamp of Slack's, such as "1700000000.000100"; None where it is none."""
    found = re.fullmatch(r"(\d{1,11})(?:\.(\d{1,6}))?", ts)
    if found is None:
        return None
    return datetime.fromtimestamp(int(found[1]), UTC) + timedelta(
        microseconds=int((found[2] or "").ljust(6, "0"))
    )


def written_of(channel_id: str, message: Mapping[str, Any]) -> Written:
    """Read a message as Slack tells it, in an answer of the Web API or in a payload."""
    ts = str(message.get("ts") or "")
    thread_ts = str(message.get("thread_ts") or ts)
    author = str(message.get("user") or "")
    subtype = str(message.get("subtype") or "")
    by_app = bool(message.get("bot_id")) or author in ("", _SLACKBOT)
    files = message.get("files") or ()
    return Written(
        channel_id=channel_id,
        ts=ts,
        thread_ts=None if thread_ts == ts else thread_ts,
        author=author,
        text=str(message.get("text") or ""),
        files=tuple(
            str(file.get("name") or file.get("title") or "a file")
            for file in files
            # What is left of a file that was deleted.
            if file.get("mode") != "tombstone"
        ),
        by_person=not by_app and subtype in _BY_PEOPLE,
        reactions=_reactions(message),
    )


def _reactions(message: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    found: dict[str, frozenset[str]] = {}
    for each in message.get("reactions") or ():
        users = frozenset(str(user) for user in each.get("users") or ())
        # Slack may name fewer people than it counts.
        if int(each.get("count") or 0) > len(users):
            users |= {SOMEBODY_ELSE}
        name = str(each.get("name") or "")
        found[name] = found.get(name, frozenset()) | users
    return found


def plain_words(text: str, names: Mapping[str, str]) -> str:
    """A text of Slack's as people read it there: names for mentions, addresses beside their labels.

    Args:
        text: As Slack has it, with `<@U1>`, `<https://a.example|label>` and `&amp;`.
        names: Person id to display name.
    """

    def read(found: re.Match[str]) -> str:
        return _readable(found[1], found[2] or "", names)

    words = _REFERENCE.sub(read, text)
    return words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").strip()


def _readable(target: str, label: str, names: Mapping[str, str]) -> str:
    if target.startswith("@"):
        return f"@{names.get(target[1:]) or label or 'a colleague'}"
    if target.startswith("#"):
        return f"#{label or 'a channel'}"
    if target.startswith("!"):
        return label or f"@{target[1:].partition('^')[0]}"
    address = target.removeprefix("mailto:")
    return address if label in ("", address) else f"{label} ({address})"
