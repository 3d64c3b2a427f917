"""Writing, editing and deleting messages, reacting, sharing files, coming and going."""

from dataclasses import replace

from bot.sandbox.gestures.scene import Scene
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.web_api.files import share_file
from bot.sandbox.workspace.mentions import all_pings, as_typed
from bot.sandbox.workspace.reactions import with_reaction, without_reaction
from bot.sandbox.workspace.records import File, Message


def say(scene: Scene, user: str, channel_id: str, text: str, thread_ts: str | None = None) -> str:
    """Write a message and return its `ts`."""
    person = scene.person(user)
    channel = scene.open_channel_of(person, channel_id)
    if not text.strip():
        raise ControlRefusal("an empty message cannot be sent")
    written = as_typed(text)
    message = Message(
        channel=channel.id,
        ts=scene.slack.next_ts(),
        user=person.id,
        text=written,
        thread_ts=_parent(scene, user, channel_id, thread_ts),
        pings=all_pings(written, []),
    )
    scene.slack.put_message(message)
    scene.feed.message_posted(message)
    return message.ts


def direct(scene: Scene, user: str, text: str) -> tuple[str, str]:
    """Write to the bot directly, and return the conversation and the message's `ts`."""
    channel = scene.slack.dm_with(scene.person(user).id)
    return channel.id, say(scene, user, channel.id, text)


def edit(scene: Scene, user: str, channel_id: str, ts: str, text: str) -> None:
    """Change one's own message."""
    before = _own(scene, user, channel_id, ts)
    written = as_typed(text)
    after = replace(
        before,
        text=written,
        pings=all_pings(written, []),
        edits=before.edits + 1,
        edited_ts=scene.slack.next_ts(),
    )
    scene.slack.put_message(after)
    scene.feed.message_changed(before, after)


def delete(scene: Scene, user: str, channel_id: str, ts: str) -> None:
    """Delete one's own message."""
    message = _own(scene, user, channel_id, ts)
    scene.slack.put_message(replace(message, deleted=True))
    scene.feed.message_deleted(message)


def react(scene: Scene, user: str, channel_id: str, ts: str, name: str) -> None:
    """Give a message a reaction."""
    message = scene.message(scene.person(user), channel_id, ts)
    if any(r.name == name and user in r.users for r in message.reactions):
        raise ControlRefusal(f"{user} has already reacted with {name}")
    changed = scene.slack.put_message(with_reaction(message, user, name))
    scene.feed.reaction(changed, user, name, added=True)


def unreact(scene: Scene, user: str, channel_id: str, ts: str, name: str) -> None:
    """Take a reaction back."""
    message = scene.message(scene.person(user), channel_id, ts)
    if not any(r.name == name and user in r.users for r in message.reactions):
        raise ControlRefusal(f"{user} has not reacted with {name}")
    changed = scene.slack.put_message(without_reaction(message, user, name))
    scene.feed.reaction(changed, user, name, added=False)


def upload(
    scene: Scene,
    user: str,
    channel_id: str,
    name: str,
    content: bytes,
    thread_ts: str | None = None,
    text: str = "",
) -> str:
    """Share a file in a channel or thread, with words or without, and return the message's `ts`."""
    person = scene.person(user)
    channel = scene.open_channel_of(person, channel_id)
    slack = scene.slack
    parent = _parent(scene, user, channel_id, thread_ts)
    file = File(slack.next_id("F"), name, person.id, int(slack.epoch()), len(content), content=content)
    slack.files.put(file)
    message = Message(
        channel=channel.id,
        ts=slack.next_ts(),
        user=person.id,
        text=as_typed(text),
        thread_ts=parent,
        subtype="file_share",
        files=(file.id,),
    )
    shared = share_file(slack, file, channel.id, message.ts)
    slack.put_message(message)
    scene.feed.file_shared(shared, channel, message.ts)
    scene.feed.message_posted(message)
    return message.ts


def join(scene: Scene, user: str, channel_id: str) -> None:
    """Come into a public channel."""
    person = scene.person(user)
    channel = scene.slack.channels.get(channel_id)
    if channel is None or channel.kind != "channel" or channel.is_archived or person.is_restricted:
        raise ControlRefusal(f"{person.real_name} cannot join {channel_id}")
    if person.id not in channel.members:
        scene.feed.membership(scene.slack.change_members(channel_id, add=person.id), person.id, joined=True)


def leave(scene: Scene, user: str, channel_id: str) -> None:
    """Leave a channel."""
    person = scene.person(user)
    scene.channel_of(person, channel_id)
    changed = scene.slack.change_members(channel_id, remove=person.id)
    scene.feed.membership(changed, person.id, joined=False)


def _own(scene: Scene, user: str, channel_id: str, ts: str) -> Message:
    message = scene.message(scene.person(user), channel_id, ts)
    if message.user != user:
        raise ControlRefusal(f"message {ts} is not {user}'s own")
    return message


def _parent(scene: Scene, user: str, channel_id: str, thread_ts: str | None) -> str | None:
    """Return the thread a reply belongs to; replying to a reply lands in the same thread, as in Slack."""
    if thread_ts is None:
        return None
    message = scene.message(scene.person(user), channel_id, thread_ts)
    return message.thread_ts if message.is_reply else message.ts
