"""Block elements: buttons, menus, inputs (docs.slack.dev/reference/block-kit/block-elements)."""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.objects import (
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH_CONFIG,
    ID,
    IMAGE_SOURCE,
    OPTION,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    PLAIN_OPTION,
    SLACK_FILE,
    STYLE,
    plain,
)
from bot.delivery.block_kit.shapes import (
    Object,
    anything,
    exactly_one,
    flag,
    items,
    matching,
    members,
    string,
    url,
    whole,
)
from bot.delivery.block_kit.violation import Check, Violation, child

_TYPE = {"type": string(50)}
_MANY = 1_000_000


def _offered(element: Object) -> list[object]:
    """Return every option that a menu offers, groups unfolded, whatever else is wrong with it."""
    groups = element.get("option_groups")
    lists = [element.get("options")]
    if isinstance(groups, list | tuple):
        lists += [group.get("options") for group in groups if isinstance(group, Mapping)]
    return [option for found in lists if isinstance(found, list | tuple) for option in found]


def _initial_is_offered(value: object, at: str) -> Iterator[Violation]:
    """Accept a menu whose first choice is one of its options, equal in every member, as Slack demands."""
    if not isinstance(value, Mapping):
        return
    offered = _offered(value)
    if "initial_option" in value and value["initial_option"] not in offered:
        yield Violation(child(at, "initial_option"), "must be one of the options")
    chosen = value.get("initial_options")
    if isinstance(chosen, list | tuple) and any(option not in offered for option in chosen):
        yield Violation(child(at, "initial_options"), "must all be among the options")


def _lengths_agree(value: object, at: str) -> Iterator[Violation]:
    """Accept a text input whose shortest, longest and first text do not contradict each other."""
    if not isinstance(value, Mapping):
        return
    low, high, first = value.get("min_length"), value.get("max_length"), value.get("initial_value")
    if isinstance(low, int) and isinstance(high, int) and low > high:
        yield Violation(child(at, "min_length"), "must not be above max_length")
    if isinstance(high, int) and isinstance(first, str) and len(first) > high:
        yield Violation(child(at, "initial_value"), f"must have at most max_length characters ({high:,})")


def _menu(required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Check) -> Check:
    base = {"action_id": ID, "confirm": CONFIRM, "focus_on_load": flag}
    return members({**_TYPE, **required}, {**base, **optional}, *rules)


def _select(
    required: Mapping[str, Check], optional: Mapping[str, Check], *rules: Check
) -> tuple[Check, Check]:
    """Return the single and the multiple form of a select menu, which differ in `initial_…` alone."""
    one = _menu(required, {"placeholder": PLACEHOLDER, "response_url_enabled": flag, **optional}, *rules)
    several = {"placeholder": PLACEHOLDER, "max_selected_items": whole(1, _MANY), **optional}
    return one, _menu(required, several, *rules)


_OPTIONS = {"options": items(PLAIN_OPTION, 1, 100), "option_groups": items(OPTION_GROUP, 1, 100)}
_INITIAL = {"initial_option": PLAIN_OPTION, "initial_options": items(PLAIN_OPTION, 1, 100)}
_IDS = items(ID, 1, _MANY)
_STATIC = _select({}, {**_OPTIONS, **_INITIAL}, exactly_one("options", "option_groups"), _initial_is_offered)
_EXTERNAL = _select({}, {**_INITIAL, "min_query_length": whole(0, _MANY)})
_USERS = _select({}, {"initial_user": ID, "initial_users": _IDS})
_CHANNELS = _select({}, {"initial_channel": ID, "initial_channels": _IDS})
_CONVERSATIONS = _select(
    {},
    {
        "initial_conversation": ID,
        "initial_conversations": _IDS,
        "default_to_current_conversation": flag,
        "filter": CONVERSATION_FILTER,
    },
)


def _typed_input(
    optional: Mapping[str, Check], *rules: Check, required: Mapping[str, Check] | None = None
) -> Check:
    base = {
        "action_id": ID,
        "placeholder": PLACEHOLDER,
        "focus_on_load": flag,
        "dispatch_action_config": DISPATCH_CONFIG,
    }
    return members({**_TYPE, **(required or {})}, {**base, **optional}, *rules)


_FIRST_TEXT = {"initial_value": string(3000, minimum=0)}
_NUMBER = matching(r"-?\d+(\.\d+)?", "a number written as a string")
_LABEL = {"accessibility_label": string(75)}
_PEOPLE = {"visible_to_user_ids": items(ID, 1, 10)}
_FEEDBACK = members({"text": plain(75), "value": string(2000)}, _LABEL)

