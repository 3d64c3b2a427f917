"""The acts of the demo from the levels to a plan: targets, suggestions, a proposal, and five things to do."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.demo.play import Play
from bot.demo.stage import StepMissing, acknowledged, key_of, read
from bot.sandbox.client.client import Message, PersonHandle, Seen
from bot.views.block_kit.ids import ActionId, InputId, ViewId
from bot.views.block_kit.reference import Reference

TARGETS = {"strategy": 3, "capacity": 3, "data": 4}
OWNERS = ("Omar", "Grace", "Tom", "Ana", "Jo")
IDEA = "Idea: put the opening times of all tips on one page, with tomorrow's on top. Half the calls ask that."


async def targets(play: Play) -> None:
    """Nia sets three targets, each with its reason; the form shows where they would lead."""
    nia = play.stage.person("Nia")
    await play.command(nia, "/milepost targets")
    await play.form_opened(nia, ViewId.TARGETS)
    for dimension_id, level in TARGETS.items():
        block = InputId.TARGET_LEVEL.block(dimension_id)
        await nia.modal_press(InputId.TARGET_LEVEL.value, str(level), block_id=block)
        await play.form_has(nia, InputId.TARGET_REASON.block(dimension_id))
    what = "chooses level 3 for Strategy and Capacity and 4 for Data, and presses [Save]"
    play.transcript.did("Nia Pryce", what)
    acknowledged(await nia.submit({}), what)
    await play.told(nia, "3 targets set.")
    await play.says("plan:", "Where we want to be")


async def suggestions(play: Play) -> None:
    """Three suggestions: one is added by a button, one by a reaction, one is not for them."""
    nia, omar = play.stage.person("Nia"), play.stage.person("Omar")
    await play.command(nia, "/milepost suggest")
    cards = await _suggested(play, 3)
    for card in cards:
        play.transcript.answered("in the thread", read(card))
    await play.press(nia, cards[0], ActionId.ADD_SUGGESTED, "[Add to plan]")
    await _until_card(play, cards[0], "*In the plan*")
    play.transcript.did("Nia Pryce", "reacts to the second with :white_check_mark:")
    await nia.react(play.stage.channel, cards[1].ts, "white_check_mark")
    await _until_card(play, cards[1], "*In the plan*")
    await play.press(omar, cards[2], ActionId.NOT_FOR_US, "[Not for us…]")
    reason = {InputId.REASON.value: "The county does this for all districts."}
    await play.form(omar, ViewId.NOT_FOR_US, reason, "gives the reason")
    card = await _until_card(play, cards[2], "*Not for us*")
    play.transcript.answered("in the thread", read(card))


async def _suggested(play: Play, number: int) -> list[Message]:
    def enough(seen: Seen) -> list[Message]:
        found = [m for m in seen.messages(play.stage.channel) if key_of(m).startswith("suggestion:")]
        return found if len(found) >= number else []

    return enough(await play.stage.until(f"{number} suggestions", enough))


async def _until_card(play: Play, card: Message, words: str) -> Message:
    return await play.stage.message(key_of(card), words)


async def proposal(play: Play) -> None:
    """Jo has an idea in the channel; three colleagues put a light bulb on it; Nia takes it into the plan."""
    nia, jo = play.stage.person("Nia"), play.stage.person("Jo")
    channel = play.stage.channel
    play.transcript.did("Jo Keane", f"writes in the channel: “{IDEA}”")
    ts = await jo.say(channel, IDEA)
    for name in ("Grace", "Tom", "Ana"):
        play.transcript.did(play.stage.full_name(play.stage.person(name)), "reacts with :bulb:")
        await play.stage.person(name).react(channel, ts, "bulb")
    card = await play.says("proposal:", "3 supporters")
    await play.press(nia, card, ActionId.PLAN_PROPOSAL_FORM, "[Add to plan…]")
    values = {
        InputId.ITEM_TITLE.value: "One page with the opening times of all tips",
        InputId.DIMENSION.value: "online-experience",
        InputId.FROM_LEVEL.value: "3",
        InputId.TO_LEVEL.value: "4",
    }
    await play.form(nia, ViewId.PLAN_PROPOSAL, values, "says which dimension it helps, and adds it")
    await play.says("proposal:", "in the plan")


async def five_items(play: Play) -> None:
    """Two more things to do; then each of the five has an owner and its next date."""
    nia = play.stage.person("Nia")
    for title, dimension_id in (("Publish the strategy in plain words", "strategy"), _TRAINING):
        await play.press(nia, await play.stage.message("plan:"), ActionId.ADD_ITEM, "[Add an item…]")
        values = {
            InputId.ITEM_TITLE.value: title,
            InputId.DIMENSION.value: dimension_id,
            InputId.FROM_LEVEL.value: "2",
            InputId.TO_LEVEL.value: "3",
        }
        await play.form(nia, ViewId.ADD_ITEM, values, f"adds “{title}”")
        await play.told(nia, f"Added to the plan: *{title}*")
    for number, (name, due) in enumerate(zip(OWNERS, due_dates(), strict=True)):
        await _give(play, nia, number, play.stage.person(name), due)
    await play.says("plan:", "5 items")


_TRAINING = ("Train the back-up of each small team", "capacity")


def due_dates() -> tuple[date, ...]:
    """When the five are due, by the clock of the demo, which begins on Monday 16 November 2026.

    The first is done in time, the second put off, the third forgotten, the fourth on a bank holiday: 28
    December 2026, since Boxing Day is a Saturday. The fifth is far away.
    """
    return date(2026, 12, 1), date(2026, 12, 10), date(2026, 11, 27), date(2026, 12, 28), date(2027, 2, 1)


async def _give(play: Play, nia: PersonHandle, number: int, owner: PersonHandle, due: date) -> None:
    """One item gets its owner and one milestone, in the form that holds everything."""
    assessment = await play.stage.assessment()
    async with play.stage.runtime.bot.database.reading(play.stage.runtime.identity.workspace_id) as work:
        plan = await work.plans.get(assessment.id)
    if plan is None or len(plan.items) != len(OWNERS):
        raise StepMissing("the plan has not five items")
    item = plan.items[number]
    answer = await play.asked(nia, "/milepost plan all", item.title)
    value = Reference(assessment=assessment.id, item=item.id).encode()
    pressed = await nia.press_ephemeral(answer.ts, ActionId.EDIT_ITEM.value, value=value)
    acknowledged(pressed, f"[Edit…] beside {item.title}")
    lines = f"{due.isoformat()} {_MILESTONES[number]}"
    values: dict[str, Any] = {InputId.OWNERS.value: [owner.id], InputId.MILESTONES.value: lines}
    what = f"gives “{item.title}” to {play.stage.full_name(owner)}, due {due:%-d %B %Y}"
    await play.form(nia, ViewId.EDIT_ITEM, values, what)
    await play.told(nia, "Saved: ")


_MILESTONES = ("First version", "Shown to the directors", "Sent round", "Open to everybody", "All trained")
