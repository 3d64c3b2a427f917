"""Where people act: the workspace, the feed and the courier, and what a person can see."""

from dataclasses import dataclass

from bot.sandbox.delivery.courier import Courier
from bot.sandbox.delivery.parcels import Receipt
from bot.sandbox.delivery.socket_mode import SocketMode
from bot.sandbox.refusals import ControlRefusal
from bot.sandbox.reports.reports import Outcome
from bot.sandbox.web_api.method import Desk
from bot.sandbox.wire.event_feed import EventFeed
from bot.sandbox.workspace.records import Message, View
from bot.sandbox.workspace.workspace import Workspace
from bot.sandbox.workspace.world import Channel, Person


@dataclass(frozen=True)
class Scene:
    """Everything a gesture works with."""

    slack: Workspace
    feed: EventFeed
    courier: Courier
    sockets: SocketMode

    @property
    def desk(self) -> Desk:
        """The same, as the Web API sees it."""
        return Desk(self.slack, self.feed, self.sockets)

    def person(self, user: str) -> Person:
        """Return someone who can act.

        Raises:
            ControlRefusal: When there is no such person, or they are deactivated, or a bot.
        """
        person = self.slack.people.get(user)
        if person is None:
            raise ControlRefusal(f"there is nobody with the id {user}")
        if person.deleted or person.is_bot:
            raise ControlRefusal(
                f"{person.real_name} cannot act: {'a bot' if person.is_bot else 'deactivated'}"
            )
        return person

    def channel_of(self, person: Person, channel_id: str) -> Channel:
        """Return a channel the person is in.

        Raises:
            ControlRefusal: When there is no such channel or the person is not in it.
        """
        channel = self.slack.channels.get(channel_id)
        if channel is None:
            raise ControlRefusal(f"there is no channel {channel_id}")
        if person.id not in channel.members:
            raise ControlRefusal(f"{person.real_name} is not in {channel.name or channel.id}")
        return channel

    def open_channel_of(self, person: Person, channel_id: str) -> Channel:
        """Return a channel the person can write in."""
        channel = self.channel_of(person, channel_id)
        if channel.is_archived:
            raise ControlRefusal(f"{channel.name} is archived")
        return channel

    def message(self, person: Person, channel_id: str, ts: str) -> Message:
        """Return a message the person can see.

        Raises:
            ControlRefusal: When there is none.
        """
        self.channel_of(person, channel_id)
        message = self.slack.messages.get(channel_id, ts)
        if message is None:
            raise ControlRefusal(f"{person.real_name} sees no message {ts} in {channel_id}")
        return message

    def private_message(self, person: Person, ts: str) -> Message:
        """Return an ephemeral message shown to the person."""
        message = self.slack.messages.private.get(ts)
        if message is None or message.deleted or message.only_for != person.id:
            raise ControlRefusal(f"{person.real_name} sees no private message {ts}")
        return message

    def modal(self, person: Person) -> View:
        """Return the modal the person looks at."""
        view = self.slack.views.top(person.id)
        if view is None:
            raise ControlRefusal(f"{person.real_name} has no modal open")
        return view


def outcome_of(receipt: Receipt, payload_id: str, **more: str | None) -> Outcome:
    """Return what a person saw come of something that was sent to the bot."""
    if receipt.acknowledged:
        return Outcome(
            acknowledged=True, payload_id=payload_id, text=more.get("text"), error=more.get("error")
        )
    timed_out = receipt.reason in ("timeout", "http_timeout")
    error = "operation_timeout" if timed_out else "dispatch_failed"
    return Outcome(acknowledged=False, error=error, payload_id=payload_id)
