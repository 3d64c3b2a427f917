"""What a reaction means to us, and one name for an emoji that Slack knows under several."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

# Slack tells whichever name was typed or picked. Source: the short names of
# https://github.com/iamcal/emoji-data, which Slack's picker is made from.
_SAME = {
    "thumbsup": "+1",
    "thumbsdown": "-1",
    "pencil": "memo",
    "collision": "boom",
    "envelope": "email",
    "telephone": "phone",
    "open_book": "book",
    "raised_hand": "hand",
    "punch": "facepunch",
    "honeybee": "bee",
    "runner": "running",
    "satisfied": "laughing",
    "poop": "hankey",
    "shit": "hankey",
    "lantern": "izakaya_lantern",
    "red_car": "car",
    "sailboat": "boat",
    "knife": "hocho",
    "waning_gibbous_moon": "moon",
}


class Meaning(StrEnum):
    """What a reaction asks for. Which emoji stand for it is a setting."""

    EVIDENCE = "evidence"
    PLAN = "plan"
    PROPOSAL = "proposal"
    SUPPORT = "support"


def emoji_name(written: str) -> str:
    """The one name of an emoji: without colons, without its skin tone, and one of its aliases for all."""
    name = written.strip().strip(":").partition("::")[0].lower()
    return _SAME.get(name, name)


def emoji_names(setting: str) -> tuple[str, ...]:
    """The names in a setting, where they stand with commas between.

    Raises:
        ValueError: there is none, or one of them has a space in it.
    """
    names = tuple(dict.fromkeys(emoji_name(each) for each in setting.split(",") if each.strip()))
    if not names or any(" " in name for name in names):
        raise ValueError("must be names of emoji with commas between, such as paperclip or paperclip,pushpin")
    return names


def meanings(chosen: Mapping[Meaning, tuple[str, ...]]) -> dict[str, Meaning]:
    """Emoji name to meaning.

    Raises:
        ValueError: one emoji would have two meanings.
    """
    found: dict[str, Meaning] = {}
    for meaning, names in chosen.items():
        for name in names:
            if found.setdefault(name, meaning) is not meaning:
                raise ValueError(f"The emoji {name} is set for both {found[name]} and {meaning}: choose one.")
    return found
