"""Whom a text calls, and how a person's typing is handed on."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.sandbox.workspace.mentions import all_pings, as_typed, pings_in_blocks, pings_in_text
from tests.bot.sandbox.bare_bot import mrkdwn, plain, section


@pytest.mark.parametrize(
    ("text", "pings"),
    [
        ("<!channel> and <!here|here>", ["!channel", "!here"]),
        ("<@U0NIA|nia> <@W1>", ["U0NIA", "W1"]),
        ("<!subteam^S1|@leads>", ["S1"]),
        ("&lt;!channel&gt; @channel <#C1>", []),
    ],
)
def test_pings_in_text(text: str, pings: list[str]) -> None:
    assert pings_in_text(text) == pings


def test_plain_text_calls_nobody_but_mrkdwn_and_rich_text_do() -> None:
    assert pings_in_blocks([{"type": "header", "text": plain("<!channel>")}]) == []
    assert pings_in_blocks([section("x", fields=[mrkdwn("<!here>")])]) == ["!here"]
    assert pings_in_blocks([{"type": "markdown", "text": "<!everyone>"}]) == ["!everyone"]
    rich = {
        "type": "rich_text",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [
                    {"type": "broadcast", "range": "channel"},
                    {"type": "user", "user_id": "U1"},
                    {"type": "usergroup", "usergroup_id": "S1"},
                    {"type": "text", "text": "<!here>"},
                ],
            }
        ],
    }
    assert pings_in_blocks([rich]) == ["!channel", "U1", "S1"]


def test_each_is_counted_once() -> None:
    assert all_pings("<@U1> <@U1>", [section("<@U1>")]) == ("U1",)


@settings(deadline=None)
@given(st.text(alphabet="<>&!@|chanelhreU1 ", max_size=40))
def test_escaped_text_never_calls_anyone(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert pings_in_text(escaped) == []


@settings(deadline=None)
@given(st.text(max_size=60))
def test_what_is_typed_can_be_read_back(text: str) -> None:
    written = as_typed(text)
    assert written.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == text
    assert pings_in_text(written) == pings_in_text(text)
