"""The plan in Slack: adding, looking, editing, statuses, milestones, handing over, and who may."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.sandbox.workspace.world import Person
from bot.services.asking import Asked
from bot.services.plan.stepping import take_plan_step
from model.calendar.council_calendar import Nation
from model.calendar.settings import CouncilDays
from model.plan.plan import ItemStatus, MilestoneState
from model.plan.steps import AddItem
from tests.bot.flows.plan.what_people_do import (
    add_item,
    answered,
    command,
    in_days,
    item_called,
    open_item,
    plan_message,
    plan_of,
    private,
    set_targets,
)
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, keyed, read


@pytest.fixture
async def planning(running: Stage) -> Stage:
    """An assessment under way with a target, so that its plan is in the channel."""
    await set_targets(running, running.nia, data=3)
    return running


def lines(stage: Stage, *milestones: tuple[int, str]) -> str:
    return "\n".join(f"{in_days(stage, number).isoformat()} {name}" for number, name in milestones)


async def test_an_item_is_added_and_everyone_sees_it(planning: Stage) -> None:
    await add_item(
        planning,
        planning.nia,
        "Mend the <list>",
        owners=[planning.omar.id, planning.grace.id],
        sponsor=planning.ana.id,
        milestones=lines(planning, (10, "First list"), (40, "Whole list")),
        success="Nobody asks twice.",
        notes="See the wiki.",
    )
    assert "Added to the plan: *Mend the &lt;list&gt;*" in await planning.whisper(planning.nia, "Added")
    message = await plan_message(planning)
    due = f"{in_days(planning, 10):%-d %B %Y}"
    text = read(await planning.until_reads(message.ts, "*To do* (1)"))
    assert (
        "• *Mend the &lt;list&gt;*: Data, from 2 Developing to 3 Impactful; "
        f"owners: Omar Shah and Grace Obi; next: First list, {due}; 0 of 2 milestones done"
    ) in text
    assert "0 of 1 item done, 0 of 2 milestones." in text
    item = await item_called(planning, "Mend the <list>")
    assert (item.sponsor, item.success, item.notes, item.level_when_added) == (
        planning.ana.id,
        "Nobody asks twice.",
        "See the wiki.",
        None,
    )
    assert len(keyed(await planning.still(), planning.channel, "plan:")) == 1


async def test_what_others_add_waits_until_a_facilitator_takes_it(planning: Stage) -> None:
    await add_item(planning, planning.omar, "Count the calls")
    assert "Proposed: *Count the calls*" in await planning.whisper(planning.omar, "Proposed")
    message = await plan_message(planning)
    await planning.until_reads(message.ts, "*Proposed* (1)")
    await open_item(planning, planning.omar, "Count the calls")
    await planning.omar.modal_press("plan.item_status", "To do")
    words = await notice(planning, planning.omar, "This is still a proposal")
    assert planning.nia.id in words and "Count the calls" in words
    await open_item(planning, planning.nia, "Count the calls")
    await planning.nia.modal_press("plan.item_status", "To do")
    await notice(planning, planning.nia, "set the status from “proposed” to “to do”")
    await planning.until_reads(message.ts, "*To do* (1)")


async def test_what_goes_wrong_with_a_press_in_a_modal_is_said_in_it(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    await open_item(planning, planning.omar, "Mend the list")
    await planning.omar.leave(planning.channel)
    await planning.still()
    await planning.omar.modal_press("plan.edit_item", label="Edit…")
    await notice(planning, planning.omar, "not in")


@pytest.mark.parametrize(
    ("values", "field", "words"),
    [
        ({"item_title": " "}, "item_title", "Please say what is to be done."),
        ({"to_level": "2"}, "to_level", "An item leads up: please choose a level above 2 Developing."),
        ({"milestones": "soon First list"}, "milestones", "This line cannot be read: “soon First list”."),
        ({"milestones": "2027-02-30 First list"}, "milestones", "This line cannot be read"),
        ({"milestones": "2020-01-31 First list"}, "milestones", "has passed: “First list”."),
        ({"milestones": "31/01/2099"}, "milestones", "Please give the milestone a name."),
    ],
)
async def test_what_is_wrong_is_named_at_its_field_and_nothing_is_lost(
    planning: Stage, values: dict[str, str], field: str, words: str
) -> None:
    await press(planning, planning.nia, await plan_message(planning), "plan.add_item")
    await form(planning, planning.nia, "add_item")
    given = {"item_title": "X", "dimension": "data", "from_level": "2", "to_level": "3", "notes": "Kept"}
    outcome = await planning.nia.submit({**given, **values})
    assert list(outcome.errors or {}) == [field]
    assert words in (outcome.errors or {})[field]
    view = await form(planning, planning.nia, "add_item")
    assert view.values["notes"]["notes"]["value"] == "Kept"
    fixed = {"item_title": "X", "to_level": "3", "milestones": "31 January 2099: First list"}
    outcome = await planning.nia.submit(fixed)
    assert outcome.response_action is None, outcome
    await planning.whisper(planning.nia, "Added to the plan")
    [item] = (await plan_of(planning)).items
    assert item.notes == "Kept"


async def test_whoever_is_not_in_the_channel_cannot_own_an_item(planning: Stage) -> None:
    await planning.ana.leave(planning.channel)
    await press(planning, planning.nia, await plan_message(planning), "plan.add_item")
    await form(planning, planning.nia, "add_item")
    outcome = await planning.nia.submit(
        {
            "item_title": "X",
            "dimension": "data",
            "from_level": "2",
            "to_level": "3",
            "owners": [planning.ana.id],
        }
    )
    said = "Not in this channel: Ana Reis. Please invite them first, so that they see the plan."
    assert outcome.errors == {"owners": said}
    outcome = await planning.nia.submit({"owners": [planning.omar.id], "sponsor": planning.ana.id})
    assert outcome.errors == {"sponsor": said}


async def test_no_app_owns_or_sponsors_an_item(planning: Stage) -> None:
    workspace, robot, ourselves = planning.sandbox.workspace, "U0ROBOT", planning.runtime.identity.bot_user_id
    workspace.put_person(Person(robot, "robot", "Rob & Otto", is_bot=True))
    channel = workspace.channels[planning.channel]
    workspace.put_channel(replace(channel, members=channel.members | {robot}))
    await press(planning, planning.nia, await plan_message(planning), "plan.add_item")
    await form(planning, planning.nia, "add_item")
    given = {"item_title": "X", "dimension": "data", "from_level": "2", "to_level": "3"}
    outcome = await planning.nia.submit({**given, "owners": [planning.omar.id, robot]})
    said = "“Rob &amp; Otto” is an app, not a person. Please choose somebody who can see to it."
    assert outcome.errors == {"owners": said}
    outcome = await planning.nia.submit({"owners": [planning.omar.id], "sponsor": ourselves})
    assert outcome.errors == {"sponsor": said.replace("Rob &amp; Otto", "Milepost")}
    outcome = await planning.nia.submit({"sponsor": None})
    assert outcome.response_action is None, outcome
    await planning.whisper(planning.nia, "Added to the plan")
    await open_item(planning, planning.nia, "X")
    await planning.nia.modal_press("plan.hand_over")
    await form(planning, planning.nia, "hand_over")
    outcome = await planning.nia.submit({"people": robot})
    assert outcome.errors == {"people": said}
    # What cannot be found out costs nobody their form.
    planning.runtime.bot.people.forget(workspace.world.team_id, robot)
    await planning.slack.fault("api_error", "users.info", times=9)
    outcome = await planning.nia.submit({"people": robot})
    assert outcome.response_action is None, outcome
    await planning.whisper(planning.nia, "belongs to")


async def test_everything_is_edited_in_one_form_by_its_owner(planning: Stage) -> None:
    await add_item(
        planning,
        planning.nia,
        "Mend the list",
        owners=[planning.omar.id],
        milestones=lines(planning, (10, "First list"), (40, "Whole list")),
    )
    message = await plan_message(planning)
    await planning.until_reads(message.ts, "Mend the list")
    await press(planning, planning.omar, message, "plan.choose_item")
    choice = await form(planning, planning.omar, "choose_item")
    await planning.omar.modal_press("plan.edit_item", label="Edit…")
    view = await form(planning, planning.omar, "edit_item")
    assert (view.id, view.depth) == (choice.id, 1), "it takes the place of what was pressed in"
    assert view.values["item_title"]["item_title"]["value"] == "Mend the list"
    assert view.values["milestones"]["milestones"]["value"] == lines(
        planning, (10, "First list"), (40, "Whole list")
    )
    assert view.values["owners"]["owners"]["selected_users"] == [planning.omar.id]
    outcome = await planning.omar.submit({"status": "blocked"})
    assert outcome.errors == {"reason": "Please give a reason, so that people later can see why."}
    outcome = await planning.omar.submit(
        {
            "item_title": "Mend all lists",
            "reason": "No access yet",
            "milestones": lines(planning, (12, "First list"), (60, "Party")),
        }
    )
    assert outcome.response_action is None, outcome
    await planning.whisper(planning.omar, "Saved: *Mend all lists*, 5 changes.")
    text = read(await planning.until_reads(message.ts, "*Blocked* (1)"))
    assert "reason: No access yet" in text
    item = await item_called(planning, "Mend all lists")
    assert [(each.name, each.due, each.state) for each in item.milestones] == [
        ("First list", in_days(planning, 12), MilestoneState.OPEN),
        ("Whole list", in_days(planning, 40), MilestoneState.DROPPED),
        ("Party", in_days(planning, 60), MilestoneState.OPEN),
    ]
    await open_item(planning, planning.omar, "Mend all lists")
    words = await notice(planning, planning.omar, "changed the title from “Mend the list”")
    assert "dropped “Whole list”" in words
    assert f"moved “First list” from {in_days(planning, 10):%-d %B %Y}" in words
    assert "set the status from “to do” to “blocked”. Reason: No access yet" in words


async def test_a_form_that_somebody_overtook_gives_the_words_back(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    message = await plan_message(planning)
    await planning.until_reads(message.ts, "Mend the list")
    for person in (planning.nia, planning.omar):
        await press(planning, person, message, "plan.choose_item")
        await form(planning, person, "choose_item")
        await person.modal_press("plan.edit_item", label="Edit…")
        await form(planning, person, "edit_item")
    await planning.nia.submit({"notes": "Nia's"})
    outcome = await planning.omar.submit({"notes": "Omar's long thoughts"})
    assert outcome.response_action == "update"
    view = await form(planning, planning.omar, "notice")
    assert "changed this item" in view.readable and planning.nia.id in view.readable
    assert "Omar's long thoughts" in view.readable
    assert (await item_called(planning, "Mend the list")).notes == "Nia's"


async def test_others_look_but_do_not_touch(planning: Stage) -> None:
    await add_item(planning, planning.nia, "Mend the list", owners=[planning.omar.id])
    await open_item(planning, planning.grace, "Mend the list")
    view = await form(planning, planning.grace, "item")
    assert "Edit…" not in view.readable
    message = await plan_message(planning)
    await press(planning, planning.grace, message, "plan.choose_item")
    await notice(planning, planning.grace, "There is no item here that you may change")


async def test_milestones_from_the_menu_of_the_item(planning: Stage) -> None:
    await add_item(
        planning,
        planning.nia,
        "Mend the list",
        owners=[planning.omar.id],
        milestones=lines(planning, (10, "First"), (20, "Second"), (30, "Third")),
    )
    omar = planning.omar

    async def choose(name: str, label: str) -> None:
        await open_item(planning, omar, "Mend the list")
        item = await item_called(planning, "Mend the list")
        milestone = next(each for each in item.milestones if each.name == name)
        number = [each.id for each in item.milestones].index(milestone.id)
        view = await form(planning, omar, "item")
        menus = [
            block["block_id"]
            for block in view.blocks
            if (block.get("accessory") or {}).get("action_id") == "plan.milestone_menu"
        ]
        await omar.modal_press("plan.milestone_menu", label, block_id=menus[number])

    await choose("First", "Done")
    await notice(planning, omar, "marked “First” as done")
    await choose("Second", "Another date…")
    await form(planning, omar, "move_milestone")
    past = await omar.submit({"due": in_days(planning, -1).isoformat()})
    assert past.errors == {"due": "This date has passed. Please choose today or later."}
    await omar.submit({"due": in_days(planning, 25).isoformat(), "reason": "Waiting for access"})
    await planning.whisper(omar, f"is now due on {in_days(planning, 25):%-d %B %Y}")
    await choose("Third", "Not doing it…")
    await form(planning, omar, "drop_milestone")
    await omar.submit({"reason": "No need"})
    await planning.whisper(omar, "Dropped: “Third”")
    await choose("Second", "Remind me later…")
    await form(planning, omar, "snooze_milestone")
    late = await omar.submit({"until": in_days(planning, 400).isoformat()})
    assert list(late.errors or {}) == ["until"]
    await omar.submit({"until": in_days(planning, 5).isoformat()})
    comes = CouncilDays().calendar(Nation.ENGLAND).next_open_day(in_days(planning, 5))
    await planning.whisper(omar, f"not reminded of this before {comes:%-d %B %Y}")
    await choose("First", "Take it up again")
    await notice(planning, omar, "took “First” up again")
    item = await item_called(planning, "Mend the list")
    assert [(each.name, each.state, each.due - in_days(planning, 0)) for each in item.milestones] == [
        ("First", MilestoneState.OPEN, timedelta(10)),
        ("Second", MilestoneState.OPEN, timedelta(25)),
        ("Third", MilestoneState.DROPPED, timedelta(30)),
    ]
    assert item.milestones[1].snoozed_until(omar.id) == in_days(planning, 5)


async def test_done_from_the_answer_and_again_after_weeks(planning: Stage) -> None:
    await add_item(
        planning,
        planning.nia,
        "Mend the list",
        owners=[planning.omar.id],
        milestones=lines(planning, (10, "First"), (20, "Second")),
    )
    answer = await answered(planning, planning.omar, "plan mine", "Mend the list")
    assert "[Done: First]" in read(answer)
    await planning.slack.advance(21 * 24 * 3600)
    await planning.restart()
    await planning.omar.press_ephemeral(answer.ts, "plan.milestone_done")
    assert "Next: Second" in await planning.whisper(planning.omar, "Done: “First”")
    await planning.omar.press_ephemeral(answer.ts, "plan.milestone_done")
    await planning.whisper(planning.omar, "You have done this already, on ")
    await open_item(planning, planning.omar, "Mend the list")
    await planning.omar.modal_press("plan.item_status", "Dropped")
    await form(planning, planning.omar, "item_status")
    await planning.omar.submit({"reason": "No money"})
    await planning.whisper(planning.omar, "is now Dropped. Reason: No money.")
    await planning.omar.press_ephemeral(answer.ts, "plan.edit_item")
    await form(planning, planning.omar, "edit_item")
    item = await item_called(planning, "Mend the list")
    assert item.status is ItemStatus.DROPPED


async def test_a_press_on_a_dropped_item_says_so(planning: Stage) -> None:
    await add_item(
        planning, planning.nia, "Mend the list", milestones=lines(planning, (10, "First"), (20, "Second"))
    )
    answer = await answered(planning, planning.nia, "plan", "Mend the list")
    await open_item(planning, planning.nia, "Mend the list")
    await planning.nia.modal_press("plan.item_status", "Dropped")
    await form(planning, planning.nia, "item_status")
    outcome = await planning.nia.submit({"reason": " "})
    assert list(outcome.errors or {}) == ["reason"]
    await planning.nia.submit({"reason": "No money"})
    await planning.whisper(planning.nia, "Dropped. Reason: No money")
    await planning.nia.press_ephemeral(answer.ts, "plan.milestone_done")
    await planning.whisper(planning.nia, "This item was dropped by")


async def test_what_slack_delivers_twice_is_done_once(planning: Stage) -> None:
    milestones = lines(planning, (10, "First"), (20, "Second"))
    await add_item(planning, planning.nia, "Mend the list", milestones=milestones)
    await planning.slack.redeliver_last()
    await planning.still()
    assert len((await plan_of(planning)).items) == 1
    answer = await answered(planning, planning.nia, "plan", "Mend the list")
    await planning.nia.press_ephemeral(answer.ts, "plan.milestone_done")
    await planning.whisper(planning.nia, "Done: “First”")
    await planning.slack.redeliver_last()
    seen = await planning.still()
    said = [read(m) for m in seen.ephemerals(planning.nia.id)]
    assert not [words for words in said if "already done" in words]
    assert len([words for words in said if "Done: “First”" in words]) == 1


async def test_parts_of_the_plan(planning: Stage) -> None:
    await add_item(
        planning,
        planning.nia,
        "Mend the list",
        owners=[planning.omar.id],
        milestones=lines(planning, (2, "First")),
    )
    await add_item(planning, planning.nia, "Ask around", dimension="culture", owners=[planning.grace.id])
    text = await command(planning, planning.nia, "plan", "Ask around")
    assert "2 items; 0 of 2 taken on are done." in text and "Mend the list" in text
    text = await command(planning, planning.nia, "plan cultur", "Ask around")
    assert "1 item for Culture." in text and "Mend the list" not in text
    text = await command(planning, planning.omar, "plan mine", "1 item of yours.")
    assert "Ask around" not in text
    await command(planning, planning.ana, "plan mine", "You own no item here.")
    await command(planning, planning.nia, "plan overdue", "Nothing is overdue.")
    await planning.slack.advance(3 * 24 * 3600)
    await command(planning, planning.nia, "plan overdue", "1 item overdue.")
    await command(planning, planning.nia, "plan weather", "There is no part of the plan called “weather”.")
    message = await plan_message(planning)
    await press(planning, planning.grace, message, "plan.my_items")
    text = await planning.whisper(planning.grace, "1 item of yours.")
    assert "Ask around" in text and "Mend the list" not in text


async def test_a_long_plan_fits_and_the_answer_has_the_rest(planning: Stage) -> None:
    bot = planning.runtime.bot
    assessment = await planning.assessment()
    for number in range(60):
        asked = Asked(planning.runtime.identity.workspace_id, planning.nia.id, bot.clock.now(), f"k{number}")
        step = AddItem(f"item{number}", f"Item {number} {'<&>' * 30}", "data", 2, 3, (planning.omar.id,))
        await take_plan_step(bot.desk, asked, assessment.id, step)
    bot.dispatcher.wake()
    await planning.still()
    text = read(await plan_message(planning))
    assert "more items: /milepost plan" in text
    assert "0 of 60 items done." in text
    answer = await answered(planning, planning.omar, "plan mine", "60 items of yours.")
    assert "[Show more (54)]" in read(answer)
    await planning.omar.press_ephemeral(answer.ts, "plan.more_items")
    text = read(await private(planning, planning.omar, "Item 6 "))
    assert "[Show more (48)]" in text


async def test_the_plan_outlives_its_assessment(stage: Stage) -> None:
    await stage.start("data", title="The first")
    await stage.open("data")
    await stage.answer("data", 2)
    await stage.confirm("data")
    await set_targets(stage, stage.nia, data=3)
    await add_item(stage, stage.nia, "Mend the list")
    results = await stage.find("results:")
    assert "[Set targets…]" in read(results)
    await press(stage, stage.nia, results, "assessment.close")
    await stage.whisper(stage.nia, "Closed.")
    first = await stage.assessment()
    message = await plan_message(stage)
    await stage.start("data", title="The second")
    assert (await stage.assessment()).id != first.id
    text = await command(stage, stage.nia, "plan", "Mend the list")
    assert "Plan: The first" in text
    await press(stage, stage.nia, message, "plan.add_item")
    await form(stage, stage.nia, "add_item")
    await stage.nia.submit({"item_title": "And on", "dimension": "data", "from_level": "2", "to_level": "3"})
    await stage.until_reads(message.ts, "And on")
    # A target in the second plan hides nothing of the first, which is still being done.
    await set_targets(stage, stage.nia, data=4)
    text = await command(stage, stage.nia, "plan", "Plans in this channel")
    assert "The first: 2 items; 0 of 2 taken on are done." in text and "Mend the list" in text
    assert "The second: Nothing is planned yet." in text
    await command(stage, stage.omar, "plan mine", "The first: You own no item here.")
    await command(stage, stage.nia, "plan data", "The first: 2 items for Data.")
    await command(stage, stage.nia, "plan export", "Sent to you in a direct message")
    for number in range(5):
        await add_item(stage, stage.nia, f"Item {number}", message)
    answer = await answered(stage, stage.nia, "plan all", "[Show more (1)]")
    await stage.nia.press_ephemeral(answer.ts, "plan.more_items")
    await private(stage, stage.nia, "Item 4")
    await add_item(stage, stage.nia, "Something new", await plan_message(stage))
    which = await command(stage, stage.nia, "plan export", "There are several plans.")
    assert "/milepost plan export" in which
    await command(stage, stage.nia, "plan export FIRST", "Sent to you in a direct message")


async def test_a_channel_without_a_plan(running: Stage) -> None:
    text = await command(running, running.nia, "plan", "Nothing is planned yet.")
    assert "[Add an item…]" in text
    answer = await private(running, running.nia, "Nothing is planned yet.")
    await running.nia.press_ephemeral(answer.ts, "plan.add_item")
    await form(running, running.nia, "add_item")
    await running.nia.submit({"item_title": "Begin", "dimension": "data", "from_level": "1", "to_level": "2"})
    assert "No targets yet" in read(await plan_message(running))