ELEMENTS: Mapping[str, Check] = {
    "button": members(
        {**_TYPE, "text": plain(75)},
        {
            "action_id": ID,
            "value": string(2000),
            "url": url(3000),
            "style": STYLE,
            "confirm": CONFIRM,
            "agent_prompt": string(4000),
            "agent_prompt_display": anything,
            **_LABEL,
            **_PEOPLE,
        },
    ),
    "workflow_button": members(
        {**_TYPE, "text": plain(75), "workflow": anything}, {"action_id": ID, "style": STYLE, **_LABEL}
    ),
    "image": members(
        {**_TYPE, "alt_text": string(2000)}, {"image_url": url(3000), "slack_file": SLACK_FILE}, IMAGE_SOURCE
    ),
    "overflow": members(
        {**_TYPE, "options": items(OVERFLOW_OPTION, 1, 5)}, {"action_id": ID, "confirm": CONFIRM}
    ),
    "checkboxes": _menu(
        {"options": items(OPTION, 1, 10)}, {"initial_options": items(OPTION, 1, 10)}, _initial_is_offered
    ),
    "radio_buttons": _menu(
        {"options": items(OPTION, 1, 10)}, {"initial_option": OPTION}, _initial_is_offered
    ),
    "static_select": _STATIC[0],
    "multi_static_select": _STATIC[1],
    "external_select": _EXTERNAL[0],
    "multi_external_select": _EXTERNAL[1],
    "users_select": _USERS[0],
    "multi_users_select": _USERS[1],
    "channels_select": _CHANNELS[0],
    "multi_channels_select": _CHANNELS[1],
    "conversations_select": _CONVERSATIONS[0],
    "multi_conversations_select": _CONVERSATIONS[1],
    "datepicker": _menu(
        {},
        {
            "placeholder": PLACEHOLDER,
            "initial_date": matching(r"\d{4}-\d{2}-\d{2}", "a date such as 2026-11-23"),
        },
    ),
    "timepicker": _menu(
        {},
        {
            "placeholder": PLACEHOLDER,
            "timezone": string(100),
            "initial_time": matching(r"([01]\d|2[0-3]):[0-5]\d", "a time such as 09:30"),
        },
    ),
    "datetimepicker": _menu({}, {"initial_date_time": whole(1_000_000_000, 9_999_999_999)}),
    "plain_text_input": _typed_input(
        {**_FIRST_TEXT, "multiline": flag, "min_length": whole(0, 3000), "max_length": whole(1, 3000)},
        _lengths_agree,
    ),
    "email_text_input": _typed_input(_FIRST_TEXT),
    "url_text_input": _typed_input(_FIRST_TEXT),
    "number_input": _typed_input(
        {"initial_value": _NUMBER, "min_value": _NUMBER, "max_value": _NUMBER},
        required={"is_decimal_allowed": flag},
    ),
    "rich_text_input": _typed_input(
        {"initial_value": anything, "min_lines": whole(1, 100), "max_lines": whole(1, 100)}
    ),
    "file_input": members(
        _TYPE, {"action_id": ID, "filetypes": items(ID, 1, _MANY), "max_files": whole(1, 10)}
    ),
    "feedback_buttons": members(
        {**_TYPE, "positive_button": _FEEDBACK, "negative_button": _FEEDBACK}, {"action_id": ID}
    ),
    "icon_button": members(
        {**_TYPE, "icon": ID, "text": plain(75)},
        {"action_id": ID, "value": string(2000), "confirm": CONFIRM, **_LABEL, **_PEOPLE},
    ),
}

_ONE_CHOICE = frozenset(
    {"static_select", "external_select", "users_select", "channels_select", "conversations_select"}
)
_SEVERAL = frozenset(f"multi_{kind}" for kind in _ONE_CHOICE)
_BOXES = frozenset({"checkboxes", "radio_buttons", "datepicker", "timepicker"})

IN_SECTION = _ONE_CHOICE | _SEVERAL | _BOXES | {"button", "workflow_button", "image", "overflow"}
IN_ACTIONS = (
    _ONE_CHOICE
    | _SEVERAL
    | _BOXES
    | {"button", "workflow_button", "overflow", "datetimepicker", "rich_text_input"}
)
IN_INPUT = (
    _ONE_CHOICE
    | _SEVERAL
    | _BOXES
    | {
        "datetimepicker",
        "plain_text_input",
        "email_text_input",
        "url_text_input",
        "number_input",
        "rich_text_input",
        "file_input",
    }
)
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})
