"""The composition objects: texts, options, confirmation dialogues."""

from typing import Any

from bot.sandbox.block_kit.shapes import (
    Check,
    Found,
    Problem,
    Shape,
    by_type,
    exactly_one_of,
    flag,
    rows,
    string,
    word,
)

TEXT = 3_000
PLACEHOLDER = 150
ID = 255


def plain_text(most: int = TEXT) -> Check:
    """Check for a `plain_text` object of 1 to `most` characters."""
    return by_type({"plain_text": Shape({"text": string(most)}, {"emoji": flag})})


def any_text(most: int = TEXT) -> Check:
    """Check for a `plain_text` or `mrkdwn` object of 1 to `most` characters."""
    return by_type(
        {
            "plain_text": Shape({"text": string(most)}, {"emoji": flag}),
            "mrkdwn": Shape({"text": string(most)}, {"verbatim": flag}),
        }
    )


def _option(text: Check, *, url: bool = False) -> Check:
    optional: dict[str, Check] = {"description": text}
    if url:
        optional["url"] = string(3_000)
    return Shape({"text": text, "value": string(150)}, optional)


menu_option = _option(plain_text(75))
overflow_option = _option(plain_text(75), url=True)
choice_option = _option(any_text(75))

option_group = Shape({"label": plain_text(75), "options": rows(menu_option, 100)})

confirm = Shape(
    {"title": plain_text(100), "text": any_text(300), "confirm": plain_text(30), "deny": plain_text(30)},
    {"style": word("primary", "danger")},
)

slack_file = Shape(optional={"id": string(ID), "url": string(3_000)}, rules=(exactly_one_of("id", "url"),))

dispatch_action_config = Shape(
    optional={"trigger_actions_on": rows(word("on_enter_pressed", "on_character_entered"), 2)}
)

conversation_filter = Shape(
    optional={
        "include": rows(word("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    }
)


def offered(element: Any) -> list[Any]:
    """Return the options of an element, those in groups included."""
    groups = [group for group in _listed(element.get("option_groups")) if isinstance(group, dict)]
    grouped = [option for group in groups for option in _listed(group.get("options"))]
    return [*_listed(element.get("options")), *grouped]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def initial_is_offered(value: Any, at: str, found: Found) -> None:
    """Check that what is chosen at first is exactly one of the options, as Slack demands."""
    options = offered(value)
    for name in ("initial_option", "initial_options"):
        chosen = value.get(name)
        for option in chosen if isinstance(chosen, list) else [chosen]:
            if option is not None and option not in options:
                found.append(Problem(f"{at}/{name}", f"{name} must exactly match the options"))
