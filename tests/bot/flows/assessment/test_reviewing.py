"""Looking again at a dimension after something was done: a review of its own; no level moves alone."""

from __future__ import annotations

import pytest

from bot.sandbox.client.client import Message
from bot.views.block_kit.reference import Reference
from model.assessment.assessment import Assessment, AssessmentState
from model.plan.plan import Plan
from tests.bot.flows.home.test_home import home as home_of
from tests.bot.flows.plan.what_people_do import add_item, command, open_item, set_targets
from tests.bot.flows.small import form, notice, press, sent, shown
from tests.bot.stage import Stage, keyed, read

TITLE = "Name an owner for each list"


async def _closed_with_something_done(stage: Stage, *, close: bool = True) -> Message:
    """Data was at 2; an item for it is done and has worked."""
    await stage.start("data", "culture", title="Autumn")
    await stage.open("data", "culture")
    for dimension, level in (("data", 2), ("culture", 3)):
        await stage.answer(dimension, level)
        await stage.confirm(dimension)
    await set_targets(stage, stage.nia, data=3)
    await add_item(stage, stage.nia, TITLE, owners=[stage.omar.id])
    await stage.whisper(stage.nia, "Added to the plan")
    if close:
        await press(stage, stage.nia, await stage.find("results:"), "assessment.close")
        await stage.whisper(stage.nia, "Closed.")
    await open_item(stage, stage.omar, TITLE)
    await stage.omar.modal_press("plan.item_status", "Done")
    card = await stage.find("outcome:")
    await press(stage, stage.omar, card, "plan.worked_yes")
    return await stage.until_reads(card.ts, "[Look again at Data…]")


async def _first(stage: Stage) -> Assessment:
    """The assessment that was closed."""
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        found = [each for each in await work.assessments.latest(9) if each.title == "Autumn"]
    return found[0]


async def test_a_dimension_is_looked_at_again_and_its_change_is_shown(stage: Stage) -> None:
    card = await _closed_with_something_done(stage)
    await press(stage, stage.omar, card, "review.ask")
    assert f"<@{stage.nia.id}>" in await notice(stage, stage.omar, "Only a facilitator")
    await press(stage, stage.nia, card, "review.ask")
    await form(stage, stage.nia, "review")
    await stage.nia.submit({})
    await stage.whisper(stage.nia, "Begun: *Data again: Autumn*")
    review = await stage.assessment()
    assert review.review and review.scope == ("data",) and review.title == "Data again: Autumn"
    assert review.facilitators == (stage.nia.id,)
    text = read(await stage.card("prompt", "data-1"))
    assert "Last time" in text and "2 Developing" in text
    text = read(await stage.until_reads(card.ts, "Data is being looked at again"))
    assert "[Look again" not in text and "look at it again" not in text and "[Log the evidence…]" in text
    await stage.answer("data", 3)
    await stage.confirm("data")
    changed = "Data is 3 Impactful; it was 2 Developing when this was taken on."
    text = read(await stage.until_reads(card.ts, changed))
    assert "Levels never move by themselves." in text and "To see whether" not in text
    results = keyed(await stage.still(), stage.channel, f"results:{review.id}")[-1]
    told = read(results)
    assert "Data: 3 Impactful, up from 2" in told
    assert "Overall level of Autumn with this counted: 3 Impactful, as last time." in told
    assert "Overall: both are at level 3" in told, "one dimension is not the council"
    first = await _first(stage)
    assert first.dimension_level("data") == 2, "what was closed stays as it is"
    plan = await stage.find(f"plan:{first.id}")
    assert "3 Impactful" in read(await stage.until_reads(plan.ts, "reached"))
    assert not keyed(await stage.still(), stage.channel, f"plan:{review.id}")


async def test_the_plan_and_the_next_assessment_go_by_the_review(stage: Stage) -> None:
    card = await _closed_with_something_done(stage)
    await press(stage, stage.nia, card, "review.ask")
    await form(stage, stage.nia, "review")
    await stage.nia.submit({})
    await stage.card("prompt", "data-1")
    await stage.omar.command(stage.channel, "/milepost plan")
    assert TITLE in await stage.whisper(stage.omar, TITLE), "the plan is that of the first assessment"
    assert "whatif data 4 culture 3" in await command(stage, stage.omar, "whatif", "Ask with")
    await stage.answer("data", 4)
    await stage.confirm("data")
    review = await stage.assessment()
    await press(stage, stage.nia, await stage.find(f"results:{review.id}"), "assessment.close")
    await stage.until_reads((await stage.find(f"board:{review.id}")).ts, "closed by Nia Pryce")
    await _every_answer_goes_by_the_review(stage)
    await stage.start(title="Spring")
    scope = (await stage.assessment()).scope
    assert set(scope) == {"data", "culture"}, "a review is not remembered for the start form"
    await stage.find(f"board:{(await stage.assessment()).id}")
    await stage.open("data")
    text = read(await stage.card("prompt", "data-1"))
    assert "4 Mainstreamed" in text.partition("Last time")[2].partition("\n")[0]
    assert (await stage.assessment()).previous == (await _first(stage)).id


