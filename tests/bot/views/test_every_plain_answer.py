"""What is said whatever the assessment, and people's words given back: Slack takes it whole."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.listeners.commands.table import WORDS
from bot.views.assessment import receipts, status
from bot.views.block_kit import modals
from bot.views.block_kit.blocks import Message
from bot.views.evidence import receipts as evidence_receipts
from bot.views.library import library
from bot.views.notices import channel_closed
from bot.views.refusals import refusals
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import framework, words
from tests.bot.views.hostile_assessments import COMMAND
from tests.model.assessments import started


@given(words, st.none() | st.sampled_from(list(WORDS)))
@settings(max_examples=40, deadline=None)
def test_words_that_mean_nothing(typed: str, nearest: str | None) -> None:
    check_shown(Message(status.unknown_word(COMMAND, typed, nearest)))
    check_shown(library.found_actions(framework("&", 1, 1), typed, (), 90, COMMAND))


@given(st.lists(words | st.text(min_size=2_990, max_size=3_010), max_size=8))
@settings(max_examples=40, deadline=None)
def test_words_that_are_given_back(typed: list[str]) -> None:
    check_modal(modals.kept_words_modal(refusals.OLD_FORM, typed))


def test_the_longest_words_that_a_form_can_send_are_given_back_whole() -> None:
    typed = ["💡" * 3_000, "https://a.example/" + "é" * 1_982]
    view = modals.kept_words_modal(refusals.OLD_FORM, typed)
    check_modal(view)
    given_back = "".join(
        run["text"] for block in view["blocks"][1:] for run in block["elements"][0]["elements"]
    )
    assert given_back == "".join(typed)


@pytest.mark.parametrize(
    "message",
    [
        status.help_message(COMMAND, {each.name: each.help for each in WORDS.values()}),
        status.no_assessment(COMMAND, "C0123456789"),
        channel_closed("C0123456789", "is_archived"),
        channel_closed("C0123456789", "restricted_action"),
        *map(
            Message,
            (
                receipts.not_applicable_receipt(started()),
                receipts.put_off_receipt(),
                evidence_receipts.evidence_receipt(),
                evidence_receipts.withdrawn_receipt(),
                evidence_receipts.no_assessment_here(COMMAND),
                receipts.reopened_receipt(),
                receipts.paused_receipt(started()),
                receipts.resumed_receipt(started()),
                receipts.cancelled_receipt(),
                receipts.closed_receipt(),
            ),
        ),
    ],
)
def test_what_is_always_the_same(message: Message) -> None:
    check_shown(message)


@pytest.mark.parametrize("view", [modals.loading_modal(), modals.notice_modal(refusals.TOO_LATE)])
def test_windows_that_only_say_something(view: dict[str, Any]) -> None:
    check_modal(view)
