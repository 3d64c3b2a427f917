"""The bundled content: the facts it must hold and what its texts must be like."""

import re
from itertools import combinations
from pathlib import Path

import pytest

from bot.content_files.framework_folder import load_framework
from model.framework.framework import Dimension, Provenance
from tests.model.content.texts import shared_words

FOUNDATIONS = ["leadership", "strategy", "culture", "capacity", "decision-making"]
DELIVERY = ["user-centred-design", "online-experience", "data", "technology", "security-and-risk"]
BUNDLED = load_framework()


def test_ten_dimensions_in_two_groups_in_order() -> None:
    assert [each.id for each in BUNDLED.dimensions] == FOUNDATIONS + DELIVERY
    assert [each.group for each in BUNDLED.dimensions] == ["foundations"] * 5 + ["delivery"] * 5


def test_the_five_levels() -> None:
    names = [(level.number, level.name) for level in BUNDLED.levels]
    assert names == list(
        enumerate(("Passive", "Developing", "Impactful", "Mainstreamed", "Transformative"), start=1)
    )


def test_provenance_says_which_names_are_published() -> None:
    published = [each.id for each in BUNDLED.dimensions if each.provenance is Provenance.PUBLISHED]
    assert published == FOUNDATIONS
    assert {level.provenance for level in BUNDLED.levels} == {Provenance.PUBLISHED}
    assert {group.id: group.provenance.value for group in BUNDLED.groups} == {
        "foundations": "published",
        "delivery": "draft",
    }
    assert "draft" in BUNDLED.provenance_note


def test_the_five_benefits_are_all_used() -> None:
    assert [each.id for each in BUNDLED.benefits] == [
        "efficiency",
        "prevention",
        "resident-experience",
        "agility",
        "risk-reduction",
    ]
    assert {name for each in BUNDLED.dimensions for name in each.benefits} == {
        each.id for each in BUNDLED.benefits
    }


def test_the_method_is_said_to_be_our_reading() -> None:
    assert (BUNDLED.method.aggregate.value, BUNDLED.method.rounding.value) == ("mean", "half_up")
    assert BUNDLED.method.note.startswith("Our reading of the official calculator")


@pytest.mark.parametrize("dimension", BUNDLED.dimensions, ids=lambda dimension: dimension.id)
def test_each_dimension_explains_itself(dimension: Dimension) -> None:
    assert dimension.wording is Provenance.DRAFT
    assert 3 <= len(dimension.covers) <= 7
    assert 2 <= len(dimension.does_not_cover) <= 5
    assert 4 <= len(dimension.points_to_consider) <= 8
    assert 4 <= len(dimension.evidence_examples) <= 8
    assert 3 <= len(dimension.traps) <= 6
    assert len(set(dimension.descriptors)) == 5
    assert [each.benefit for each in dimension.benefit_examples] == [each.id for each in BUNDLED.benefits]
    assert dimension.benefits


@pytest.mark.parametrize("dimension", BUNDLED.dimensions, ids=lambda dimension: dimension.id)
def test_what_a_dimension_does_not_cover_is_in_another_one(dimension: Dimension) -> None:
    others = {each.name for each in BUNDLED.dimensions} - {dimension.name}
    for entry in dimension.does_not_cover:
        named = re.search(r"\(([^()]+)\)$", entry)
        assert named is not None and named[1] in others, entry


@pytest.mark.parametrize("dimension", BUNDLED.dimensions, ids=lambda dimension: dimension.id)
def test_five_prompts_worded_properly(dimension: Dimension) -> None:
    assert len(dimension.prompts) == 5
    for prompt in dimension.prompts:
        assert prompt.id.startswith(dimension.id.split("-")[0])
        assert prompt.question.endswith("?")
        assert 2 <= len(prompt.evidence_examples) <= 3
        assert all(text.endswith((".", "?")) for text in (prompt.why, *prompt.descriptors))


def test_no_two_prompts_ask_the_same() -> None:
    asked = [prompt.question for prompt in BUNDLED.prompts]
    assert [pair for pair in combinations(asked, 2) if shared_words(*pair, telling=True) > 0.6] == []


def test_examples_come_from_many_services() -> None:
    services = (
        *(
            "bin",
            "planning",
            "repair",
            "social care",
            "council tax",
            "librar",
            "licen",
            "election",
            "parking",
        ),
        *("school", "regist", "highway", "road", "benefit", "leisure", "food", "homeless"),
    )
    told = " ".join(each.example for dimension in BUNDLED.dimensions for each in dimension.benefit_examples)
    assert sum(service in told.lower() for service in services) >= 12


def test_the_benefits_at_length() -> None:
    known = {each.id for each in BUNDLED.dimensions}
    for benefit in BUNDLED.benefits:
        assert benefit.provenance is Provenance.PUBLISHED
        assert benefit.paragraph is not None and len(benefit.paragraph) > 300
        assert benefit.example is not None
        assert 2 <= len(benefit.drivers) <= 4 and set(benefit.drivers) <= known
    assert {driver for benefit in BUNDLED.benefits for driver in benefit.drivers} == known


def test_the_handbook_follows_an_assessment_from_start_to_end() -> None:
    assert [chapter.id for chapter in BUNDLED.handbook] == [
        "preparing",
        "who-to-invite",
        "one-dimension-at-a-time",
        "judging-a-level",
        "evidence",
        "disagreeing-well",
        "peer-and-independent",
        "confirming-levels",
        "choosing-targets",
        "doing-it-again",
    ]
    words = sum(len(text.split()) for chapter in BUNDLED.handbook for text in chapter.text)
    assert 900 <= words <= 1600


def test_the_readme_lists_the_files_there_are() -> None:
    folder = Path(__file__).parents[3] / "model" / "content"
    readme = (folder / "README.md").read_text(encoding="utf-8")
    for name in ("framework.yaml", "benefits.yaml", "handbook.yaml", "dimensions/", "library/"):
        assert f"`{name}" in readme
        assert (folder / name).exists()