async def _every_answer_goes_by_the_review(stage: Stage) -> None:
    """Data is at 4 since it was looked at again, beside culture at 3; it was at 2 when Autumn was closed."""
    again = "looked at again on"
    status = await command(stage, stage.omar, "status", "Where you are")
    assert f"*Data*: 4 Mainstreamed, confirmed, {again}" in status and "Overall: 4 Mainstreamed." in status
    scores = await command(stage, stage.omar, "scores", "Results: Autumn")
    assert f"Data: 4 Mainstreamed, {again}" in scores and "Overall: 4 Mainstreamed." in scores
    assert "Culture: 3 Impactful\n" in scores and scores.count(again) == 1
    assert "(now: 4 Mainstreamed)" in await command(stage, stage.omar, "whatif data 5", "Overall would")
    home = await home_of(stage, stage.nia, "*Latest results* (2)")
    assert "Data again: Autumn: Data: 4 Mainstreamed ·" in home
    assert "Autumn: Overall: 4 Mainstreamed, with Data looked at again ·" in home


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_wrong_turns(stage: Stage) -> None:
    card = await _closed_with_something_done(stage, close=False)
    await press(stage, stage.nia, card, "review.ask")
    await notice(stage, stage.nia, "still under way")
    await stage.nia.close_modal(everything=True)
    await press(stage, stage.nia, await stage.find("results:"), "assessment.close")
    await stage.whisper(stage.nia, "Closed.")
    await press(stage, stage.nia, card, "review.ask")
    await form(stage, stage.nia, "review")
    await stage.nia.close_modal(everything=True)
    about = Reference(assessment=(await _first(stage)).id, dimension="data").encode()
    await stage.start(title="Something else")
    await press(stage, stage.nia, card, "review.ask")
    await notice(stage, stage.nia, "already an assessment under way")
    answer = await sent(stage, "review", about)
    assert "already an assessment under way in this channel: Something else" in shown(answer["view"])
    assert (await stage.assessment()).title == "Something else"
    assert (await stage.assessment()).state is AssessmentState.RUNNING
    assert len((await plan_of_first(stage)).items) == 1


async def plan_of_first(stage: Stage) -> Plan:
    async with stage.runtime.bot.database.reading(stage.runtime.identity.workspace_id) as work:
        found = await work.plans.get((await _first(stage)).id)
    assert found is not None
    return found


async def test_evidence_is_logged_for_what_was_closed_and_moves_no_level(stage: Stage) -> None:
    card = await _closed_with_something_done(stage)
    await press(stage, stage.omar, card, "plan.late_evidence")
    await form(stage, stage.omar, "late_evidence")
    outcome = await stage.omar.submit({"prompt": "1. Data, asked as number 1?"})
    assert outcome.errors == {"evidence_text": "Please fill in the text, the link or both."}
    await stage.omar.submit(
        {"prompt": "1. Data, asked as number 1?", "evidence_text": "The list has 31 owners."}
    )
    await stage.whisper(stage.omar, "Your evidence is recorded")
    note = await stage.find("evidence:")
    assert "The list has 31 owners." in read(note)
    first = await _first(stage)
    assert [each.text for each in first.prompt("data-1").evidence] == ["The list has 31 owners."]
    assert first.dimension_level("data") == 2 and first.state is AssessmentState.CLOSED
    await press(stage, stage.nia, card, "review.ask")
    await form(stage, stage.nia, "review")
    await stage.nia.submit({})
    assert "1 piece" in read(await stage.card("prompt", "data-1")).partition("Last time")[2]
    await press(stage, stage.omar, card, "plan.late_evidence")
    await form(stage, stage.omar, "late_evidence")
    await stage.omar.submit(
        {"prompt": "1. Data, asked as number 1?", "evidence_link": "https://a.example/list"}
    )
    await stage.slack.until(lambda seen: len(keyed(seen, stage.channel, "evidence:")) == 2)
    review = await stage.assessment()
    assert review.review and review.prompt("data-1").evidence[0].link == "https://a.example/list"
