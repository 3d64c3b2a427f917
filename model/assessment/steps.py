"""The steps of an assessment and what came of them, as data. Rules: `model.assessment.state_machine`."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from model.assessment.assessment import Assessment, Kind, Mode
from model.assessment.evidence import Evidence, Source, Strength
from model.assessment.history import HistoryEntry
from model.assessment.roster import Role
from model.refusals import Refusal


@dataclass(frozen=True)
class OpenDimension:
    """Begin one dimension: its card appears, and its first prompt."""

    dimension_id: str


@dataclass(frozen=True)
class RecordLevel:
    """Press a level for a prompt."""

    prompt_id: str
    level: int


@dataclass(frozen=True)
class MarkNotApplicable:
    """Leave a prompt out of both sides of the sum, with a reason."""

    prompt_id: str
    reason: str


@dataclass(frozen=True)
class PutOff:
    """Leave a prompt for later and go on with the next."""

    prompt_id: str


@dataclass(frozen=True)
class ReopenAnswer:
    """Take up an answered prompt again.

    In quick mode the level buttons are shown again, and the answer stands until another is pressed. In
    together mode the agreed level goes, with a reason, and it is to be agreed anew.
    """

    prompt_id: str
    reason: str = ""


@dataclass(frozen=True)
class Abstain:
    """Say that a prompt is not for oneself: not counted, and not waited for."""

    prompt_id: str


@dataclass(frozen=True)
class Reveal:
    """Show the votes of a prompt."""

    prompt_id: str


@dataclass(frozen=True)
class Agree:
    """Agree the level of a revealed prompt; `dissent` is what those who see it otherwise have said."""

    prompt_id: str
    level: int
    reason: str = ""
    dissent: str = ""


@dataclass(frozen=True)
class VoteAgain:
    """Begin another round of votes on a revealed prompt."""

    prompt_id: str
    reason: str = ""


@dataclass(frozen=True)
class Join:
    """Take part as an assessor."""


@dataclass(frozen=True)
class Leave:
    """Take part no longer; one's votes stay."""


@dataclass(frozen=True)
class LeaveChannel:
    """Be gone from the channel, and with it from the assessment; one's votes stay."""


@dataclass(frozen=True)
class TakeOver:
    """Facilitate an assessment that nobody facilitates any more."""


@dataclass(frozen=True)
class AddPeople:
    """Put people on the roster, or give another role to those who are on it."""

    people: tuple[str, ...]
    role: Role


@dataclass(frozen=True)
class RemovePerson:
    """Take somebody off the roster; their votes stay."""

    person: str


@dataclass(frozen=True)
class SetRole:
    """Give another role to somebody on the roster."""

    person: str
    role: Role


@dataclass(frozen=True)
class GiveLead:
    """Give somebody the rights of a facilitator in one dimension; None takes them back."""

    dimension_id: str
    person: str | None


@dataclass(frozen=True)
class AddEvidence:
    """Offer evidence for a prompt.

    `author` and `said_at` are whose words they are and since when, where that is somebody else or earlier.
    `late` says that somebody knows the assessment to be closed: what an action left behind is welcome then.
    """

    prompt_id: str
    evidence_id: str
    text: str
    link: str
    strength: Strength | None = None
    author: str | None = None
    said_at: datetime | None = None
    source: Source = field(default_factory=Source)
    late: bool = False


@dataclass(frozen=True)
class CarryEvidence:
    """Carry pieces of evidence over from the assessment before, which had this title and ended then."""

    prompt_id: str
    pieces: tuple[Evidence, ...]
    title: str
    ended_at: datetime


@dataclass(frozen=True)
class MoveEvidence:
    """Put a piece of evidence under another prompt of the assessment."""

    evidence_id: str
    prompt_id: str


@dataclass(frozen=True)
class WithdrawEvidence:
    """Take a piece of evidence away from what counts."""

    evidence_id: str


@dataclass(frozen=True)
class ConfirmLevel:
    """Confirm the level of a dimension.

    `seen` is the calculated level on the button that was pressed; None means not applicable.
    """

    dimension_id: str
    seen: int | None
    level: int | None
    reason: str = ""


@dataclass(frozen=True)
class SetClosingDate:
    """Give it another closing date; None takes it away. `today` is the date where the council is."""

    closing_date: date | None
    today: date


@dataclass(frozen=True)
class Pause:
    """Stop for now."""


@dataclass(frozen=True)
class Resume:
    """Carry on after a pause."""


@dataclass(frozen=True)
class Cancel:
    """End it without results; everything is kept."""

    reason: str = ""


@dataclass(frozen=True)
class Close:
    """End it with its results."""


Step = (
    OpenDimension
    | RecordLevel
    | MarkNotApplicable
    | PutOff
    | ReopenAnswer
    | AddEvidence
    | CarryEvidence
    | MoveEvidence
    | WithdrawEvidence
    | ConfirmLevel
    | SetClosingDate
    | Pause
    | Resume
    | Cancel
    | Close
    | Abstain
    | Reveal
    | Agree
    | VoteAgain
    | Join
    | Leave
    | LeaveChannel
    | TakeOver
    | AddPeople
    | RemovePerson
    | SetRole
    | GiveLead
)


@dataclass(frozen=True)
class Taken:
    """A step that was taken: the state after it, and what it adds to the history."""

    assessment: Assessment
    entries: tuple[HistoryEntry, ...]


Outcome = Taken | Refusal


@dataclass(frozen=True)
class NewAssessment:
    """What the start form asks for. `scope` may be in any order; the framework's order is kept.

    `assessors` and `observers` are those of last time; who is among the facilitators is left out of them.
    `previous` is the id of the assessment to look at beside the new one, which is a `review` of it or not.
    """

    channel_id: str
    title: str
    kind: Kind
    mode: Mode
    scope: tuple[str, ...]
    facilitators: tuple[str, ...]
    closing_date: date | None = None
    assessors: tuple[str, ...] = ()
    observers: tuple[str, ...] = ()
    previous: str | None = None
    review: bool = False
