"""The same thing twice: Slack delivers again, and people press again."""

from __future__ import annotations

from tests.bot.flows.payloads import press_payload
from tests.bot.flows.small import about, dispatch, form, press
from tests.bot.stage import Stage, keyed, read


async def test_the_same_press_delivered_twice_counts_once(running: Stage) -> None:
    await running.open("culture")
    await running.press_level("culture-1", 3, running.omar)
    await running.whisper(running.omar, "Recorded")
    assert (await running.slack.redeliver_last()).acknowledged
    await running.still()
    await running.slack.redeliver_last()
    seen = await running.still()
    assert len([m for m in seen.ephemerals(running.omar.id) if "Recorded" in read(m)]) == 1
    assert len((await running.assessment()).prompt("culture-1").votes) == 1


async def test_a_press_for_a_form_delivered_twice_opens_one_form(running: Stage) -> None:
    await running.open("culture")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    await form(running, running.omar, "evidence")
    await running.slack.redeliver_last()
    seen = await running.still()
    assert not seen.ephemerals(running.omar.id), "nothing went wrong that a person should hear of"
    assert (await form(running, running.omar, "evidence")).depth == 1


async def test_a_form_delivered_twice_is_recorded_once(running: Stage) -> None:
    await running.open("culture")
    await press(running, running.omar, await running.card("prompt", "culture-1"), "evidence.add")
    await form(running, running.omar, "evidence")
    await running.omar.submit({"evidence_text": "Once"})
    await running.find("evidence:")
    await running.slack.redeliver_last()
    assert len(keyed(await running.still(), running.channel, "evidence:")) == 1


async def test_a_double_click_is_told_that_it_was_done(running: Stage) -> None:
    await running.open("culture")
    value = await about(running, prompt="culture-1", level=4)
    for _ in range(2):
        await dispatch(running, press_payload(running, running.omar.id, "prompt.level", value))
    await running.whisper(running.omar, "Recorded: *4 Mainstreamed*")
    await running.whisper(running.omar, "done this already")
    assert len((await running.assessment()).prompt("culture-1").votes) == 1
