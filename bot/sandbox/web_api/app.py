"""auth.*, apps.connections.open and blocks.validate: what concerns the app itself."""

from typing import Any

from bot.sandbox.block_kit import Problem, check_message_blocks, check_view
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.workspace.records import Json


def test(desk: Desk, args: Arguments) -> Json:
    """Handle auth.test."""
    world = desk.slack.world
    return {
        "url": f"https://{world.team_domain}.slack.com/",
        "team": world.team_name,
        "user": world.bot_name,
        "team_id": world.team_id,
        "user_id": world.bot_user_id,
        "bot_id": world.bot_id,
        "is_enterprise_install": False,
    }


def revoke(desk: Desk, args: Arguments) -> Json:
    """Handle auth.revoke; with `test` nothing is revoked."""
    if args.flag("test"):
        return {"revoked": False}
    desk.slack.uninstall()
    desk.feed.tokens_revoked()
    return {"revoked": True}


def open_connection(desk: Desk, args: Arguments) -> Json:
    """Handle apps.connections.open: a WebSocket URL that can be used once."""
    return {"url": desk.sockets.ticket()}


def validate(desk: Desk, args: Arguments) -> Json:
    """Handle blocks.validate: no token, exactly one of `blocks`, `message` and `view`."""
    given = [name for name in ("blocks", "message", "view") if args.has(name)]
    if len(given) != 1:
        raise SlackRefusal("invalid_arguments", messages=["provide exactly one of blocks, view, message"])
    name = given[0]
    problems = _problems(name, args.value(name))
    if problems:
        errors = [{"pointer": p.pointer, "code": "failed_constraint", "message": p.message} for p in problems]
        raise SlackRefusal(f"invalid_{name}", errors=errors)
    return {}


def _problems(name: str, value: Any) -> list[Problem]:
    if name == "view":
        return check_view(value, "")
    if name == "message":
        if not isinstance(value, dict):
            return [Problem("", "must provide an object")]
        return check_message_blocks(value.get("blocks", []))
    return check_message_blocks(value, "")


METHODS = {
    "auth.test": Method(test, ""),
    "auth.revoke": Method(revoke, "T3"),
    "apps.connections.open": Method(open_connection, "T3", token="xapp"),  # noqa: S106 - a kind of token
    "blocks.validate": Method(validate, "", token=""),
}
