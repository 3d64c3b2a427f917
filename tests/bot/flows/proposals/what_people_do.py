"""What people do with proposals, for tests."""

from __future__ import annotations

from typing import Any

from bot.sandbox.client.client import Message, PersonHandle
from bot.views.block_kit.reference import Reference
from model.proposals.proposal import Proposal
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import dispatch, form
from tests.bot.stage import Stage, key_of


async def propose_own(stage: Stage, person: PersonHandle, text: str, **values: Any) -> Message:
    """Propose something by the command and its form; answer with the card."""
    known = await card_keys(stage)
    assert (await person.command(stage.channel, "/milepost propose")).acknowledged
    await form(stage, person, "propose")
    outcome = await person.submit({"proposal_text": text, **values})
    assert outcome.acknowledged and outcome.response_action is None, outcome
    return await new_card(stage, known)


async def card_keys(stage: Stage) -> set[str]:
    """The keys of the cards there are."""
    seen = await stage.slack.seen()
    return {key for each in seen.messages(stage.channel) if (key := key_of(each)).startswith("proposal:")}


async def new_card(stage: Stage, known: set[str]) -> Message:
    """Wait for a card that was not there before."""

    def fresh(seen: Any) -> list[Message]:
        cards = [each for each in seen.messages(stage.channel) if key_of(each).startswith("proposal:")]
        return [each for each in cards if key_of(each) not in known]

    return fresh(await stage.slack.until(fresh))[0]


async def the_proposal(stage: Stage, card: Message) -> Proposal:
    """What the database has of the proposal of a card."""
    proposal_id = key_of(card).rsplit(":", 1)[1]
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        found = await work.proposals.get(proposal_id)
    assert found is not None
    return found


async def press_gone(stage: Stage, person: PersonHandle, card: Message, action: str) -> None:
    """Press a button of a card as it was some time ago, or of a private receipt about it."""
    proposal = await the_proposal(stage, card)
    value = Reference(assessment=proposal.assessment_id, proposal=proposal.id).encode()
    await dispatch(stage, press_payload(stage, person.id, f"proposal.{action}", value))
