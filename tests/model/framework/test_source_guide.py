"""Reading what a framework explains about itself: dimensions at length, benefits and a handbook."""

import pytest

from model.framework.framework import Benefit, BenefitExample, Chapter
from model.framework.source import Fault, FrameworkFaults, parse_framework
from tests.model.frameworks import small_texts

TEXTS = small_texts()
SMALL = parse_framework(TEXTS)
STRATEGY = "dimensions/02-strategy.yaml"
MAIN = "framework.yaml"


def faults_of(texts: dict[str, str]) -> list[Fault]:
    with pytest.raises(FrameworkFaults) as refusal:
        parse_framework(texts)
    return list(refusal.value.faults)


def changed(name: str, old: str, new: str) -> dict[str, str]:
    assert old in TEXTS[name]
    return TEXTS | {name: TEXTS[name].replace(old, new, 1)}


def line_with(text: str, part: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), start=1) if part in line)


BENEFITS = TEXTS[MAIN][TEXTS[MAIN].index("\nbenefits:") : TEXTS[MAIN].index("\nmethod:")]
HANDBOOK = """
handbook:
  - id: preparing
    title: Preparing
    text:
      - Begin with the reason.
      - >
        Say who will
        see the result.
"""


def test_benefits_and_handbook_may_have_files_of_their_own() -> None:
    more = BENEFITS.replace(
        "  - id: prevention",
        "    paragraph: At length.\n    drivers: [culture, strategy]\n  - id: prevention",
    )
    texts = TEXTS | {
        MAIN: TEXTS[MAIN].replace(BENEFITS, ""),
        "benefits.yaml": more,
        "handbook.yml": HANDBOOK,
    }
    framework = parse_framework(texts)
    first = Benefit.model_validate(
        {**dict(SMALL.benefits[0]), "paragraph": "At length.", "drivers": ["culture", "strategy"]}
    )
    assert framework.benefits == (first, *SMALL.benefits[1:])
    told = ("Begin with the reason.", "Say who will see the result.")
    assert framework.handbook == (Chapter(id="preparing", title="Preparing", text=told),)
    whole = TEXTS | {MAIN: TEXTS[MAIN].replace(BENEFITS, more) + HANDBOOK}
    assert parse_framework(whole) == framework


GUIDE = """covers: [Setting a direction]
does_not_cover: [Money (Capacity)]
benefit_examples:
  - benefit: agility
    example: A form in a week.
descriptors: [One., Two., Three., Four., Five.]
points_to_consider: [Ask twice.]
evidence_examples: [A plan]
traps: [Counting pages]
prompts:"""


def test_a_dimension_may_explain_itself() -> None:
    strategy = parse_framework(changed(STRATEGY, "prompts:", GUIDE)).dimension("strategy")
    assert strategy.covers == ("Setting a direction",)
    assert strategy.does_not_cover == ("Money (Capacity)",)
    assert strategy.benefit_examples == (BenefitExample(benefit="agility", example="A form in a week."),)
    assert strategy.example_of("agility") == "A form in a week."
    assert strategy.example_of("prevention") is None
    assert strategy.descriptors == ("One.", "Two.", "Three.", "Four.", "Five.")
    assert (strategy.points_to_consider, strategy.traps) == (("Ask twice.",), ("Counting pages",))
    assert strategy.wording.value == "draft"


@pytest.mark.parametrize(
    ("old", "new", "where", "said"),
    [
        ("benefit: agility", "benefit: agilty", "agilty", "Did you mean 'agility'?"),
        (
            "    example: A form",
            "    exmaple: A form",
            "exmaple",
            "'exmaple' is not a key that is known here. Did you mean 'example'?",
        ),
        (
            "descriptors: [One., ",
            "descriptors: [",
            "descriptors: [Two",
            "'descriptors' has 4 entries; it needs exactly 5",
        ),
        ("Five.]", "Five., Six.]", "descriptors: [", "'descriptors' has 6 entries; it needs exactly 5"),
        (
            "[Ask twice.]",
            "[" + ", ".join(["Ask."] * 11) + "]",
            "points_to",
            "has 11 entries; at most 10 fit.",
        ),
        (
            "[Counting pages]",
            "[" + ", ".join(f"a{'&' * 150}" for _ in range(5)) + "]",
            "traps:",
            "'traps' takes 3770 characters as a list, counted as Slack does",
        ),
        ("[A plan]", "A plan", "evidence_examples: A", "'evidence_examples' must be a list"),
        (
            "example: A form in a week.",
            "example: A form in a week.\n  - {benefit: agility, example: Again.}",
            "Again",
            "The benefit 'agility' is used twice",
        ),
    ],
)
def test_faults_in_what_a_dimension_explains(old: str, new: str, where: str, said: str) -> None:
    assert old in GUIDE
    texts = changed(STRATEGY, "prompts:", GUIDE.replace(old, new, 1))
    [fault] = [each for each in faults_of(texts) if said in each.sentence]
    assert (fault.file, fault.line) == (STRATEGY, line_with(texts[STRATEGY], where))


@pytest.mark.parametrize(
    ("files", "where", "said"),
    [
        ({"benefits.yaml": BENEFITS}, (MAIN, "benefits:"), "benefits here and benefits.yaml. Keep one"),
        (
            {"handbook.yaml": "chapters: []"},
            ("handbook.yaml", "chap"),
            "holds only 'handbook'. Move 'chapters'",
        ),
        ({"handbook.yaml": "handbook: {a: b}"}, ("handbook.yaml", "handbook"), "must be a list"),
        (
            {"handbook.yaml": HANDBOOK + "  - {id: preparing, title: Again, text: [x]}"},
            ("handbook.yaml", "Again"),
            "The chapter id 'preparing' is used twice",
        ),
        ({"handbook.yaml": HANDBOOK + "    tilte: x"}, ("handbook.yaml", "tilte"), "Did you mean 'title'?"),
        (
            {"handbook.yaml": "handbook: [{id: no-text, title: x, text: []}]"},
            ("handbook.yaml", "no-text"),
            "text",
        ),
        (
            {MAIN: TEXTS[MAIN].replace("  - id: prevention", "    drivers: [cultur]\n  - id: prevention")},
            (MAIN, "cultur"),
            "There is no dimension 'cultur'. Did you mean 'culture'?",
        ),
    ],
)
def test_faults_in_benefits_and_handbook(files: dict[str, str], where: tuple[str, str], said: str) -> None:
    texts = TEXTS | files
    found = [fault for fault in faults_of(texts) if said in fault.sentence]
    assert [(fault.file, fault.line) for fault in found] == [(where[0], line_with(texts[where[0]], where[1]))]


def test_a_benefits_file_that_cannot_be_read_does_not_make_faults_elsewhere() -> None:
    texts = TEXTS | {MAIN: TEXTS[MAIN].replace(BENEFITS, ""), "benefits.yaml": "\t"}
    [fault] = faults_of(texts)
    assert (fault.file, fault.line) == ("benefits.yaml", 1)


def test_a_dimension_that_cannot_be_read_is_not_called_unknown() -> None:
    driven = BENEFITS.replace("  - id: prevention", "    drivers: [technology]\n  - id: prevention")
    texts = TEXTS | {MAIN: TEXTS[MAIN].replace(BENEFITS, driven), "dimensions/09-technology.yaml": "\t"}
    [fault] = faults_of(texts)
    assert (fault.file, fault.line) == ("dimensions/09-technology.yaml", 1)
