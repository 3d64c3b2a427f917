"""The card of a proposal, in the thread of the message that it copies."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.block_kit.blocks import Block, Message, actions, button, context, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.plan.proposed_items import decide_buttons
from bot.views.proposals.words import (
    benefit_words,
    changed_words,
    effort_words,
    library_words,
    source_words,
    state_words,
    step_words,
    support_words,
)
from bot.views.wording.people import Names
from bot.views.wording.text import escape, link, shorten, typed
from model.framework.framework import Framework
from model.plan.plan import ItemStatus, PlanItem
from model.proposals.proposal import Proposal, ProposalState

_TITLES = {
    ProposalState.DRAFT: "Proposal",
    ProposalState.WITHDRAWN: "Proposal, withdrawn",
    ProposalState.PLANNED: "Proposal, in the plan",
    ProposalState.DISMISSED: "Proposal, dismissed",
}

_ENDED = "Proposal, ended"
_SINCE_ENDED = (
    "Its assessment was cancelled, and the proposal ended with it. "
    "Where another is under way, it can be proposed there."
)
_OF_ITEM = {
    ItemStatus.PROPOSED: "Proposal, not decided yet",
    ItemStatus.DROPPED: "Proposal, not in the plan",
}


def proposal_card(
    framework: Framework,
    proposal: Proposal,
    *,
    names: Names,
    address: str | None,
    emoji: str,
    item: PlanItem | None = None,
    ended: bool = False,
) -> Message:
    """The card as it should look now.

    Args:
        framework: That of its assessment.
        proposal: What was proposed.
        names: Of the people on it.
        address: Of the message it copies, where that is known and still there.
        emoji: The name of the emoji that proposes.
        item: The item of the plan that was made from it last.
        ended: Whether its assessment was cancelled, and with it everything that could be done here.
    """
    title = f"{_ENDED if ended else _state(proposal, item)}: {escape(proposal.title)}"
    facts = _facts(framework, proposal)
    people = [source_words(proposal, names), support_words(proposal, names)]
    said = [_SINCE_ENDED if ended else state_words(proposal, names, item), library_words(proposal, names)]
    decided = [each for each in said if each]
    changed = changed_words(proposal)
    where = (
        link(address, "Go to the message") if address and not changed.startswith("The message was d") else ""
    )
    blocks: list[Block] = [
        section("\n".join([f"*{title}*", *decided])),
        # Always there: Slack refuses an edit that takes rich text away (block_mismatch).
        typed(proposal.text),
        section("\n".join(facts)),
        section("\n".join([*people, *([where] if where else [])])),
        *_since(proposal, changed, ended=ended),
        *([] if ended else [*_buttons(proposal, item), *_hint(proposal, emoji)]),
    ]
    text = [title, *decided, *facts, *people, changed, shorten(proposal.text, 2_000)]
    return Message("\n".join(each for each in text if each), tuple(blocks))


def _state(proposal: Proposal, item: PlanItem | None) -> str:
    """A proposal that somebody put forward for the plan is as far as its item."""
    if proposal.state is ProposalState.PLANNED and item is not None:
        return _OF_ITEM.get(item.status, _TITLES[proposal.state])
    return _TITLES[proposal.state]


def _gone(proposal: Proposal) -> bool:
    return proposal.source is not None and proposal.source.deleted


def _facts(framework: Framework, proposal: Proposal) -> list[str]:
    said = (
        step_words(framework, proposal),
        effort_words(proposal.effort),
        benefit_words(framework, proposal),
    )
    return [each for each in said if each]


def _since(proposal: Proposal, changed: str, *, ended: bool) -> list[Block]:
    """What became of the message, with a button to take its new text where that can still be done."""
    notes = [changed] if changed else []
    if proposal.shortened and not _gone(proposal):
        notes.append("This is the beginning of a longer message.")
    if not notes:
        return []
    offers = proposal.draft and proposal.source is not None and proposal.source.edited_text is not None
    if ended or not offers:
        return [context(" ".join(notes))]
    take = _button(proposal, "Take the new text", ActionId.TAKE_NEW_TEXT)
    return [section(" ".join(notes), accessory=take)]


def _buttons(proposal: Proposal, item: PlanItem | None) -> list[Block]:
    return [actions(*row)] if (row := _row(proposal, item)) else []


def _row(proposal: Proposal, item: PlanItem | None) -> Sequence[Block]:
    support = _button(proposal, "Support", ActionId.SUPPORT)
    library = [] if proposal.accepted else [_button(proposal, "Add to our library…", ActionId.ADD_TO_LIBRARY)]
    match proposal.state:
        case ProposalState.WITHDRAWN:
            return [support]
        case ProposalState.PLANNED:
            return [*_of_item(proposal, item), *library]
        case ProposalState.DISMISSED:
            return [_button(proposal, "Take up again", ActionId.RECONSIDER)]
    plan = (
        _button(proposal, "Add to plan", ActionId.PLAN_PROPOSAL)
        if proposal.ready
        else _button(proposal, "Add to plan…", ActionId.PLAN_PROPOSAL_FORM)
    )
    edit = _button(proposal, "Edit…", ActionId.EDIT_PROPOSAL)
    dismiss = _button(proposal, "Dismiss…", ActionId.DISMISS_PROPOSAL)
    return [support, edit, plan, *library, dismiss]


def _of_item(proposal: Proposal, item: PlanItem | None) -> list[Block]:
    """What can still be said about its item: only while that is not decided, or when it is not done."""
    if item is None or item.status not in _OF_ITEM:
        return []
    if item.status is ItemStatus.DROPPED:
        return [_button(proposal, "Add to plan", ActionId.PLAN_PROPOSAL)]
    support = _button(proposal, "Support", ActionId.SUPPORT)
    return [support, *decide_buttons(proposal.assessment_id, item)]


def _button(proposal: Proposal, label: str, action: ActionId) -> Block:
    return button(
        label,
        action,
        Reference(assessment=proposal.assessment_id, proposal=proposal.id),
        accessibility_label=f"{label.rstrip('…')}: {proposal.title}",
    )


def _hint(proposal: Proposal, emoji: str) -> list[Block]:
    if not proposal.draft:
        return []
    ways = "Press Support, or react with :+1: (thumbs up) here"
    if proposal.source is not None and not _gone(proposal):
        ways += f" or with :{emoji}: ({emoji.replace('_', ' ')}) on the message"
    stays = "" if proposal.accepted else " When the last support is taken back, the draft is withdrawn."
    return [context(f"{ways}.{stays}")]
