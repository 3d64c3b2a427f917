import copy
import json
import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from model.errors import UnknownAction, UnreadableLibrary
from model.library.library import Action, ActionStatus, Amount, Library, in_order
from tests.model.frameworks import ONE, dimension_data, framework_with
from tests.model.libraries import ROADS_AND_PARKS, action_data, library_of


@pytest.fixture
def library() -> Library:
    return library_of(
        [
            action_data("roads-count", prompts=["roads-q1"]),
            action_data("roads-plan", from_level=2, prerequisites=["roads-count"]),
            action_data("parks-plan", from_level=2, dimension="parks", prerequisites=["roads-count"]),
        ]
    )


def test_lookups(library: Library) -> None:
    assert library.action("roads-plan").title == "Do roads plan"
    assert library.action("roads-plan").step == (2, 3)
    assert library.action("roads-count").effort.skills is Amount.MEDIUM
    assert [each.id for each in library.for_dimension("roads")] == ["roads-count", "roads-plan"]
    assert [each.id for each in library.step(2, 3)] == ["roads-plan", "parks-plan"]
    assert library.for_dimension("sea") == library.step(1, 3) == ()


def test_an_unknown_action_is_a_typed_refusal(library: Library) -> None:
    with pytest.raises(UnknownAction, match="no action with the id 'roads-dig' in this library"):
        library.action("roads-dig")


def test_it_is_frozen_and_can_be_a_key(library: Library) -> None:
    with pytest.raises(ValidationError):
        library.actions = ()  # type: ignore[misc]
    with pytest.raises(ValidationError):
        library.actions[0].title = "x"  # type: ignore[misc]
    assert {library: 1}[copy.deepcopy(library)] == 1
    assert pickle.loads(pickle.dumps(library)) == library  # noqa: S301  # our own bytes


def test_json_gives_the_same_library_and_the_same_text(library: Library) -> None:
    again = Library.from_json(library.to_json())
    assert again == library
    assert (again.to_json(), again.content_hash) == (library.to_json(), library.content_hash)
    assert len(library.content_hash) == 64
    changed = library.actions[0].model_copy(update={"summary": "Another."})
    assert Library(actions=(changed, *library.actions[1:])).content_hash != library.content_hash


@pytest.mark.parametrize("text", ["", "[]", "null", '{"actions": [{}]}', '{"more": 1}', "not json"])
def test_a_damaged_library_is_refused_without_its_text(text: str) -> None:
    with pytest.raises(UnreadableLibrary) as refusal:
        Library.from_json(text)
    assert text in ("", "[]") or text not in str(refusal.value)


def test_who_wrote_it_is_not_made_up() -> None:
    action = Action.model_validate(action_data("roads-count"))
    assert (action.status, action.author, action.licence) == (ActionStatus.LOCAL, None, None)


def test_the_order_is_dimension_then_step_then_id() -> None:
    actions = [
        action_data("b-late", from_level=4),
        action_data("b-early"),
        action_data("a-early"),
        action_data("sea", dimension="sea"),
        action_data("z-first", dimension="parks"),
    ]
    library = library_of(actions)
    ids = [each.id for each in in_order(reversed(library.actions), ["parks", "roads"])]
    assert ids == ["z-first", "a-early", "b-early", "b-late", "sea"]


def test_fitted_to_its_own_framework_it_is_the_same(library: Library) -> None:
    assert library.fitted_to(ROADS_AND_PARKS) == library


def test_fitted_to_another_framework_nothing_dangles(library: Library) -> None:
    smaller = framework_with([dimension_data("parks", [ONE])])
    [only] = library.fitted_to(smaller).actions
    assert (only.id, only.prerequisites) == ("parks-plan", ())
    reworded = dimension_data("roads", [ONE])
    reworded["prompts"][0]["id"] = "roads-other"
    reworded["benefits"] = []
    without = framework_with([reworded]).model_copy(update={"benefits": ()})
    first, second = library.fitted_to(without).actions
    assert (first.prompts, first.benefits) == ((), ())
    assert second.prerequisites == ("roads-count",)
    assert library.fitted_to(framework_with([dimension_data("sea", [ONE])])) == Library()


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=20))
def test_a_library_is_refused_exactly_when_its_prerequisites_go_in_a_circle(
    pairs: list[tuple[int, int]],
) -> None:
    needs: dict[int, set[int]] = {number: set() for number in range(8)}
    for number, before in pairs:
        needs[number].add(before)
    actions = [
        action_data(f"roads-{number}", prerequisites=[f"roads-{before}" for before in sorted(befores)])
        for number, befores in needs.items()
    ]
    left = dict(needs)
    while done := [number for number, befores in left.items() if not befores & left.keys()]:
        for number in done:
            del left[number]
    if left:
        with pytest.raises(ValidationError, match="wait for one another"):
            library_of(actions)
    else:
        assert len(library_of(actions).actions) == 8


def test_a_long_chain_of_prerequisites_is_no_trouble() -> None:
    chain = [action_data(f"roads-{n}", prerequisites=[f"roads-{n - 1}"] if n else []) for n in range(2000)]
    assert len(library_of(chain).actions) == 2000


def test_json_is_plain_data(library: Library) -> None:
    [first, *_] = json.loads(library.to_json())["actions"]
    assert first["effort"] == {"time": "low", "money": "low", "skills": "medium"}
    assert first["status"] == "local"
