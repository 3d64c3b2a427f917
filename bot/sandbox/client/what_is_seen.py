"""One look at the whole sandbox, for whoever waits for something to appear."""

from functools import cached_property
from typing import Any

from bot.sandbox.reports.reports import Message, ViewReport

_SHOWN = 20


class Seen:
    """The state at one moment: what people can see and how things stand."""

    def __init__(self, raw: dict[str, Any], before: "Seen | None" = None) -> None:
        """Wrap the control API's answer.

        Args:
            raw: The answer; it holds the messages that changed since `before`, or all of them.
            before: The look before this one.
        """
        self._raw = raw
        changed = {row["ts"]: Message.model_validate(row) for row in raw["messages"]}
        self._rows: dict[str, Message] = {**(before._rows if before else {}), **changed}

    @property
    def revision(self) -> int:
        """The number of changes so far."""
        return int(self._raw["revision"])

    @cached_property
    def _in_order(self) -> list[Message]:
        there = (message for message in self._rows.values() if not message.deleted)
        return sorted(there, key=lambda message: float(message.ts))

    def messages(self, channel: str, thread_ts: str | None = None) -> list[Message]:
        """Return a channel's messages in order, or one thread's with its parent; none that were deleted."""
        return [
            message
            for message in self._in_order
            if message.channel == channel
            and message.only_for is None
            and (thread_ts is None or thread_ts in (message.ts, message.thread_ts))
        ]

    def ephemerals(self, user: str | None = None) -> list[Message]:
        """Return the messages only one person sees, in order."""
        private = [message for message in self._in_order if message.only_for is not None]
        return [message for message in private if user in (None, message.only_for)]

    def modal(self, user: str) -> ViewReport | None:
        """Return the modal a person has on top."""
        views = [ViewReport.model_validate(row) for row in self._raw["modals"] if row["user"] == user]
        return views[-1] if views else None

    def home(self, user: str) -> ViewReport | None:
        """Return a person's Home tab."""
        views = [ViewReport.model_validate(row) for row in self._raw["homes"] if row["user"] == user]
        return views[0] if views else None

    def calls(self, method: str) -> int:
        """Return how often a Web API method was called."""
        return int(self._raw["api_calls"].get(method, 0))

    @property
    def sockets(self) -> int:
        """How many sockets are open."""
        return int(self._raw["sockets"])

    @property
    def under_way(self) -> int:
        """How many deliveries to the bot and calls by it have not been answered yet."""
        return int(self._raw["under_way"])

    @property
    def lost_events(self) -> list[str]:
        """The ids of events that were given up after every retry."""
        return [str(event_id) for event_id in self._raw["lost_events"]]

    def told(self) -> str:
        """Return the newest things in the sandbox as text, for an error message."""
        lines = [
            f"{m.channel} {m.ts}{' in ' + m.thread_ts if m.thread_ts else ''} {m.user}"
            f"{' (only for ' + m.only_for + ')' if m.only_for else ''}: {m.readable}"
            for m in self._in_order[-_SHOWN:]
        ]
        lines += [f"modal of {row['user']}: {row['title']}" for row in self._raw["modals"]]
        lines.append(f"sockets: {self.sockets}, under way: {self.under_way}, calls: {self._raw['api_calls']}")
        return "\n".join(lines)
