"""How a form is answered: closed, with faults at its fields, or with the words given back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.conversation.where_to_answer import Place
from bot.views.block_kit.blocks import View
from bot.views.block_kit.ids import InputId, ViewId
from bot.views.block_kit.modals import kept_words_modal, notice_modal
from bot.views.wording.people import Names, with_names
from model.assessment.assessment import LINK_LIMIT
from model.refusals import Reason, Refusal


@dataclass(frozen=True)
class Accepted:
    """It was recorded; `receipt` is shown privately at `place`."""

    receipt: str
    place: Place | None

    def to_slack(self) -> dict[str, Any]:
        """Close the form."""
        return {}

    def late_view(self, words: list[str]) -> View:
        """When the form already says "Saving…"."""
        return notice_modal(self.receipt)


@dataclass(frozen=True)
class Rejected:
    """It was not recorded, and why; nobody's words are lost.

    Attributes:
        names: Of the people whom the sentence mentions, since what stands at a field is shown as it is.
    """

    sentence: str
    callback_id: str
    refusal: Refusal | None
    words: tuple[str, ...]
    names: Names = field(default_factory=Names)

    def to_slack(self) -> dict[str, Any]:
        """Name the fault at its field, or give the words back where no field is at fault."""
        block_id = block_at_fault(self.callback_id, self.refusal)
        if block_id is not None:
            return {"response_action": "errors", "errors": {block_id: with_names(self.sentence, self.names)}}
        return {"response_action": "update", "view": self.late_view(list(self.words))}

    def late_view(self, words: list[str]) -> View:
        """When the form already says "Saving…", or no field is at fault."""
        return kept_words_modal(self.sentence, words)


@dataclass(frozen=True)
class FieldFaults:
    """It was not recorded: some fields hold what cannot be read. `faults` has a sentence for each of them."""

    faults: Mapping[InputId, str]

    def to_slack(self) -> dict[str, Any]:
        """Name each fault at its field; the form stays open with what was typed."""
        errors = {field.value: sentence for field, sentence in self.faults.items()}
        return {"response_action": "errors", "errors": errors}

    def late_view(self, words: list[str]) -> View:
        """When the form already says "Saving…"."""
        return kept_words_modal("\n".join(self.faults.values()), words)


FormAnswer = Accepted | Rejected | FieldFaults

# The second delivery of a form that was recorded: there is nothing left to say.
HANDLED_BEFORE = Accepted("This is recorded.", None)

_FIELDS = {
    Reason.REASON_MISSING: InputId.REASON,
    Reason.EVIDENCE_EMPTY: InputId.EVIDENCE_TEXT,
    Reason.LINK_NOT_WEB: InputId.EVIDENCE_LINK,
    Reason.TITLE_MISSING: InputId.TITLE,
    Reason.TITLE_DIFFERS: InputId.TITLE,
    Reason.NOTHING_CHOSEN: InputId.PIECES,
    Reason.CHANNEL_MISSING: InputId.CHANNEL,
    Reason.TOO_MANY_FACILITATORS: InputId.FACILITATORS,
    Reason.NOTHING_IN_SCOPE: InputId.SCOPE,
    Reason.FACILITATOR_MISSING: InputId.FACILITATORS,
    Reason.CLOSING_DATE_PAST: InputId.CLOSING_DATE,
    Reason.LEVEL_OUT_OF_RANGE: InputId.LEVEL,
    Reason.NOT_THE_MEDIAN: InputId.REASON,
    Reason.DISSENT_TOO_LONG: InputId.DISSENT,
    Reason.NOBODY_CHOSEN: InputId.PEOPLE,
    Reason.AWAY_INCOMPLETE: InputId.AWAY_TO,
    Reason.AWAY_ENDS_FIRST: InputId.AWAY_TO,
    Reason.AWAY_PAST: InputId.AWAY_TO,
    Reason.AWAY_TOO_LONG: InputId.AWAY_TO,
    Reason.TOO_OFTEN_AWAY: InputId.AWAY_FROM,
    Reason.TEAM_MISSING: InputId.TEAM,
    Reason.QUICK_IN_ONE_CHANNEL: InputId.CHANNEL,
    Reason.SHOWN_IN_CHANNEL: InputId.CHANNEL,
    Reason.CHANNEL_TAKEN: InputId.CHANNEL,
    Reason.FACILITATORS_OUTSIDE: InputId.FACILITATORS,
}
_WITH_LINK = frozenset({ViewId.EVIDENCE.value, ViewId.LATE_EVIDENCE.value})
_LONG_FIELDS = {
    ViewId.START.value: InputId.TITLE,
    ViewId.NOT_APPLICABLE.value: InputId.REASON,
    ViewId.SET_LEVEL.value: InputId.REASON,
    ViewId.CANCEL.value: InputId.REASON,
    ViewId.AGREE.value: InputId.REASON,
    ViewId.VOTE_AGAIN.value: InputId.REASON,
    ViewId.REOPEN.value: InputId.REASON,
    ViewId.EVIDENCE.value: InputId.EVIDENCE_TEXT,
    ViewId.LATE_EVIDENCE.value: InputId.EVIDENCE_TEXT,
    ViewId.INVITE_TEAM.value: InputId.TEAM,
    ViewId.MODERATE.value: InputId.REASON,
}

# What refusals call the fields of the steps that they are about.
_PARTS = {
    "title": InputId.ITEM_TITLE,
    "text": InputId.PROPOSAL_TEXT,
    "dimension": InputId.DIMENSION,
    "to_level": InputId.TO_LEVEL,
    "owners": InputId.OWNERS,
    "sponsor": InputId.SPONSOR,
    "milestones": InputId.MILESTONES,
    "notes": InputId.NOTES,
    "success": InputId.SUCCESS,
    "reason": InputId.REASON,
    "due": InputId.DUE,
    "until": InputId.UNTIL,
    "receiver": InputId.PEOPLE,
    "facilitators": InputId.FACILITATORS,
    "people": InputId.PEOPLE,
}
_TARGET_FIELDS = {Reason.TEXT_TOO_LONG: InputId.TARGET_REASON, Reason.DATE_PAST: InputId.TARGET_DATE}


def block_at_fault(callback_id: str, refusal: Refusal | None) -> str | None:
    """The block of the field a refusal is about, if it is about one."""
    if refusal is None:
        return None
    if callback_id == ViewId.TARGETS:
        return (
            _TARGET_FIELDS.get(refusal.reason, InputId.TARGET_LEVEL).block(refusal.part)
            if refusal.part
            else None
        )
    if refusal.part:
        return _PARTS[refusal.part].value
    field = _field_at_fault(callback_id, refusal)
    return None if field is None else field.value


def _field_at_fault(callback_id: str, refusal: Refusal) -> InputId | None:
    if refusal.reason is Reason.TEXT_TOO_LONG:
        if callback_id in _WITH_LINK and refusal.limit == LINK_LIMIT:
            return InputId.EVIDENCE_LINK
        return _LONG_FIELDS.get(callback_id)
    if callback_id == ViewId.START and refusal.reason is Reason.NOT_IN_CHANNEL:
        return InputId.CHANNEL
    if callback_id == ViewId.PEOPLE and refusal.reason is Reason.TOO_MANY_FACILITATORS:
        return InputId.PEOPLE
    return _FIELDS.get(refusal.reason)
