import copy
import json
import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from model.content_files.text_limits import slack_length
from model.errors import (
    LevelOutOfRange,
    UnknownBenefit,
    UnknownDimension,
    UnknownGroup,
    UnknownPrompt,
    UnreadableSnapshot,
)
from model.framework.framework import Framework, Provenance
from tests.model.frameworks import (
    ONE,
    dimension_data,
    framework_data,
    framework_with,
    many_dimensions,
    one_dimension,
)


@pytest.fixture
def framework() -> Framework:
    return many_dimensions([ONE, ONE, ONE])


def test_lookups(framework: Framework) -> None:
    assert framework.level(3).name == "Impactful"
    assert framework.dimension("side-b").name == "Side b"
    assert framework.prompt("side-c-q1").question == "Question of side-c-q1?"
    assert framework.dimension_of("side-c-q1").id == "side-c"
    assert framework.group("second").name == "Second"
    assert framework.benefit("efficiency").summary == "Less waste."
    assert [prompt.id for prompt in framework.prompts] == ["side-a-q1", "side-b-q1", "side-c-q1"]


def test_an_unknown_id_is_a_typed_refusal_that_names_it(framework: Framework) -> None:
    with pytest.raises(UnknownDimension, match="no dimension with the id 'side-z'") as refusal:
        framework.dimension("side-z")
    assert refusal.value.id == "side-z"
    with pytest.raises(UnknownPrompt, match="no prompt"):
        framework.prompt("side-a")
    with pytest.raises(UnknownPrompt):
        framework.dimension_of("nowhere")
    with pytest.raises(UnknownGroup):
        framework.group("third")
    with pytest.raises(UnknownBenefit):
        framework.benefit("fame")


@pytest.mark.parametrize("number", [0, 6, -1, True, "3", 2.0])
def test_there_are_five_levels(framework: Framework, number: Any) -> None:
    with pytest.raises(LevelOutOfRange):
        framework.level(number)


def test_a_refusal_does_not_repeat_what_somebody_typed(framework: Framework) -> None:
    with pytest.raises(LevelOutOfRange) as refusal:
        framework.level("my secret")  # type: ignore[arg-type]
    assert "secret" not in str(refusal.value)


def test_it_is_frozen_and_can_be_a_key(framework: Framework) -> None:
    with pytest.raises(ValidationError):
        framework.title = "Another"  # type: ignore[misc]
    same = Framework.from_json(framework.to_json())
    assert same == framework
    assert {framework: 1}[same] == 1
    assert copy.deepcopy(framework) == framework
    assert pickle.loads(pickle.dumps(framework)) == framework  # noqa: S301  # our own bytes


def test_a_changed_copy_forgets_the_lookups_of_the_old_one(framework: Framework) -> None:
    old_hash = framework.content_hash
    assert framework.dimension("side-a")
    changed = framework.model_copy(update={"dimensions": framework.dimensions[1:]})
    assert changed.content_hash != old_hash
    with pytest.raises(UnknownDimension):
        changed.dimension("side-a")
    with pytest.raises(ValidationError):
        framework.method.model_copy(update={"aggregate": "guess"})


def test_snapshot_is_the_same_text_each_time_and_reads_back(framework: Framework) -> None:
    again = Framework.from_json(framework.to_json())
    assert again.to_json() == framework.to_json()
    assert again.content_hash == framework.content_hash
    assert len(framework.content_hash) == 64


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"id": "small"}', "not json"])
def test_a_damaged_snapshot_is_refused(text: str) -> None:
    with pytest.raises(UnreadableSnapshot, match="cannot be read"):
        Framework.from_json(text)


def test_a_snapshot_is_checked_like_a_file(framework: Framework) -> None:
    data = json.loads(framework.to_json())
    data["dimensions"][1]["group"] = "third"
    with pytest.raises(UnreadableSnapshot):
        Framework.from_json(json.dumps(data))


def test_the_hash_follows_the_content_and_not_how_it_is_written() -> None:
    data = framework_data([dimension_data("roads", [ONE])])
    one = Framework.model_validate(data)
    data["dimensions"][0]["prompts"][0]["weight"] = Decimal("1.000")
    data["title"] = "  A small\n framework "
    del data["dimensions"][0]["weight"]
    assert Framework.model_validate(data).content_hash == one.content_hash
    data["dimensions"][0]["prompts"][0]["descriptors"][4] += " More."
    assert Framework.model_validate(data).content_hash != one.content_hash


@given(st.decimals("0.001", "100", places=3))
def test_weights_survive_the_snapshot_exactly(weight: Decimal) -> None:
    framework = one_dimension([weight])
    again = Framework.from_json(framework.to_json())
    assert again.prompts[0].weight == weight
    assert again == framework


@pytest.mark.parametrize("weight", [0, -1, "0.0001", 101, "NaN", "Infinity", "heavy", True])
def test_weights_are_positive_and_plain(weight: Any) -> None:
    with pytest.raises(ValidationError):
        one_dimension([weight])


def test_provenance_is_draft_unless_said_otherwise(framework: Framework) -> None:
    assert framework.dimensions[0].provenance is Provenance.DRAFT


@given(st.text(alphabet="ab&<> ", max_size=40))
def test_slack_length_is_the_length_of_the_escaped_text(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert slack_length(text) == len(escaped)


OLD_HASH = "b620f0ae7fb2b251ec2a4b7f938c3098dc875f4beec9c2e278ba5e541f0af376"
"""Of `many_dimensions([1, 2])`, worked out before a framework could hold a guide and a handbook."""
NEW_KEYS = {
    "covers",
    "does_not_cover",
    "benefit_examples",
    "descriptors",
    "points_to_consider",
    "evidence_examples",
    "traps",
    "wording",
}


def test_what_was_added_later_leaves_old_hashes_and_snapshots_alone() -> None:
    framework = many_dimensions([Decimal(1), Decimal(2)])
    assert framework.content_hash == OLD_HASH
    old = json.loads(framework.to_json())
    del old["handbook"]
    for benefit in old["benefits"]:
        for key in ("paragraph", "example", "drivers"):
            del benefit[key]
    for dimension in old["dimensions"]:
        for key in NEW_KEYS:
            del dimension[key]
    assert Framework.from_json(json.dumps(old)) == framework


def test_the_guide_survives_the_snapshot() -> None:
    data = framework_data([dimension_data("roads", [Decimal(1)])])
    data["dimensions"][0] |= {
        "covers": ["Potholes"],
        "benefit_examples": [{"benefit": "efficiency", "example": "One visit."}],
        "descriptors": ["1", "2", "3", "4", "5"],
    }
    data["handbook"] = [{"id": "preparing", "title": "Preparing", "text": ["Begin."]}]
    framework = Framework.model_validate(data)
    assert Framework.from_json(framework.to_json()) == framework
    assert framework.content_hash != framework_with([dimension_data("roads", [Decimal(1)])]).content_hash
    assert hash(framework.dimensions[0]) == hash(Framework.from_json(framework.to_json()).dimensions[0])
