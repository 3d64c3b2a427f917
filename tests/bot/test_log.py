"""What the log never holds: tokens, tickets, and what people wrote."""

from __future__ import annotations

import asyncio
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.log import log_context, logger, trace_of, without_secrets
from tests.bot.logged import logging_to_memory

WORDS = "what somebody wrote"
TOKEN_LETTERS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-", min_size=6)


@given(
    kind=st.sampled_from(["xoxb-", "xoxp-", "xapp-", "xoxe.", "ticket="]),
    secret=TOKEN_LETTERS,
    before=st.text(max_size=20),
    after=st.sampled_from(["", " ", '"', "'", ")", "&app_id=A1", ",", "\n", "}", "</b>"]),
)
def test_no_token_survives(kind: str, secret: str, before: str, after: str) -> None:
    shown = without_secrets(before + kind + secret + after)
    assert secret not in shown.removeprefix(before)
    assert shown.endswith(f"{kind}…{after}")


@pytest.mark.parametrize("as_json", [True, False], ids=["json", "terminal"])
def test_a_token_is_cut_wherever_it_stands(as_json: bool) -> None:
    token = "xoxb-12345-abcdef"
    with logging_to_memory(as_json=as_json) as logged:
        logger("milepost").warning("slack_fault", error=token, where=[token], deep={"a": {"b": token}})
        logging.getLogger("any.library").warning("connecting to %s", f"wss://x/link/?ticket={token}&app_id=A")
    assert "12345" not in logged.text
    assert logged.text.count("xoxb-…") >= 3
    assert "app_id=A" in logged.text


def boom() -> None:
    try:
        raise KeyError(WORDS)
    except KeyError as error:
        raise ValueError(WORDS) from error


def test_a_trace_names_types_and_places_and_no_messages() -> None:
    with pytest.raises(ValueError, match=WORDS) as caught:
        boom()
    trace = trace_of(caught.value)
    assert WORDS not in trace
    assert "builtins.KeyError" in trace
    assert "builtins.ValueError" in trace
    assert f"{__file__}:" in trace
    assert "in boom" in trace


def test_a_group_and_a_circle_of_errors_end() -> None:
    first, second = ValueError(WORDS), KeyError(WORDS)
    first.__context__, second.__context__ = second, first
    group = ExceptionGroup(WORDS, [first, TypeError(WORDS)])
    trace = trace_of(group)
    assert WORDS not in trace
    assert "builtins.TypeError" in trace
    assert len(trace) < 5_000


def test_an_error_that_hides_what_led_to_it_stays_so() -> None:
    error = ValueError("x")
    error.__context__ = KeyError("y")
    error.__suppress_context__ = True
    assert "KeyError" not in trace_of(error)


@pytest.mark.parametrize("name", ["milepost.ours", "asyncio", "aiohttp.server", "apscheduler.executors"])
def test_no_message_of_an_error_is_logged_by_us_or_by_a_library(name: str) -> None:
    with logging_to_memory() as logged:
        try:
            boom()
        except ValueError as error:
            logger("ours").exception("listener_failed", error_id="1")
            logger("ours").error("listener_failed", exc_info=error)
            logging.getLogger(name).exception("It failed")
            logging.getLogger(name).error("Task exception was never retrieved\nfuture: <%r>", error)
    assert WORDS not in logged.text
    assert len(logged.text.splitlines()) == 4
    assert logged.text.count("builtins.ValueError") == 3


@pytest.mark.parametrize("level", ["DEBUG", "INFO", "ERROR"])
def test_what_logs_whole_payloads_never_does_so(level: str) -> None:
    with logging_to_memory(level) as logged:
        for name in ("slack_bolt", "slack_sdk.web", "slack_sdk.socket_mode", "sqlalchemy.engine", "asyncpg"):
            logging.getLogger(name).debug("payload: %s", WORDS)
            logging.getLogger(name).info("payload: %s", WORDS)
    assert logged.text == ""


async def test_context_stays_with_its_task_and_those_begun_in_it() -> None:
    may_end = asyncio.Event()

    async def say(word: str) -> None:
        await may_end.wait()
        logger("ours").info(word)

    async def handle(key: str) -> None:
        with log_context(delivery=key, action_id=""):
            within = asyncio.ensure_future(say("in a task"))
            await say("handled")
            await within

    with logging_to_memory() as logged:
        tasks = [asyncio.ensure_future(handle(key)) for key in ("one", "two")]
        await asyncio.sleep(0)
        may_end.set()
        await asyncio.gather(*tasks)
        await say("afterwards")
    for event in ("handled", "in a task"):
        assert sorted(str(line["delivery"]) for line in logged.lines(event)) == ["one", "two"]
    assert not [line for line in logged.all_lines() if "action_id" in line], "what is empty is left out"
    [afterwards] = logged.lines("afterwards")
    assert "delivery" not in afterwards


def test_a_line_has_its_level_its_source_and_a_time_in_utc() -> None:
    with logging_to_memory() as logged:
        logger("bot.delivery").warning("slack_fault", error="ratelimited")
    [line] = logged.lines("slack_fault")
    assert line["level"] == "warning"
    assert line["logger"] == "bot.delivery"
    assert str(line["timestamp"]).endswith("Z")
    assert line["error"] == "ratelimited"
