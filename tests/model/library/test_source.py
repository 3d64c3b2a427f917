from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from model.content_files.faults import Fault
from model.library.library import Action, ActionStatus, Library
from model.library.source import BUNDLED_AUTHOR, BUNDLED_LICENCE, LibraryFaults, parse_library
from tests.model.frameworks import ONE, dimension_data, framework_with
from tests.model.libraries import ROADS_AND_PARKS, action_data, library_of

FILE = "library/01-roads.yaml"


def written(*actions: dict[str, Any]) -> str:
    return yaml.safe_dump({"actions": list(actions)}, sort_keys=False, allow_unicode=True, width=200)


def parsed(texts: dict[str, str], status: ActionStatus = ActionStatus.LOCAL) -> Library:
    return parse_library(texts, ROADS_AND_PARKS, status)


def faults_of(texts: dict[str, str]) -> list[Fault]:
    with pytest.raises(LibraryFaults) as refusal:
        parsed(texts)
    return list(refusal.value.faults)


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


def test_files_become_one_library_in_order() -> None:
    late = action_data("roads-late", from_level=3)
    early = action_data("roads-early", prompts=["roads-q2"])
    park = action_data("parks-plan", dimension="parks", prompts=["parks-q1"], prerequisites=["roads-early"])
    library = parsed({"b.yaml": written(late, early), "a.yaml": written(park)})
    assert library == library_of([early, late, park])


def test_bundled_actions_say_whose_they_are_unless_they_name_somebody() -> None:
    named = action_data("roads-named", author="Anna of Roads", licence="OGL 3.0")
    first, second = parsed({FILE: written(action_data("roads-a"), named)}, ActionStatus.BUNDLED).actions
    assert (first.status, first.author, first.licence) == (
        ActionStatus.BUNDLED,
        BUNDLED_AUTHOR,
        BUNDLED_LICENCE,
    )
    assert (second.author, second.licence) == ("Anna of Roads", "OGL 3.0")
    [own] = parsed({FILE: written(action_data("roads-a"))}).actions
    assert (own.status, own.author) == (ActionStatus.LOCAL, None)


def test_no_actions_is_a_library_too() -> None:
    assert parsed({FILE: "actions: []"}) == Library()


@pytest.mark.parametrize(
    ("changes", "where", "said"),
    [
        ({"dimension": "raods"}, "dimension: raods", "There is no dimension 'raods'. Did you mean 'roads'?"),
        ({"prompts": ["roads-q9"]}, "roads-q9", "There is no prompt 'roads-q9'. Did you mean 'roads-q"),
        ({"prompts": ["parks-q1"]}, "parks-q1", "'parks-q1' belongs to the dimension parks, not to this one"),
        ({"prompts": ["roads-q1", "roads-q1"]}, "- roads-q1", "The prompt 'roads-q1' is used twice"),
        ({"benefits": ["efficency"]}, "efficency", "Did you mean 'efficiency'?"),
        ({"to_level": 3}, "to_level", "An action is one step: from level 1 to level 2, not 3."),
        ({"to_level": 1}, "to_level", "'to_level' must be a whole number from 2 to 5."),
        ({"from_level": 5, "to_level": 6}, "from_level", "'from_level' must be a whole number from 1 to 4."),
        ({"from_level": "one"}, "from_level", "'from_level' must be a whole number from 1 to 4."),
        ({"prerequisites": ["roads-digg"]}, "- roads-digg", "There is no action 'roads-digg'. Did you mean"),
        ({"prerequisites": ["roads-dig"]}, "- roads-dig", "'roads-dig' begins at level 2, after this one"),
        ({"prerequisites": ["roads-a"]}, "- roads-a", "'roads-a' → 'roads-a'"),
        ({"weeks": 0}, "weeks", "'weeks' must be a whole number from 1 to 104."),
        ({"weeks": 105}, "weeks", "'weeks' must be a whole number from 1 to 104."),
        ({"weeks": 5}, "week: 6", "Week 6 is after the end: the action takes 5 weeks."),
        ({"weeks": True}, "weeks", "'weeks' must be a whole number from 1 to 104."),
        (
            {"milestones": [{"name": "A", "week": 4}, {"name": "B", "week": 4}]},
            "week: 4",
            "Week 4 is not after week 4 of the milestone before it.",
        ),
        (
            {"milestones": [{"name": "A", "week": 4}, {"name": "B", "week": 2}]},
            "week: 2",
            "Week 2 is not after week 4 of the milestone before it.",
        ),
        ({"milestones": [{"name": "A", "week": -1}]}, "week: -1", "'week' must be a whole number from 0"),
        ({"milestones": []}, "milestones", "'milestones' has 0 entries; it needs at least 1."),
        ({"milestones": [{"name": "A", "weak": 1}]}, "weak", "Did you mean 'week'?"),
        ({"steps": ["One.", "Two."]}, "steps", "'steps' has 2 entries; it needs at least 3."),
        ({"steps": ["Go."] * 8}, "steps", "'steps' has 8 entries; at most 7 fit."),
        ({"steps": ["Go.", "Go.", "x" * 201]}, "xxx", "'steps', entry 3, is 201 characters long"),
        ({"title": "x" * 76}, "title: x", "'title' is 76 characters long; the limit is 75."),
        ({"title": "Do  ROADS dig"}, "ROADS", "The title 'Do  ROADS dig' is used twice"),
        ({"summary": "x" * 401}, "summary", "'summary' is 401 characters long; the limit is 400."),
        ({"success": ""}, "success", "'success' is empty."),
        ({"evidence": []}, "evidence", "'evidence' has 0 entries; it needs at least 1."),
        ({"effort": {"time": "low", "money": "low"}}, "effort", "'skills' is missing here."),
        ({"effort": "low"}, "effort", "'effort' must be a set of keys"),
        (
            {"effort": {"time": "little", "money": "low", "skills": "low"}},
            "time: little",
            "'time' must be one of these words: low, medium or high.",
        ),
        ({"reading": [{"title": "Manual"}]}, "title: Manual", "'publisher' is missing here."),
        ({"reading": ["Manual"]}, "- Manual", "must be a set of keys"),
        ({"id": "Roads A"}, "Roads A", "'id' is not an id."),
        ({"id": "roads-dig"}, "id: roads-dig", "The action id 'roads-dig' is used twice"),
        ({"status": "ours"}, "status", "'status' must be one of these words: bundled or local."),
        ({"cost": 1}, "cost", "'cost' is not a key that is known here."),
    ],
)
def test_a_fault_is_named_with_its_line(changes: dict[str, Any], where: str, said: str) -> None:
    text = written(action_data("roads-dig", from_level=2), {**action_data("roads-a"), **changes})
    found = [fault for fault in faults_of({FILE: text}) if said in fault.sentence]
    assert found, [str(fault) for fault in faults_of({FILE: text})]
    last = max(number for number, line in enumerate(text.splitlines(), start=1) if where in line)
    assert (found[0].file, found[0].line) == (FILE, last)


