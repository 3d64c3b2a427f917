"""What a person is told when something cannot be done with a proposal."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.wording.refusal_facts import Facts
from model.refusals import Reason

PROPOSAL_SENTENCES: dict[Reason, Callable[[Facts], str]] = {
    Reason.PROPOSERS_ONLY: lambda facts: (
        "Only whoever proposed or wrote this, or a facilitator, can do this: "
        f"{facts.who_can}. Please ask them."
    ),
    Reason.PROPOSAL_EMPTY: lambda facts: (
        "There are no words here, so there is nothing to propose. Please say what is to be done."
    ),
    Reason.PROPOSAL_INCOMPLETE: lambda facts: (
        "The plan needs to know which dimension this is about, and from which level to which it leads. "
        "Please press Edit on the card first."
    ),
    Reason.PROPOSAL_HAS_CHANGED: lambda facts: (
        "Somebody changed this proposal after you opened the form, so yours was not recorded. "
        "Please open it again; what you wrote is below."
    ),
    Reason.PROPOSAL_WITHDRAWN: lambda facts: (
        f"This proposal was withdrawn: {facts.by} took back the last support for it{facts.when}. "
        "Nothing was changed. Support it, and it is a draft again."
    ),
    Reason.PROPOSAL_DISMISSED: lambda facts: (
        f"This proposal was dismissed by {facts.by}{facts.when}, so nothing was changed. "
        "They or a facilitator can take it up again, on its card."
    ),
    Reason.PROPOSAL_PLANNED: lambda facts: (
        f"This proposal is in the plan: {facts.by} added it{facts.when}. Please change it there."
    ),
    Reason.IN_LIBRARY_ALREADY: lambda facts: (
        f"This is in your library already: {facts.by} added it{facts.when}. It was not added again."
    ),
    Reason.ACTION_NAMED_ALREADY: lambda facts: (
        f"The library has an action of this title already: {facts.words}. Please choose another title."
    ),
    Reason.NOT_FACILITATING: lambda facts: (
        "Only somebody who facilitates an assessment in this workspace can take an action out of your "
        "library. Please ask one of them."
    ),
    Reason.GUESTS_READ: lambda facts: (
        "You are a guest here and do not take part in this assessment, so this was not recorded. "
        f"{facts.whoever_can} can make you an assessor, under People on the board."
    ),
    Reason.OUR_OWN_MESSAGE: lambda facts: (
        "This is one of Milepost's own messages. Please choose a message that somebody wrote, "
        "or write your proposal in words of your own."
    ),
}
