"""What a proposal says, in words: its step, what it takes, whom it serves, who supports it."""

from __future__ import annotations

from bot.views.wording.levels import level_name
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, join_names, shorten, slack_date
from model.framework.framework import Framework, UnknownBenefit, UnknownDimension
from model.library.library import Amount
from model.plan.plan import ItemStatus, PlanItem
from model.proposals.proposal import Proposal, ProposalState, ProposedEffort

# More names than this are a crowd, and a section has room for 3,000 characters.
_MOST_NAMES = 15


def step_words(framework: Framework, proposal: Proposal) -> str:
    """Which dimension it is about, and from where to where it leads."""
    start, end = proposal.from_level, proposal.to_level
    levels = ""
    if start is not None and end is not None:
        levels = f"from {escape(level_name(framework, start))} to {escape(level_name(framework, end))}"
    elif end is not None:
        levels = f"to {escape(level_name(framework, end))}"
    if proposal.dimension_id is None:
        return f"Nobody has said yet which dimension it is about.{f' It leads {levels}.' if levels else ''}"
    name = dimension_name(framework, proposal.dimension_id)
    return f"{name}: {levels}." if levels else f"{name}. Nobody has said yet to which level it leads."


def dimension_name(framework: Framework, dimension_id: str) -> str:
    """The name of a dimension, escaped; its id where the framework does not have it."""
    try:
        return escape(framework.dimension(dimension_id).name)
    except UnknownDimension:
        return escape(dimension_id)


def effort_words(effort: ProposedEffort) -> str:
    """What it takes, as far as somebody has said."""
    kinds: tuple[tuple[str, Amount | None], ...] = (
        ("people's time", effort.time),
        ("money", effort.money),
        ("skills", effort.skills),
    )
    said = [f"{kind} {amount.value}" for kind, amount in kinds if amount is not None]
    if not said:
        return "Nobody has said yet what it takes."
    left = "" if len(said) == len(kinds) else "; the rest is not said yet"
    return f"It takes {', '.join(said)}{left}."


def benefit_words(framework: Framework, proposal: Proposal) -> str:
    """Which benefits it serves; empty when nobody has said."""
    names = [name for each in proposal.benefits if (name := _benefit_name(framework, each))]
    return f"Good for {join_names(names)}." if names else ""


def _benefit_name(framework: Framework, benefit_id: str) -> str:
    try:
        return escape(framework.benefit(benefit_id).name.lower())
    except UnknownBenefit:
        return ""


def source_words(proposal: Proposal, names: Names) -> str:
    """Who wrote it and who proposed it."""
    proposer = names.of(proposal.proposed_by)
    if proposal.source is None:
        return f"Proposed by {proposer} in their own words."
    if proposal.author is None:
        return f"Written by an app, proposed by {proposer}."
    if proposal.author == proposal.proposed_by:
        return f"Written and proposed by {proposer}."
    return f"Written by {names.of(proposal.author)}, proposed by {proposer}."


def support_words(proposal: Proposal, names: Names) -> str:
    """How many support it, and who."""
    people = proposal.supporters
    if not people:
        return "Nobody supports it at present."
    shown = [names.of(each) for each in people[:_MOST_NAMES]]
    if len(people) > len(shown):
        shown.append(f"{len(people) - len(shown)} more")
    return f"{count(len(people), 'supporter')}: {join_names(shown)}."


def state_words(proposal: Proposal, names: Names, item: PlanItem | None = None) -> str:
    """What was decided, by whom and when; empty for a draft. `item` is that of the plan, if there is one."""
    by, when = names.of(proposal.state_by), slack_date(proposal.state_at, "{date_long}")
    match proposal.state:
        case ProposalState.WITHDRAWN:
            return f"Withdrawn: {by} took back the last support for it on {when}. Support brings it back."
        case ProposalState.PLANNED:
            return _item_state(by, when, names, item)
        case ProposalState.DISMISSED:
            reason = shorten(proposal.state_reason, 1_600)
            return f"Dismissed by {by} on {when}: {reason}"
    return ""


def _item_state(by: str, when: str, names: Names, item: PlanItem | None) -> str:
    if item is not None and item.status is ItemStatus.PROPOSED:
        return f"Proposed for the plan: {by} asked for it on {when}. A facilitator takes it in or not."
    if item is not None and item.status is ItemStatus.DROPPED:
        decided = f"{names.of(item.status_by)} decided so on {slack_date(item.status_at, '{date_long}')}"
        return f"Not in the plan: {decided}. Reason: {shorten(item.status_reason, 300)}"
    return f"In the plan: {by} added it on {when}."


def library_words(proposal: Proposal, names: Names) -> str:
    """That it is in the council's own library; empty when it is not."""
    if proposal.accepted is None:
        return ""
    when = slack_date(proposal.accepted.at, "{date_long}")
    return f"In your library: {names.of(proposal.accepted.by)} added it on {when}."


def changed_words(proposal: Proposal) -> str:
    """What became of the message since it was copied; empty when nothing did."""
    source = proposal.source
    if source is None:
        return ""
    if source.deleted:
        return "The message was deleted since. The copy here stays."
    if source.edited_text is not None:
        return "The message was edited since. The copy here is as it was when it was proposed."
    return ""


def people_of(proposal: Proposal) -> set[str]:
    """The people whose names these words need."""
    people = {proposal.proposed_by, proposal.author, proposal.state_by, *proposal.supporters[:_MOST_NAMES]}
    if proposal.accepted is not None:
        people.add(proposal.accepted.by)
    return {each for each in people if each is not None}
