"""Forms that take longer than Slack waits for an answer: the window says so, and then what came of it."""

from __future__ import annotations

import pytest

from bot.listeners.handling import handling
from tests.bot.flows.small import form, notice, press
from tests.bot.stage import Stage, keyed


@pytest.fixture
async def slow(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Every form takes too long."""
    await stage.start("culture")
    await stage.open("culture")
    monkeypatch.setattr(handling, "_FORM_SECONDS", 0.0)
    monkeypatch.setattr(handling, "_ACK_ARRIVES_SECONDS", 0.2)
    return stage


async def _sends_evidence(stage: Stage, text: str, link: str = "") -> None:
    await press(stage, stage.omar, await stage.card("prompt", "culture-1"), "evidence.add")
    await form(stage, stage.omar, "evidence")
    values = {"evidence_text": text} | ({"evidence_link": link} if link else {})
    outcome = await stage.omar.submit(values)
    assert outcome.response_action == "update", outcome


async def test_what_was_recorded_late_is_said_in_the_window_and_in_the_thread(slow: Stage) -> None:
    await _sends_evidence(slow, "It took a while")
    await notice(slow, slow.omar, "Your evidence is recorded")
    await slow.whisper(slow.omar, "Your evidence is recorded")
    await slow.find("evidence:")


async def test_what_was_refused_late_is_given_back(slow: Stage) -> None:
    await _sends_evidence(slow, "Two hours of work", "not an address")
    text = await notice(slow, slow.omar, "Please give a whole web address")
    assert "Two hours of work" in text and "not an address" in text
    assert not keyed(await slow.still(), slow.channel, "evidence:")


async def test_a_second_delivery_says_that_it_is_recorded(slow: Stage) -> None:
    await _sends_evidence(slow, "Once")
    await notice(slow, slow.omar, "Your evidence is recorded")
    await slow.slack.redeliver_last()
    seen = await slow.still()
    assert len(keyed(seen, slow.channel, "evidence:")) == 1


async def test_a_window_closed_meanwhile_is_no_fault(slow: Stage) -> None:
    await slow.slack.fault("api_error", "views.update", error="not_found", skip=1)
    await _sends_evidence(slow, "Written and gone")
    await slow.whisper(slow.omar, "Your evidence is recorded")
    await slow.find("evidence:")
