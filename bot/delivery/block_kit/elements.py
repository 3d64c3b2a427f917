"""The texts, buttons, menus and inputs that our views are made of.

Source of the limits: docs.slack.dev/reference/block-kit/block-elements and .../composition-objects.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.shapes import Members, choice, day, flag, items, string, whole
from bot.delivery.block_kit.violation import Check, Violation, child

ID = string(255)
TYPE = {"type": string(50)}
MANY = 1_000_000


def plain(maximum: int) -> Members:
    """Accept a text in which nothing is formatting, of 1 to `maximum` characters."""
    return Members({"type": choice("plain_text"), "text": string(maximum)}, {"emoji": flag})


MRKDWN = Members({"type": choice("mrkdwn"), "text": string(3000)})
OPTION = Members({"text": plain(75), "value": string(150)}, {"description": plain(75)})
GROUP = Members({"label": plain(75), "options": items(OPTION, 1, 100)})
_PLACEHOLDER = {"placeholder": plain(150)}


def _offered(menu: Mapping[str, object]) -> list[object]:
    """Return every option that a menu offers, groups unfolded, whatever else is wrong with it."""
    groups = menu.get("option_groups")
    lists = [menu.get("options")]
    if isinstance(groups, list | tuple):
        lists += [group.get("options") for group in groups if isinstance(group, Mapping)]
    return [option for found in lists if isinstance(found, list | tuple) for option in found]


def _initial_is_offered(menu: object, at: str) -> Iterator[Violation]:
    """Accept a menu whose first choice is one of its options, equal in every member, as Slack demands."""
    if not isinstance(menu, Mapping):
        return
    offered = _offered(menu)
    if "initial_option" in menu and menu["initial_option"] not in offered:
        yield Violation(child(at, "initial_option"), "must be one of the options")
    chosen = menu.get("initial_options")
    if isinstance(chosen, list | tuple) and any(option not in offered for option in chosen):
        yield Violation(child(at, "initial_options"), "must all be among the options")


def _one_list_of_options(menu: object, at: str) -> Iterator[Violation]:
    if isinstance(menu, Mapping) and ("options" in menu) == ("option_groups" in menu):
        yield Violation(at, "must have exactly one of: options, option_groups")


def _first_text_fits(field: object, at: str) -> Iterator[Violation]:
    """Accept a text input whose first text is not longer than it takes."""
    if isinstance(field, Mapping):
        most, first = field.get("max_length"), field.get("initial_value")
        if isinstance(most, int) and isinstance(first, str) and len(first) > most:
            yield Violation(child(at, "initial_value"), f"must have at most max_length characters ({most:,})")


def _element(optional: Mapping[str, Check], *rules: Check, **required: Check) -> Members:
    return Members({**TYPE, "action_id": ID, **required}, optional, *rules)


def _choices(most: int, initial: str) -> Members:
    """Accept boxes or a menu with up to `most` options, some of which may be chosen from the start."""
    chosen = OPTION if initial == "initial_option" else items(OPTION, 1, most)
    return _element({initial: chosen}, _initial_is_offered, options=items(OPTION, 1, most))


_BUTTON = _element(
    {"style": choice("primary", "danger"), "accessibility_label": string(75)},
    text=plain(75),
    value=string(2000),
)
_OVERFLOW = _element({}, options=items(OPTION, 1, 5))
_STATIC_SELECT = _element(
    {
        **_PLACEHOLDER,
        "options": items(OPTION, 1, 100),
        "option_groups": items(GROUP, 1, 100),
        "initial_option": OPTION,
    },
    _one_list_of_options,
    _initial_is_offered,
)
FILTER = Members({"include": items(choice("private", "public"), 1, 2)}, {"exclude_bot_users": flag})

PRESSED: Mapping[str, Members] = {"button": _BUTTON, "overflow": _OVERFLOW, "static_select": _STATIC_SELECT}
"""What stands in a row of actions or beside a section."""

FILLED_IN: Mapping[str, Members] = {
    "checkboxes": _choices(10, "initial_options"),
    "conversations_select": _element({"initial_conversation": ID}, filter=FILTER),
    "datepicker": _element({"initial_date": day}),
    "multi_static_select": _choices(100, "initial_options"),
    "multi_users_select": _element({"initial_users": items(ID, 1, MANY)}, max_selected_items=whole(1, MANY)),
    "plain_text_input": _element(
        {**_PLACEHOLDER, "initial_value": string(MANY, minimum=0)},
        _first_text_fits,
        multiline=flag,
        max_length=whole(1, 3000),
    ),
    "radio_buttons": _choices(10, "initial_option"),
    "static_select": _STATIC_SELECT,
    "users_select": _element({"initial_user": ID}),
}
"""What stands in an input of a form."""
