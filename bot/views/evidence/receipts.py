"""Private answers about evidence: what was logged, what can be done with it, and why something was not."""

from __future__ import annotations

from bot.views.wording.questions import place_of
from bot.views.wording.teams import who_reads_evidence
from bot.views.wording.text import person, shorten
from model.assessment.assessment import Assessment
from model.assessment.evidence import Evidence

HOW_TO_CHANGE = (
    "To put it under another question or take it back, press *Move…* or *Withdraw…* under it in the thread."
)
TAKING_OFF = "Taking your reaction off withdraws it too, unless somebody else has put the same one there."
NOTHING_OPENED = (
    "No dimension is open yet, so there is no question to log this for. Open one on the board and try again."
)
MESSAGE_GONE = (
    "This message can no longer be read, so nothing was logged. It may have been deleted, or Milepost is not "
    "in the channel. With *Add evidence* on the card of a question you can say it in your own words."
)
WRITTEN_BY_APP = (
    "This was written by an app, so nobody stands for it. If it shows something, press *Add evidence* on the "
    "card of a question and give its link."
)
NOTHING_IN_IT = (
    "This message has neither text nor a file that could be copied. If it shows something, press "
    "*Add evidence* on the card of a question and say what."
)
NOT_A_CHANNEL = (
    "Evidence can be logged from messages in a channel that has an assessment under way, and in its threads."
)
NOT_LOGGED = (
    "Nothing was logged. If you change your mind, choose *Log as evidence* in the menu of your message."
)
NOWHERE_ELSE = (
    "No other question is open yet that this could be moved to. Open a dimension on the board first."
)
_SNIPPET = 120


def evidence_receipt() -> str:
    """After evidence was added by the form."""
    return f"Your evidence is recorded and shown in the thread with your name. Thank you. {HOW_TO_CHANGE}"


def logged_receipt(after: Assessment, prompt_id: str, evidence: Evidence, by: str, *, reacted: bool) -> str:
    """After a message was logged as evidence; `reacted` if that was done by a reaction."""
    whose = "your name" if evidence.author == by else f"the name of {person(evidence.author)}"
    words = [
        f"Logged as evidence for *{place_of(after, prompt_id)}*{_snippet(evidence)}",
        f"It is shown in the thread with {whose}.",
        *who_reads_evidence(after),
        HOW_TO_CHANGE,
        *([TAKING_OFF] if reacted else []),
    ]
    return " ".join(words)


def already_logged(assessment: Assessment, prompt_id: str, evidence: Evidence) -> str:
    """When the message is evidence already."""
    return (
        f"This message is evidence already, for *{place_of(assessment, prompt_id)}*, logged by "
        f"{person(evidence.offered_by)}. {HOW_TO_CHANGE}"
    )


def moved_receipt(after: Assessment, prompt_id: str) -> str:
    """After evidence was moved."""
    return f"Moved: it is now under *{place_of(after, prompt_id)}*."


def withdrawn_receipt() -> str:
    """After evidence was withdrawn by its button."""
    return (
        "Withdrawn. It no longer counts, and its words are gone from the thread. The history says who did it."
    )


def taken_back_receipt(assessment: Assessment, prompt_id: str) -> str:
    """After somebody took the last reaction off."""
    return (
        f"You took your reaction off, so this message is no longer evidence for "
        f"*{place_of(assessment, prompt_id)}*. Put it back, and it is logged again."
    )


def kept_receipt(assessment: Assessment, prompt_id: str) -> str:
    """After whoever logged it took their reaction off, and others left theirs on."""
    return (
        f"This message is still evidence for *{place_of(assessment, prompt_id)}*, since somebody else has "
        f"put the same reaction there. {HOW_TO_CHANGE}"
    )


def _snippet(evidence: Evidence) -> str:
    words = " ".join((evidence.text or evidence.source.file_name).split())
    return f": “{shorten(words, _SNIPPET)}”." if words else "."


def no_assessment_here(command: str) -> str:
    """When the channel of the message has none."""
    return (
        "There is no assessment in this channel, so there is nothing to log this for. "
        f"{command} start begins one."
    )
