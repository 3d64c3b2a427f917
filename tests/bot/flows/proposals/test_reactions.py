"""Proposals by reaction and by the menu of a message: every case that a channel can come up with."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.sandbox.client.client import Message
from bot.sandbox.workspace.reactions import with_reaction
from bot.sandbox.workspace.records import Message as Written
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, Person
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Role
from model.assessment.steps import Cancel, Close
from model.proposals.proposal import ProposalState
from model.proposals.steps import ProposalEntry, ProposalHappened
from tests.bot.flows.assessment.together_mode import put_on_roster, taken_by
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.proposals.what_people_do import card_keys, new_card, the_proposal
from tests.bot.flows.small import dispatch, form, notice, press
from tests.bot.stage import Stage, read

WORDS = "Let us put bin days online.\nPeople ring about <!channel> nothing else & more."


async def proposed(stage: Stage, thread_ts: str | None = None, text: str = WORDS) -> tuple[str, Message]:
    """Grace writes, Omar reacts; answer with the message and the card."""
    known = await card_keys(stage)
    ts = await stage.grace.say(stage.channel, text, thread_ts)
    await stage.omar.react(stage.channel, ts, "bulb")
    card = await new_card(stage, known)
    # Until it is recorded where the card is, a reaction to it cannot be told from any other.
    await stage.still()
    return ts, card


async def supporters(stage: Stage, card: Message) -> set[str]:
    return set((await the_proposal(stage, card)).supporters)


async def history_of(stage: Stage, card: Message) -> list[ProposalEntry]:
    proposal = await the_proposal(stage, card)
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        return await work.proposals.history(proposal.id)


async def nothing_came(stage: Stage) -> None:
    """No card, and nobody was told anything."""
    seen = await stage.still()
    assert await card_keys(stage) == set()
    assert [each for each in seen.ephemerals() if "ropos" in read(each)] == []


async def test_the_first_reaction_makes_a_card_in_the_thread_and_others_support(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    assert card.thread_ts == ts
    text = read(card)
    assert "Proposal: Let us put bin days online." in text
    assert "Written by Grace Obi, proposed by Omar Shah." in text and "1 supporter: Omar Shah." in text
    assert "react with :+1: (thumbs up) here or with :bulb: (bulb) on the message" in text
    await stage.ana.react(stage.channel, ts, "bulb::skin-tone-4")
    await stage.nia.react(stage.channel, card.ts, "thumbsup")
    await stage.grace.react(stage.channel, card.ts, "+1::skin-tone-2")
    await stage.until_reads(card.ts, "4 supporters")
    assert len(await card_keys(stage)) == 1
    # Thumbs on the message itself, and other emoji, mean nothing.
    await stage.slack.person("U0JOKEANE1").react(stage.channel, ts, "+1")
    await stage.slack.person("U0JOKEANE1").react(stage.channel, ts, "eyes")
    await stage.still()
    assert len(await supporters(stage, card)) == 4


async def test_the_last_reaction_off_withdraws_it_and_a_new_one_brings_it_back(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    await stage.nia.react(stage.channel, card.ts, "+1")
    await stage.until_reads(card.ts, "2 supporters")
    await stage.omar.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "1 supporter: Nia Pryce.")
    await stage.nia.unreact(stage.channel, card.ts, "+1")
    await stage.until_reads(card.ts, "Withdrawn: Nia Pryce took back the last support")
    await stage.ana.react(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "1 supporter: Ana Reis.")
    assert (await the_proposal(stage, card)).state is ProposalState.DRAFT
    assert len(await card_keys(stage)) == 1


async def test_reactions_that_nobody_heard_of_count_as_well(stage: Stage) -> None:
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.ana.react(stage.channel, ts, "bulb")
    await stage.nia.react(stage.channel, ts, "bulb::skin-tone-4")
    await stage.nia.react(stage.channel, ts, "eyes")
    await nothing_came(stage)
    await stage.start("data")
    await stage.omar.react(stage.channel, ts, "bulb")
    card = await new_card(stage, set())
    assert "proposed by Omar Shah" in read(card)
    await stage.until_reads(card.ts, "3 supporters")
    await stage.omar.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "2 supporters")
    await stage.nia.unreact(stage.channel, ts, "bulb::skin-tone-4")
    await stage.until_reads(card.ts, "1 supporter: Ana Reis.")
    await stage.ana.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "Withdrawn: Ana Reis took back the last support")
    history = await history_of(stage, card)
    assert [each.by for each in history if each.what is ProposalHappened.SUPPORTED] == [
        stage.ana.id,
        stage.nia.id,
    ]


async def test_what_came_while_we_were_not_there_is_counted_with_the_next(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    await stage.slack.set_rules(subscriptions=[])
    await stage.ana.react(stage.channel, ts, "bulb::skin-tone-4")
    await stage.nia.react(stage.channel, card.ts, "+1")
    await stage.omar.unreact(stage.channel, ts, "bulb")
    await stage.slack.set_rules(subscriptions=None)
    await stage.restart()
    asked = len(await stage.slack.calls("conversations.replies"))
    await stage.nia.unreact(stage.channel, card.ts, "+1")
    await stage.until_reads(card.ts, "1 supporter: Ana Reis.")
    await stage.grace.react(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "2 supporters")
    assert len(await stage.slack.calls("conversations.replies")) == asked + 2, "each message was read once"
    whats = [(each.what, each.by) for each in await history_of(stage, card)]
    assert (ProposalHappened.SUPPORT_TAKEN_BACK, stage.omar.id) in whats
    assert ProposalHappened.WITHDRAWN not in [what for what, _ in whats]
    # The same by a press.
    await stage.slack.set_rules(subscriptions=[])
    await stage.omar.react(stage.channel, ts, "bulb")
    await stage.slack.set_rules(subscriptions=None)
    await stage.restart()
    await press(stage, stage.nia, card, "proposal.support")
    await stage.until_reads(card.ts, "4 supporters")


async def test_another_reaction_of_whoever_proposes_counts_on_its_own(stage: Stage) -> None:
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.omar.react(stage.channel, ts, "bulb::skin-tone-2")
    await nothing_came(stage)
    await stage.start("data")
    await stage.omar.react(stage.channel, ts, "bulb")
    card = await new_card(stage, set())
    await stage.until_reads(card.ts, "1 supporter: Omar Shah.")
    await stage.omar.unreact(stage.channel, ts, "bulb")
    await stage.still()
    assert await supporters(stage, card) == {stage.omar.id}
    await stage.omar.unreact(stage.channel, ts, "bulb::skin-tone-2")
    await stage.until_reads(card.ts, "Withdrawn")


async def test_who_may_not_propose_is_not_counted_from_before_either(stage: Stage) -> None:
    ts = await stage.grace.say(stage.channel, WORDS)
    workspace = stage.sandbox.workspace
    workspace.put_person(Person("U0ROBOT", "robot", "Robot", is_bot=True))
    channel = workspace.channels[stage.channel]
    workspace.put_channel(replace(channel, members=channel.members | {"U0ROBOT"}))
    guest, jo = stage.slack.person("U0SAMDOYLE"), stage.slack.person("U0JOKEANE1")
    for person in (guest, jo, stage.ana):
        await person.react(stage.channel, ts, "bulb")
    for app in ("U0ROBOT", stage.runtime.identity.bot_user_id):
        message = workspace.messages.get(stage.channel, ts)
        assert message is not None
        workspace.put_message(with_reaction(message, app, "bulb"))
    await jo.leave(stage.channel)
    await stage.start("data")
    await put_on_roster(stage, Role.OBSERVER, stage.ana)
    await stage.omar.react(stage.channel, ts, "bulb")
    card = await new_card(stage, set())
    assert await supporters(stage, card) == {stage.omar.id}


async def test_the_menu_counts_the_reactions_there_are(stage: Stage) -> None:
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.nia.react(stage.channel, ts, "bulb")
    await nothing_came(stage)
    await stage.start("data")
    await stage.ana.message_shortcut("propose_action", stage.channel, ts)
    await form(stage, stage.ana, "propose")
    await stage.ana.submit({"item_title": "Bin days"})
    card = await new_card(stage, set())
    await stage.until_reads(card.ts, "2 supporters")
    await stage.nia.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "1 supporter: Ana Reis.")


async def test_a_planned_one_is_never_withdrawn(stage: Stage) -> None:
    await stage.start("data")
    await stage.open("data")
    thread = (await stage.card("dimension", "data")).ts
    ts, card = await proposed(stage, thread)
    await press(stage, stage.nia, card, "proposal.plan")
    await stage.until_reads(card.ts, "Proposal, in the plan")
    await stage.omar.unreact(stage.channel, ts, "bulb")
    text = read(await stage.until_reads(card.ts, "Nobody supports it at present."))
    assert "Proposal, in the plan" in text


@pytest.mark.parametrize("lookup", ["thread", "reply"])
async def test_a_message_in_a_thread_is_that_message(stage: Stage, lookup: str) -> None:
    stage = stage
    await stage.slack.set_rules(reply_lookup=lookup)
    await stage.start("data")
    await stage.open("data")
    thread = (await stage.card("dimension", "data")).ts
    await stage.nia.say(stage.channel, "Something before it", thread)
    ts, card = await proposed(stage, thread)
    assert card.thread_ts == thread
    text = read(card)
    assert "Proposal: Let us put bin days online." in text
    assert "Data: from 1 Passive to 2 Developing." in text
    proposal = await the_proposal(stage, card)
    assert proposal.source is not None and (proposal.source.ts, proposal.source.thread_ts) == (ts, thread)


async def test_whoever_takes_no_part_is_passed_over_in_silence(stage: Stage) -> None:
    await stage.start("data")
    await put_on_roster(stage, Role.OBSERVER, stage.ana)
    ts = await stage.grace.say(stage.channel, WORDS)
    guest = stage.slack.person("U0SAMDOYLE")
    for person in (guest, stage.ana):
        await person.react(stage.channel, ts, "bulb")
    jo = stage.slack.person("U0JOKEANE1")
    await jo.leave(stage.channel)
    await nothing_came(stage)
    await put_on_roster(stage, Role.ASSESSOR, guest)
    await guest.unreact(stage.channel, ts, "bulb")
    await guest.react(stage.channel, ts, "bulb")
    card = await new_card(stage, set())
    assert "proposed by Sam Doyle" in read(card)


async def test_a_channel_without_an_assessment_is_silent_and_the_menu_answers(stage: Stage) -> None:
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.omar.react(stage.channel, ts, "bulb")
    await nothing_came(stage)
    await stage.omar.message_shortcut("propose_action", stage.channel, ts)
    await notice(stage, stage.omar, "There is no assessment in this channel")


async def test_a_cancelled_assessment_takes_nothing_and_a_closed_one_does(stage: Stage) -> None:
    await stage.start("culture")
    await taken_by(stage, stage.nia, Cancel("No time."))
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.omar.react(stage.channel, ts, "bulb")
    await nothing_came(stage)
    await stage.omar.message_shortcut("propose_action", stage.channel, ts)
    await notice(stage, stage.omar, "was cancelled, so there is nothing to propose for")
    await stage.start("culture")
    await stage.still()
    await stage.open("culture")
    await stage.answer("culture", 3)
    await stage.confirm("culture")
    await taken_by(stage, stage.nia, Close())
    await stage.ana.react(stage.channel, ts, "bulb")
    assert "Let us put bin days online." in read(await new_card(stage, set()))


async def test_our_own_messages_are_none_and_what_an_app_wrote_is(stage: Stage) -> None:
    await stage.start("data")
    board = await stage.board()
    await stage.omar.react(stage.channel, board.ts, "bulb")
    await nothing_came(stage)
    await stage.omar.message_shortcut("propose_action", stage.channel, board.ts)
    await notice(stage, stage.omar, "This is one of Milepost's own messages.")


async def test_what_another_app_wrote_can_be_proposed(stage: Stage) -> None:
    await stage.start("data")
    workspace = stage.sandbox.workspace
    ts = workspace.next_ts()
    workspace.put_message(
        Written(stage.channel, ts, "U0FORMSAPP", "A resident asks for bin days", subtype="bot_message")
    )
    await stage.omar.react(stage.channel, ts, "bulb")
    text = read(await new_card(stage, set()))
    assert "Proposal: A resident asks for bin days" in text
    assert "Written by an app, proposed by Omar Shah." in text


async def test_the_words_of_a_deleted_assessment_are_gone_kindly(stage: Stage) -> None:
    assessment = await stage.start("data")
    _, card = await proposed(stage)
    proposal = await the_proposal(stage, card)
    bot, workspace_id = stage.runtime.bot, stage.runtime.identity.workspace_id
    async with bot.database.unit_of_work(workspace_id) as work:
        locked = await work.assessments.lock(assessment.id)
        assert locked is not None
        await work.messages.remove_all_of(assessment.id, bot.clock.now())
        await work.assessments.delete(locked)
        await work.commit()
    value = Reference(assessment=assessment.id, proposal=proposal.id).encode()
    await dispatch(stage, press_payload(stage, stage.ana.id, "proposal.support", value))
    await stage.whisper(stage.ana, "This belongs to an assessment that Milepost no longer has.")


async def test_a_message_older_than_the_bot_is_read(stage: Stage) -> None:
    await stage.slack.remove_bot(stage.channel)
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.slack.invite_bot(stage.channel)
    await stage.start("data")
    await stage.omar.react(stage.channel, ts, "bulb")
    assert "Written by Grace Obi" in read(await new_card(stage, set()))


async def test_an_edit_is_offered_and_a_deletion_leaves_the_copy(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    await stage.grace.edit(stage.channel, ts, "Bin days by text message")
    text = read(await stage.until_reads(card.ts, "The message was edited since."))
    assert "Proposal: Let us put bin days online." in text
    await press(stage, stage.ana, card, "proposal.new_text")
    await stage.whisper(stage.ana, "Only whoever proposed or wrote this")
    await press(stage, stage.omar, card, "proposal.new_text")
    text = read(await stage.until_reads(card.ts, "Proposal: Bin days by text message"))
    assert "edited since" not in text
    await stage.grace.delete(stage.channel, ts)
    text = read(await stage.until_reads(card.ts, "The message was deleted since. The copy here stays."))
    assert "Bin days by text message" in text and "Go to the message" not in text


async def test_a_message_that_is_gone_before_it_is_read_is_nothing(stage: Stage) -> None:
    await stage.start("data")
    await stage.slack.fault("api_error", "conversations.replies", error="thread_not_found")
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.omar.react(stage.channel, ts, "bulb")
    await nothing_came(stage)


async def test_a_file_without_words_is_named_by_its_file(stage: Stage) -> None:
    await stage.start("data")
    ts = await stage.grace.upload(stage.channel, "sketch.png", b"picture")
    await stage.omar.react(stage.channel, ts, "bulb")
    assert "Proposal: sketch.png" in read(await new_card(stage, set()))


async def test_a_second_delivery_changes_nothing(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    await stage.slack.redeliver_last()
    await stage.omar.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "Withdrawn")
    await stage.slack.redeliver_last()
    await stage.still()
    assert (await the_proposal(stage, card)).state is ProposalState.WITHDRAWN
    assert len(await card_keys(stage)) == 1


async def test_a_card_that_somebody_deleted_comes_back_with_the_next_change(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    slack = stage.runtime.bot.slack_of(stage.runtime.identity.workspace_id)
    await slack._client.chat_delete(channel=stage.channel, ts=card.ts)
    await stage.ana.react(stage.channel, ts, "bulb")
    again = await new_card(stage, set())
    assert again.ts != card.ts and again.thread_ts == ts
    await stage.until_reads(again.ts, "2 supporters")


async def test_buttons_work_after_weeks_and_a_restart(stage: Stage) -> None:
    await stage.start("data")
    ts, card = await proposed(stage)
    await stage.restart()
    await stage.slack.advance(40 * 24 * 3_600)
    await press(stage, stage.ana, card, "proposal.support")
    await stage.until_reads(card.ts, "2 supporters")


async def test_the_menu_of_a_message_asks_and_proposes(stage: Stage) -> None:
    await stage.start("data")
    ts = await stage.grace.say(stage.channel, WORDS)
    outcome = await stage.ana.message_shortcut("propose_action", stage.channel, ts)
    assert outcome.acknowledged
    view = await form(stage, stage.ana, "propose")
    assert "People ring about" in view.readable
    result = await stage.ana.submit({"item_title": "Bin days", "dimension": "data"})
    assert result.response_action is None, result
    card = await new_card(stage, set())
    text = read(card)
    assert "Proposal: Bin days" in text and "Written by Grace Obi, proposed by Ana Reis." in text
    assert "Data: from 1 Passive to 2 Developing." in text and card.thread_ts == ts
    await stage.omar.message_shortcut("propose_action", stage.channel, ts)
    await notice(stage, stage.omar, "proposed this message already, so you now support")
    await stage.until_reads(card.ts, "2 supporters")
    await stage.omar.message_shortcut("propose_action", stage.channel, ts)
    await notice(stage, stage.omar, "You have done this already")
    # The draft stays while the proposer stands by it, whatever becomes of reactions.
    await stage.nia.react(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "3 supporters")
    await stage.nia.unreact(stage.channel, ts, "bulb")
    await stage.until_reads(card.ts, "2 supporters")


async def test_a_message_that_goes_while_the_form_is_open_is_said(stage: Stage) -> None:
    await stage.start("data")
    ts = await stage.grace.say(stage.channel, WORDS)
    await stage.ana.message_shortcut("propose_action", stage.channel, ts)
    await form(stage, stage.ana, "propose")
    await stage.slack.fault("api_error", "conversations.replies", error="thread_not_found")
    await stage.ana.submit({"item_title": "My words"})
    text = await notice(stage, stage.ana, "This message can no longer be read")
    assert "My words" in text


async def test_a_private_channel_keeps_its_proposals(stage: Stage) -> None:
    stage.channel = PRIVATE_CHANNEL
    await stage.start("data")
    _, card = await proposed(stage)
    assert card.channel == PRIVATE_CHANNEL
