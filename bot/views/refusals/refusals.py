"""What a person is told when something cannot be done: what stands in the way, and what to do."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from bot.views.refusals.plan import PLAN_SENTENCES
from bot.views.refusals.proposals import PROPOSAL_SENTENCES
from bot.views.refusals.second_team import SECOND_TEAM_SENTENCES
from bot.views.refusals.settings import SETTINGS_SENTENCES
from bot.views.wording.refusal_facts import Facts
from model.assessment.history import ALL_HAD_VOTED, THE_CLOSING_DATE
from model.assessment.roster import Role
from model.framework.framework import Framework
from model.refusals import Reason, Refusal

ERROR_SENTENCE = (
    "Something went wrong here, and it is not your fault. What you had already sent is kept. "
    "Please try again; if it happens again, give this number to whoever looks after Milepost: {error_id}"
)
GONE = "This belongs to an assessment that Milepost no longer has. Type {command} start to begin a new one."
OLD_BUTTON = "This button is from an older version. Type {command} status to see where you are now."
OLD_FORM = "This form is from an older version, so it was not recorded. Please close it and open it again."
OTHER_COMMAND = "Milepost listens to {command} here. Type {command} help to see what it knows."
GONE_FROM_LIBRARY = "The library no longer has this action, so nothing was changed."
GONE_FROM_GUIDE = "The guide no longer has this. It was changed since this message was written."
SAVING = "Saving… This takes a little longer than usual. You may leave this window open or close it."
UNAVAILABLE = (
    "Milepost cannot reach its records at the moment, so this was not recorded. Please try again in a minute."
)
UNREAD = "Slack did not hand over this message just now, so nothing was logged. Please try again in a minute."
TOO_LATE = "Slack allows three seconds to open a form, and it took longer. Please try again."


def refusal_sentence(
    refusal: Refusal, framework: Framework | None, zone: ZoneInfo, reader: str | None
) -> str:
    """One or two sentences for the person; mentions are safe because only that person sees them.

    Args:
        refusal: Why not.
        framework: That of the assessment, for the names of levels.
        zone: The zone that moments are told in.
        reader: Who reads it, where something may be their own doing.
    """
    if refusal.reason is Reason.ALREADY_DONE and refusal.by is not None and refusal.by == reader:
        when = Facts(refusal, framework, zone).when
        return f"You have done this already{when and f',{when}'}; nothing was changed."
    return _SENTENCES[refusal.reason](Facts(refusal, framework, zone))


def already_running(title: str, command: str) -> str:
    """Why a second assessment cannot start in a channel. `title` is escaped."""
    return (
        f"There is already an assessment under way in this channel: {title}. "
        f"Finish or cancel it on its board first; {command} status shows where it is."
    )


def _what_revealed(facts: Facts) -> str:
    by_itself = {
        None: "",
        THE_CLOSING_DATE: ", since the closing date had passed",
        ALL_HAD_VOTED: ", since no vote was waited for any more",
    }
    if facts.refusal.by in by_itself:
        return facts.when + by_itself[facts.refusal.by]
    return f" by {facts.by}{facts.when}"


_ON_THE_LIST = {
    Role.FACILITATOR: "You facilitate this assessment already, and can answer as well; nothing was changed.",
    Role.ASSESSOR: "You take part as an assessor already; nothing was changed.",
    Role.OBSERVER: "You are an observer here, who reads along. {whoever_can} can make you an assessor, under "
    "People on the board.",
}

_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.FACILITATORS_ONLY: lambda facts: (
        f"Only a facilitator can do this: {facts.who_can}. Please ask them."
        if facts.refusal.who_can
        else "Only a facilitator can do this, and nobody facilitates this assessment at present. "
        "Press Take over on the board to facilitate it."
    ),
    Reason.ASSESSMENT_PAUSED: lambda facts: (
        f"This assessment was paused by {facts.by}{facts.when}, so this was not recorded. "
        f"{facts.whoever_can} can resume it on the board."
    ),
    Reason.ASSESSMENT_CLOSED: lambda facts: (
        f"This assessment was closed by {facts.by}{facts.when}, so this was not recorded. Its results stand."
    ),
    Reason.ASSESSMENT_CANCELLED: lambda facts: (
        f"This assessment was cancelled by {facts.by}{facts.when}, so this was not recorded."
    ),
    Reason.NOT_PAUSED: lambda facts: "This assessment is not paused, so there is nothing to resume.",
    Reason.NOT_COMPLETE: lambda facts: (
        "Some dimensions are not confirmed yet. Confirm them first, or cancel the assessment."
    ),
    Reason.UNKNOWN_PROMPT: lambda facts: (
        "This question is not part of this assessment. Use the buttons on its latest card."
    ),
    Reason.UNKNOWN_DIMENSION: lambda facts: (
        "This dimension is not part of this assessment. Use the buttons on its board."
    ),
    Reason.LEVEL_OUT_OF_RANGE: lambda facts: (
        "A level is a whole number from 1 to 5. Please choose one of the buttons."
    ),
    Reason.NOT_OPENED: lambda facts: (
        "This dimension has not been opened yet. Press Open beside it on the board."
    ),
    Reason.NOT_ASKED_YET: lambda facts: (
        "This question has not been asked yet. It comes when the one before it is answered or put off."
    ),
    Reason.ALREADY_DECIDED: lambda facts: (
        f"{facts.by} has already answered this question{facts.when}. "
        "Press Change on its card to answer it anew."
    ),
    Reason.ALREADY_DONE: lambda facts: (
        "This is already done; nothing was changed."
        if facts.refusal.by is None
        else f"This was already done by {facts.by}{facts.when}; nothing was changed."
    ),
    Reason.ON_THE_LIST: lambda facts: _ON_THE_LIST[Role(facts.refusal.part or Role.ASSESSOR)].format(
        whoever_can=facts.whoever_can
    ),
    Reason.VOTE_STANDS: lambda facts: (
        "You have said already that this question is not for you; nothing was changed."
        if facts.refusal.level is None
        else f"Your vote on this question is {facts.level} already; nothing was changed."
    ),
    Reason.DIMENSION_NOT_ANSWERED: lambda facts: (
        "Some questions of this dimension have no answer yet. Its level can be confirmed when they have."
    ),
    Reason.LEVEL_HAS_CHANGED: lambda facts: (
        f"An answer has changed meanwhile: the calculated level is now {facts.level}. "
        "Please look at the card again and confirm what it says."
    ),
    Reason.REASON_MISSING: lambda facts: "Please give a reason, so that people later can see why.",
    Reason.EVIDENCE_EMPTY: lambda facts: "Please fill in the text, the link or both.",
    Reason.UNKNOWN_EVIDENCE: lambda facts: (
        "This evidence is not part of this assessment, so nothing was changed."
    ),
    Reason.EVIDENCE_OF_OTHERS: lambda facts: (
        "Only whoever said it, whoever logged it, or who leads here can do this with a piece of evidence: "
        f"{facts.who_can}. Please ask one of them."
    ),
    Reason.EVIDENCE_WITHDRAWN: lambda facts: (
        f"{facts.by} withdrew this evidence{facts.when}, so there is nothing to move. "
        "It can be offered again on the card of any question."
    ),
    Reason.TEXT_TOO_LONG: lambda facts: (
        f"This is {facts.refusal.length:,} characters long; {facts.refusal.limit:,} fit. Please shorten it."
    ),
    Reason.LINK_NOT_WEB: lambda facts: (
        "Please give a whole web address that begins with https:// or http://."
    ),
    Reason.TITLE_MISSING: lambda facts: "Please give the assessment a title.",
    Reason.NOTHING_IN_SCOPE: lambda facts: "Please choose at least one dimension.",
    Reason.CHANNEL_MISSING: lambda facts: "Please choose a channel.",
    Reason.TOO_MANY_FACILITATORS: lambda facts: (
        f"Please choose at most {facts.refusal.limit} facilitators; here are {facts.refusal.length}."
    ),
    Reason.FACILITATOR_MISSING: lambda facts: "Please choose at least one facilitator.",
    Reason.ONLY_TOGETHER: lambda facts: (
        "This assessment is in quick mode, where the first press records: nothing is to reveal or agree."
    ),
    Reason.LEADERS_ONLY: lambda facts: (
        f"Only a facilitator or the lead of this dimension can do this: {facts.who_can}. Please ask them."
    ),
    Reason.OBSERVERS_WATCH: lambda facts: (
        "You are an observer here, so your vote was not recorded. "
        f"{facts.whoever_can} can make you an assessor, under People on the board."
    ),
    Reason.NOT_ON_ROSTER: lambda facts: (
        "This person is not taking part in this assessment, so nothing was changed. "
        "A facilitator can add people, under People on the board."
    ),
    Reason.LAST_FACILITATOR: lambda facts: (
        "An assessment needs a facilitator, and there is no other. Please name another one first, "
        "under People on the board."
    ),
    Reason.NOBODY_CHOSEN: lambda facts: "Please choose at least one person.",
    Reason.PUT_OFF: lambda facts: (
        f"{facts.by} put this question off{facts.when}, so this was not recorded. "
        f"{facts.whoever_can} can take it up again on its card."
    ),
    Reason.AGREED_ALREADY: lambda facts: (
        f"This question was agreed at {facts.level}"
        + (
            f"{facts.when}, since no vote was for another level"
            if facts.refusal.by is None
            else f" by {facts.by}{facts.when}"
        )
        + f", so this was not recorded. {facts.whoever_can} can reopen it, with a reason."
    ),
    Reason.LEFT_OUT_ALREADY: lambda facts: (
        f"{facts.by} marked this question as not applicable{facts.when}, so this was not recorded. "
        f"{facts.whoever_can} can reopen it, with a reason."
    ),
    Reason.NOTHING_TO_REVEAL: lambda facts: (
        "There is no level to reveal on this question: nobody has voted, or all who did say that it is "
        "not for them. It can be voted on still, marked as not applicable, or put off."
    ),
    Reason.NOT_REVEALED: lambda facts: (
        "The votes on this question are still hidden. Please reveal them first, on its card."
    ),
    Reason.REVEALED_ALREADY: lambda facts: (
        f"The votes on this question were revealed{_what_revealed(facts)}; nothing was changed."
    ),
    Reason.NOT_THE_MEDIAN: lambda facts: (
        "There is no vote with a level, so please give a reason for the level you choose."
        if facts.refusal.level is None
        else f"The median of the votes is {facts.level}. To agree another level, please give a reason."
    ),
    Reason.DISSENT_TOO_LONG: lambda facts: (
        f"This is {facts.refusal.length:,} characters long; {facts.refusal.limit:,} fit. Please shorten it."
    ),
    Reason.NOT_IN_CHANNEL: lambda facts: (
        "You are not in the channel of this assessment, so nothing was recorded or shown. "
        "Somebody who is in it can invite you."
    ),
    Reason.STILL_UNDER_WAY: lambda facts: (
        "This assessment is still under way, so there is nothing to look at again yet. "
        "Reopen the question on its card, in the thread of the dimension."
    ),
    Reason.STILL_FACILITATED: lambda facts: (
        f"This assessment is facilitated by {facts.who_can}, so there is nothing to take over. "
        "They can name you a facilitator, under People on the board."
    ),
    Reason.DEACTIVATED: lambda facts: (
        f"The Slack account of {facts.words or 'one of them'} is deactivated. Please choose somebody else."
    ),
    Reason.NOTHING_CHOSEN: lambda facts: "Please choose at least one piece of evidence.",
    Reason.TITLE_DIFFERS: lambda facts: (
        "This is not the title of the assessment, so nothing was deleted. Please type it as it stands above."
    ),
    Reason.CLOSING_DATE_PAST: lambda facts: "This date has passed. Please choose today or later.",
    **PLAN_SENTENCES,
    **PROPOSAL_SENTENCES,
    **SETTINGS_SENTENCES,
    **SECOND_TEAM_SENTENCES,
}
