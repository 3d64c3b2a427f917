"""What each element holds: its state at first, and the state after a person gave it a value."""

import re
from typing import Any
from urllib.parse import urlsplit

from bot.sandbox.block_kit.composition import offered
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.workspace.records import Json

_TEXTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
_DATES = {"datepicker": "date", "timepicker": "time"}
_NAMED = {"users": "user", "conversations": "conversation", "channels": "channel"}
_FORMATS = {"datepicker": r"\d{4}-\d{2}-\d{2}", "timepicker": r"([01]\d|2[0-3]):[0-5]\d"}


def first_state(element: Json) -> Json | None:
    """Return an element's state before anyone touched it, or None when it has no state (a button)."""
    kind = str(element["type"])
    if kind in _TEXTS:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in ("static_select", "external_select", "radio_buttons"):
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in ("multi_static_select", "multi_external_select", "checkboxes"):
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    if kind in _DATES:
        part = _DATES[kind]
        return {"type": kind, f"selected_{part}": element.get(f"initial_{part}")}
    if kind == "datetimepicker":
        return {"type": kind, "selected_date_time": element.get("initial_date_time")}
    if kind == "rich_text_input":
        return {"type": kind, "rich_text_value": element.get("initial_value")}
    if kind == "file_input":
        return {"type": kind, "files": []}
    return _named_state(kind, element)


def _named_state(kind: str, element: Json) -> Json | None:
    base = kind.removeprefix("multi_").removesuffix("_select")
    if base not in _NAMED or not kind.endswith("_select"):
        return None
    one = _NAMED[base]
    if kind.startswith("multi_"):
        return {"type": kind, f"selected_{one}s": element.get(f"initial_{one}s") or []}
    return {"type": kind, f"selected_{one}": element.get(f"initial_{one}")}


def state_after(element: Json, value: Any) -> Json:
    """Return an element's state after a person gave it a value.

    Args:
        element: The element.
        value: A text for an input; an option's value or its text for a menu (a list for several); an id for a
            menu of people or channels; None to empty it.

    Raises:
        ControlRefusal: When no person could give that value.
    """
    state = first_state(element)
    if state is None:
        raise ControlRefusal(f"{_name(element)} does not take a value")
    field = next(key for key in state if key != "type")
    if value is None:
        return {**state, field: [] if isinstance(state[field], list) else None}
    if "option" in field:
        return {**state, field: _options(element, field, value)}
    if field == "value":
        return {**state, field: _written(element, value)}
    if field.endswith("s") and field != "files":
        return {**state, field: [str(item) for item in (value if isinstance(value, list) else [value])]}
    return {**state, field: _formatted(element, value)}


def is_empty(state: Json) -> bool:
    """Return whether an element holds nothing."""
    return not any(value for key, value in state.items() if key != "type")


def chosen_option(element: Json, value: Any) -> Json:
    """Return the option of a menu that has a value or a text.

    Raises:
        ControlRefusal: When there is none, or more than one.
    """
    options: list[Json] = offered(element)
    found = [one for one in options if one["value"] == value] or [
        one for one in options if one["text"]["text"] == value
    ]
    if len(found) != 1:
        listed = ", ".join(f"{one['value']} ({one['text']['text']})" for one in options)
        raise ControlRefusal(f"{_name(element)} has {len(found)} options {value!r}; it offers: {listed}")
    return found[0]


def _options(element: Json, field: str, value: Any) -> Any:
    if element["type"].endswith("external_select"):
        raise ControlRefusal("the sandbox does not imitate menus whose options come from the app")
    if field == "selected_option":
        return chosen_option(element, value)
    chosen = [chosen_option(element, item) for item in (value if isinstance(value, list) else [value])]
    most = element.get("max_selected_items")
    if most is not None and len(chosen) > most:
        raise ControlRefusal(f"{_name(element)} takes at most {most} options")
    return chosen


def _written(element: Json, value: Any) -> str | None:
    text = str(value)
    kind = element["type"]
    if kind == "plain_text_input":
        _check_length(element, text)
    elif kind == "number_input":
        _check_number(element, text)
    elif kind == "email_text_input" and text and not re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", text):
        raise ControlRefusal(f"{_name(element)}: {text!r} is not an email address")
    elif kind == "url_text_input" and text and not urlsplit(text).scheme:
        raise ControlRefusal(f"{_name(element)}: {text!r} is not a web address")
    return text or None


def _check_length(element: Json, text: str) -> None:
    most = element.get("max_length", 3_000)
    least = element.get("min_length", 0)
    if len(text) > most:
        raise ControlRefusal(f"{_name(element)} takes at most {most} characters, not {len(text)}")
    if text and len(text) < least:
        raise ControlRefusal(f"{_name(element)} takes at least {least} characters, not {len(text)}")
    if "\n" in text and not element.get("multiline"):
        raise ControlRefusal(f"{_name(element)} takes one line only")


def _check_number(element: Json, text: str) -> None:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if text and not re.fullmatch(pattern, text):
        raise ControlRefusal(f"{_name(element)}: {text!r} is not a number it takes")
    if not text:
        return
    if "min_value" in element and float(text) < float(element["min_value"]):
        raise ControlRefusal(f"{_name(element)} takes no number below {element['min_value']}")
    if "max_value" in element and float(text) > float(element["max_value"]):
        raise ControlRefusal(f"{_name(element)} takes no number above {element['max_value']}")


def _formatted(element: Json, value: Any) -> Any:
    kind = element["type"]
    if kind in _FORMATS and not re.fullmatch(_FORMATS[kind], str(value)):
        raise ControlRefusal(f"{_name(element)}: {value!r} is not a {_DATES[kind]}")
    if kind == "datetimepicker" and not isinstance(value, int):
        raise ControlRefusal(f"{_name(element)} takes seconds since 1970")
    return value


def _name(element: Json) -> str:
    return f"the {element['type']} {element.get('action_id', '')}".strip()
