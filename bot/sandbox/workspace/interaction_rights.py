"""The short-lived rights an interaction gives: a `trigger_id` for a modal, a `response_url` for answers."""

import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.sandbox.refusals import SlackRefusal

RESPONSES = 5
RESPONSE_LIFE = timedelta(minutes=30)


@dataclass(frozen=True)
class Trigger:
    """A right to open one modal for one person.

    Attributes:
        born: Real (monotonic) seconds at which it was given.
        modal: The root id of the modal stack it came from, when it came from a modal.
    """

    user: str
    born: float
    modal: str | None = None
    used: bool = False


class Triggers:
    """Gives out `trigger_id`s and takes each back once, within its life.

    Source: https://docs.slack.dev/surfaces/modals/ and the errors of views.open.
    """

    def __init__(self, team_number: str) -> None:
        """Begin with none given."""
        self._given: dict[str, Trigger] = {}
        self._team = team_number
        self.expire_next = 0

    def give(self, user: str, modal: str | None = None) -> str:
        """Return a fresh `trigger_id` for a person."""
        number = len(self._given) + 1
        trigger_id = f"{7_000_000_000_000 + number}.{self._team}.{number:032x}"
        self._given[trigger_id] = Trigger(user, time.monotonic(), modal)
        return trigger_id

    def take(self, trigger_id: str, life: float) -> Trigger:
        """Use a `trigger_id` up.

        Args:
            trigger_id: What the bot sent.
            life: Real seconds for which it is good.

        Raises:
            SlackRefusal: When it is unknown, used or too old.
        """
        trigger = self._given.get(trigger_id)
        if trigger is None:
            raise SlackRefusal("invalid_trigger_id")
        if trigger.used:
            raise SlackRefusal("exchanged_trigger_id")
        if self.expire_next > 0:
            self.expire_next -= 1
            raise SlackRefusal("expired_trigger_id")
        if time.monotonic() - trigger.born > life:
            raise SlackRefusal("expired_trigger_id")
        self._given[trigger_id] = replace(trigger, used=True)
        return trigger


@dataclass(frozen=True)
class ResponseRight:
    """A right to answer an interaction a few times.

    Attributes:
        message_ts: The message that was pressed, if one was.
        private: Whether that message is one only this person sees.
        thread_ts: The thread it stands in.
    """

    user: str
    channel: str
    born: datetime
    message_ts: str | None = None
    private: bool = False
    thread_ts: str | None = None
    uses: int = 0


class ResponseRights:
    """Gives out the secret part of `response_url`s and counts their uses.

    Source: https://docs.slack.dev/interactivity/handling-user-interaction/ (5 uses in 30 minutes).
    """

    def __init__(self) -> None:
        """Begin with none given."""
        self._given: dict[str, ResponseRight] = {}

    def give(self, right: ResponseRight) -> str:
        """Return the path, below the sandbox's address, of a new `response_url`."""
        number = len(self._given) + 1
        key = f"{number:08d}{number * 2654435761 % 2**32:08x}"
        self._given[key] = right
        return key

    def check(self, key: str, now: datetime) -> ResponseRight:
        """Return the right behind a `response_url` that may still be used.

        Raises:
            SlackRefusal: When it is unknown, too old or used up.
        """
        right = self._given.get(key)
        if right is None:
            raise SlackRefusal("no_hook")
        if now - right.born > RESPONSE_LIFE:
            raise SlackRefusal("expired_url")
        if right.uses >= RESPONSES:
            raise SlackRefusal("used_url")
        return right

    def spend(self, key: str) -> None:
        """Count one use."""
        right = self._given[key]
        self._given[key] = replace(right, uses=right.uses + 1)
