"""reactions.* and pins.add."""

import re

from bot.sandbox.refusals import SlackRefusal
from bot.sandbox.web_api.arguments import Arguments
from bot.sandbox.web_api.method import Desk, Method
from bot.sandbox.web_api.places import visible_channel
from bot.sandbox.wire.record_json import message_json
from bot.sandbox.workspace.reactions import with_reaction, without_reaction
from bot.sandbox.workspace.records import Json, Message

_EMOJI = re.compile(r"[a-z0-9_+'-]+(::skin-tone-[2-6])?")
KINDS_ON_ONE_MESSAGE = 50
FROM_ONE_PERSON = 23


def add(desk: Desk, args: Arguments) -> Json:
    """Handle reactions.add."""
    message, name = _message(desk, args), _name(args)
    bot = desk.slack.world.bot_user_id
    if desk.slack.channels[message.channel].is_archived:
        raise SlackRefusal("is_archived")
    mine = [reaction.name for reaction in message.reactions if bot in reaction.users]
    if name in mine:
        raise SlackRefusal("already_reacted")
    if len(mine) >= FROM_ONE_PERSON:
        raise SlackRefusal("too_many_reactions")
    if len(message.reactions) >= KINDS_ON_ONE_MESSAGE and name not in {r.name for r in message.reactions}:
        raise SlackRefusal("too_many_emoji")
    changed = desk.slack.put_message(with_reaction(message, bot, name))
    desk.feed.reaction(changed, bot, name, added=True)
    return {}


def remove(desk: Desk, args: Arguments) -> Json:
    """Handle reactions.remove: only what the bot gave."""
    message, name = _message(desk, args), _name(args)
    bot = desk.slack.world.bot_user_id
    if not any(reaction.name == name and bot in reaction.users for reaction in message.reactions):
        raise SlackRefusal("no_reaction")
    changed = desk.slack.put_message(without_reaction(message, bot, name))
    desk.feed.reaction(changed, bot, name, added=False)
    return {}


def get(desk: Desk, args: Arguments) -> Json:
    """Handle reactions.get."""
    message = _message(desk, args)
    shown = message_json(desk.slack, message)
    return {"type": "message", "channel": message.channel, "message": shown}


def pin(desk: Desk, args: Arguments) -> Json:
    """Handle pins.add."""
    message = _message(desk, args)
    if desk.slack.channels[message.channel].is_archived:
        raise SlackRefusal("is_archived")
    if not desk.slack.pin(message.channel, message.ts):
        raise SlackRefusal("already_pinned")
    return {}


def _message(desk: Desk, args: Arguments) -> Message:
    if not args.text("channel") or not args.text("timestamp"):
        raise SlackRefusal("no_item_specified")
    channel = visible_channel(desk, args.text("channel"))
    if not desk.slack.is_member(channel.id, desk.slack.world.bot_user_id):
        raise SlackRefusal("not_in_channel")
    message = desk.slack.messages.get(channel.id, args.text("timestamp"))
    if message is None:
        raise SlackRefusal("message_not_found")
    return message


def _name(args: Arguments) -> str:
    name = args.text("name").strip(":")
    if not _EMOJI.fullmatch(name):
        raise SlackRefusal("invalid_name")
    return name


METHODS = {
    "reactions.add": Method(add, "T3", ("reactions:write",)),
    "reactions.remove": Method(remove, "T2", ("reactions:write",)),
    "reactions.get": Method(get, "T3", ("reactions:read",)),
    "pins.add": Method(pin, "T2", ("pins:write",)),
}
