"""The whole imitated workspace in memory: people, channels, messages, views, files and rights."""

from dataclasses import replace
from datetime import datetime

from bot.sandbox.conditions.clock import SandboxClock
from bot.sandbox.conditions.faults import FaultPlan
from bot.sandbox.conditions.rate_limits import RateLimits
from bot.sandbox.conditions.rules import Rules
from bot.sandbox.workspace.app_secrets import identity_of
from bot.sandbox.workspace.change_signal import Changes
from bot.sandbox.workspace.interaction_rights import ResponseRights, Triggers
from bot.sandbox.workspace.records import Call, Message
from bot.sandbox.workspace.stores import FileStore, MessageStore, ViewStore
from bot.sandbox.workspace.world import Channel, Person, World


class Workspace:
    """Everything there is in the sandbox. All changes go through the event loop, one at a time."""

    def __init__(self, world: World, clock: SandboxClock, rules: Rules) -> None:
        """Fill the workspace from a world."""
        self.world = world
        self.clock = clock
        self.rules = rules
        self.identity = identity_of(world)
        bot = Person(world.bot_user_id, world.bot_name, world.bot_name.capitalize(), tz="UTC", is_bot=True)
        self.people = {person.id: person for person in (*world.people, bot)}
        self.channels = {channel.id: channel for channel in world.channels}
        self.messages = MessageStore()
        self.views = ViewStore()
        self.files = FileStore()
        self.triggers = Triggers(self.identity.team_number)
        self.responses = ResponseRights()
        self.limits = RateLimits(clock)
        self.faults = FaultPlan()
        self.changes = Changes()
        self.calls: list[Call] = []
        self.installed = True
        self._retired: set[str] = set()
        self._pins: dict[str, list[str]] = {}
        self.base_url = ""
        self.calls_under_way = 0
        self._touched: dict[str, int] = {}
        self._last_ts = 0
        self._numbers = 0

    def next_number(self) -> int:
        """Return a number never given before; ids are made from it, so every run makes the same ids."""
        self._numbers += 1
        return self._numbers

    def next_id(self, prefix: str) -> str:
        """Return a fresh id that looks like Slack's: a letter or two and capitals and digits."""
        return f"{prefix}0{self.next_number():08X}"

    def next_event_id(self) -> str:
        """Return a fresh id of an event, which no other workspace gives either."""
        return self.next_id(f"Ev{self.identity.mark}")

    def next_envelope_id(self) -> str:
        """Return a fresh id of an envelope, which no other workspace gives either."""
        return f"{self.identity.mark:0>8}-0000-4000-8000-{self.next_number():012x}".lower()

    def knows(self, token: str) -> bool:
        """Return whether a token is one of this workspace's, if only one that opens nothing any more."""
        return token in (self.identity.bot_token, self.identity.app_token) or self.is_retired(token)

    def is_retired(self, token: str) -> bool:
        """Return whether a token was the bot's before the app was removed."""
        return token in self._retired

    def install(self) -> None:
        """Let the app in again after it was removed: with a new token, and in no channel until invited."""
        self.identity = self.identity.with_token(len(self._retired) + 1)
        self.installed = True
        self.put_person(replace(self.people[self.world.bot_user_id], deleted=False))

    def uninstall(self) -> None:
        """Remove the app: its token opens nothing any more, its bot is in no channel; what it said stays."""
        bot = self.world.bot_user_id
        self._retired.add(self.identity.bot_token)
        self.installed = False
        self.put_person(replace(self.people[bot], deleted=True))
        for channel in list(self.channels.values()):
            if bot in channel.members and not channel.is_im:
                self.change_members(channel.id, remove=bot)

    def epoch(self) -> float:
        """Return the clock as seconds since 1970."""
        return self.clock.now().timestamp()

    def moment(self) -> datetime:
        """Return the clock's time, aware, in UTC."""
        return self.clock.now()

    def next_ts(self) -> str:
        """Return a message timestamp: unique, and later than every one before."""
        self._last_ts = max(self._last_ts + 1, int(self.epoch() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def is_member(self, channel_id: str, user_id: str) -> bool:
        """Return whether someone is in a channel."""
        channel = self.channels.get(channel_id)
        return channel is not None and user_id in channel.members

    def put_channel(self, channel: Channel) -> None:
        """Keep a channel, new or changed."""
        self.channels[channel.id] = channel
        self.changes.note()

    def put_person(self, person: Person) -> None:
        """Keep a person, new or changed."""
        self.people[person.id] = person
        self.changes.note()

    def dm_with(self, user_id: str) -> Channel:
        """Return the direct message conversation of the bot and one person; it is made when first needed."""
        for channel in self.channels.values():
            if channel.is_im and user_id in channel.members:
                return channel
        dm = Channel(self.next_id("D"), "", frozenset({user_id, self.world.bot_user_id}), is_im=True)
        self.put_channel(dm)
        return dm

    def put_message(self, message: Message) -> Message:
        """Keep a message, new or changed, and tell whoever waits."""
        self.messages.put(message)
        self.changes.note()
        self._touched[message.ts] = self.changes.revision
        return message

    def changed_after(self, message: Message, revision: int) -> bool:
        """Return whether a message is newer than a revision, or was changed since."""
        return self._touched[message.ts] > revision

    def pin(self, channel_id: str, ts: str) -> bool:
        """Pin a message, and return whether it was not pinned before."""
        pins = self._pins.setdefault(channel_id, [])
        if ts in pins:
            return False
        pins.append(ts)
        self.changes.note()
        return True

    def pins(self, channel_id: str) -> list[str]:
        """Return the pinned messages of a channel, oldest pin first."""
        return list(self._pins.get(channel_id, []))

    def change_members(
        self, channel_id: str, *, add: str | None = None, remove: str | None = None
    ) -> Channel:
        """Add someone to a channel or take someone out, and return the channel."""
        channel = self.channels[channel_id]
        members = (channel.members | ({add} if add else set())) - ({remove} if remove else set())
        changed = replace(channel, members=frozenset(members))
        self.put_channel(changed)
        return changed
