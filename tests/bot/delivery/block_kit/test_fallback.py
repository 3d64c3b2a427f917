"""The plain version of a refused payload: always taken, and as much of the original as is legal."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.block_kit import check_message, check_view, plain_message, plain_view
from tests.bot.delivery.block_kit.payload_strategies import JSON, MUTATED, NAMES, patient
from tests.bot.delivery.block_kit.payloads import Json, home, message, modal, plain, question, section

METADATA = {"event_type": "milepost", "event_payload": {"key": "k1"}}


class TestPlainMessage:
    def test_keeps_the_text_and_the_metadata_only(self) -> None:
        assert plain_message(message({"type": "banner"}, metadata=METADATA)) == {
            "text": "Full text",
            "metadata": METADATA,
        }

    def test_leaves_out_metadata_that_is_not_legal(self) -> None:
        assert plain_message({"text": "Words", "metadata": {"event_type": ""}}) == {"text": "Words"}

    def test_cuts_the_text_at_its_limit_and_not_before(self) -> None:
        assert plain_message({"text": "a" * 3900})["text"] == "a" * 3900
        assert plain_message({"text": "a" * 3901})["text"] == "a" * 3899 + "…"

    @pytest.mark.parametrize("tail", ["<@U0123456789>", "<https://example.org/a/b/c|label>", "&amp;", "&lt;"])
    def test_never_cuts_inside_a_mention_or_an_entity(self, tail: str) -> None:
        for room in range(1, len(tail)):
            text = plain_message({"text": "a" * (3899 - room) + tail + "b" * 50})["text"]
            assert text == "a" * (3899 - room) + "…"

    @pytest.mark.parametrize("text", ["", "  ", None, 5])
    def test_is_never_empty(self, text: Any) -> None:
        assert "/milepost status" in plain_message({"text": text})["text"]

    def test_notifies_nobody_at_large(self) -> None:
        assert plain_message({"text": "<!channel> <@U1>"})["text"] == "&lt;!channel> <@U1>"

    @patient
    @given(
        st.dictionaries(NAMES, JSON, max_size=5)
        | st.builds(lambda text: {"text": text}, st.text("<>!&channel^ a", max_size=9))
    )
    def test_always_passes_the_check(self, payload: Json) -> None:
        assert check_message(plain_message(payload)) == ()

    @patient
    @given(st.text("<>!&ab;é", max_size=40), st.integers(3880, 3920))
    def test_a_long_text_always_passes_the_check(self, text: str, before: int) -> None:
        shown = plain_message({"text": "a" * before + text + "a" * 200})
        assert check_message(shown) == ()
        assert len(shown["text"]) <= 3900


class TestPlainView:
    def test_keeps_inputs_ids_and_buttons_of_a_modal(self) -> None:
        kept = question(block_id="why")
        view = modal(
            section(), {"type": "banner"}, kept, callback_id="c", private_metadata="p", close=plain("Back")
        )
        shown = plain_view(view)
        assert shown["blocks"][1:] == [kept]
        assert shown["blocks"][0]["type"] == "section"
        assert {
            name: shown[name] for name in ("title", "submit", "close", "callback_id", "private_metadata")
        } == {
            "title": plain("Title"),
            "submit": plain("Save"),
            "close": plain("Back"),
            "callback_id": "c",
            "private_metadata": "p",
        }

    def test_leaves_out_inputs_that_are_not_legal_and_second_ids(self) -> None:
        first, again, long = question(block_id="a"), question(block_id="a"), question(label=plain("l" * 2001))
        assert plain_view(modal(first, again, long))["blocks"][1:] == [first]

    def test_replaces_a_title_and_a_submit_that_are_not_legal(self) -> None:
        shown = plain_view(modal(question(), title=plain("t" * 25), submit=plain("")))
        assert (shown["title"]["text"], shown["submit"]["text"]) == ("Milepost", "Submit")

    def test_a_modal_of_which_nothing_is_left_cannot_be_sent_off(self) -> None:
        shown = plain_view(modal(section(), {"type": "banner"}))
        assert "submit" not in shown
        assert len(shown["blocks"]) == 1

    def test_a_home_tab_becomes_one_section(self) -> None:
        shown = plain_view(home({"type": "banner"}))
        assert (shown["type"], len(shown["blocks"])) == ("home", 1)

    @patient
    @given(
        st.dictionaries(NAMES, JSON, max_size=5),
        st.lists(MUTATED | JSON, max_size=5),
        st.sampled_from(["modal", "home", "other", None]),
    )
    def test_always_passes_the_check(self, view: Json, blocks: list[Any], kind: str | None) -> None:
        assert check_view(plain_view({**view, "blocks": blocks, "type": kind})) == ()
