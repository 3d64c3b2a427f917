"""What is sent to the bot, what comes back, and what a way of sending must offer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from bot.sandbox.workspace.records import Json


class ParcelKind(StrEnum):
    """Socket Mode's three kinds of envelope."""

    EVENT = "events_api"
    INTERACTIVE = "interactive"
    COMMAND = "slash_commands"


@dataclass(frozen=True)
class Parcel:
    """One thing for the bot. The envelope id stays the same when it is sent again."""

    kind: ParcelKind
    payload: Json
    envelope_id: str
    accepts_response_payload: bool


@dataclass(frozen=True)
class Receipt:
    """What came of one attempt.

    Attributes:
        answer: The payload that came with the acknowledgement.
        reason: Why it failed, in the words of `x-slack-retry-reason`.
        no_retry: Whether the bot asked not to be sent it again.
        reached: Whether there was anyone to send it to.
    """

    acknowledged: bool
    answer: Json | None = None
    reason: str | None = None
    no_retry: bool = False
    reached: bool = True


class Transport(Protocol):
    """A way to the bot."""

    @property
    def is_open(self) -> bool:
        """Whether something can be sent at this moment."""

    async def wait_open(self) -> None:
        """Return as soon as something can be sent."""

    async def send(self, parcel: Parcel, attempt: int, reason: str | None) -> Receipt:
        """Send a parcel and wait for its acknowledgement, as long as Slack waits."""

    async def close(self) -> None:
        """End it."""
