"""Evidence by a reaction on any message: logged at once, or after a private question, and taken back."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.delivery.slack.slack import PersonFacts
from bot.sandbox.client.client import PersonHandle
from bot.sandbox.workspace.records import Message as Record
from bot.sandbox.workspace.world import PRIVATE_CHANNEL, SAM, Person, default_world
from model.assessment.evidence import CameFrom
from model.assessment.history import Happened
from tests.bot.flows.assessment.together_mode import together
from tests.bot.flows.evidence.what_people_do import CLIP, WHICH, choose, evidence_of, thread_of
from tests.bot.flows.payloads import reaction_payload
from tests.bot.flows.small import dispatch, framework_folder, press
from tests.bot.stage import Stage, keyed, read, staged


async def untouched(stage: Stage, person: PersonHandle) -> None:
    """Nothing was logged, and a person was told nothing."""
    seen = await stage.still()
    assert not seen.ephemerals(person.id)
    assert not any(prompt.evidence for prompt in (await stage.assessment()).prompts)


@pytest.mark.parametrize("reply_lookup", ["thread", "reply"])
async def test_in_the_thread_of_a_dimension_it_is_for_the_question_that_is_asked(
    running: Stage, reply_lookup: str
) -> None:
    """Whatever Slack hands over for a reply, this reply is copied, and neither a neighbour nor the card."""
    await running.slack.set_rules(reply_lookup=reply_lookup)
    await running.open("culture", "data")
    thread = await thread_of(running, "data")
    await running.grace.say(running.channel, "Before it.", thread_ts=thread)
    said = await running.omar.say(running.channel, "R&D keeps a <register> of it.", thread_ts=thread)
    await running.grace.say(running.channel, "After it.", thread_ts=thread)
    await running.nia.react(running.channel, said, CLIP)
    receipt = await running.whisper(running.nia, "Logged as evidence for *Data, question 1 of 2*")
    assert f"the name of <@{running.omar.id}>" in receipt and "*Withdraw…*" in receipt
    assert "Taking your reaction off withdraws it" in receipt
    [evidence] = await evidence_of(running, "data-1")
    assert (evidence.author, evidence.logged_by) == (running.omar.id, running.nia.id)
    assert (evidence.text, evidence.source.kind) == ("R&D keeps a <register> of it.", CameFrom.MESSAGE)
    assert f"{evidence.at.timestamp():.6f}" == said
    permalink = f"https://saltmarsh-district.slack.com/archives/{running.channel}/p{said.replace('.', '')}"
    assert evidence.source.permalink == f"{permalink}?thread_ts={thread}&cid={running.channel}"
    note = await running.find("evidence:")
    assert note.thread_ts == thread
    assert "*Evidence from Omar Shah, logged by Nia Pryce*" in read(note)
    assert "Go to the message" in read(note)


async def test_elsewhere_it_takes_a_private_question_that_can_wait(running: Stage) -> None:
    await running.open("culture", "data")
    said = await running.omar.say(running.channel, "Our survey is out.")
    await running.omar.react(running.channel, said, CLIP)
    asked = await running.ask(running.omar, WHICH)
    assert asked.thread_ts is None
    assert not await evidence_of(running, "culture-1")
    await running.slack.advance(9 * 86_400)
    await running.restart()
    await choose(running, running.omar, asked, "culture-1")
    receipt = await running.whisper(running.omar, "Logged as evidence for *Culture, question 1 of 1*")
    assert "with your name" in receipt
    assert WHICH not in str([read(m) for m in (await running.still()).ephemerals(running.omar.id)])
    [evidence] = await evidence_of(running, "culture-1")
    assert (evidence.author, evidence.logged_by, evidence.text) == (
        running.omar.id,
        None,
        "Our survey is out.",
    )
    note = await running.find("evidence:")
    assert note.thread_ts == await thread_of(running, "culture")


async def test_in_a_thread_with_nothing_to_answer_its_own_questions_are_offered(running: Stage) -> None:
    await running.open("data", "culture")
    await running.answer("data", 3)
    said = await running.omar.say(running.channel, "See there.", thread_ts=await thread_of(running, "data"))
    await running.omar.react(running.channel, said, CLIP)
    asked = await running.ask(running.omar, WHICH)
    assert asked.thread_ts == await thread_of(running, "data")
    menu = asked.blocks[1]["elements"][0]
    assert [each["label"]["text"] for each in menu["option_groups"]] == ["Data"]
    await choose(running, running.omar, asked, "data-2")
    await running.until_reads((await running.card("prompt", "data-2")).ts, "1 piece of evidence")


async def test_several_people_and_presses_make_no_copies(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Here it is.")
    for person in (running.nia, running.grace):
        await person.react(running.channel, said, CLIP)
    asked = await running.ask(running.nia, WHICH), await running.ask(running.grace, WHICH)
    await choose(running, running.nia, asked[0], "culture-1")
    await running.whisper(running.nia, "Logged as evidence")
    await choose(running, running.grace, asked[1], "culture-1")
    assert f"logged by <@{running.nia.id}>" in await running.whisper(running.grace, "is evidence already")
    await running.ana.react(running.channel, said, CLIP)
    await running.whisper(running.ana, "is evidence already")
    assert len(await evidence_of(running, "culture-1")) == 1
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 1


async def test_two_at_the_same_moment_make_one(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(
        running.channel, "Here it is.", thread_ts=await thread_of(running, "culture")
    )
    for person in (running.nia, running.grace, running.ana, running.omar):
        await person.react(running.channel, said, CLIP)
    await running.still()
    assert len(await evidence_of(running, "culture-1")) == 1


async def test_a_delivery_that_comes_again_does_nothing(running: Stage) -> None:
    await running.open("culture")
    thread = await thread_of(running, "culture")
    inside = await running.omar.say(running.channel, "In the thread.", thread_ts=thread)
    outside = await running.omar.say(running.channel, "In the channel.")
    for ts in (inside, outside):
        body = reaction_payload(running, running.grace.id, ts, event_id=f"Ev{ts}")
        for _ in range(3):
            await dispatch(running, body)
            await running.still()
    seen = await running.still()
    assert [read(m)[:10] for m in seen.ephemerals(running.grace.id)] == ["Logged as ", "For which "]
    assert len(await evidence_of(running, "culture-1")) == 1


async def test_taking_the_last_reaction_off_withdraws_and_putting_it_back_logs_again(running: Stage) -> None:
    await running.open("culture")
    thread = await thread_of(running, "culture")
    said = await running.omar.say(running.channel, "Here it is.", thread_ts=thread)
    await running.nia.react(running.channel, said, CLIP)
    note = await running.until_reads((await running.find("evidence:")).ts, "Here it is.")
    await running.ana.react(running.channel, said, CLIP)
    await running.whisper(running.ana, "is evidence already")
    await running.nia.unreact(running.channel, said, CLIP)
    await running.whisper(running.nia, "still evidence for *Culture, question 1 of 1*, since somebody else")
    await running.ana.unreact(running.channel, said, CLIP)
    refused = await running.whisper(running.ana, "Only whoever said it")
    assert f"<@{running.omar.id}> and <@{running.nia.id}>" in refused
    assert len(await evidence_of(running, "culture-1")) == 1
    await running.nia.react(running.channel, said, CLIP)
    await running.whisper(running.nia, "is evidence already")
    await running.nia.unreact(running.channel, said, CLIP)
    await running.whisper(running.nia, "no longer evidence")
    gone = await running.until_reads(note.ts, "Evidence from Omar Shah was withdrawn by Nia Pryce.")
    assert "Here it is." not in gone.text + str(gone.blocks)
    assert not await evidence_of(running, "culture-1")
    await running.until_reads((await running.card("prompt", "culture-1")).ts, "[Add evidence]")
    await running.nia.react(running.channel, said, CLIP)
    again = await running.slack.until(lambda seen: len(keyed(seen, running.channel, "evidence:")) == 2)
    assert "Here it is." in read(keyed(again, running.channel, "evidence:")[-1])
    async with running.runtime.bot.database.reading(running.runtime.identity.workspace_id) as work:
        history = await work.assessments.history((await running.assessment()).id)
    told = [(entry.what, entry.by, entry.about) for entry in history if entry.evidence_id]
    nia, omar = running.nia.id, running.omar.id
    assert told == [
        (Happened.EVIDENCE_ADDED, nia, omar),
        (Happened.EVIDENCE_WITHDRAWN, nia, omar),
        (Happened.EVIDENCE_ADDED, nia, omar),
    ]


async def test_a_message_is_copied_as_it_is_when_it_is_logged(running: Stage) -> None:
    """An edit before is copied, with names for mentions; an edit or deletion afterwards changes nothing."""
    await running.open("culture")
    thread = await thread_of(running, "culture")
    said = await running.omar.say(running.channel, "First words.", thread_ts=thread)
    text = f"See <https://a.example/x?a=1&b=2|the wiki>, <@{running.grace.id}> wrote it. <!here>"
    await running.omar.edit(running.channel, said, text)
    await running.nia.react(running.channel, said, CLIP)
    await running.whisper(running.nia, "Logged as evidence")
    [evidence] = await evidence_of(running, "culture-1")
    assert evidence.text == "See the wiki (https://a.example/x?a=1&b=2), @Grace Obi wrote it. @here"
    await running.omar.edit(running.channel, said, "Other words.")
    await running.omar.delete(running.channel, said)
    await running.still()
    assert await evidence_of(running, "culture-1") == [evidence]


async def test_a_message_of_forty_thousand_characters_is_cut_and_says_so(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(
        running.channel, "é<" * 20_000, thread_ts=await thread_of(running, "culture")
    )
    await running.nia.react(running.channel, said, CLIP)
    note = await running.find("evidence:")
    [evidence] = await evidence_of(running, "culture-1")
    assert len(evidence.text) == 3_000
    assert evidence.text.endswith("(cut here; the message itself has the rest)")
    assert said.replace(".", "") in evidence.source.permalink
    assert "Go to the message" in read(note)


async def test_guests_in_the_channel_may_log_evidence(running: Stage) -> None:
    await running.open("culture")
    sam = running.slack.person(SAM)
    said = await sam.say(running.channel, "Seen on site.", thread_ts=await thread_of(running, "culture"))
    await sam.react(running.channel, said, CLIP)
    await running.whisper(sam, "Logged as evidence")
    assert (await evidence_of(running, "culture-1"))[0].author == SAM


async def test_a_message_of_files_alone_is_kept_by_their_names(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.upload(running.channel, "survey <2026>.pdf", b"pdf")
    await running.nia.react(running.channel, said, CLIP)
    await choose(running, running.nia, await running.ask(running.nia, WHICH), "culture-1")
    assert "survey &lt;2026&gt;.pdf" in await running.whisper(running.nia, "Logged as evidence")
    [evidence] = await evidence_of(running, "culture-1")
    assert (evidence.text, evidence.source.kind) == ("", CameFrom.FILE)
    assert evidence.source.file_name == "survey <2026>.pdf"
    assert "file: survey &lt;2026&gt;.pdf" in read(await running.find("evidence:"))


async def test_with_no_dimension_open_it_says_what_to_do(running: Stage) -> None:
    said = await running.omar.say(running.channel, "Our survey is out.")
    await running.omar.react(running.channel, said, CLIP)
    await running.whisper(running.omar, "No dimension is open yet")


async def test_during_a_pause_evidence_is_welcome_and_after_the_end_it_is_not(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Our survey is out.")
    await running.omar.react(running.channel, said, CLIP)
    asked = await running.ask(running.omar, WHICH)
    await press(running, running.nia, await running.board(), "assessment.pause")
    await running.until_reads((await running.board()).ts, "paused by")
    other = await running.omar.say(running.channel, "Another one.")
    await running.omar.react(running.channel, other, CLIP)
    late = await running.slack.until(
        lambda seen: [m for m in seen.ephemerals(running.omar.id) if WHICH in read(m)][1:]
    )
    await choose(running, running.omar, asked, "culture-1")
    await running.whisper(running.omar, "Logged as evidence")
    await press(running, running.nia, await running.board(), "assessment.cancel")
    await running.modal(running.nia, "cancel")
    await running.nia.submit({})
    await running.until_reads((await running.board()).ts, "cancelled by")
    left = [m for m in late.ephemerals(running.omar.id) if WHICH in read(m)][-1]
    await choose(running, running.omar, left, "culture-1")
    await running.whisper(running.omar, "This assessment was cancelled by")
    before = len((await running.still()).ephemerals(running.omar.id))
    await running.omar.react(running.channel, await running.omar.say(running.channel, "Too late."), CLIP)
    assert len((await running.still()).ephemerals(running.omar.id)) == before
    assert len(await evidence_of(running, "culture-1")) == 1


async def test_a_menu_whose_message_was_deleted_says_so(running: Stage) -> None:
    await running.open("culture")
    said = await running.omar.say(running.channel, "Our survey is out.")
    await running.nia.react(running.channel, said, CLIP)
    asked = await running.ask(running.nia, WHICH)
    await running.omar.delete(running.channel, said)
    await choose(running, running.nia, asked, "culture-1")
    await running.whisper(running.nia, "This message can no longer be read")
    assert not await evidence_of(running, "culture-1")


async def test_what_cannot_be_evidence_is_passed_over_in_silence(running: Stage) -> None:
    """Our own messages, other channels, direct messages, what is gone, apps and other emoji."""
    await running.open("culture")
    grace, workspace = running.grace, running.sandbox.workspace
    own, card = await running.board(), await running.card("prompt", "culture-1")
    for message in (own, card):
        await grace.react(running.channel, message.ts, CLIP)
    elsewhere = await grace.say(PRIVATE_CHANNEL, "Not here.")
    await grace.react(PRIVATE_CHANNEL, elsewhere, CLIP)
    direct, ts = await grace.dm("help")
    await grace.react(direct, ts, CLIP)
    said = await grace.say(running.channel, "Here.")
    await grace.react(running.channel, said, "linked_paperclips")
    gone = await grace.say(running.channel, "Gone.")
    await grace.delete(running.channel, gone)
    await dispatch(running, reaction_payload(running, grace.id, gone))
    await dispatch(running, reaction_payload(running, grace.id, gone, kind="reaction_removed"))
    await dispatch(running, reaction_payload(running, grace.id, ""))
    await dispatch(running, reaction_payload(running, "", said))
    await dispatch(running, reaction_payload(running, workspace.world.bot_user_id, said))
    joined = Record(running.channel, workspace.next_ts(), grace.id, "has joined", subtype="channel_join")
    app = Record(running.channel, workspace.next_ts(), "U0OTHER", "From an app.", by_bot=True)
    empty = Record(running.channel, workspace.next_ts(), grace.id, "")
    for record in (joined, app, empty):
        workspace.put_message(record)
        await grace.react(running.channel, record.ts, CLIP)
    await untouched(running, grace)


async def test_people_outside_the_channel_and_apps_are_passed_over(sqlite_url: str, tmp_path: Path) -> None:
    world = default_world()
    robot = Person("U0ROBOT", "robot", "A robot", is_bot=True)
    rooms = tuple(
        replace(each, members=each.members | {robot.id}) if each.name == "leadership" else each
        for each in world.channels
    )
    changed = replace(world, people=(*world.people, robot), channels=rooms)
    async with staged(sqlite_url, changed, milepost_framework=str(framework_folder(tmp_path))) as stage:
        await stage.start(channel=PRIVATE_CHANNEL)
        stage.channel = PRIVATE_CHANNEL
        await stage.open("culture")
        thread = await thread_of(stage, "culture")
        said = await stage.omar.say(PRIVATE_CHANNEL, "Here it is.", thread_ts=thread)
        for outsider in (stage.ana.id, robot.id):
            await dispatch(stage, reaction_payload(stage, outsider, said))
        await untouched(stage, stage.ana)
        bot, workspace_id = stage.runtime.bot, stage.runtime.identity.workspace_id
        facts = await bot.people.facts(bot.slack_of(workspace_id), workspace_id, robot.id)
        assert facts == PersonFacts("A robot", "Europe/London", is_bot=True)
        await stage.omar.react(PRIVATE_CHANNEL, said, CLIP)
        await stage.whisper(stage.omar, "Logged as evidence")


async def test_the_emoji_are_a_setting_whatever_their_skin_and_name(sqlite_url: str, tmp_path: Path) -> None:
    folder, chosen = str(framework_folder(tmp_path)), " :Pushpin:, thumbsup"
    async with staged(sqlite_url, milepost_framework=folder, milepost_evidence_emoji=chosen) as stage:
        await stage.start()
        await stage.open("culture")
        thread = await thread_of(stage, "culture")
        one = await stage.omar.say(stage.channel, "One.", thread_ts=thread)
        await stage.grace.react(stage.channel, one, CLIP)
        await untouched(stage, stage.grace)
        await stage.grace.react(stage.channel, one, "+1::skin-tone-4")
        await stage.whisper(stage.grace, "Logged as evidence")
        await stage.ana.react(stage.channel, one, "pushpin")
        await stage.whisper(stage.ana, "is evidence already")
        await stage.grace.unreact(stage.channel, one, "+1::skin-tone-4")
        await stage.whisper(stage.grace, "since somebody else")
        await stage.ana.unreact(stage.channel, one, "pushpin")
        await stage.whisper(stage.ana, "Only whoever said it")
        assert len(await evidence_of(stage, "culture-1")) == 1


async def test_when_slack_is_slow_to_hand_a_message_over(running: Stage) -> None:
    await running.open("culture")
    thread = await thread_of(running, "culture")
    one = await running.omar.say(running.channel, "One.", thread_ts=thread)
    await running.slack.fault("rate_limited", "conversations.replies", seconds=3)
    await running.nia.react(running.channel, one, CLIP)
    await running.whisper(running.nia, "Logged as evidence")
    two = await running.omar.say(running.channel, "Two.", thread_ts=thread)
    await running.slack.fault("http_error", "conversations.replies", status=500)
    await running.nia.react(running.channel, two, CLIP)
    await running.whisper(running.nia, "Slack did not hand over this message just now")
    await running.nia.unreact(running.channel, two, CLIP)
    await running.nia.react(running.channel, two, CLIP)
    await running.slack.until(lambda seen: len(keyed(seen, running.channel, "evidence:")) == 2)


async def test_a_lead_may_take_back_what_others_logged_in_their_dimension(stage: Stage) -> None:
    await together(stage, stage.omar, stage.grace)
    thread = await thread_of(stage, "data")
    card = await stage.card("dimension", "data")
    await press(stage, stage.nia, card, "dimension.give_lead")
    await stage.modal(stage.nia, "lead")
    await stage.nia.submit({"people": stage.grace.id})
    await stage.until_reads(card.ts, "Led by Grace Obi")
    said = await stage.omar.say(stage.channel, "Here it is.", thread_ts=thread)
    await stage.omar.react(stage.channel, said, CLIP)
    await stage.find("evidence:")
    await stage.grace.react(stage.channel, said, CLIP)
    await stage.whisper(stage.grace, "is evidence already")
    await stage.omar.unreact(stage.channel, said, CLIP)
    await stage.whisper(stage.omar, "since somebody else")
    await stage.grace.unreact(stage.channel, said, CLIP)
    await stage.whisper(stage.grace, "no longer evidence")
    assert not await evidence_of(stage, "data-1")
