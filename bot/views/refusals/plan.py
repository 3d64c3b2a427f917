"""What a person is told when something in a plan cannot be done."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.wording.refusal_facts import Facts
from bot.views.wording.text import escape
from model.refusals import Reason

PLAN_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.OBSERVERS_READ: lambda facts: (
        "You are an observer here, so this was not recorded. "
        f"{facts.whoever_can} can make you an assessor, under People on the board."
    ),
    Reason.OWNERS_ONLY: lambda facts: (
        f"Only its owners, its sponsor or a facilitator can do this: {facts.who_can}. Please ask them."
    ),
    Reason.PROPOSALS_ARE_ACCEPTED: lambda facts: (
        f"This is still a proposal, and a facilitator takes it into the plan: {facts.who_can}."
    ),
    Reason.UNKNOWN_ITEM: lambda facts: "The plan no longer has this item, so nothing was changed.",
    Reason.UNKNOWN_MILESTONE: lambda facts: "The plan no longer has this milestone, so nothing was changed.",
    Reason.IN_PLAN_ALREADY: lambda facts: (
        f"This is in the plan already: {facts.by} added it{facts.when}. It was not added again."
    ),
    Reason.ITEM_UNNAMED: lambda facts: "Please say what is to be done.",
    Reason.ITEM_DONE: lambda facts: (
        f"This item is done: {facts.by} marked it{facts.when}. Nothing was changed. "
        "If it is to go on, set its status back first."
    ),
    Reason.ITEM_DROPPED: lambda facts: (
        f"This item was dropped by {facts.by}{facts.when}. Nothing was changed. "
        "If it is to go on, set its status back first."
    ),
    Reason.ITEM_HAS_CHANGED: lambda facts: (
        f"{facts.by} changed this item{facts.when}, after you opened the form, so yours was not recorded. "
        "Please open it again; what you wrote is below."
    ),
    Reason.MILESTONE_UNNAMED: lambda facts: "Please give the milestone a name.",
    Reason.MILESTONE_LINE: lambda facts: (
        f"This line cannot be read: {facts.words}. Please begin each line with a date, such as "
        "2027-03-01 First list."
    ),
    Reason.MILESTONE_TWICE: lambda facts: (
        f"This milestone stands here twice with the same date: {facts.words}. Please take one away."
    ),
    Reason.MILESTONE_DONE: lambda facts: (
        f"This milestone is done: {facts.by} marked it{facts.when}. Nothing was changed."
    ),
    Reason.MILESTONE_DROPPED: lambda facts: (
        f"This milestone was dropped by {facts.by}{facts.when}. Nothing was changed."
    ),
    Reason.MILESTONE_MOVED: lambda facts: (
        f"{facts.by} moved this milestone to {escape(facts.refusal.words) or 'another date'}{facts.when}, "
        "so nothing was recorded. You will be reminded of the new date, and the plan has it already."
    ),
    Reason.LEVELS_OUT_OF_ORDER: lambda facts: f"An item leads up: please choose a level above {facts.level}.",
    Reason.DATE_PAST: lambda facts: (
        "This date has passed. Please choose today or later."
        if not facts.words
        else f"The date of this milestone has passed: {facts.words}. Please choose today or later."
    ),
    Reason.SNOOZE_OUT_OF_RANGE: lambda facts: (
        f"Please choose a date after today, and at most {facts.refusal.limit} days from now."
    ),
    Reason.TARGET_BELOW_LEVEL: lambda facts: (
        f"This dimension is at {facts.level} already. Please choose that level or a higher one."
    ),
    Reason.TARGET_NOT_APPLICABLE: lambda facts: (
        "This dimension does not apply here, so it cannot have a target."
    ),
    Reason.TOO_MANY_ITEMS: lambda facts: (
        f"A plan holds {facts.refusal.limit} items, and this one is full. Nothing was added."
    ),
    Reason.TOO_MANY_OWNERS: lambda facts: (
        f"Please choose at most {facts.refusal.limit} owners; here are {facts.refusal.length}."
    ),
    Reason.TOO_MANY_MILESTONES: lambda facts: (
        f"An item has at most {facts.refusal.limit} milestones; here are {facts.refusal.length}. "
        "Please take some away."
    ),
    Reason.OUTSIDE_CHANNEL: lambda facts: (
        f"Not in this channel: {facts.who_can}. Please invite them first, so that they see the plan."
    ),
    Reason.NOT_A_PERSON: lambda facts: (
        f"{facts.words or 'This'} is an app, not a person. Please choose somebody who can see to it."
    ),
    Reason.NOT_AN_OWNER: lambda facts: (
        "This item has another owner by now, so nothing was handed over. Please look at it again."
    ),
    Reason.NOT_DONE_YET: lambda facts: "This item is not done yet, so nobody can say whether it worked.",
    Reason.NOTHING_CHANGED: lambda facts: "This is how it stands already, so nothing was changed.",
}
