"""The council's own library: from a proposal to everybody in the workspace."""

from __future__ import annotations

from typing import Any

from bot.sandbox.client.client import Message
from bot.views.block_kit.reference import Reference
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.proposals.what_people_do import press_gone, propose_own, the_proposal
from tests.bot.flows.small import dispatch, form, notice, press
from tests.bot.stage import Stage, read

FILLED: dict[str, Any] = {
    "item_title": "Put bin days online",
    "summary": "A page with a box for the postcode.",
    "why": "People ring about nothing else.",
    "dimension": "data",
    "from_level": "2",
    "benefits": ["efficiency"],
    "time": "low",
    "money": "medium",
    "skills": "low",
    "weeks": "6",
    "steps": "1. Ask the depot for the list.\n2. Put it on a page.\n3. Tell the call centre.",
    "milestones": "2 List there\n6 Page live",
    "success": "Fewer calls about bins.",
    "evidence_left": "The page",
}


async def a_proposal(stage: Stage) -> Message:
    await stage.start("data")
    return await propose_own(stage, stage.omar, "Put bin days online\nPeople ring about nothing else.")


async def test_a_proposal_is_offered_to_the_workspace_with_where_it_came_from(stage: Stage) -> None:
    card = await a_proposal(stage)
    await press(stage, stage.omar, card, "proposal.library")
    await notice(stage, stage.omar, "Only a facilitator can do this")
    await press(stage, stage.nia, card, "proposal.library")
    view = await form(stage, stage.nia, "add_to_library")
    assert "Everybody in this workspace will see this" in view.readable
    assert view.values["summary"]["summary"]["value"] == "Put bin days online People ring about nothing else."
    outcome = await stage.nia.submit(FILLED)
    assert outcome.response_action is None, outcome
    await stage.whisper(stage.nia, "Put bin days online is in your library now.")
    text = read(await stage.until_reads(card.ts, "In your library: Nia Pryce added it on"))
    assert "[Add to our library…]" not in text and "[Add to plan…]" in text
    accepted = (await the_proposal(stage, card)).accepted
    assert accepted is not None and accepted.action_id == "put-bin-days-online"
    # In a channel without an assessment, to somebody who took no part.
    await stage.grace.command(stage.channel, "/milepost library bin days")
    found = await stage.whisper(stage.grace, "Put bin days online")
    assert "Your council's own." in found and "2 actions in the library" in found
    told = (await stage.slack.seen()).ephemerals(stage.grace.id)[-1]
    await stage.grace.press_ephemeral(told.ts, "library.details", label="Details")
    details = await notice(stage, stage.grace, "Where it came from")
    assert "Your council's own: proposed by Omar Shah, added by Nia Pryce on" in details
    assert "1. Ask the depot for the list." in details and "Week 6: Page live" in details
    await press_gone(stage, stage.nia, card, "library")
    await notice(stage, stage.nia, "This is in your library already")
    await stage.nia.close_modal()
    # Who facilitates takes it out again; then it can be taken in anew.
    assert "Take out of our library" not in details
    value = Reference(action="put-bin-days-online").encode()
    await dispatch(stage, press_payload(stage, stage.grace.id, "library.remove", value))
    await notice(stage, stage.grace, "Only somebody who facilitates an assessment")
    for _ in range(2):
        await stage.nia.command(stage.channel, "/milepost library bin days")
        await stage.whisper(stage.nia, "Put bin days online")
    told = (await stage.slack.seen()).ephemerals(stage.nia.id)[-1]
    await stage.nia.press_ephemeral(told.ts, "library.details", label="Details")
    details_view = await form(stage, stage.nia, "action")
    await stage.nia.modal_press("library.remove")
    view = await form(stage, stage.nia, "remove_action")
    assert "Plans that have it keep it" in view.readable
    assert (view.id, view.depth) == (details_view.id, 1), "it takes the place of what was pressed in"
    assert (await stage.nia.submit({})).response_action is None
    await stage.whisper(stage.nia, "Put bin days online is no longer in your library.")
    text = read(await stage.until_reads(card.ts, "[Add to our library…]"))
    assert "In your library" not in text
    await stage.grace.command(stage.channel, "/milepost library bin days")
    await stage.whisper(stage.grace, "Nothing in the library for “bin days”.")
    await dispatch(stage, press_payload(stage, stage.nia.id, "library.remove", value))
    await notice(stage, stage.nia, "The library no longer has this action")
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        [removal] = (await work.records.everything())["library_removal"]
    assert (removal["title"], removal["removed_by"]) == ("Put bin days online", stage.nia.id)


async def test_what_is_missing_is_named_at_each_field_and_nothing_is_lost(stage: Stage) -> None:
    card = await a_proposal(stage)
    await press(stage, stage.nia, card, "proposal.library")
    await form(stage, stage.nia, "add_to_library")
    wrong = {
        **FILLED,
        "why": "  ",
        "weeks": "soon",
        "steps": "One\nTwo",
        "milestones": "2 First\nthen the page",
        "evidence_left": " \n ",
    }
    outcome = await stage.nia.submit(wrong)
    assert outcome.errors == {
        "why": "Please fill this in.",
        "weeks": "Please give a whole number of weeks, 1 to 104.",
        "steps": "Please write at least 3 lines.",
        "milestones": "Line 2: please begin with the week and go on with a name, such as: 3 First list.",
        "evidence_left": "Please write at least 1 line.",
    }
    outcome = await stage.nia.submit({**FILLED, "item_title": "write down which data there is."})
    assert outcome.errors == {
        "item_title": "The library has an action of this title already: "
        "“write down which data there is.”. Please choose another title."
    }
    assert (await stage.nia.submit(FILLED)).response_action is None
    await stage.until_reads(card.ts, "In your library")


async def test_a_proposal_in_the_library_is_not_withdrawn(stage: Stage) -> None:
    card = await a_proposal(stage)
    await press(stage, stage.nia, card, "proposal.library")
    await form(stage, stage.nia, "add_to_library")
    await stage.nia.submit({**FILLED, "milestones": ""})
    await stage.until_reads(card.ts, "In your library")
    await press_gone(stage, stage.omar, card, "take_back")
    text = read(await stage.until_reads(card.ts, "Nobody supports it at present."))
    assert "withdrawn" not in text and "[Add to plan…]" in text
