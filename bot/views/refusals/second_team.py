"""What a person is told when something between two teams cannot be done."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.wording.refusal_facts import Facts
from model.refusals import Reason

SECOND_TEAM_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.WITH_OTHER_TEAM: lambda facts: (
        "You take part with the other team, so nothing was recorded here. Your own team's questions are in "
        f"its own threads. If you have changed teams, leave the other one first. "
        f"{facts.whoever_can} can then add you here, under People on the board."
    ),
    Reason.IN_OTHER_TEAM: lambda facts: (
        f"In the other team already: {facts.who_can}. Nobody is in both. Please choose somebody else, or "
        "have them taken off the other list first, under People on its board."
    ),
    Reason.WAITS_FOR_OTHER_TEAM: lambda facts: (
        f"Your team is ready already, by {facts.by}{facts.when}. The votes are shown as soon as the other "
        "team is ready too."
    ),
    Reason.OTHER_TEAM_FIRST: lambda facts: (
        "The other team has not voted on this question yet and would see your answer, so this was not "
        "recorded. Please put the question off, or wait until the other team is ready."
    ),
    Reason.SECOND_TEAM_INVITES_NOBODY: lambda facts: (
        "This is the assessment of a second team, and only the first team's can have one beside it."
    ),
    Reason.SECOND_TEAM_THERE: lambda facts: (
        f"There is a second team already: {facts.words}. To invite another, cancel its assessment first, on "
        "its board."
    ),
    Reason.TEAM_MISSING: lambda facts: (
        "Please give the second team a name; it stands on its board and cards."
    ),
    Reason.QUICK_IN_ONE_CHANNEL: lambda facts: (
        "This assessment is in quick mode, where every level is shown at once, so a second team in the same "
        "channel would see it. Please choose another channel."
    ),
    Reason.SHOWN_IN_CHANNEL: lambda facts: (
        "Votes or levels have been shown in this channel already, so a second team here would see them. "
        "Please choose another channel."
    ),
    Reason.CHANNEL_TAKEN: lambda facts: (
        "There is an assessment under way in that channel. Please choose another one, or have it finished "
        "first."
    ),
    Reason.FACILITATORS_OUTSIDE: lambda facts: (
        "None of them is in that channel, and whoever leads has to be. Please choose somebody who is in it."
    ),
    Reason.NO_SECOND_TEAM: lambda facts: (
        "There are not two teams to compare: no second team was invited, or one of the two assessments was "
        "cancelled."
    ),
    Reason.NOTHING_TO_COMPARE: lambda facts: (
        "There is nothing to compare yet: no question has been agreed by both teams."
    ),
    Reason.NOT_CONFIRMED_BY_BOTH: lambda facts: (
        "Both teams have to confirm their own level of this dimension first, so this was not recorded."
    ),
    Reason.EITHER_FACILITATOR: lambda facts: (
        f"Only a facilitator of either team can do this: {facts.who_can}. Please ask them."
    ),
}
