"""The council's own actions beside the bundled ones: one library that always holds together."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.content_files.text_limits import PROMPT_ID_PATTERN
from model.library.council_library import fresh_id, with_own
from model.library.library import Action, Library
from tests.model.libraries import ROADS_AND_PARKS, action_data, library_of

BUNDLED = library_of([action_data("mend-roads"), action_data("count-roads", from_level=2)])


def own(action_id: str, **changes: Any) -> Action:
    """An action that has not been looked at beside others."""
    return Action.model_validate(action_data(action_id, **changes))


def merged(*actions: Action) -> Library:
    return with_own(BUNDLED, actions, ROADS_AND_PARKS)


def test_own_actions_stand_among_the_others_in_their_order() -> None:
    library = merged(own("plant-trees", dimension="parks"), own("ask-drivers"))
    assert [each.id for each in library.actions] == [
        "ask-drivers",
        "mend-roads",
        "count-roads",
        "plant-trees",
    ]


def test_without_any_it_is_the_same_library() -> None:
    assert merged() is BUNDLED


def test_what_came_back_with_the_bundled_files_is_left_out() -> None:
    library = merged(own("mend-roads", title="Other"), own("mine", title=BUNDLED.action("mend-roads").title))
    assert library == BUNDLED
    assert merged(own("a1", title="Same"), own("b1", title="Same")).action("a1").title == "Same"
    assert len(merged(own("a1", title="Same"), own("b1", title="Same")).actions) == 3


@pytest.mark.parametrize("title", ["do MEND roads", "Do mend roads.", " Do  mend roads "])
def test_a_title_that_reads_the_same_is_left_out(title: str) -> None:
    assert BUNDLED.action("mend-roads").title == "Do mend roads"
    assert merged(own("mine").model_copy(update={"title": title})) == BUNDLED


def test_what_the_framework_does_not_have_is_taken_away() -> None:
    action = own("ask-drivers", prompts=["roads-1", "moon-1"], benefits=["luck", "efficiency"])
    library = merged(action, own("fly", dimension="moon"))
    kept = library.action("ask-drivers")
    assert kept.prompts == tuple(
        each.id for each in ROADS_AND_PARKS.dimension("roads").prompts if each.id == "roads-1"
    )
    assert "luck" not in kept.benefits
    assert len(library.actions) == 3


def test_prerequisites_that_are_gone_later_or_in_a_circle_are_taken_away() -> None:
    library = merged(
        own("first", prerequisites=["second", "mend-roads", "gone", "count-roads", "first"]),
        own("second", prerequisites=["first"]),
    )
    assert library.action("first").prerequisites == ("second", "mend-roads")
    assert library.action("second").prerequisites == ()


_IDS = ["mend-roads", "aa", "bb", "cc"]


@given(
    st.lists(
        st.builds(
            lambda id_, title, level, dimension, needs: own(
                id_, title=title, from_level=level, dimension=dimension, prerequisites=needs
            ),
            st.sampled_from(_IDS),
            st.sampled_from(["One", "Two", "Do mend roads"]),
            st.integers(1, 4),
            st.sampled_from(["roads", "parks", "moon"]),
            st.lists(st.sampled_from(_IDS), unique=True, max_size=3),
        ),
        max_size=6,
    )
)
@settings(max_examples=150, deadline=None)
def test_whatever_is_stored_makes_a_library(actions: list[Action]) -> None:
    library = merged(*actions)
    assert set(BUNDLED.actions) <= set(library.actions)
    assert Library.model_validate(library.model_dump(mode="json")) == library


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Put bin days online", "put-bin-days-online"),
        ("Café & 1 more!", "cafe-1-more"),
        ("3 things", "action-3-things"),
        ("Ω", "action"),
        ("x", "action-x"),
    ],
)
def test_ids_come_from_the_title(title: str, expected: str) -> None:
    assert fresh_id(title, ()) == expected
    assert fresh_id(title, {expected}) == f"{expected}-2"
    assert fresh_id(title, {expected, f"{expected}-2"}) == f"{expected}-3"


@given(st.text(max_size=100))
def test_ids_are_ids(title: str) -> None:
    assert re.fullmatch(PROMPT_ID_PATTERN, fresh_id(title, ()))
    assert re.fullmatch(PROMPT_ID_PATTERN, fresh_id(title, {fresh_id(title, ())}))
