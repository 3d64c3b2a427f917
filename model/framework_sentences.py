"""What pydantic finds wrong with a framework, in sentences for the person who wrote the file."""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from model.framework import Benefit, Dimension, Framework, Group, Level, Method, Prompt
from model.framework_rules import nearest
from model.framework_text import WEIGHT_LIMIT, WEIGHT_PLACES, one_paragraph
from model.quoting import quoted

_MODELS: dict[str, type[BaseModel]] = {
    "levels": Level,
    "groups": Group,
    "benefits": Benefit,
    "method": Method,
    "dimensions": Dimension,
    "prompts": Prompt,
}
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


def sentence(error: ErrorDetails, tag: str) -> str:
    """Word one validation error.

    Args:
        error: The error as pydantic gives it.
        tag: The short YAML tag of the value, such as "bool" or "timestamp"; empty when there is no value.
    """
    name = _name(error["loc"])
    kind = error["type"]
    if kind in ("unreadable_text", "card_too_long"):
        return f"{name} {error['msg']}."
    if error["loc"][-1:] == ("weight",) and kind != "extra_forbidden":
        places = f"at most {WEIGHT_PLACES} decimals"
        return f"{name} must be a number above 0 and up to {WEIGHT_LIMIT}, with {places}."
    worded = _WORDED.get(kind)
    return worded(name, error, tag) if worded else f"{name} does not fit; see milepost model schema."


def _name(loc: tuple[int | str, ...]) -> str:
    if loc and isinstance(loc[-1], int):
        return f"'{loc[-2]}', entry {loc[-1] + 1},"
    return quoted(str(loc[-1])) if loc else "The file"


def _missing(name: str, error: ErrorDetails, tag: str) -> str:
    return _AT_LEAST_ONE.get(str(error["loc"][-1]), f"{name} is missing here. Add it.")


def _unknown_key(name: str, error: ErrorDetails, tag: str) -> str:
    holder = next((str(step) for step in reversed(error["loc"][:-1]) if isinstance(step, str)), "")
    known = sorted(_MODELS.get(holder, Framework).model_fields)
    guess = nearest(str(error["loc"][-1]), known)
    return f"{name} is not a key that is known here.{guess or ' Known: ' + ', '.join(known) + '.'}"


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
    if key == "descriptors":
        count = len(error["input"])
        entries = "1 entry" if count == 1 else f"{count} entries"
        return f"{name} has {entries}; it needs exactly 5, one for each level from 1 to 5, in that order."
    return _AT_LEAST_ONE.get(key, f"{name} has the wrong number of entries.")


def _not_a_choice(name: str, error: ErrorDetails, tag: str) -> str:
    return f"{name} must be one of these words: {_limit(error, 'expected')}."


def _limit(error: ErrorDetails, key: str) -> Any:
    return str(error.get("ctx", {}).get(key, "")).replace("'", "")


_WORDED: dict[str, Callable[[str, ErrorDetails, str], str]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "string_type": _not_text,
    "string_unicode": lambda name, error, tag: f"{name} holds a character that is no character. Delete it.",
    "string_too_short": lambda name, error, tag: f"{name} is empty. Write some text.",
    "string_too_long": _too_long_text,
    "string_pattern_mismatch": _not_an_id,
    "too_short": _wrong_count,
    "too_long": _wrong_count,
    "enum": _not_a_choice,
    "bool_type": lambda name, error, tag: f"{name} must be true or false.",
    "int_type": lambda name, error, tag: f"{name} must be a whole number from 1 to 5.",
    "greater_than_equal": lambda name, error, tag: f"{name} must be a whole number from 1 to 5.",
    "less_than_equal": lambda name, error, tag: f"{name} must be a whole number from 1 to 5.",
    "tuple_type": lambda name, error, tag: (
        f"{name} must be a list: one line for each, beginning with a hyphen."
    ),
    "model_type": lambda name, error, tag: f"{name} must be a set of keys, each on a line with a colon.",
}
