"""The kinds of messages we keep in Slack: a row for each, with what the outbox does with it.

What a message of a kind says is in `bot.delivery.rendering.renderers`, under the same name.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Self


class Waits(Enum):
    """Whether a message that could be posted is held back for the hours in which people work."""

    NOT = auto()
    UNTIL_THEY_WORK = auto()
    """Until the person it goes to works; `bot.delivery.rendering.working_hours`."""
    AS_RENDERED = auto()
    """It has hours of its own: its renderer says when."""


@dataclass(frozen=True)
class KindRecord:
    """What the outbox does with messages of one kind.

    Attributes:
        to_person: It is a direct message; otherwise it stands in a channel. Where a channel refuses us,
            facilitators are told.
        said_once: Once said it is not posted anew when Slack has lost it; otherwise it is.
        waits: Whether it is held back at night and on days off. An edit never is: it notifies nobody.
        picture: It is a file, which is never edited.
        of_channel: It belongs to a channel and to no assessment, and facilitators are told all the same.
        linked_on_board: The board has a link to it, so that it is drawn anew once this is posted.
        passed_on: What it says goes to the facilitators where the person takes no messages from us.
    """

    to_person: bool = False
    said_once: bool = False
    waits: Waits = Waits.NOT
    picture: bool = False
    of_channel: bool = False
    linked_on_board: bool = False
    passed_on: bool = False


_IN_CHANNEL = KindRecord()
_NOTE = KindRecord(to_person=True, waits=Waits.UNTIL_THEY_WORK)
_REMINDER = KindRecord(to_person=True, said_once=True, waits=Waits.AS_RENDERED)


class MessageKind(StrEnum):
    """The kinds of messages, each with its record."""

    record: KindRecord

    def __new__(cls, name: str, record: KindRecord = _IN_CHANNEL) -> Self:
        """A kind by the name that the database keeps."""
        kind = str.__new__(cls, name)
        kind._value_, kind.record = name, record
        return kind

    BOARD = "board"
    DIMENSION = "dimension", KindRecord(linked_on_board=True)
    PROMPT = "prompt"
    EVIDENCE = "evidence"
    LEVEL = "level"
    RESULTS = "results"
    CHART = "chart", KindRecord(picture=True)
    COMPARISON = "comparison"
    PLAN = "plan"
    OUTCOME = "outcome", KindRecord(waits=Waits.AS_RENDERED)
    SUGGESTION = "suggestion"
    PROPOSAL = "proposal"
    PROPOSAL_NOTICE = "proposal_notice", _NOTE
    OWNER_NOTE = "owner_note", _NOTE
    OWNER_GONE = "owner_gone", _NOTE
    TO_DECIDE = "to_decide", _NOTE
    NUDGE = "nudge", _REMINDER
    CLOSING = "closing", _REMINDER
    REMINDER = "reminder", KindRecord(to_person=True, said_once=True, waits=Waits.AS_RENDERED, passed_on=True)
    PASSED_ON = "passed_on", _REMINDER
    DIGEST = "digest", KindRecord(said_once=True, of_channel=True)
    RETENTION = "retention"
    DELETED = "deleted"
    NOTICE = "notice", _NOTE


def key_of(kind: MessageKind, assessment_id: str, subject: str = "") -> str:
    """The key of a message, unique in its workspace."""
    return f"{kind}:{assessment_id}:{subject}" if subject else f"{kind}:{assessment_id}"
