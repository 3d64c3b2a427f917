"""The picture of the house shows the rooms there are, and who uses whom."""

from __future__ import annotations

from xml.etree import ElementTree

from tests.house import FILE, drawn, floors


def test_the_picture_is_that_of_the_imports_as_they_are() -> None:
    assert FILE.read_text("utf-8") == drawn(), "draw it anew with 'poe house'"


def test_it_names_every_room_of_every_floor() -> None:
    texts = [each.text for each in ElementTree.fromstring(drawn()).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314 - our own
    for floor in floors():
        assert floor.name in texts
        assert set(floor.rooms) <= set(texts)


def test_the_model_uses_nothing_and_the_storage_only_the_model() -> None:
    uses = {floor.name: floor.uses for floor in floors()}
    assert uses["model"] == uses["bot.sandbox"] == ()
    assert uses["storage"] == uses["bot.views"] == ("model",)
