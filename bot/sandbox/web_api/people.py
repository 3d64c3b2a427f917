"""users.* and team.info."""

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.conversations import channels_of_types
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.web_api.paging import page
from bot.sandbox.wire.record_json import channel_json, user_json
from bot.sandbox.workspace.records import Json


def user_info(desk: Desk, args: Arguments) -> Json:
    """Handle users.info."""
    person = desk.slack.people.get(args.required("user"))
    if person is None:
        raise SlackRefusal("user_not_found")
    return {"user": user_json(desk.slack, person, with_locale=args.flag("include_locale"))}


def users(desk: Desk, args: Arguments) -> Json:
    """Handle users.list."""
    people = [person for _, person in sorted(desk.slack.people.items())]
    rows, following = page(people, lambda person: person.id, args, default=1_000)
    locale = args.flag("include_locale")
    shown = [user_json(desk.slack, person, with_locale=locale) for person in rows]
    return {"members": shown, "cache_ts": int(desk.slack.epoch()), **following}


def user_conversations(desk: Desk, args: Arguments) -> Json:
    """Handle users.conversations: those of the bot, or those it shares with a person."""
    user = args.text("user") or desk.slack.world.bot_user_id
    if user not in desk.slack.people:
        raise SlackRefusal("user_not_found")
    bot = desk.slack.world.bot_user_id
    mine = [c for c in channels_of_types(desk, args) if user in c.members and (user == bot or not c.is_im)]
    rows, following = page(mine, lambda channel: channel.id, args)
    return {"channels": [channel_json(desk.slack, channel) for channel in rows], **following}


def team_info(desk: Desk, args: Arguments) -> Json:
    """Handle team.info."""
    world = desk.slack.world
    if args.text("team") not in ("", world.team_id):
        raise SlackRefusal("team_not_found")
    return {"team": {"id": world.team_id, "name": world.team_name, "domain": world.team_domain, "icon": {}}}


METHODS = {
    "users.info": Method(user_info, "T4", ("users:read",)),
    "users.list": Method(users, "T2", ("users:read",)),
    "users.conversations": Method(user_conversations, "T3"),
    "team.info": Method(team_info, "T3", ("team:read",)),
}
