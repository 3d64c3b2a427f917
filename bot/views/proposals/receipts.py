"""What somebody is told privately about a proposal."""

from __future__ import annotations

from bot.views.block_kit.blocks import Message, actions, button, section
from bot.views.block_kit.ids import ActionId
from bot.views.block_kit.reference import Reference
from bot.views.proposals.words import step_words, support_words
from bot.views.wording.people import Names
from bot.views.wording.text import count, escape, link, person
from model.framework.framework import Framework
from model.proposals.proposal import Proposal, ProposalState

NOTHING_SAID = (
    "There are no words in this message, so there is nothing to propose. "
    "To propose something in words of your own, type {command} propose."
)
NO_ASSESSMENT = (
    "There is no assessment in this channel, so there is nothing to propose for. "
    "Type {command} start to begin one, or use Milepost in the channel of an assessment."
)
CANCELLED = (
    "The assessment of this channel was cancelled, so there is nothing to propose for. "
    "Type {command} start to begin one."
)

MESSAGE_GONE = (
    "This message can no longer be read, so nothing was proposed. It may have been deleted, or Milepost is "
    "not in the channel. With {command} propose you can say it in your own words."
)


def proposed_receipt(proposal: Proposal) -> str:
    """After a proposal was made by a form."""
    where = "in the channel" if proposal.source is None else "in the thread of the message"
    return f"Proposed: {escape(proposal.title)}. Its card is {where}."


def joined_receipt(proposal: Proposal) -> str:
    """After somebody proposed a message that a colleague had proposed before."""
    return (
        f"{person(proposal.proposed_by)} proposed this message already, so you now support that proposal: "
        f"{escape(proposal.title)}. Its card is in the thread of the message."
    )


def supported_receipt(proposal: Proposal) -> Message:
    """After a press on Support."""
    text = f"You support this proposal, with {count(len(proposal.supporters), 'supporter')} in all."
    take_back = button(
        "Take it back",
        ActionId.TAKE_SUPPORT_BACK,
        Reference(assessment=proposal.assessment_id, proposal=proposal.id),
    )
    return Message(text, (section(text), actions(take_back)))


def taken_back_receipt(proposal: Proposal, who: str) -> str:
    """After a press on Take it back."""
    if proposal.state is ProposalState.WITHDRAWN:
        return "Your support is taken back. It was the last, so the draft is withdrawn."
    if who in proposal.supporters:
        return "Your support is taken back. Your reaction still counts; take it off as well if you like."
    return "Your support is taken back."


def edited_receipt() -> str:
    """After the form was saved."""
    return "Saved. The card shows it."


def new_text_receipt() -> str:
    """After the new text was taken."""
    return "The proposal has the new text of the message."


def planned_receipt(*, waits: bool) -> str:
    """After it was added to the plan."""
    if waits:
        return "Proposed for the plan. A facilitator is told, and takes it in or not."
    return "It is in the plan."


def dismissed_receipt() -> str:
    """After it was dismissed."""
    return "Dismissed, with your reason on the card. Press Take up again there to change your mind."


def reconsidered_receipt() -> str:
    """After it was taken up again."""
    return "It is a draft again."


def propose_offer(reference: Reference) -> Message:
    """Where a word came without a trigger: a button that opens the form."""
    text = "Press Propose, and say in the form what should be done."
    press = button("Propose…", ActionId.PROPOSE, reference, style="primary")
    return Message(text, (section(text), actions(press)))


def support_notice(framework: Framework, proposal: Proposal, *, names: Names, address: str | None) -> Message:
    """Told to the facilitators once, when a draft has support enough."""
    lines = [
        f"A proposal has {count(len(proposal.supporters), 'supporter')}: {escape(proposal.title)}",
        step_words(framework, proposal),
        support_words(proposal, names),
        "You can add it to the plan, take it into your library or dismiss it, on its card.",
    ]
    where = [link(address, "Go to the card")] if address else []
    return Message("\n".join([*lines, *where]), (section("\n".join([f"*{lines[0]}*", *lines[1:], *where])),))
