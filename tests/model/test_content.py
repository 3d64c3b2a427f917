"""The bundled content: the facts it must hold and what its texts must be like."""

import re

import pytest

from bot.framework_folder import load_framework
from model.framework import Framework, Prompt, Provenance

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


@pytest.mark.parametrize("prompt", BUNDLED.prompts, ids=lambda prompt: prompt.id)
def test_each_prompt_is_worded_properly(prompt: Prompt) -> None:
    assert prompt.question.endswith("?")
    assert 2 <= len(prompt.evidence_examples) <= 3
    assert len(set(prompt.descriptors)) == 5
    words = [set(re.findall(r"[a-z]+", text.lower())) for text in prompt.descriptors]
    for lower, higher in zip(words, words[1:], strict=False):
        # One sentence with another adverb would share nearly all its words with its neighbour.
        assert len(lower & higher) / min(len(lower), len(higher)) < 0.5


def all_texts(framework: Framework) -> list[str]:
    texts = [framework.summary, framework.provenance_note, framework.method.note]
    texts += [each.summary for each in framework.levels]
    texts += [each.summary for each in framework.benefits]
    texts += [each.summary for each in framework.dimensions]
    texts += [each.why_it_matters for each in framework.dimensions]
    for prompt in framework.prompts:
        texts += [prompt.question, prompt.why, *prompt.descriptors, *prompt.evidence_examples]
    return texts


def syllables(word: str) -> int:
    groups = len(re.findall(r"[aeiouy]+", word))
    silent = word.endswith("e") and not word.endswith("le") and groups > 1
    return max(1, groups - silent)


def test_the_texts_read_easily() -> None:
    """Flesch reading ease of all texts together: 60 and more is plain English (Flesch 1948)."""
    text = " ".join(each if each.endswith((".", "?")) else each + "." for each in all_texts(BUNDLED))
    words = re.findall(r"[a-z']+", text.lower())
    sentences = len(re.findall(r"[.?:;](?:\s|$)", text))
    ease = 206.835 - 1.015 * len(words) / sentences - 84.6 * sum(map(syllables, words)) / len(words)
    assert ease >= 60


def test_the_texts_are_british_and_speak_of_residents() -> None:
    text = " ".join(all_texts(BUNDLED)).lower()
    unwanted = r"\b(users?|customers?|citizens?|\w+ization|organize\w*|center|program|behavior)\b"
    assert re.findall(unwanted, text) == []
