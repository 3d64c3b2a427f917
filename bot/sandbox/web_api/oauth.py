"""oauth.v2.access: a code becomes a token, and with that the app is installed."""

from hmac import compare_digest

from bot.sandbox.records import Json
from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method


def access(desk: Desk, args: Arguments) -> Json:
    """Handle oauth.v2.access. Nothing is installed before; a code that was asked for only allows it."""
    slack = desk.slack
    if args.text("client_id") != slack.identity.client_id:
        raise SlackRefusal("invalid_client_id")
    if not compare_digest(args.text("client_secret").encode(), slack.identity.client_secret.encode()):
        raise SlackRefusal("bad_client_secret")
    if args.text("grant_type", "authorization_code") != "authorization_code":
        raise SlackRefusal("invalid_grant_type")
    permit = slack.permits.take(args.text("code"), args.text("redirect_uri") or None, slack.moment())
    slack.install(permit.scopes)
    world = slack.world
    return {
        "access_token": slack.identity.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(slack.rules.scopes)),
        "bot_user_id": world.bot_user_id,
        "app_id": world.app_id,
        "team": {"id": world.team_id, "name": world.team_name},
        "enterprise": None,
        "is_enterprise_install": False,
        "authed_user": {"id": permit.user},
    }


METHODS = {"oauth.v2.access": Method(access, "600", token="")}
