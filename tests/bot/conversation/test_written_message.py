"""A message of Slack's as typed values, and its words as people read them there."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.written_message import plain_words, written_of

MESSAGE = {"type": "message", "user": "U1", "ts": "1700000000.000100", "text": "Here"}
NAMES = {"U1": "Omar Shah"}


def test_what_is_read() -> None:
    written = written_of("C1", MESSAGE)
    assert (written.channel_id, written.ts, written.thread_ts) == ("C1", "1700000000.000100", None)
    assert (written.author, written.text, written.files, written.by_person) == ("U1", "Here", (), True)
    assert written.at == datetime(2023, 11, 14, 22, 13, 20, 100, tzinfo=UTC)


def test_the_first_message_of_a_thread_is_no_reply() -> None:
    assert written_of("C1", {**MESSAGE, "thread_ts": MESSAGE["ts"]}).thread_ts is None
    assert written_of("C1", {**MESSAGE, "thread_ts": "1600000000.000100"}).thread_ts == "1600000000.000100"


@pytest.mark.parametrize(
    ("more", "by_person"),
    [
        ({"subtype": "thread_broadcast"}, True),
        ({"subtype": "me_message"}, True),
        ({"subtype": "file_share"}, True),
        ({"subtype": "channel_join"}, False),
        ({"subtype": "tombstone", "user": "USLACKBOT"}, False),
        ({"user": "USLACKBOT"}, False),
        ({"bot_id": "B1"}, False),
        ({"subtype": "bot_message", "user": None}, False),
    ],
)
def test_only_what_people_write(more: dict[str, Any], by_person: bool) -> None:
    assert written_of("C1", {**MESSAGE, **more}).by_person is by_person


def test_files_are_their_names() -> None:
    files = [{"name": "a.pdf"}, {"title": "A title"}, {"id": "F1", "file_access": "check_file_info"}]
    assert written_of("C1", {**MESSAGE, "files": files}).files == ("a.pdf", "A title", "a file")


def test_what_is_left_of_a_deleted_file_is_nothing() -> None:
    left = {**MESSAGE, "text": " ", "files": [{"id": "F1", "mode": "tombstone"}]}
    assert written_of("C1", left).empty
    assert not written_of("C1", {**left, "text": "Words"}).empty
    assert not written_of("C1", {**left, "files": [{"name": "a.pdf", "mode": "hosted"}]}).empty


def test_who_else_has_reacted() -> None:
    reactions = [
        {"name": "thumbsup::skin-tone-2", "users": ["U1"], "count": 1},
        {"name": "+1", "users": ["U2"], "count": 1},
        {"name": "paperclip", "users": ["U1"], "count": 1},
        {"name": "pushpin", "users": ["U1"], "count": 51},
    ]
    written = written_of("C1", {**MESSAGE, "reactions": reactions})
    assert written.marked_by_others(frozenset({"+1"}), "U1")
    assert not written.marked_by_others(frozenset({"paperclip", "clip"}), "U1")
    assert written.marked_by_others(frozenset({"paperclip"}), "U3")
    assert written.marked_by_others(frozenset({"pushpin"}), "U1"), "Slack names fewer than it counts"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("R&amp;D &lt;b&gt;", "R&D <b>"),
        ("&amp;lt;", "&lt;"),
        ("<@U1> and <@U2|grace> and <@U3>", "@Omar Shah and @grace and @a colleague"),
        ("<#C1|digital> <#C2>", "#digital #a channel"),
        ("<!channel> <!here|here> <!subteam^S1|@web>", "@channel here @web"),
        ("<!date^1700000000^{date}|14 November>", "14 November"),
        ("<https://a.example/?a=1&amp;b=2>", "https://a.example/?a=1&b=2"),
        ("<https://a.example|the wiki>", "the wiki (https://a.example)"),
        ("<https://a.example|https://a.example>", "https://a.example"),
        ("<mailto:a@b.example|a@b.example>", "a@b.example"),
        ("  *bold* :tada:\n", "*bold* :tada:"),
    ],
)
def test_words_as_people_read_them(text: str, words: str) -> None:
    assert plain_words(text, NAMES) == words


@given(st.text())
def test_what_people_type_comes_back(typed: str) -> None:
    sent = typed.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert plain_words(sent, {}) == typed.strip()


def test_who_is_mentioned() -> None:
    text = "<@U1> <@U2|omar> <https://a.example> &lt;@U3&gt;"
    assert written_of("C1", {**MESSAGE, "text": text}).mentioned == {"U1", "U2"}
