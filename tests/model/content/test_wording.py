"""How the bundled texts are worded: British, plain, of residents, and each saying something of its own."""

import re
import statistics
from itertools import combinations

import pytest
import textstat

from tests.model.content.texts import (
    bundled_library,
    neighbours,
    prose,
    questions_and_descriptors,
    shared_words,
)

AMERICAN = re.compile(
    r"\b(\w{3,}(?:iz(?:e[sd]?|ing|ations?)|yz(?:e[sd]?|ing))|\w*color\w*|behavior\w*|center\w*|programs?|labor|"
    r"favor\w*|honor\w*|neighbor\w*|catalogs?|fulfill|enroll|enrollment|judgment|license[sd]?|practicing|defense|"
    r"offense|gray|traveled|traveling|canceled|modeled|labeled|math|inquir(?:y|ies)|toward|gotten)\b",
    re.IGNORECASE,
)
"""Spellings that are not ours; "license" is right as a verb only, which our texts do without."""
NOT_AMERICAN = {"size", "sized", "sizes", "prize", "prizes", "seize", "seized", "capsize"}
NOT_RESIDENTS = re.compile(
    r"\b(users?|customers?|citizens?|service users?|end users?|clients?)\b", re.IGNORECASE
)
EMPTY = re.compile(
    r"\b(robust|seamless(?:ly)?|holistic(?:ally)?|innovative|world-class|cutting-edge|best-in-class|"
    r"state-of-the-art|transformational|leading-edge|next-generation|game-changing|impactful|dynamic|strategic|"
    r"effective(?:ly)?|efficient(?:ly)?|appropriate(?:ly)?|comprehensive(?:ly)?|meaningful(?:ly)?|sustainable|"
    r"synerg\w*|leverag\w*|utilis\w*|empower\w*|stakeholders?|going forward|deep dive|low-hanging)\b",
    re.IGNORECASE,
)
ADVERBS_OF_DEGREE = re.compile(
    r"\b(rarely|sometimes|frequently|consistently|fully|partially|somewhat)\b", re.I
)


def own_words(text: str) -> str:
    """A text without the names that are not ours to choose."""
    return re.sub(r"User-centred design|Impactful", "", text)


def test_the_spelling_is_british() -> None:
    found = [
        (where, word)
        for where, text in prose()
        for word in AMERICAN.findall(text)
        if word.lower() not in NOT_AMERICAN
    ]
    assert found == []


@pytest.mark.parametrize("unwanted", [NOT_RESIDENTS, EMPTY], ids=["residents", "empty words"])
def test_words_we_do_without(unwanted: re.Pattern[str]) -> None:
    assert [(where, word) for where, text in prose() for word in unwanted.findall(own_words(text))] == []


def test_every_text_is_one_clean_paragraph() -> None:
    for where, text in prose():
        assert not re.search(r"\s\s|\s[,.;:?]|\.\.|TODO|lorem|http|www\.", text), (where, text)
        assert (
            text[0].isupper() or text[0].isdigit() or text[0] in "\"'£" or text in ("low", "medium", "high")
        )


def test_questions_and_descriptors_read_easily() -> None:
    """Flesch reading ease: 50 and more is what a secondary school pupil reads, 30 is a university text."""
    ease = {text: textstat.flesch_reading_ease(text) for _, text in questions_and_descriptors()}
    assert len(ease) == 10 * 5 + 50 * 6
    assert statistics.median(ease.values()) >= 50
    assert {text: value for text, value in ease.items() if value < 30} == {}


def test_neighbouring_descriptors_differ_in_what_one_would_see() -> None:
    alike = [
        (name, level) for name, level, lower, higher in neighbours() if shared_words(lower, higher) > 0.6
    ]
    assert alike == []


def test_descriptors_are_not_one_sentence_with_another_adverb() -> None:
    found = [
        (where, word)
        for where, text in questions_and_descriptors()
        for word in ADVERBS_OF_DEGREE.findall(text)
    ]
    assert found == []


def test_no_two_descriptors_or_questions_are_the_same() -> None:
    texts = [text.casefold() for _, text in questions_and_descriptors()]
    assert len(set(texts)) == len(texts)


def test_no_two_actions_say_the_same() -> None:
    said = [(action.id, f"{action.title} {action.summary}") for action in bundled_library().actions]
    alike = [
        (one, other)
        for (one, first), (other, second) in combinations(said, 2)
        if shared_words(first, second, telling=True) > 0.5
    ]
    assert alike == []


def test_the_measure_of_likeness_finds_a_twin() -> None:
    assert shared_words("The board meets rarely", "The board meets often") == 0.75
    assert shared_words("Count the bins", "Name an owner", telling=True) == 0
