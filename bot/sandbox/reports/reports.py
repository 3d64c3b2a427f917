"""What the control API tells, as typed values: the same on both sides of the wire."""

from typing import Any

from pydantic import BaseModel, ConfigDict

from bot.sandbox.reports.readable_text import readable

Json = dict[str, Any]


class _Report(BaseModel):
    model_config = ConfigDict(frozen=True)


class PersonReport(_Report):
    """A member of the team."""

    id: str
    name: str
    real_name: str
    tz: str
    is_restricted: bool
    deleted: bool
    is_bot: bool


class ChannelReport(_Report):
    """A conversation. `kind` is channel, group (private) or im."""

    id: str
    name: str
    kind: str
    members: list[str]
    is_archived: bool
    pins: list[str] = []


class WorldReport(_Report):
    """The team as it is at present."""

    team_id: str
    team_name: str
    bot_user_id: str
    people: list[PersonReport]
    channels: list[ChannelReport]

    def channel(self, name: str) -> ChannelReport:
        """Return the channel with a name or an id."""
        return next(channel for channel in self.channels if name in (channel.name, channel.id))

    def person(self, name: str) -> PersonReport:
        """Return the person with a name, a real name or an id."""
        return next(one for one in self.people if name in (one.name, one.real_name, one.id))


class ReactionReport(_Report):
    """An emoji and who gave it."""

    name: str
    users: list[str]


class FileReport(_Report):
    """A file as a message shows it."""

    id: str
    name: str
    title: str
    alt_txt: str
    size: int
    user: str


class Message(_Report):
    """A message as people see it, without deleted files. `only_for` is the one reader of an ephemeral one."""

    channel: str
    ts: str
    user: str
    text: str
    blocks: list[Json] = []
    thread_ts: str | None = None
    metadata: Json | None = None
    reactions: list[ReactionReport] = []
    files: list[FileReport] = []
    edits: int = 0
    deleted: bool = False
    pings: list[str] = []
    only_for: str | None = None
    by_bot: bool = False
    subtype: str | None = None
    via: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it stands in a thread below another message."""
        return self.thread_ts is not None and self.thread_ts != self.ts

    @property
    def readable(self) -> str:
        """What a person reads in it, buttons as [Label], files by their name and alt text."""
        files = [f"[file: {file.title}{f' - {file.alt_txt}' if file.alt_txt else ''}]" for file in self.files]
        return "\n".join(part for part in (readable(self.text, self.blocks), *files) if part)


class ViewReport(_Report):
    """A modal or a Home tab. `depth` is its place in the stack, 1 at the bottom."""

    id: str
    user: str
    kind: str
    hash: str
    callback_id: str
    title: str
    submit: str
    blocks: list[Json]
    private_metadata: str
    values: Json
    depth: int = 1

    @property
    def readable(self) -> str:
        """What a person reads in it: the title, the blocks, the submit button."""
        parts = (self.title, readable("", self.blocks), f"[{self.submit}]" if self.submit else "")
        return "\n".join(part for part in parts if part)


class Outcome(_Report):
    """What came of something a person did.

    Attributes:
        acknowledged: Whether the bot acknowledged in time.
        text: What the person was shown at once.
        error: What the person was told had gone wrong, in Slack's word for it.
        payload_id: The id of what was sent to the bot.
        response_action: What the bot answered to a submission.
        errors: The bot's complaints about a submission, by block id.
    """

    acknowledged: bool
    text: str | None = None
    error: str | None = None
    payload_id: str = ""
    response_action: str | None = None
    errors: dict[str, str] = {}


class CallReport(_Report):
    """One Web API call, without its token. `at` is seconds since 1970 on the sandbox's clock."""

    method: str
    arguments: Json
    at: float
    answer: Json
    status: int