@pytest.mark.parametrize(
    "key", sorted(action_data("roads-a").keys() - {"prompts", "prerequisites", "reading"})
)
def test_what_an_action_needs(key: str) -> None:
    action = action_data("roads-a")
    del action[key]
    found = [fault.sentence for fault in faults_of({FILE: written(action)})]
    assert f"'{key}' is missing here. Add it." in found


def test_a_circle_is_named_from_end_to_end() -> None:
    text = written(
        action_data("roads-a", prerequisites=["roads-b"]),
        action_data("roads-b", prerequisites=["roads-c"]),
        action_data("roads-c", prerequisites=["roads-b"]),
    )
    [fault] = faults_of({FILE: text})
    assert fault.sentence.startswith("These actions wait for one another: 'roads-b' → 'roads-c' → 'roads-b'.")
    assert (
        fault.line
        == line_with(text, "id: roads-c")
        + text[text.index("id: roads-c") :].split("prerequisites:")[0].count("\n")
        + 1
    )


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("- id: a\n", 1, "must be a set of keys"),
        ("action: []\n", 1, "'actions' is missing here."),
        ("# note\naction: []\n", 2, "This file holds only 'actions'. Move 'action' away."),
        ("actions: {a: b}\n", 1, "'actions' must be a list"),
        ("actions:\n\t- id: a\n", 2, "There is a tab here."),
        ("actions: [text]\n", 1, "must be a set of keys"),
        ("", 1, "The file is empty."),
    ],
)
def test_what_is_no_library_is_refused_in_plain_words(text: str, line: int, said: str) -> None:
    found = faults_of({FILE: text})
    assert (FILE, line) in [(fault.file, fault.line) for fault in found if said in fault.sentence]


def test_a_file_that_cannot_be_read_does_not_make_faults_elsewhere() -> None:
    good = written(action_data("roads-a", prerequisites=["parks-plan"]))
    [fault] = faults_of({FILE: good, "library/02-parks.yaml": "actions:\n\t- id: parks-plan"})
    assert (fault.file, fault.line) == ("library/02-parks.yaml", 2)


def test_all_faults_of_all_files_come_in_one_go() -> None:
    first = written(
        action_data("roads-a", weeks=0, milestones=[{"name": "Done", "week": 0}]),
        action_data("roads-b", dimension="sea"),
    )
    second = written(action_data("roads-a", title="Another one"))
    found = faults_of({"b.yaml": second, "a.yaml": first})
    assert [fault.file for fault in found] == ["a.yaml", "a.yaml", "b.yaml"]
    [twice] = [fault for fault in found if "used twice" in fault.sentence]
    assert (twice.file, twice.line) == ("b.yaml", 2)
    assert "first used in a.yaml, line 2." in twice.sentence


SAMPLE = written(action_data("roads-a", prompts=["roads-q1"]), action_data("roads-b", from_level=2))


@settings(deadline=None)
@given(st.data())
def test_any_line_can_be_damaged(data: st.DataObject) -> None:
    lines = SAMPLE.splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(
        st.sampled_from(["", "x", "x: y", "- x", "  - 1", "  week: 9999", "id:", "[]", "  steps: 3", "null"])
    )
    try:
        parsed({FILE: "\n".join(lines)})
    except LibraryFaults as refusal:
        assert refusal.faults
        assert all("nput should" not in fault.sentence for fault in refusal.faults)


def test_the_readme_shows_an_action_that_would_be_accepted() -> None:
    readme = (Path(__file__).parents[3] / "model/content/library/README.md").read_text(encoding="utf-8")
    example = readme.split("## What an action looks like")[1].split("```yaml\n")[1].split("```")[0]
    framework = framework_with([dimension_data("data", [ONE])])
    renamed = example.replace("data-ownership", "data-q1").replace(
        "[risk-reduction, efficiency]", "[efficiency]"
    )
    [action] = parse_library({FILE: renamed}, framework).actions
    assert action.model_fields_set == Action.model_fields.keys() - {"author", "licence"}
