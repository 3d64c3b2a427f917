"""Giving a message a reaction and taking one back."""

from dataclasses import replace

from bot.sandbox.workspace.records import Message, Reaction


def with_reaction(message: Message, user: str, name: str) -> Message:
    """Return the message with one person's reaction added."""
    if not any(reaction.name == name for reaction in message.reactions):
        return replace(message, reactions=(*message.reactions, Reaction(name, (user,))))
    changed = tuple(
        Reaction(name, (*reaction.users, user))
        if reaction.name == name and user not in reaction.users
        else reaction
        for reaction in message.reactions
    )
    return replace(message, reactions=changed)


def without_reaction(message: Message, user: str, name: str) -> Message:
    """Return the message with one person's reaction taken off; an emoji nobody gives is gone."""
    left = (
        Reaction(reaction.name, tuple(u for u in reaction.users if reaction.name != name or u != user))
        for reaction in message.reactions
    )
    return replace(message, reactions=tuple(reaction for reaction in left if reaction.users))
