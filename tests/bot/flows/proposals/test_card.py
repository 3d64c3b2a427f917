"""Proposals in words of one's own, and every button of the card."""

from __future__ import annotations

from model.assessment.assessment import Role
from model.plan.plan import ItemStatus, Plan
from model.proposals.proposal import ProposalState
from tests.bot.flows.assessment.together_mode import put_on_roster
from tests.bot.flows.proposals.what_people_do import card_keys, press_gone, propose_own, the_proposal
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, key_of, read


async def plan_of(stage: Stage) -> Plan:
    assessment = await stage.assessment()
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        found = await work.plans.get(assessment.id)
    return found or Plan(assessment.id, assessment.channel_id)


async def test_words_of_ones_own_become_a_card_that_colleagues_support(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days <!channel> online\nPeople ring about it.")
    text = read(card)
    assert "Proposal: Put bin days &lt;!channel&gt; online" in text
    assert "People ring about it." in text
    assert "Proposed by Omar Shah in their own words." in text
    assert "1 supporter: Omar Shah." in text
    assert "Nobody has said yet which dimension it is about." in text
    assert "[Support] [Edit…] [Add to plan…] [Add to our library…] [Dismiss…]" in text
    assert card.thread_ts is None
    assert "Its card is in the channel" in await stage.whisper(stage.omar, "Proposed:")
    await press(stage, stage.grace, card, "proposal.support")
    receipt = await stage.whisper(stage.grace, "You support this proposal, with 2 supporters in all.")
    assert "[Take it back]" in receipt
    await stage.until_reads(card.ts, "2 supporters: Omar Shah and Grace Obi.")
    await press(stage, stage.grace, card, "proposal.support")
    await stage.whisper(stage.grace, "You have done this already")
    [told] = [each for each in (await stage.slack.seen()).ephemerals(stage.grace.id) if "[Take" in read(each)]
    await stage.grace.press_ephemeral(told.ts, "proposal.take_back")
    await stage.whisper(stage.grace, "Your support is taken back.")
    await stage.until_reads(card.ts, "1 supporter: Omar Shah.")
    assert len(await card_keys(stage)) == 1


async def test_the_last_support_withdraws_it_and_the_next_brings_it_back(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press_gone(stage, stage.omar, card, "take_back")
    await stage.whisper(stage.omar, "so the draft is withdrawn")
    text = read(await stage.until_reads(card.ts, "Proposal, withdrawn"))
    assert "Withdrawn: Omar Shah took back the last support" in text
    assert "[Edit…]" not in text and "[Support]" in text
    await press(stage, stage.grace, card, "proposal.support")
    text = read(await stage.until_reads(card.ts, "1 supporter: Grace Obi."))
    assert "withdrawn" not in text.partition("When the last")[0]


async def test_three_supporters_are_told_to_the_facilitators_once(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    for person in (stage.grace, stage.ana):
        await press(stage, person, card, "proposal.support")
    await stage.until_reads(card.ts, "3 supporters")
    [told] = await notices(stage)
    assert "A proposal has 3 supporters: Put bin days online" in told and "Go to the card" in told
    await press_gone(stage, stage.ana, card, "take_back")
    await stage.until_reads(card.ts, "2 supporters")
    await press(stage, stage.ana, card, "proposal.support")
    await stage.until_reads(card.ts, "3 supporters")
    assert await notices(stage) == [told]


async def notices(stage: Stage) -> list[str]:
    """What Nia was told directly of proposals."""
    seen = await stage.still()
    channel = stage.sandbox.workspace.dm_with(stage.nia.id).id
    return [read(each) for each in seen.messages(channel) if key_of(each).startswith("proposal_notice:")]


async def test_whose_it_is_edits_it_and_a_facilitator_plans_it(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press(stage, stage.grace, card, "proposal.edit")
    assert f"<@{stage.omar.id}>" in await notice(stage, stage.grace, "Only whoever proposed or wrote this")
    await press(stage, stage.omar, card, "proposal.edit")
    await form(stage, stage.omar, "edit_proposal")
    outcome = await stage.omar.submit({"from_level": "3", "to_level": "2"})
    assert outcome.errors == {"to_level": "An item leads up: please choose a level above 3 Impactful."}
    outcome = await stage.omar.submit(
        {
            "item_title": "Bin days online",
            "dimension": "data",
            "from_level": "2",
            "to_level": "3",
            "time": "low",
            "skills": "high",
            "benefits": ["efficiency"],
        }
    )
    assert outcome.response_action is None, outcome
    text = read(await stage.until_reads(card.ts, "Proposal: Bin days online"))
    assert "Data: from 2 Developing to 3 Impactful." in text
    assert "It takes people's time low, skills high; the rest is not said yet." in text
    assert "Good for efficiency." in text
    assert "[Add to plan]" in text and "Put bin days online" in text
    await press(stage, stage.nia, card, "proposal.plan")
    await stage.whisper(stage.nia, "It is in the plan.")
    text = read(await stage.until_reads(card.ts, "Proposal, in the plan"))
    assert "In the plan: Nia Pryce added it on" in text and "[Add to plan" not in text
    [item] = (await plan_of(stage)).items
    assert (item.title, item.status, item.notes) == (
        "Bin days online",
        ItemStatus.TO_DO,
        "Put bin days online",
    )
    assert item.proposal_id == (await the_proposal(stage, card)).id
    await press_gone(stage, stage.nia, card, "plan")
    await stage.whisper(stage.nia, "This is in the plan already")
    await press_gone(stage, stage.omar, card, "edit")
    await notice(stage, stage.omar, "This proposal is in the plan")


async def test_what_the_plan_needs_is_asked_for(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press(stage, stage.grace, card, "proposal.plan_form")
    view = await form(stage, stage.grace, "plan_proposal")
    assert "A facilitator will take it up or not" in view.readable
    outcome = await stage.grace.submit({"dimension": "data"})
    assert outcome.response_action is None, outcome
    await stage.whisper(stage.grace, "Proposed for the plan. A facilitator is told, and takes it in or not.")
    text = read(await stage.until_reads(card.ts, "Proposal, not decided yet"))
    assert "Proposed for the plan: Grace Obi asked for it on" in text and "In the plan" not in text
    assert "Data: from 1 Passive to 2 Developing." in text
    assert "[Support] [Take into the plan] [Not taking it…]" in text
    [item] = (await plan_of(stage)).items
    assert (item.status, item.added_by) == (ItemStatus.PROPOSED, stage.grace.id)
    await press(stage, stage.omar, card, "plan.take_in")
    assert stage.nia.id in await stage.whisper(stage.omar, "This is still a proposal")
    await press(stage, stage.nia, card, "plan.leave_out")
    await form(stage, stage.nia, "item_status")
    await stage.nia.submit({"reason": "Not this year"})
    text = read(await stage.until_reads(card.ts, "Proposal, not in the plan"))
    assert "Not in the plan: Nia Pryce decided so on" in text and "Not this year" in text
    await press(stage, stage.nia, card, "proposal.plan")
    text = read(await stage.until_reads(card.ts, "Proposal, in the plan"))
    assert "In the plan: Nia Pryce added it on" in text


async def test_a_card_says_that_its_assessment_was_cancelled(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press(stage, stage.nia, await stage.board(), "assessment.cancel")
    await form(stage, stage.nia, "cancel")
    await stage.nia.submit({})
    text = read(await stage.until_reads(card.ts, "Proposal, ended: Put bin days online"))
    assert "Its assessment was cancelled" in text and "[" not in text and "Press Support" not in text
    await press_gone(stage, stage.omar, card, "support")
    await stage.whisper(stage.omar, "was cancelled")


async def test_dismissing_with_a_reason_and_taking_it_up_again(stage: Stage) -> None:
    await stage.start("data")
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press(stage, stage.grace, card, "proposal.dismiss")
    await notice(stage, stage.grace, "Only whoever proposed or wrote this")
    await press(stage, stage.nia, card, "proposal.dismiss")
    await form(stage, stage.nia, "dismiss_proposal")
    assert (await stage.nia.submit({"reason": " "})).errors == {
        "reason": "Please give a reason, so that people later can see why."
    }
    await stage.nia.submit({"reason": "We have it. <!here>"})
    text = read(await stage.until_reads(card.ts, "Proposal, dismissed"))
    assert "Dismissed by Nia Pryce on" in text and "We have it." in text
    assert "[Take up again]" in text and "[Support]" not in text
    await press(stage, stage.omar, card, "proposal.reconsider")
    await stage.whisper(stage.omar, "Only a facilitator can do this")
    await press(stage, stage.nia, card, "proposal.reconsider")
    await stage.until_reads(card.ts, "[Dismiss…]")
    assert (await the_proposal(stage, card)).state is ProposalState.DRAFT


async def test_observers_and_guests_only_read(stage: Stage) -> None:
    await stage.start("data")
    await put_on_roster(stage, Role.OBSERVER, stage.ana)
    card = await propose_own(stage, stage.omar, "Put bin days online")
    await press(stage, stage.ana, card, "proposal.support")
    await stage.whisper(stage.ana, "You are an observer here")
    sam = stage.slack.person("U0SAMDOYLE")
    await press(stage, sam, card, "proposal.support")
    await stage.whisper(sam, "You are a guest here")
    for person in (stage.ana, sam):
        await person.command(stage.channel, "/milepost propose")
        await notice(stage, person, "so this was not recorded")
    await put_on_roster(stage, Role.ASSESSOR, sam)
    await press(stage, sam, card, "proposal.support")
    await stage.until_reads(card.ts, "2 supporters: Omar Shah and Sam Doyle.")


async def test_a_word_without_a_trigger_offers_a_button(stage: Stage) -> None:
    await stage.start("data")
    name = stage.runtime.identity.bot_user_id
    await stage.omar.say(stage.channel, f"<@{name}> propose")
    await stage.whisper(stage.omar, "Press Propose, and say in the form")
    offered = (await stage.slack.seen()).ephemerals(stage.omar.id)[-1]
    await stage.omar.press_ephemeral(offered.ts, "proposal.propose")
    await form(stage, stage.omar, "propose")
    outcome = await stage.omar.submit({"proposal_text": "  "})
    assert list(outcome.errors or {}) == ["proposal_text"]
    await stage.omar.submit({"proposal_text": "Put bin days online"})
    await stage.whisper(stage.omar, "Proposed: Put bin days online.")
    channel, _ = await stage.grace.dm("propose")
    seen = await stage.slack.until(lambda seen: len(seen.messages(channel)) > 1)
    assert "[Propose…]" in read(seen.messages(channel)[-1])


async def test_without_an_assessment_the_command_says_so(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.omar.command(stage.channel, "/milepost propose more lamps")
    await notice(stage, stage.omar, "There is no assessment in this channel")
