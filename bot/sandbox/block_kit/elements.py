"""The interactive elements, each with its fields, and where each may stand."""

from typing import Any

from bot.sandbox.block_kit.composition import (
    ID,
    PLACEHOLDER,
    any_text,
    choice_option,
    confirm,
    conversation_filter,
    dispatch_action_config,
    initial_is_offered,
    menu_option,
    option_group,
    overflow_option,
    plain_text,
    slack_file,
)
from bot.sandbox.block_kit.shapes import (
    Check,
    Found,
    Problem,
    Shape,
    an_object,
    exactly_one_of,
    flag,
    rows,
    string,
    whole_number,
    word,
)

_DATE = r"\d{4}-\d{2}-\d{2}"
_TIME = r"([01]\d|2[0-3]):[0-5]\d"
_LONGEST_INPUT = 3_000


def _fields(**more: Check) -> dict[str, Check]:
    return {"action_id": string(ID), "confirm": confirm, "focus_on_load": flag, **more}


def _placed(**more: Check) -> dict[str, Check]:
    return _fields(placeholder=plain_text(PLACEHOLDER), **more)


def _lengths_agree(value: Any, at: str, found: Found) -> None:
    least, most = value.get("min_length"), value.get("max_length")
    if isinstance(least, int) and isinstance(most, int) and least > most:
        found.append(Problem(at, "min_length must be less than or equal to max_length"))


def _input(**more: Check) -> dict[str, Check]:
    fields = _placed(dispatch_action_config=dispatch_action_config, **more)
    del fields["confirm"]
    return fields


_ONE_SOURCE = (exactly_one_of("options", "option_groups"), initial_is_offered)
_OPTION_SOURCES: dict[str, Check] = {
    "options": rows(menu_option, 100),
    "option_groups": rows(option_group, 100),
}
_ids = rows(string(ID), 100, least=0)
_MOST_CHOSEN: dict[str, Check] = {"max_selected_items": whole_number(1, 100)}
_CHANNELS: dict[str, Check] = {"response_url_enabled": flag}
_CONVERSATIONS: dict[str, Check] = {
    **_CHANNELS,
    "default_to_current_conversation": flag,
    "filter": conversation_filter,
}

ELEMENTS: dict[str, Check] = {
    "button": Shape(
        {"text": plain_text(75)},
        {
            "action_id": string(ID),
            "url": string(3_000),
            "value": string(2_000, least=0),
            "style": word("primary", "danger"),
            "confirm": confirm,
            "accessibility_label": string(75),
        },
    ),
    "workflow_button": Shape(
        {"text": plain_text(75), "workflow": an_object},
        {"action_id": string(ID), "style": word("primary", "danger"), "accessibility_label": string(75)},
    ),
    "overflow": Shape({"options": rows(overflow_option, 5)}, {"action_id": string(ID), "confirm": confirm}),
    "checkboxes": Shape(
        {"options": rows(choice_option, 10)},
        _fields(initial_options=rows(choice_option, 10)),
        (initial_is_offered,),
    ),
    "radio_buttons": Shape(
        {"options": rows(choice_option, 10)}, _fields(initial_option=choice_option), (initial_is_offered,)
    ),
    "datepicker": Shape({}, _placed(initial_date=string(10, pattern=_DATE))),
    "timepicker": Shape({}, _placed(initial_time=string(5, pattern=_TIME), timezone=string(ID))),
    "datetimepicker": Shape({}, _fields(initial_date_time=whole_number(0, 9_999_999_999))),
    "static_select": Shape({}, _placed(initial_option=menu_option, **_OPTION_SOURCES), _ONE_SOURCE),
    "multi_static_select": Shape(
        {}, _placed(initial_options=rows(menu_option, 100), **_MOST_CHOSEN, **_OPTION_SOURCES), _ONE_SOURCE
    ),
    "external_select": Shape({}, _placed(initial_option=menu_option, min_query_length=whole_number(0, 100))),
    "multi_external_select": Shape(
        {},
        _placed(
            initial_options=rows(menu_option, 100), min_query_length=whole_number(0, 100), **_MOST_CHOSEN
        ),
    ),
    "users_select": Shape({}, _placed(initial_user=string(ID))),
    "multi_users_select": Shape({}, _placed(initial_users=_ids, **_MOST_CHOSEN)),
    "conversations_select": Shape({}, _placed(initial_conversation=string(ID), **_CONVERSATIONS)),
    "multi_conversations_select": Shape(
        {},
        _placed(
            initial_conversations=_ids,
            default_to_current_conversation=flag,
            filter=conversation_filter,
            **_MOST_CHOSEN,
        ),
    ),
    "channels_select": Shape({}, _placed(initial_channel=string(ID), **_CHANNELS)),
    "multi_channels_select": Shape({}, _placed(initial_channels=_ids, **_MOST_CHOSEN)),
    "plain_text_input": Shape(
        {},
        _input(
            initial_value=string(_LONGEST_INPUT, least=0),
            multiline=flag,
            min_length=whole_number(0, _LONGEST_INPUT),
            max_length=whole_number(1, _LONGEST_INPUT),
        ),
        (_lengths_agree,),
    ),
    "email_text_input": Shape({}, _input(initial_value=string(_LONGEST_INPUT, least=0))),
    "url_text_input": Shape({}, _input(initial_value=string(_LONGEST_INPUT, least=0))),
    "number_input": Shape(
        {"is_decimal_allowed": flag},
        _input(initial_value=string(ID), min_value=string(ID), max_value=string(ID)),
    ),
    "rich_text_input": Shape({}, _input(initial_value=an_object)),
    "file_input": Shape(
        {},
        {"action_id": string(ID), "filetypes": rows(string(20), 100), "max_files": whole_number(1, 10)},
    ),
    "image": Shape(
        {"alt_text": string(2_000)},
        {"image_url": string(3_000), "slack_file": slack_file},
        (exactly_one_of("image_url", "slack_file"),),
    ),
    "icon_button": Shape(
        {"icon": word("trash"), "text": plain_text(75)},
        {
            "action_id": string(ID),
            "value": string(2_000, least=0),
            "confirm": confirm,
            "accessibility_label": string(75),
        },
    ),
    "feedback_buttons": Shape(
        {"positive_button": an_object, "negative_button": an_object}, {"action_id": string(ID)}
    ),
    "plain_text": plain_text(),
    "mrkdwn": any_text(),
}

SELECTS = frozenset(
    f"{many}{kind}_select"
    for many in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
CHOICES = frozenset({"checkboxes", "radio_buttons"})
IN_ACTIONS = (
    SELECTS
    | CHOICES
    | {
        "button",
        "workflow_button",
        "overflow",
        "datepicker",
        "timepicker",
        "datetimepicker",
        "rich_text_input",
    }
)
IN_SECTION = (
    SELECTS | CHOICES | {"button", "workflow_button", "overflow", "datepicker", "timepicker", "image"}
)
IN_INPUT = (
    SELECTS
    | CHOICES
    | {
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
        "datepicker",
        "timepicker",
        "datetimepicker",
    }
)
IN_CONTEXT = frozenset({"image", "plain_text", "mrkdwn"})
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})


def standing_in(allowed: frozenset[str]) -> dict[str, Check]:
    """Return the shapes of the elements that may stand in one kind of block."""
    return {kind: ELEMENTS[kind] for kind in sorted(allowed)}
