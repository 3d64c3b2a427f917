"""The guide and the library in Slack: words, buttons and what the modals say."""

from __future__ import annotations

import pytest

from bot.sandbox.client.client import PersonHandle
from bot.sandbox.reports.readable_text import readable
from bot.views.block_kit.reference import Reference
from tests.bot.stage import Stage, read


async def modal_text(stage: Stage, person: PersonHandle, callback_id: str) -> str:
    """What the modal in front of a person says."""
    seen = await stage.modal(person, callback_id)
    view = seen.modal(person.id)
    assert view is not None
    return readable("", view.blocks)


async def test_model_says_what_is_published_and_what_is_ours(stage: Stage) -> None:
    await stage.omar.command(stage.channel, "/milepost model")
    text = await stage.whisper(stage.omar, "How levels are worked out")
    framework = stage.runtime.bot.framework
    assert framework.version in text
    assert "Foundations* (names published): Leadership, Strategy" in text
    assert "Delivery* (names are ours, a draft): User-centred design" in text
    assert "Our reading of the official calculator" in text
    assert all(f"{level.number} {level.name}" in text for level in framework.levels)


async def test_why_names_every_benefit_and_opens_one_at_length(stage: Stage) -> None:
    await stage.omar.command(stage.channel, "/milepost why")
    text = await stage.whisper(stage.omar, "Why it matters")
    framework = stage.runtime.bot.framework
    assert all(benefit.name in text for benefit in framework.benefits)
    seen = await stage.slack.seen()
    shown = seen.ephemerals(stage.omar.id)[-1]
    value = Reference(benefit="prevention").encode()
    await stage.omar.press_ephemeral(shown.ts, "guide.benefit", value=value)
    assert framework.benefit("prevention").summary in await modal_text(stage, stage.omar, "guide")


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("why data", "Why it matters: Data"),
        ("why Security and risk", "Why it matters: Security and risk"),
        ("why tecnology", "Why it matters: Technology"),
        ("why Prevention", "Prevention"),
        ("why strategie things", "no dimension or benefit called “strategie things”"),
        ("why <!channel>", "no dimension or benefit called “&lt;!channel&gt;”"),
    ],
)
async def test_why_takes_a_dimension_or_a_benefit(sqlite_stage: Stage, typed: str, answer: str) -> None:
    await sqlite_stage.omar.command(sqlite_stage.channel, f"/milepost {typed}")
    await sqlite_stage.whisper(sqlite_stage.omar, answer)
    seen = await sqlite_stage.slack.seen()
    assert not any(message.pings for message in seen.ephemerals())


async def test_library_finds_despite_a_slip_and_opens_an_action(stage: Stage) -> None:
    await stage.omar.command(stage.channel, "/milepost library residents reserch")
    text = await stage.whisper(stage.omar, "The actions library for “residents reserch”")
    library = stage.runtime.bot.library
    assert f"{len(library.actions)} actions in the library" in text
    found = [action for action in library.actions if action.title in text]
    assert 1 <= len(found) <= 8
    seen = await stage.slack.seen()
    shown = seen.ephemerals(stage.omar.id)[-1]
    value = Reference(action=found[0].id).encode()
    await stage.omar.press_ephemeral(shown.ts, "library.details", value=value)
    modal = await modal_text(stage, stage.omar, "action")
    assert found[0].success in modal
    assert all(step in modal for step in found[0].steps)


async def test_library_without_words_and_with_words_that_find_nothing(sqlite_stage: Stage) -> None:
    await sqlite_stage.omar.command(sqlite_stage.channel, "/milepost library")
    await sqlite_stage.whisper(sqlite_stage.omar, "*The actions library*")
    await sqlite_stage.omar.command(sqlite_stage.channel, "/milepost library qqqqqq zzzzzz")
    await sqlite_stage.whisper(sqlite_stage.omar, "Nothing in the library for “qqqqqq zzzzzz”")


async def test_cards_keep_the_guide_behind_a_button(stage: Stage) -> None:
    assessment = await stage.start("data")
    await stage.open("data")
    dimension = assessment.framework.dimension("data")
    card = await stage.card("dimension", "data")
    await stage.grace.press(stage.channel, card.ts, "guide.dimension")
    text = await modal_text(stage, stage.grace, "guide")
    assert all(trap in text for trap in dimension.traps)
    await stage.grace.close_modal()
    prompt = dimension.prompts[0]
    card = await stage.card("prompt", prompt.id)
    assert prompt.why not in read(card)
    await stage.grace.press(stage.channel, card.ts, "guide.prompt")
    assert prompt.why in await modal_text(stage, stage.grace, "guide")


async def test_a_button_for_what_the_guide_no_longer_has(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.omar.command(stage.channel, "/milepost library data")
    await stage.whisper(stage.omar, "The actions library")
    shown = (await stage.slack.seen()).ephemerals(stage.omar.id)[-1]
    object.__setattr__(
        stage.runtime.bot.desk, "library", stage.runtime.bot.library.model_copy(update={"actions": ()})
    )
    first = next(block for block in shown.blocks if "accessory" in block)
    await stage.omar.press_ephemeral(shown.ts, "library.details", value=first["accessory"]["value"])
    assert "no longer has this" in await modal_text(stage, stage.omar, "notice")


async def test_how_to_assess_is_one_press_from_the_model(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    framework = stage.runtime.bot.framework
    assert framework.handbook
    await stage.omar.command(stage.channel, "/milepost model")
    await stage.whisper(stage.omar, "How levels are worked out")
    shown = (await stage.slack.seen()).ephemerals(stage.omar.id)[-1]
    await stage.omar.press_ephemeral(shown.ts, "guide.handbook")
    text = await modal_text(stage, stage.omar, "guide")
    assert all(chapter.title in text for chapter in framework.handbook)


async def test_the_words_work_in_a_thread_by_mention(sqlite_stage: Stage) -> None:
    stage = sqlite_stage
    await stage.start("data")
    await stage.open("data")
    card = await stage.card("dimension", "data")
    await stage.omar.say(stage.channel, f"<@{stage.sandbox.bot_user_id}> why data", thread_ts=card.ts)
    await stage.whisper(stage.omar, "Why it matters: Data")
