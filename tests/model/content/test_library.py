"""The bundled actions library: what it must hold. The rules between actions are checked when it is read."""

import json
from pathlib import Path

import pytest

from model.content_files.text_limits import TITLE_LIMIT, section_length
from model.library.library import Action, ActionStatus, Amount, Library
from model.library.rules import breaches, misfits
from model.library.search import search
from tests.model.content.texts import bundled, bundled_library

STEPS = ((1, 2), (2, 3), (3, 4), (4, 5))


def test_there_are_enough_actions_for_every_step_of_every_dimension() -> None:
    library = bundled_library()
    assert len(library.actions) >= 120
    for dimension in bundled().dimensions:
        found = library.for_dimension(dimension.id)
        for step in STEPS:
            assert sum(action.step == step for action in found) >= 3, (dimension.id, step)


def test_every_prompt_has_an_action_for_each_step_or_nearly() -> None:
    """A gap on any prompt can be answered: with an action for the prompt itself, at most one step wanting."""
    library = bundled_library()
    for prompt in bundled().prompts:
        steps = {action.step for action in library.actions if prompt.id in action.prompts}
        assert len(steps) >= 3, (prompt.id, sorted(steps))


def test_the_fixed_order() -> None:
    order = {dimension.id: place for place, dimension in enumerate(bundled().dimensions)}
    keys = [(order[each.dimension], each.from_level, each.id) for each in bundled_library().actions]
    assert keys == sorted(keys)


def test_nothing_dangles_and_nothing_goes_in_a_circle() -> None:
    data = json.loads(bundled_library().to_json())
    assert breaches(data) == misfits(data, bundled()) == ()
    assert bundled_library().fitted_to(bundled()) == bundled_library()


def test_the_first_step_can_begin_on_monday_without_a_budget() -> None:
    for action in bundled_library().step(1, 2):
        assert action.effort.money is Amount.LOW, action.id
        assert action.milestones[0].week <= 4, action.id
        assert action.weeks <= 13, action.id


@pytest.mark.parametrize("dimension", [dimension.id for dimension in bundled().dimensions])
def test_each_action_is_whole_and_fits_slack(dimension: str) -> None:
    for action in bundled_library().for_dimension(dimension):
        whole_and_fitting(action)


def whole_and_fitting(action: Action) -> None:
    assert action.id.split("-")[0] in action.dimension.split("-")
    assert len(action.title) <= TITLE_LIMIT and not action.title.endswith(".")
    assert action.benefits and action.prompts
    assert 3 <= len(action.steps) <= 7
    assert 2 <= len(action.milestones) <= 5
    weeks = [milestone.week for milestone in action.milestones]
    assert weeks == sorted(set(weeks)) and weeks[-1] <= action.weeks
    assert section_length(action.steps) <= 2800
    assert (action.status, action.author, action.licence) == (
        ActionStatus.BUNDLED,
        "Milepost contributors",
        "CC BY 4.0",
    )


def test_higher_steps_are_not_cheaper_than_the_first() -> None:
    cost = {Amount.LOW: 0, Amount.MEDIUM: 1, Amount.HIGH: 2}

    def mean(step: tuple[int, int]) -> float:
        actions = bundled_library().step(*step)
        return sum(
            cost[a.effort.time] + cost[a.effort.money] + cost[a.effort.skills] + a.weeks / 52 for a in actions
        ) / len(actions)

    means = [mean(step) for step in STEPS]
    assert means == sorted(means)


def test_what_one_reads_on_is_told_by_title_and_publisher_alone() -> None:
    publisher: dict[str, str] = {}
    for action in bundled_library().actions:
        assert len({each.title for each in action.reading}) == len(action.reading)
        for each in action.reading:
            assert "://" not in each.title + each.publisher and "www." not in each.title + each.publisher
            assert publisher.setdefault(each.title, each.publisher) == each.publisher


def test_a_title_finds_its_action() -> None:
    for action in bundled_library().actions[::4]:
        assert search(bundled_library(), bundled(), action.title)[0] == action


def test_ids_are_stable() -> None:
    """Plans and proposals point to these ids. The list beside this file only grows: never take one away."""
    kept = (Path(__file__).with_name("library_ids.txt")).read_text(encoding="utf-8").split()
    framework = bundled()
    now = [
        *(each.id for each in framework.dimensions),
        *(each.id for each in framework.prompts),
        *(each.id for each in framework.benefits),
        *(each.id for each in bundled_library().actions),
    ]
    assert len(set(now)) == len(now)
    assert [each for each in kept if each not in now] == [], "ids that are gone"
    assert [each for each in now if each not in kept] == [], "new ids: add them to library_ids.txt"
    assert kept == sorted(set(kept))


def test_it_reads_back_from_json() -> None:
    assert Library.from_json(bundled_library().to_json()) == bundled_library()
