"""Actions written as YAML read back as the same, whatever is in them."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.content_files.framework_folder import load_framework, load_library
from model.library.importing import Coming, arrivals
from model.library.library import Action, ActionStatus
from model.library.source import LibraryFaults, parse_actions
from model.library.writing import library_yaml
from tests.model.libraries import ROADS_AND_PARKS, action_data


def action(action_id: str, **changes: Any) -> Action:
    return Action.model_validate(action_data(action_id, **changes))


def read_back(actions: tuple[Action, ...], beside: tuple[Action, ...] = ()) -> tuple[Action, ...]:
    return parse_actions({"own.yaml": library_yaml(actions)}, ROADS_AND_PARKS, beside)


_texts = st.one_of(
    st.sampled_from(["yes", "12", "null", "a: b", "- a", "# a", "'q\" ", "{x}", "2027-01-01", "💡 [a]"]),
    st.text(st.characters(exclude_categories=("Cc", "Cs", "Z", "C")), min_size=1, max_size=30),
)


@given(_texts, _texts, _texts)
@settings(max_examples=150, deadline=None)
def test_whatever_the_words_are(title: str, step: str, name: str) -> None:
    data = action_data(
        "ask-drivers",
        title=title,
        steps=[step, "Go on.", "Stop."],
        milestones=[{"name": name, "week": 6}],
        benefits=[],
        author=name,
    )
    try:
        made = Action.model_validate(data)
    except ValueError:
        return
    assert read_back((made,)) == (made,)


def test_it_looks_like_the_bundled_files() -> None:
    assert library_yaml([action("ask-drivers", prerequisites=["mend"], reading=[])]) == (
        "actions:\n"
        "  - id: ask-drivers\n"
        "    title: Do ask drivers\n"
        "    summary: What ask-drivers is.\n"
        "    why: It helps.\n"
        "    benefits: [efficiency]\n"
        "    dimension: roads\n"
        "    from_level: 1\n"
        "    to_level: 2\n"
        "    prompts: []\n"
        "    effort: {time: low, money: low, skills: medium}\n"
        "    weeks: 6\n"
        "    prerequisites: [mend]\n"
        "    steps:\n"
        "      - Begin.\n"
        "      - Go on.\n"
        "      - Stop.\n"
        "    milestones:\n"
        "      - {name: Half way, week: 3}\n"
        "      - {name: Done, week: 6}\n"
        "    success: One can see it.\n"
        "    evidence:\n"
        "      - A note\n"
    )


def test_the_whole_bundled_library_reads_back() -> None:
    framework = load_framework()
    library = load_library(framework)
    read = parse_actions({"all.yaml": library_yaml(library.actions)}, framework, ())
    local = {"status": ActionStatus.LOCAL}
    assert list(read) == [each.model_copy(update=local) for each in library.actions]


def test_actions_may_build_on_those_beside_them() -> None:
    beside = (action("mend", benefits=[]),)
    made = action("ask-drivers", prerequisites=["mend"], benefits=[])
    assert read_back((made,), beside) == (made,)
    with pytest.raises(LibraryFaults) as faults:
        read_back((made,))
    assert "own.yaml:13: " in str(faults.value) and "mend" in str(faults.value)


def test_one_that_repeats_another_beside_it_is_read_in_its_place() -> None:
    beside = (action("mend", benefits=[]), action("after", prerequisites=["mend"], benefits=[]))
    same_id = action("mend", title="Mend it well", benefits=[])
    assert read_back((same_id,), beside) == (same_id,)
    for title in ("Do mend", "do  MEND."):
        same_title = action("other", title=title, benefits=[])
        assert read_back((same_title,), beside) == (same_title,)


def test_faults_have_their_lines() -> None:
    text = "actions:\n  - id: [a]\n    title: x\n  - 5\n"
    with pytest.raises(LibraryFaults) as faults:
        parse_actions({"own.yaml": text}, ROADS_AND_PARKS, (action("mend"),))
    assert all(fault.file == "own.yaml" and fault.line >= 1 for fault in faults.value.faults)


def test_titles_that_read_the_same_are_a_fault_of_the_second_in_the_files() -> None:
    first, second = action("mend"), action("copy", title="do Mend.")
    texts = {
        "a.yaml": library_yaml([first]),
        "b.yaml": library_yaml([action("plant", dimension="parks"), second]),
    }
    with pytest.raises(LibraryFaults) as faults:
        parse_actions(texts, ROADS_AND_PARKS, ())
    [fault] = faults.value.faults
    line = texts["b.yaml"].splitlines().index("    title: do Mend.") + 1
    assert (fault.file, fault.line) == ("b.yaml", line)
    assert fault.sentence == (
        "The title 'do Mend.' is used twice; each must be used once. It is first used in a.yaml, line 3."
    )


def test_what_becomes_of_each() -> None:
    shipped = (action("mend"),)
    own = (action("ask"), action("plant", dimension="parks"))
    files = (
        action("mend", title="Mend anew"),
        action("ask", status="bundled"),
        action("plant", dimension="parks", weeks=9),
        action("copy", title="Do mend"),
        action("fresh"),
    )
    found = arrivals(files, shipped, own, replace=False)
    assert [each.coming for each in found] == [
        Coming.SHIPPED,
        Coming.SAME,
        Coming.CHANGED,
        Coming.TITLE_TAKEN,
        Coming.NEW,
    ]
    assert found[3].like == "mend"
    again = arrivals(files, shipped, own, replace=True)
    assert again[2].coming is Coming.REPLACED


@pytest.mark.parametrize("title", ["do MEND", "Do mend.", "Do  mend"])
def test_a_title_that_reads_the_same_is_taken(title: str) -> None:
    files = (action("copy").model_copy(update={"title": title}),)
    for shipped, own in (((action("mend"),), ()), ((), (action("mend"),))):
        [found] = arrivals(files, shipped, own, replace=False)
        assert (found.coming, found.like) == (Coming.TITLE_TAKEN, "mend")
