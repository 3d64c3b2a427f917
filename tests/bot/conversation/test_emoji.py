"""One name for each emoji, whatever Slack calls it, and one meaning."""

from __future__ import annotations

import pytest

from bot.conversation.emoji import Meaning, emoji_name, emoji_names, meanings


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("paperclip", "paperclip"),
        (":Paperclip:", "paperclip"),
        (" :+1::skin-tone-3: ", "+1"),
        ("thumbsup::skin-tone-6", "+1"),
        ("pencil", "memo"),
        ("", ""),
    ],
)
def test_one_name(written: str, name: str) -> None:
    assert emoji_name(written) == name


def test_a_setting_names_several() -> None:
    assert emoji_names(":paperclip:, thumbsup ,,+1,pushpin") == ("paperclip", "+1", "pushpin")


@pytest.mark.parametrize("setting", ["", " , ", "paper clip", "paperclip pushpin"])
def test_a_setting_that_names_none(setting: str) -> None:
    with pytest.raises(ValueError, match="names of emoji with commas between"):
        emoji_names(setting)


def test_each_has_one_meaning() -> None:
    chosen = {Meaning.EVIDENCE: ("paperclip", "+1")}
    assert meanings(chosen) == {"paperclip": Meaning.EVIDENCE, "+1": Meaning.EVIDENCE}
