"""What pydantic finds wrong with content, in sentences for the person who wrote the file."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from model.content_files.rules import nearest
from model.content_files.text_limits import WEEKS_LIMIT, WEIGHT_LIMIT, WEIGHT_PLACES, one_paragraph
from model.quoting import quoted

_READ_AS = {
    "null": "empty",
    "bool": "read as a yes-or-no value",
    "int": "read as a number",
    "float": "read as a number",
    "timestamp": "read as a date",
    "seq": "a list",
    "map": "a set of keys",
}
_AT_LEAST_ONE = {
    "dimensions": "There are no dimensions. Add at least one.",
    "groups": "There are no groups. Add at least one.",
    "prompts": "There are no prompts in this dimension. Add at least one.",
}
_RANGES = {"from_level": (1, 4), "to_level": (2, 5), "weeks": (1, WEEKS_LIMIT), "week": (0, WEEKS_LIMIT)}
"""Keys whose whole numbers have other limits than a level's."""
_OWN_SENTENCES = ("unreadable_text", "card_too_long", "section_too_long")
"""Errors of ours, whose text goes on from the name of the key."""


@dataclass(frozen=True)
class Wording:
    """How errors in one kind of content are worded.

    Attributes:
        root: The type of the whole.
        parts: The type of the entries under each key, to name the keys that are known there.
        reference: The command that prints what is allowed.
    """

    root: type[BaseModel]
    parts: Mapping[str, type[BaseModel]]
    reference: str

    def sentence(self, error: ErrorDetails, tag: str) -> str:
        """Word one validation error.

        Args:
            error: The error as pydantic gives it.
            tag: The short YAML tag of the value, such as "bool" or "timestamp"; empty when there is no value.
        """
        name = _name(error["loc"])
        kind = error["type"]
        if kind in _OWN_SENTENCES:
            return f"{name} {error['msg']}."
        if kind == "extra_forbidden":
            return self._unknown_key(name, error)
        if error["loc"][-1:] == ("weight",):
            places = f"at most {WEIGHT_PLACES} decimals"
            return f"{name} must be a number above 0 and up to {WEIGHT_LIMIT}, with {places}."
        worded = _WORDED.get(kind)
        return worded(name, error, tag) if worded else f"{name} does not fit; see {self.reference}."

    def _unknown_key(self, name: str, error: ErrorDetails) -> str:
        holder = next((str(step) for step in reversed(error["loc"][:-1]) if isinstance(step, str)), "")
        known = sorted(self.parts.get(holder, self.root).model_fields)
        guess = nearest(str(error["loc"][-1]), known)
        return f"{name} is not a key that is known here.{guess or ' Known: ' + ', '.join(known) + '.'}"


def _name(loc: tuple[int | str, ...]) -> str:
    if loc and isinstance(loc[-1], int):
        return f"'{loc[-2]}', entry {loc[-1] + 1},"
    return quoted(str(loc[-1])) if loc else "The file"


def _missing(name: str, error: ErrorDetails, tag: str) -> str:
    return _AT_LEAST_ONE.get(str(error["loc"][-1]), f"{name} is missing here. Add it.")


def _not_text(name: str, error: ErrorDetails, tag: str) -> str:
    if tag == "null":
        return f"{name} is empty. Write some text."
    if tag in ("seq", "map"):
        return f"{name} is {_READ_AS[tag]}, but one text is wanted. Put quotes round it if it holds a colon."
    return f"{name} is {_READ_AS.get(tag, 'not a text')}, but a text is wanted. Put quotes round it."


def _too_long_text(name: str, error: ErrorDetails, tag: str) -> str:
    length = len(str(one_paragraph(error["input"])))
    return f"{name} is {length} characters long; the limit is {_limit(error, 'max_length')}."


def _not_an_id(name: str, error: ErrorDetails, tag: str) -> str:
    longest = 60 if "{1,59}" in str(error.get("ctx", {}).get("pattern")) else 40
    return (
        f"{name} is not an id. Use small letters, digits and hyphens, begin with a letter, "
        f"and keep it between 2 and {longest} characters."
    )


def _wrong_count(name: str, error: ErrorDetails, tag: str) -> str:
    key = str(error["loc"][-1])
    count = len(error["input"])
    entries = "1 entry" if count == 1 else f"{count} entries"
    if key == "descriptors":
        return f"{name} has {entries}; it needs exactly 5, one for each level from 1 to 5, in that order."
    if error["type"] == "too_long":
        return f"{name} has {entries}; at most {_limit(error, 'max_length')} fit."
    return _AT_LEAST_ONE.get(key, f"{name} has {entries}; it needs at least {_limit(error, 'min_length')}.")


def _not_a_number(name: str, error: ErrorDetails, tag: str) -> str:
    lowest, highest = _RANGES.get(str(error["loc"][-1]), (1, 5))
    return f"{name} must be a whole number from {lowest} to {highest}."


def _not_a_choice(name: str, error: ErrorDetails, tag: str) -> str:
    return f"{name} must be one of these words: {_limit(error, 'expected')}."


def _limit(error: ErrorDetails, key: str) -> str:
    return str(error.get("ctx", {}).get(key, "")).replace("'", "")


_WORDED: dict[str, Callable[[str, ErrorDetails, str], str]] = {
    "missing": _missing,
    "string_type": _not_text,
    "string_unicode": lambda name, error, tag: f"{name} holds a character that is no character. Delete it.",
    "string_too_short": lambda name, error, tag: f"{name} is empty. Write some text.",
    "string_too_long": _too_long_text,
    "string_pattern_mismatch": _not_an_id,
    "too_short": _wrong_count,
    "too_long": _wrong_count,
    "not_five": _wrong_count,
    "enum": _not_a_choice,
    "bool_type": lambda name, error, tag: f"{name} must be true or false.",
    "int_type": _not_a_number,
    "greater_than_equal": _not_a_number,
    "less_than_equal": _not_a_number,
    "dict_type": lambda name, error, tag: f"{name} must be a set of keys, each on a line with a colon.",
    "tuple_type": lambda name, error, tag: (
        f"{name} must be a list: one line for each, beginning with a hyphen."
    ),
    "model_type": lambda name, error, tag: f"{name} must be a set of keys, each on a line with a colon.",
}
