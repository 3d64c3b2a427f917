"""Composition objects: texts, options, confirmations.

Source: docs.slack.dev/reference/block-kit/composition-objects.
"""

from collections.abc import Iterator, Mapping

from bot.delivery.block_kit.shapes import (
    at_least_one,
    choice,
    exactly_one,
    flag,
    items,
    members,
    one_of_types,
    string,
    url,
)
from bot.delivery.block_kit.violation import Check, Violation, child

TEXT_LIMIT = 3000
ID = string(255)
STYLE = choice("primary", "danger")


def text(maximum: int = TEXT_LIMIT) -> Check:
    """Accept a plain_text or mrkdwn object of 1 to `maximum` characters."""
    return one_of_types(
        {
            "plain_text": members({"type": string(20), "text": string(maximum)}, {"emoji": flag}),
            "mrkdwn": members({"type": string(20), "text": string(maximum)}, {"verbatim": flag}),
        },
        "text",
    )


def plain(maximum: int) -> Check:
    """Accept a plain_text object of 1 to `maximum` characters."""
    shape = members({"type": string(20), "text": string(maximum)}, {"emoji": flag})

    def check(value: object, at: str) -> Iterator[Violation]:
        yield from shape(value, at)
        if isinstance(value, Mapping) and "type" in value and value["type"] != "plain_text":
            yield Violation(child(at, "type"), "must be plain_text")

    return check


CONFIRM = members(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)}, {"style": STYLE}
)
PLACEHOLDER = plain(150)
OPTION = members({"text": text(75), "value": string(150)}, {"description": text(75)})
PLAIN_OPTION = members({"text": plain(75), "value": string(150)}, {"description": plain(75)})
OVERFLOW_OPTION = members(
    {"text": plain(75), "value": string(150)}, {"description": plain(75), "url": url(3000)}
)
OPTION_GROUP = members({"label": plain(75), "options": items(PLAIN_OPTION, 1, 100)}, {})
SLACK_FILE = members({}, {"id": ID, "url": url(3000)}, at_least_one("id", "url"))
IMAGE_SOURCE = exactly_one("image_url", "slack_file")
DISPATCH_CONFIG = members(
    {}, {"trigger_actions_on": items(choice("on_enter_pressed", "on_character_entered"), 1, 2)}
)
CONVERSATION_FILTER = members(
    {},
    {
        "include": items(choice("im", "mpim", "private", "public"), 1, 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
