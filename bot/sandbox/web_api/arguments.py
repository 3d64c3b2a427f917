"""The arguments of a call, read the way Slack reads them: form, JSON or query, values typed or as text."""

import json
from typing import Any

from aiohttp import web

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.workspace.records import Json

_TRUE = ("true", "1", "yes", "on")


class Arguments:
    """One call's arguments. A missing or malformed one is refused with `invalid_arguments`."""

    def __init__(self, values: Json) -> None:
        """Keep the values as they came."""
        self.values = values

    def has(self, name: str) -> bool:
        """Return whether an argument was given a value; an empty text counts as one."""
        return self.values.get(name) is not None

    def text(self, name: str, default: str = "") -> str:
        """Return an argument as text."""
        value = self.values.get(name)
        if value is None:
            return default
        if isinstance(value, (dict, list)):
            raise SlackRefusal(
                "invalid_arguments", messages=[f"must provide a string [json-pointer:/{name}]"]
            )
        return str(value)

    def required(self, name: str) -> str:
        """Return an argument that must be there and not be empty."""
        value = self.text(name)
        if not value:
            raise SlackRefusal("invalid_arguments", messages=[f"missing required field: {name}"])
        return value

    def flag(self, name: str, default: bool = False) -> bool:
        """Return an argument as true or false."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() in _TRUE

    def number(self, name: str, default: int) -> int:
        """Return an argument as an integer."""
        value = self.values.get(name)
        if value is None or value == "":
            return default
        try:
            return int(str(value))
        except ValueError:
            message = f"must provide an integer [json-pointer:/{name}]"
            raise SlackRefusal("invalid_arguments", messages=[message]) from None

    def value(self, name: str, refusal: str = "invalid_arguments") -> Any:
        """Return an argument that is JSON, or JSON written as text.

        Args:
            name: The argument.
            refusal: Slack's error when the text is not JSON.
        """
        value = self.values.get(name)
        if not isinstance(value, str) or not value:
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise SlackRefusal(refusal) from None

    def names(self, name: str) -> list[str]:
        """Return an argument that is a list, or a text with commas."""
        value = self.values.get(name)
        rows = value if isinstance(value, list) else str(value or "").split(",")
        return [str(item).strip() for item in rows if str(item).strip()]


async def read_arguments(request: web.Request) -> Json:
    """Return everything a request says, query and body together.

    Raises:
        SlackRefusal: When the body is not what its content type says.
    """
    values: Json = dict(request.query)
    if request.method != "POST":
        return values
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            raise SlackRefusal("invalid_json") from None
        if not isinstance(body, dict):
            raise SlackRefusal("json_not_object")
        return values | body
    if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
        form = await request.post()
        return values | {name: value for name, value in form.items() if isinstance(value, str)}
    if request.can_read_body and await request.read():
        raise SlackRefusal("invalid_post_type")
    return values
