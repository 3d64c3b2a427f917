"""Suggestions: asked for, three at a time, each a card that can be decided about."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from datetime import timedelta
from pathlib import Path

import pytest

from bot.sandbox.client.client import PersonHandle
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Role
from model.library.library import Amount
from model.plan.plan import ItemStatus
from model.plan.steps import SetStatus
from tests.bot.flows.assessment.together_mode import put_on_roster
from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import dispatch, form, framework_folder, notice, pinged, press
from tests.bot.flows.suggestions.ready_team import (
    ACTIONS,
    about_action,
    assessed,
    cards,
    plan_now,
    plan_step,
    suggest,
    targeted,
)
from tests.bot.stage import Stage, read, staged, told


@pytest.fixture
async def stage(database_url: str, tmp_path: Path) -> AsyncIterator[Stage]:
    folder = framework_folder(tmp_path, ACTIONS)
    async with staged(database_url, milepost_framework=str(folder)) as stage:
        yield stage
        assert pinged((await stage.still()).messages(stage.channel)) == []


@pytest.fixture
async def ready(stage: Stage) -> Stage:
    """Levels, and targets for data and culture."""
    await assessed(stage)
    await targeted(stage, data=4, culture=3)
    return stage


async def test_without_targets_it_says_so_and_offers_them(stage: Stage) -> None:
    await assessed(stage)
    await stage.omar.command(stage.channel, "/milepost suggest")
    text = await stage.whisper(stage.omar, "There are no targets yet")
    assert "Set targets" in text
    assert not await cards(stage, 0)


async def test_three_come_as_cards_in_the_thread_with_their_reasons(ready: Stage) -> None:
    found = await suggest(ready)
    assert list(found) == ["data-register", "culture-learn", "data-owners"]
    board = await ready.board()
    assert {each.thread_ts for each in found.values()} == {board.ts}, "there are no results yet"
    text = read(found["data-register"])
    assert "*Write down which data there is*\nList the data sets and who looks after each." in text
    assert (
        "*Why you*\nData is at 2 with a target of 4, held back by its question 1 at 1; "
        "this takes about 6 weeks and little of people's time." in text
    )
    assert "*Effort*\nAbout 6 weeks; people's time low, money low, skills low." in text
    assert "*What it leads to*\nData: from 1 Passive to 2 Developing, for its question 1." in text
    assert "Every team finds its data in the list." in text
    told = await ready.whisper(ready.omar, "3 suggestions on the way")
    assert "While nobody says, effort does not count." in told
    assert pinged((await ready.still()).messages(ready.channel)) == []


async def test_they_go_below_the_results_once_there_are_some(stage: Stage) -> None:
    await stage.start("culture")
    await stage.open("culture")
    await stage.answer("culture", 1)
    await stage.confirm("culture")
    results = await stage.find("results:")
    await targeted(stage, culture=2)
    await press(stage, stage.omar, results, "suggestion.ask")
    found = await cards(stage, 1)
    assert found["culture-learn"].thread_ts == results.ts
    await stage.omar.command(stage.channel, "/milepost scores")
    await stage.whisper(stage.omar, "Suggest actions")


async def test_a_mention_in_a_thread_and_words_to_the_bot_alone(ready: Stage) -> None:
    board = await ready.board()
    bot = ready.sandbox.bot_user_id
    await ready.omar.say(ready.channel, f"<@{bot}> suggest", thread_ts=board.ts)
    await cards(ready, 3)
    await ready.still()
    channel, _ = await ready.omar.dm("suggest")
    seen = await ready.slack.until(
        lambda seen: [m for m in seen.messages(channel) if "still waiting" in read(m)]
    )
    assert seen is not None


async def test_what_is_open_is_not_suggested_again_unless_more_is_asked_for(ready: Stage) -> None:
    found = await suggest(ready)
    await ready.still()
    await ready.omar.command(ready.channel, "/milepost suggest")
    text = await ready.whisper(ready.omar, "3 suggestions still waiting for your decision")
    assert "• Write down which data there is" in text
    await press(ready, ready.grace, found["culture-learn"], "suggestion.more")
    found = await cards(ready, 5)
    assert list(found)[3:] == ["data-check", "data-share"]
    assert "It usually comes after “Do data owners”, which you have not done." in read(found["data-share"])
    await ready.still()
    await press(ready, ready.grace, found["data-share"], "suggestion.more")
    text = await ready.whisper(ready.grace, "Everything that fits has been suggested")
    assert "• Do data check" in text
    await cards(ready, 5)


async def test_added_by_a_facilitator_it_is_to_do_with_its_milestones(ready: Stage) -> None:
    found = await suggest(ready)
    await press(ready, ready.nia, found["culture-learn"], "suggestion.add")
    text = read(await ready.until_reads(found["culture-learn"].ts, "*In the plan*, added by Nia Pryce"))
    assert "Add to plan" not in text and "Not for us" not in text
    told = await ready.whisper(ready.nia, "Added to the plan: *Do culture learn*")
    today = ready.runtime.bot.today()
    half, whole = today + timedelta(weeks=3), today + timedelta(weeks=6)
    assert f"It has 2 milestones from the library, the first “Half way” on {half:%-d %B %Y}" in told
    [item] = (await plan_now(ready)).items
    assert (item.status, item.action_id, item.dimension_id) == (ItemStatus.TO_DO, "culture-learn", "culture")
    assert [each.due for each in item.milestones] == [half, whole]
    # Somebody whose client still shows the button presses it again.
    value = await about_action(ready, "culture-learn")
    await press(ready, ready.omar, found["data-register"], "suggestion.add")
    await ready.whisper(ready.omar, "Proposed for the plan: *Write down which data there is*")
    await ready.still()
    await pressed_old_button(ready, "suggestion.add", value)
    await ready.whisper(ready.omar, "This is in the plan already")
    assert len((await plan_now(ready)).items) == 2


async def pressed_old_button(stage: Stage, action: str, value: str) -> None:
    """Omar presses what his client still shows."""
    await dispatch(stage, press_payload(stage, stage.omar.id, action, value))


async def test_a_proposal_says_who_takes_it_in_and_follows_its_status(ready: Stage) -> None:
    found = await suggest(ready)
    card = found["data-owners"]
    await press(ready, ready.omar, card, "suggestion.add")
    await ready.until_reads(card.ts, "*Proposed for the plan* by Omar Shah")
    told = await ready.whisper(ready.omar, "Proposed for the plan: *Do data owners*")
    assert f"It is taken in by <@{ready.nia.id}>" in told
    [item] = (await plan_now(ready)).items
    await ready.slack.advance(50 * 86_400)
    today = ready.runtime.bot.today()
    value = Reference(assessment=(await ready.assessment()).id, item=item.id, word="to_do").encode()
    await dispatch(ready, press_payload(ready, ready.nia.id, "plan.take_in", value))
    await ready.until_reads(card.ts, "*In the plan*, added by Omar Shah")
    [item] = (await plan_now(ready)).items
    half, whole = (each.due for each in item.milestones)
    assert today + timedelta(weeks=3) <= half <= today + timedelta(days=26), "counted from now, a working day"
    assert whole > half and not item.overdue(today)
    await plan_step(ready, SetStatus(item.id, ItemStatus.DROPPED, "No time this year"))
    text = read(
        await ready.until_reads(card.ts, "*Dropped from the plan*, says Nia Pryce: No time this year.")
    )
    assert "Add to plan" in text


async def test_not_for_us_keeps_the_reason_and_can_be_taken_back(ready: Stage) -> None:
    found = await suggest(ready)
    card = found["data-owners"]
    await press(ready, ready.omar, card, "suggestion.not_for_us")
    await form(ready, ready.omar, "not_for_us")
    outcome = await ready.omar.submit({"reason": "  "})
    assert outcome.response_action == "errors"
    outcome = await ready.omar.submit({"reason": "We have <!channel> owners"})
    assert outcome.response_action is None
    text = read(await ready.until_reads(card.ts, "*Not for us*, says Omar Shah"))
    assert "We have &lt;!channel&gt; owners." in text and "Add to plan" not in text
    await ready.whisper(ready.omar, "it is not suggested again")
    assert (await plan_now(ready)).dismissed[0].reason == "We have <!channel> owners"
    await pressed_old_button(ready, "suggestion.take_back", await about_action(ready, "data-owners"))
    text = read(await ready.until_reads(card.ts, "Not for us…"))
    assert "*Not for us*" not in text
    assert (await plan_now(ready)).dismissed == ()
    await pressed_old_button(ready, "suggestion.take_back", await about_action(ready, "data-owners"))
    await ready.whisper(ready.omar, "This is how it stands already")


async def test_observers_and_guests_read_along(ready: Stage) -> None:
    found = await suggest(ready)
    await put_on_roster(ready, Role.OBSERVER, ready.grace)
    for reader, words in (
        (ready.grace, "You are an observer here"),
        (ready.slack.person("U0SAMDOYLE"), "You are a guest here"),
    ):
        card = found["data-owners"]
        await press(ready, reader, card, "suggestion.not_for_us")
        await notice(ready, reader, words)
        await press(ready, reader, card, "suggestion.add")
        await ready.whisper(reader, words)
        await press(ready, reader, card, "suggestion.ranking")
        await form(ready, reader, "ranking")
        await reader.modal_press("suggestion.capacity", "Medium: some days, some money")
        await notice(ready, reader, words)
        await refused(ready, reader, words, reader.command(ready.channel, "/milepost suggest"))
        await refused(ready, reader, words, reader.react(ready.channel, card.ts, "white_check_mark"))
    plan = await plan_now(ready)
    assert (plan.items, plan.dismissed, plan.capacity) == ((), (), None)


async def refused(stage: Stage, person: PersonHandle, words: str, does: Awaitable[object]) -> None:
    """What somebody does is answered once more with these words."""
    before = len((await stage.slack.seen()).ephemerals(person.id))
    await does
    seen = await stage.slack.until(lambda seen: len(seen.ephemerals(person.id)) > before)
    assert words in read(seen.ephemerals(person.id)[-1])


async def test_whoever_left_the_channel_has_no_part_in_it(ready: Stage) -> None:
    await suggest(ready)
    await ready.omar.leave(ready.channel)
    await ready.still()
    for action in ("suggestion.add", "suggestion.more", "suggestion.take_back"):
        await pressed_old_button(ready, action, await about_action(ready, "data-owners"))
    await ready.still()
    assert (await plan_now(ready)).items == ()
    await cards(ready, 3)


async def test_nothing_is_suggested_for_a_cancelled_assessment(ready: Stage) -> None:
    found = await suggest(ready)
    await press(ready, ready.nia, await ready.board(), "assessment.cancel")
    await form(ready, ready.nia, "cancel")
    await ready.nia.submit({})
    await ready.until_reads((await ready.board()).ts, "cancelled by")
    await press(ready, ready.omar, found["data-owners"], "suggestion.more")
    await ready.whisper(ready.omar, "This assessment was cancelled by")
    await press(ready, ready.nia, found["data-owners"], "suggestion.add")
    await ready.whisper(ready.nia, "This assessment was cancelled by")
    await cards(ready, 3)


async def test_an_action_that_the_library_lost(ready: Stage) -> None:
    await suggest(ready)
    await pressed_old_button(ready, "suggestion.add", await about_action(ready, "no-such-action"))
    await ready.whisper(ready.omar, "The library no longer has this action")


async def test_why_not_others_shows_the_figures_and_goes_by_the_capacity(ready: Stage) -> None:
    found = await suggest(ready)
    await press(ready, ready.omar, found["data-owners"], "suggestion.ranking")
    text = (await form(ready, ready.omar, "ranking")).readable
    assert "5 actions of the library would lead towards your targets." in text
    assert "with equal points the shorter comes first, then the order of the library" in text
    assert "dimensions take turns" in text
    assert "“Do data owners” has place" in text
    assert "*1. Write down which data there is*: 58 points" in text
    assert "Gap: 20 of 40 points. It is 2 levels from 2 to the target of 4." in text
    assert "Effort: 0 of 12 points. You have not said how much the team can spare." in text
    assert "2 actions for dimensions without a target above their level are not listed." in text
    await ready.omar.modal_press("suggestion.capacity", "Medium: some days, some money")
    text = await notice(ready, ready.omar, "3 steps above the capacity you chose (medium)")
    assert "*1. Write down which data there is*: 70 points" in text
    assert (await plan_now(ready)).capacity is Amount.MEDIUM
    await ready.omar.modal_press(label="Next")
    text = await notice(ready, ready.omar, "Left out, and why")
    assert "*Do culture try*: It begins at level 2, and Culture is at 1." in text
    await ready.omar.modal_press(label="Back")
    await notice(ready, ready.omar, "*1. Write down which data there is*")


async def test_the_capacity_in_a_private_answer(ready: Stage) -> None:
    await suggest(ready)
    await ready.whisper(ready.omar, "3 suggestions on the way")
    shown = (await ready.slack.seen()).ephemerals(ready.omar.id)[-1]
    await ready.omar.press_ephemeral(
        shown.ts, "suggestion.capacity", option="Low: what fits beside everything else"
    )
    await ready.whisper(ready.omar, "Noted for the team: *Low: what fits beside everything else*")
    assert (await plan_now(ready)).capacity is Amount.LOW
    await ready.omar.press_ephemeral(
        shown.ts, "suggestion.capacity", option="Low: what fits beside everything else"
    )
    await ready.whisper(ready.omar, "This is how it stands already")


async def test_details_are_those_of_the_library(ready: Stage) -> None:
    found = await suggest(ready)
    await press(ready, ready.omar, found["data-owners"], "library.details")
    text = (await form(ready, ready.omar, "action")).readable
    assert "Do data owners" in text and "Week 3: Half way" in text


async def test_when_every_target_is_reached(stage: Stage) -> None:
    await assessed(stage)
    await targeted(stage, leadership=3)
    await stage.omar.command(stage.channel, "/milepost suggest")
    await stage.whisper(stage.omar, "Every dimension with a target has reached it")


async def test_when_the_library_has_nothing_for_the_gap(stage: Stage) -> None:
    await stage.start("leadership")
    await stage.open("leadership")
    await stage.answer("leadership", 4)
    await targeted(stage, leadership=5)
    await stage.omar.command(stage.channel, "/milepost suggest")
    await stage.whisper(stage.omar, "The library has nothing left that fits your gaps")


async def test_a_card_follows_the_targets_and_says_when_its_reason_is_gone(ready: Stage) -> None:
    found = await suggest(ready)
    await targeted(ready, data=3, culture=1)
    card = found["culture-learn"]
    gone = "Things have changed since it was suggested. Culture has reached its target of 1."
    assert "Add to plan" in read(await ready.until_reads(card.ts, gone)), "it may be a good thing still"
    text = read(await ready.until_reads(found["data-register"].ts, "Data is at 2 with a target of 3"))
    assert "48 of 100 points" in text
    await press(ready, ready.nia, card, "suggestion.add")
    assert gone in read(await ready.until_reads(card.ts, "*In the plan*"))


async def test_a_reaction_with_the_plan_emoji_adds_it_too(ready: Stage) -> None:
    found = await suggest(ready)
    await ready.still()
    card = found["culture-learn"]
    await ready.nia.react(ready.channel, card.ts, "white_check_mark")
    await ready.until_reads(card.ts, "*In the plan*, added by Nia Pryce")
    await ready.whisper(ready.nia, "Added to the plan: *Do culture learn*")
    await ready.omar.react(ready.channel, card.ts, "white_check_mark")
    await ready.whisper(ready.omar, "This is in the plan already")
    await ready.nia.unreact(ready.channel, card.ts, "white_check_mark")
    await ready.whisper(ready.nia, "It stays in the plan without your reaction")
    await ready.slack.redeliver_last()
    await ready.still()
    assert [item.action_id for item in (await plan_now(ready)).items] == ["culture-learn"]
    assert len(told(await ready.slack.seen(), ready.nia, "It stays in the plan")) == 1


async def test_the_plan_emoji_anywhere_else_means_nothing(ready: Stage) -> None:
    found = await suggest(ready)
    await ready.still()
    board = await ready.board()
    said = await ready.omar.say(ready.channel, "Done that.")
    for ts in (board.ts, said):
        await ready.nia.react(ready.channel, ts, "white_check_mark")
        await ready.nia.unreact(ready.channel, ts, "white_check_mark")
    await ready.nia.react(ready.channel, found["data-owners"].ts, "tada")
    await ready.omar.react(ready.channel, found["data-owners"].ts, "white_check_mark")
    await ready.whisper(ready.omar, "Proposed for the plan: *Do data owners*")
    assert len((await plan_now(ready)).items) == 1


async def test_a_reaction_of_an_observer_or_from_outside_adds_nothing(ready: Stage) -> None:
    found = await suggest(ready)
    await ready.still()
    await put_on_roster(ready, Role.OBSERVER, ready.grace)
    await ready.grace.react(ready.channel, found["data-owners"].ts, "white_check_mark")
    await ready.whisper(ready.grace, "You are an observer here")
    assert (await plan_now(ready)).items == ()
