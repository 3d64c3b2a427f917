from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.library.library import Library
from model.library.search import BEST, search
from tests.model.libraries import ROADS_AND_PARKS, action_data, library_of

TITLES = {
    "roads-potholes": "Mend the worst potholes first",
    "roads-owner": "Name an owner for each road",
    "roads-lamps": "Ask residents which lamps are broken",
    "roads-cafe": "Talk at the café about parking",
    "parks-benches": "Count benches and ask who sits there",
    "parks-trees": "Plant trees with the school",
    "parks-owner": "Name an owner for each park",
    "parks-keys": "Lock the gates at night",
    "parks-map": "Draw a map of every path",
    "parks-dogs": "Put up signs about dogs",
}
LIBRARY = library_of(
    [
        action_data(
            name,
            title=title,
            dimension=name.partition("-")[0],
            summary="Begin small and write it down.",
            steps=["Write a letter to Barbara.", "Wait.", "Look again."],
        )
        for name, title in TITLES.items()
    ]
)


def found(words: str, limit: int | None = BEST) -> list[str]:
    return [action.id for action in search(LIBRARY, ROADS_AND_PARKS, words, limit)]


@pytest.mark.parametrize("name", TITLES)
def test_the_exact_title_comes_first(name: str) -> None:
    assert found(TITLES[name])[0] == name
    assert found(f"  {TITLES[name].upper()}?! ")[0] == name
    assert found(name)[0] == name


@settings(deadline=None)
@given(st.data())
def test_a_title_with_one_wrong_letter_still_comes_first(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(TITLES.keys() - {"roads-owner", "parks-owner"})))
    title = TITLES[name]
    place = data.draw(st.sampled_from([n for n, letter in enumerate(title) if letter.isalpha()]))
    wrong = title[:place] + data.draw(st.sampled_from(ascii_lowercase)) + title[place + 1 :]
    assert found(wrong)[0] == name


@settings(deadline=None)
@given(st.data())
def test_a_word_with_one_wrong_letter_still_finds_it(data: st.DataObject) -> None:
    name, word = data.draw(
        st.sampled_from(
            [("roads-potholes", "potholes"), ("parks-benches", "benches"), ("parks-trees", "trees")]
        )
    )
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from(ascii_lowercase))
    kind = data.draw(st.sampled_from(["replaced", "missing", "added", "swapped"]))
    wrong = {
        "replaced": word[:place] + letter + word[place + 1 :],
        "missing": word[:place] + word[place + 1 :],
        "added": word[:place] + letter + word[place:],
        "swapped": word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    }[kind]
    assert name in found(wrong, None)


@settings(deadline=None)
@given(st.text(max_size=300) | st.text(alphabet=" aeiorst&<>'’-–\0\n", max_size=300))
def test_no_text_makes_it_fall_over_and_the_answer_is_steady(words: str) -> None:
    once = found(words)
    assert len(once) == len(set(once)) <= BEST
    assert found(words) == once
    assert found(words, None)[: len(once)] == once


def test_nothing_to_look_for_lists_by_dimension() -> None:
    everything = list(TITLES)
    assert found("") == found("  ?! ") == everything[:BEST]
    assert found("", None) == everything
    assert found("", 0) == found("owner", 0) == []


def test_dimension_and_summary_and_steps_are_searched_in_that_order_of_weight() -> None:
    assert {name.partition("-")[0] for name in found("parks")} == {"parks"}
    assert len(found("small", None)) == len(found("barbara", None)) == len(TITLES)
    both = library_of(
        [
            action_data("roads-step", steps=["Ring the bell.", "Wait.", "Look."]),
            action_data("roads-summary", summary="About a bell."),
            action_data("roads-title", title="Buy a bell"),
        ]
    )
    assert [each.id for each in search(both, ROADS_AND_PARKS, "bell")] == [
        "roads-title",
        "roads-summary",
        "roads-step",
    ]


def test_the_id_the_reason_and_the_evidence_are_searched_as_well() -> None:
    library = library_of(
        [
            action_data("roads-backups", title="Find out what is copied", dimension="roads"),
            action_data("roads-other", title="Look at it again", dimension="roads"),
        ]
    )
    found = search(library, ROADS_AND_PARKS, "backup", limit=1)
    assert [action.id for action in found] == ["roads-backups"]


def test_what_matches_more_words_comes_first() -> None:
    assert found("owner parks")[0] == "parks-owner"
    assert found("owner roads")[0] == "roads-owner"


def test_beginnings_accents_and_swapped_letters() -> None:
    assert found("poth")[0] == "roads-potholes"
    assert found("CAFE") == ["roads-cafe"]
    assert found("maps")[0] == "parks-map"
    assert found("brokne lamsp") == ["roads-lamps"]


def test_what_is_not_there_is_not_found() -> None:
    assert found("zeppelin") == found("xy") == []


def test_an_empty_library() -> None:
    assert search(Library(), ROADS_AND_PARKS, "owner") == search(Library(), ROADS_AND_PARKS, "") == ()


def test_a_very_long_text_is_cut_and_answered() -> None:
    assert found("potholes " + "x" * 100_000) == ["roads-potholes"]
