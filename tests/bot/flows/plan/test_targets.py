"""Targets: the form that shows where they would lead, and the plan that begins with them."""

from __future__ import annotations

import pytest

from model.plan.history import PlanHappened
from tests.bot.flows.plan.what_people_do import (
    choose_target,
    command,
    in_days,
    plan_message,
    plan_of,
    set_targets,
)
from tests.bot.flows.small import about, form, notice, press, sent, shown
from tests.bot.stage import Stage, keyed, read


@pytest.fixture
async def levelled(stage: Stage) -> Stage:
    """Leadership confirmed at 3, data at 2, culture open without an answer."""
    await stage.start(title="How are we doing?")
    await stage.open("leadership", "data", "culture")
    for dimension, level in (("leadership", 3), ("data", 2)):
        await stage.answer(dimension, level)
        await stage.confirm(dimension)
    return stage


async def test_the_form_shows_where_the_levels_would_lead(levelled: Stage) -> None:
    await levelled.nia.command(levelled.channel, "/milepost targets")
    view = await form(levelled, levelled.nia, "targets")
    assert "Overall level now: 3 Impactful (2.5)." in view.readable
    assert "Data (now 2 Developing)" in view.readable
    assert "Culture (now no level yet)" in view.readable
    assert "target_reason:data" not in view.values
    await choose_target(levelled, levelled.nia, "data", 5)
    view = await form(levelled, levelled.nia, "targets")
    assert "Overall level if every target is reached: 4 Mainstreamed (4.0)." in view.readable
    day = in_days(levelled, 90)
    outcome = await levelled.nia.submit(
        {"target_reason:data": "The new register.", "target_date:data": day.isoformat()}
    )
    assert outcome.response_action is None, outcome
    receipt = await levelled.whisper(levelled.nia, "1 target set.")
    assert "Overall level if every target is reached: 4 Mainstreamed (4.0)." in receipt
    text = read(await plan_message(levelled))
    assert "Plan: How are we doing?" in text
    assert f"• Data: from 2 Developing to 5 Transformative by {day:%-d %B %Y}. The new register." in text
    assert "Overall level now: 3 Impactful (2.5)." in text
    assert "Nothing planned yet." in text
    [target] = (await plan_of(levelled)).targets
    assert (target.dimension_id, target.level, target.by_date, target.set_by) == (
        "data",
        5,
        day,
        levelled.nia.id,
    )


async def test_targets_change_in_place_and_keep_their_history(levelled: Stage) -> None:
    await set_targets(levelled, levelled.nia, data=4)
    message = await plan_message(levelled)
    card = await levelled.card("level", "leadership")
    await press(levelled, levelled.nia, card, "plan.targets")
    view = await form(levelled, levelled.nia, "targets")
    assert "Leadership" in view.readable and "Data (now" not in view.readable
    await choose_target(levelled, levelled.nia, "leadership", 3)
    await levelled.nia.submit({})
    assert (
        "Reached already, so the target is to keep it: Leadership (3 Impactful)."
        in await levelled.whisper(levelled.nia, "1 target set.")
    )
    text = read(await levelled.until_reads(message.ts, "Leadership: 3 Impactful, reached"))
    assert "Data: from 2 Developing to 4 Mainstreamed" in text
    await levelled.nia.command(levelled.channel, "/milepost targets")
    view = await form(levelled, levelled.nia, "targets")
    assert view.values["target_level:data"]["target_level"]["selected_option"]["value"] == "4"
    await levelled.nia.submit({"target_level:data": "none"})
    await levelled.whisper(levelled.nia, "1 target taken away.")
    await levelled.still()
    assert "Data: from" not in read(await plan_message(levelled))
    async with levelled.runtime.bot.database.reading(levelled.runtime.identity.workspace_id) as work:
        history = await work.plans.history((await levelled.assessment()).id)
    assert [(entry.what, entry.before, entry.after) for entry in history] == [
        (PlanHappened.TARGET_SET, "", "4"),
        (PlanHappened.TARGET_SET, "", "3"),
        (PlanHappened.TARGET_REMOVED, "4", ""),
    ]
    assert len(keyed(await levelled.still(), levelled.channel, "plan:")) == 1


