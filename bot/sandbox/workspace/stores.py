"""Where records lie and how they are found: messages by channel and thread, views by person, files."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from bot.sandbox.workspace.records import File, Message, View


class MessageStore:
    """All messages, in order of their `ts`, which is unique and grows."""

    def __init__(self) -> None:
        """Begin empty."""
        self._by_channel: dict[str, dict[str, Message]] = defaultdict(dict)
        self._replies: dict[tuple[str, str], list[str]] = defaultdict(list)
        self.private: dict[str, Message] = {}

    def put(self, message: Message) -> None:
        """Keep a message, new or changed."""
        if message.only_for is not None:
            self.private[message.ts] = message
            return
        channel = self._by_channel[message.channel]
        if message.ts not in channel and message.is_reply:
            self._replies[message.channel, str(message.thread_ts)].append(message.ts)
        channel[message.ts] = message

    def get(self, channel: str, ts: str) -> Message | None:
        """Return a public message that is still there."""
        message = self._by_channel[channel].get(ts)
        return None if message is None or message.deleted else message

    def in_channel(self, channel: str) -> list[Message]:
        """Return every message of a channel, replies and deleted ones too."""
        return list(self._by_channel[channel].values())

    def top_level(self, channel: str) -> list[Message]:
        """Return what the channel itself shows: no replies unless they were broadcast, nothing deleted."""
        return [
            message
            for message in self._by_channel[channel].values()
            if not message.deleted and (not message.is_reply or message.reply_broadcast)
        ]

    def replies(self, channel: str, parent_ts: str) -> list[Message]:
        """Return the replies in one thread that are still there."""
        found = (self.get(channel, ts) for ts in self._replies[channel, parent_ts])
        return [message for message in found if message is not None]

    def everything(self) -> Iterator[Message]:
        """Return all public messages, channel by channel."""
        return (message for channel in list(self._by_channel.values()) for message in list(channel.values()))


class ViewStore:
    """The modals each person has open, bottom to top, and everyone's Home tab."""

    def __init__(self) -> None:
        """Begin empty."""
        self._views: dict[str, View] = {}
        self._stacks: dict[str, list[str]] = defaultdict(list)
        self._homes: dict[str, str] = {}

    def put(self, view: View) -> None:
        """Keep a view, new or changed, without touching who sees what."""
        self._views[view.id] = view

    def get(self, view_id: str) -> View | None:
        """Return a view that is open, or a Home tab."""
        return self._views.get(view_id)

    def by_external_id(self, external_id: str) -> View | None:
        """Return the view with the app's own id."""
        return next((v for v in self._views.values() if external_id and v.external_id == external_id), None)

    def stack(self, user: str) -> list[View]:
        """Return the modals a person has open, the topmost last."""
        return [self._views[view_id] for view_id in self._stacks[user]]

    def top(self, user: str) -> View | None:
        """Return the modal a person looks at."""
        stack = self.stack(user)
        return stack[-1] if stack else None

    def push(self, view: View) -> None:
        """Lay a modal on top of the person's others."""
        self.put(view)
        self._stacks[view.user].append(view.id)

    def close_top(self, user: str) -> None:
        """Take the topmost modal away."""
        if self._stacks[user]:
            self.close(self._stacks[user][-1])

    def close(self, view_id: str) -> None:
        """Take one modal away, wherever it lies."""
        view = self._views.get(view_id)
        if view is not None and view_id in self._stacks[view.user]:
            self._stacks[view.user].remove(view_id)
            del self._views[view_id]

    def close_all(self, user: str) -> None:
        """Take all of a person's modals away."""
        while self._stacks[user]:
            self.close_top(user)

    def home(self, user: str) -> View | None:
        """Return what was last published to a person's Home tab."""
        view_id = self._homes.get(user)
        return self._views.get(view_id) if view_id else None

    def publish(self, view: View) -> None:
        """Show a view on a person's Home tab."""
        self.put(view)
        self._homes[view.user] = view.id

    def modals(self) -> list[tuple[str, list[View]]]:
        """Return everyone's open modals."""
        return [(user, self.stack(user)) for user in sorted(self._stacks) if self._stacks[user]]

    def homes(self) -> list[View]:
        """Return every published Home tab, by person."""
        return [self._views[self._homes[user]] for user in sorted(self._homes)]


class FileStore:
    """Uploaded files and the one-time addresses for uploads that are under way."""

    def __init__(self) -> None:
        """Begin empty."""
        self._files: dict[str, File] = {}
        self.uploads: dict[str, str] = {}

    def put(self, file: File) -> None:
        """Keep a file, new or changed."""
        self._files[file.id] = file

    def get(self, file_id: str) -> File | None:
        """Return a file by its id."""
        return self._files.get(file_id)

    def change(self, file_id: str, **changes: Any) -> File:
        """Change a file's record and return it."""
        changed = replace(self._files[file_id], **changes)
        self._files[file_id] = changed
        return changed

    def everything(self) -> list[File]:
        """Return all files in order of arrival."""
        return list(self._files.values())