async def test_the_plan_follows_the_levels(levelled: Stage) -> None:
    await set_targets(levelled, levelled.nia, data=4)
    message = await plan_message(levelled)
    card = await levelled.card("level", "data")
    await press(levelled, levelled.nia, card, "level.set_other")
    await form(levelled, levelled.nia, "set_level")
    await levelled.nia.submit({"level": "4", "reason": "It was wrong."})
    await levelled.until_reads(message.ts, "Data: 4 Mainstreamed, reached")


async def test_whoever_does_not_facilitate_is_told_who_can(levelled: Stage) -> None:
    await levelled.omar.command(levelled.channel, "/milepost targets")
    words = await notice(levelled, levelled.omar, "Only a facilitator can do this")
    assert levelled.nia.id in words


async def test_nothing_new_is_said_in_the_form_and_words_are_kept(levelled: Stage) -> None:
    await levelled.nia.command(levelled.channel, "/milepost targets")
    await form(levelled, levelled.nia, "targets")
    outcome = await levelled.nia.submit({})
    assert outcome.response_action == "update"
    assert "nothing was changed" in (await form(levelled, levelled.nia, "notice")).readable


async def test_a_past_date_is_named_at_its_field(levelled: Stage) -> None:
    await levelled.nia.command(levelled.channel, "/milepost targets")
    await form(levelled, levelled.nia, "targets")
    await choose_target(levelled, levelled.nia, "data", 4)
    outcome = await levelled.nia.submit({"target_date:data": in_days(levelled, -1).isoformat()})
    assert outcome.errors == {"target_date:data": "This date has passed. Please choose today or later."}


async def test_a_level_below_the_present_one_is_named_at_its_field(levelled: Stage) -> None:
    """A form cannot offer it, but a dimension may have moved since the form was opened."""
    metadata = await about(levelled)
    chosen = {"target_level:leadership": {"selected_option": {"value": "2"}}}
    answer = await sent(levelled, "targets", metadata, **chosen)
    assert answer["errors"] == {
        "target_level:leadership": (
            "This dimension is at 3 Impactful already. Please choose that level or a higher one."
        )
    }


@pytest.mark.parametrize("value", ["x", "²"])
async def test_a_form_that_nobody_could_have_filled_in(levelled: Stage, value: str) -> None:
    metadata = await about(levelled)
    answer = await sent(
        levelled,
        "targets",
        metadata,
        **{"target_level:data": {"selected_option": {"value": value}}},
    )
    assert "This form is from an older version" in shown(answer["view"])


async def test_a_mention_offers_the_button(levelled: Stage) -> None:
    name = levelled.runtime.identity.bot_user_id
    await levelled.nia.say(levelled.channel, f"<@{name}> targets")
    await levelled.whisper(levelled.nia, "Set the levels that *How are we doing?* is to reach?")


async def test_a_channel_without_an_assessment_says_so(stage: Stage) -> None:
    await command(stage, stage.nia, "targets", "There is no assessment in this channel yet.")


async def test_a_cancelled_assessment_takes_no_targets(levelled: Stage) -> None:
    await set_targets(levelled, levelled.nia, data=4)
    message = await plan_message(levelled)
    board = await levelled.board()
    await press(levelled, levelled.nia, board, "assessment.cancel")
    await form(levelled, levelled.nia, "cancel")
    await levelled.nia.submit({})
    text = read(await levelled.until_reads(message.ts, "The assessment was cancelled"))
    assert "[Targets…]" not in text
    await levelled.nia.command(levelled.channel, "/milepost targets")
    await notice(levelled, levelled.nia, "This assessment was cancelled by")


async def test_many_targets_are_met_with_a_kind_word(stage: Stage) -> None:
    """The small framework has three dimensions, so that the limit is not reached in it."""
    await stage.start(title="All")
    await stage.nia.command(stage.channel, "/milepost targets")
    await form(stage, stage.nia, "targets")
    for dimension in ("leadership", "data", "culture"):
        await choose_target(stage, stage.nia, dimension, 4)
    view = await form(stage, stage.nia, "targets")
    assert "few targets get done" not in view.readable
    assert "Overall level if every target is reached: 4 Mainstreamed (4.0)." in view.readable
