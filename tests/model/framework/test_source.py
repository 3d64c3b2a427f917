from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from model.framework.framework import Dimension
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


@pytest.mark.parametrize(
    ("name", "old", "new", "where", "said"),
    [
        (STRATEGY, "name: Strategy", "name:", "name:", "'name' is empty."),
        (STRATEGY, "name: Strategy", "name: '  '", "name:", "'name' is empty."),
        (STRATEGY, "name: Strategy", 'name: "\\u200b"', "name:", "only spaces or invisible characters"),
        (STRATEGY, "name: Strategy", 'name: "St\\x07y"', "name:", "'name' holds a control character"),
        (STRATEGY, "name: Strategy", 'name: "St\\ud800y"', "name:", "'name' holds a"),
        (
            STRATEGY,
            "name: Strategy",
            "name: yes",
            "name:",
            "read as a yes-or-no value, but a text",
        ),
        (STRATEGY, "name: Strategy", "name: 2026-01-01", "name:", "read as a date"),
        (STRATEGY, "name: Strategy", "name: 2026-13-45", "name:", "read as a date"),
        (STRATEGY, "name: Strategy", "name: 12", "name:", "read as a number"),
        (STRATEGY, "name: Strategy", "name: [a, b]", "name:", "is a list, but one text is wanted"),
        (STRATEGY, "name: Strategy", "name: {a: b}", "name:", "is a set of keys, but one text is wanted"),
        (STRATEGY, "name: Strategy", "name: !!python/object:os.system x", "name:", "but a text is wanted"),
        (
            STRATEGY,
            "name: Strategy",
            "name: " + "x" * 61,
            "name:",
            "is 61 characters long; the limit is 60.",
        ),
        (STRATEGY, "name: Strategy", "nmae: Strategy", "nmae", "Did you mean 'name'?"),
        (STRATEGY, "name: Strategy", "", "id: strategy", "'name' is missing here."),
        (
            STRATEGY,
            "name: Strategy",
            "name: Strategy\nname: Again",
            "Again",
            "it is already on line 2",
        ),
        (STRATEGY, "name: Strategy", "name: Strategy\n? [a]\n: b", "? [a]", "must be one word"),
        (
            STRATEGY,
            "name: Strategy",
            "name: Leadership",
            "name:",
            "first used in dimensions/01-",
        ),
        (STRATEGY, "id: strategy", "id: Strategy", "id:", "'id' is not an id."),
        (STRATEGY, "id: strategy\n", "id: leadership\n", "id:", "The id 'leadership' is used twice"),
        (
            STRATEGY,
            "id: strategy-direction",
            "id: leadership-ownership",
            "- id",
            "first used in dimensions/01-",
        ),
        (STRATEGY, "id: strategy-direction", "id: strategy", "- id", "The id 'strategy' is used twice"),
        (STRATEGY, "group: foundations", "group: foundation", "group:", "Did you mean 'foundations'?"),
        (
            STRATEGY,
            "provenance: published",
            "provenance: own",
            "provenance:",
            "must be one of these words",
        ),
        (STRATEGY, "[efficiency, agility]", "[efficiency, agilty]", "benefits:", "Did you mean 'agility'?"),
        (STRATEGY, "[efficiency, agility]", "[agility, agility]", "benefits:", "'agility' is used twice"),
        (STRATEGY, "[efficiency, agility]", "efficiency", "benefits:", "'benefits' must be a list"),
        (STRATEGY, "[efficiency, agility]", "", "benefits:", "'benefits' must be a list"),
        (STRATEGY, "prompts:", "weight: 0\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: -1.5\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: .inf\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: .nan\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: heavy\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: yes\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "prompts:", "weight: 0.0001\nprompts:", "weight", "at most 3 decimals"),
        (
            STRATEGY,
            "prompts:",
            f"weight: {'9' * 5000}\nprompts:",
            "weight",
            "'weight' must be a number above 0",
        ),
        (STRATEGY, "prompts:", "weight: 1:30\nprompts:", "weight", "must be a number above 0"),
        (STRATEGY, "    descriptors:", "    descriptor:", "descriptor:", "Did you mean 'descriptors'?"),
        (
            STRATEGY,
            "    evidence_examples:",
            "    evidence_examples: x\n    y:",
            "evidence_examples: x",
            "must be a list",
        ),
        (MAIN, 'version: "0.1.0"', "version: 0.1", "version:", "'version' is read as a number"),
        (
            MAIN,
            "number: 3",
            "number: 4",
            "levels:",
            "in that order; here: 1, 2, 4, 4, 5.",
        ),
        (MAIN, "number: 3", "number: 6", "number: 6", "whole number from 1 to 5"),
        (MAIN, "number: 3", "number: three", "number: three", "whole number from 1 to 5"),
        (MAIN, "number: 3", "number: 2.5", "number: 2.5", "whole number from 1 to 5"),
        (MAIN, "name: Impactful", "name: passive", "name: passive", "The level name 'passive' is used twice"),
        (
            MAIN,
            "id: delivery",
            "id: foundations",
            "name: Delivery",
            "'foundations' is used twice",
        ),
        (
            MAIN,
            "aggregate: mean",
            "aggregate: average",
            "aggregate:",
            "mean, median or minimum",
        ),
        (MAIN, "group_means: false", "group_means: never", "group_means:", "must be true or false"),
        (MAIN, "title: Local", "tilte: Local", "tilte", "Did you mean 'title'?"),
        (MAIN, "method:", "method: mean\nold:", "method: mean", "'method' must be a set of keys"),
    ],
)
def test_a_fault_is_named_with_its_line(name: str, old: str, new: str, where: str, said: str) -> None:
    texts = changed(name, old, new)
    found = [fault for fault in faults_of(texts) if said in fault.sentence]
    assert found, [str(fault) for fault in faults_of(texts)]
    line = line_with(texts[name], where)
    # The second of two twins may stand a line before the words that we look for.
    assert (found[0].file, found[0].line) in {(name, line), (name, line - 1)}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id: small\n\ttitle: x\n", 2, "There is a tab here."),
        ("id:\tsmall\nlevels:\n\t- a\n", 1, "There is a tab here."),
        ("id: a: b\n", 1, "There is a second colon here."),
        ("id: small\n title: x\n", 2, "There is a second colon here."),
        ("id: 'small\ntitle: x\n", 1, "never closed"),
        ("id: [a, b\ntitle: x\n", 1, "A bracket that is opened here is not closed"),
        ("id: small\ntitle\nversion: x\n", 2, "no colon after its key"),
        ("id: small\n- a\n", 2, "does not fit the lines above"),
        ("id: @small\n", 1, "Put the whole text in quotes."),
        ("id: %small\n", 1, "Put the whole text in quotes."),
        ("id: small\n---\nid: other\n", 2, "A second document begins here"),
        ("id: &a small\ntitle: *a\n", 2, "'*a' points to another place"),
        ("id: *nowhere\n", 1, "'*nowhere' points to another place"),
        ("id: small\ntitle: a\x07b\n", 2, "There is a control character here"),
        ('id: "\\UFFFFFFFF"\n', 1, "backslash code"),
        ("id: " + "[" * 5000, 1, "nested more than 20 deep"),
        ("just text\n", 1, "must be a set of keys"),
        ("- a\n- b\n", 1, "must be a set of keys"),
        ("# only a comment\n", 1, "The file is empty."),
        ("", 1, "The file is empty."),
    ],
)
def test_what_is_no_yaml_of_ours_is_refused_in_plain_words(text: str, line: int, said: str) -> None:
    [fault] = faults_of({"mine.yaml": text})
    assert (fault.file, fault.line) == ("mine.yaml", line)
    assert said in fault.sentence


def test_a_bomb_of_aliases_is_refused_before_it_unfolds() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    found = faults_of({"bomb.yaml": "\n".join(lines)})
    assert len(found) == 29
    assert found[0] == Fault("bomb.yaml", 2, "'*a0' points to another place; write the text out instead.")


@pytest.mark.parametrize("kept", [0, 1, 4, 6])
def test_a_prompt_needs_exactly_five_descriptors(kept: int) -> None:
    text = TEXTS[STRATEGY]
    begin, end = text.index("    descriptors:\n"), text.index("    evidence_examples:")
    listed = [line for line in text[begin:end].splitlines()[1:] if line.strip()]
    listed = (listed + ["      - One more."])[:kept]
    block = (
        "    descriptors:\n" + "".join(line + "\n" for line in listed) if kept else "    descriptors: []\n"
    )
    [fault] = faults_of(TEXTS | {STRATEGY: text[:begin] + block + text[end:]})
    entries = "1 entry" if kept == 1 else f"{kept} entries"
    assert fault.line == line_with(text, "descriptors:")
    assert fault.sentence == (
        f"'descriptors' has {entries}; it needs exactly 5, one for each level from 1 to 5, in that order."
    )


def test_missing_descriptors_are_named_once() -> None:
    text = TEXTS[STRATEGY]
    begin, end = text.index("    descriptors:\n"), text.index("    evidence_examples:")
    [fault] = faults_of(TEXTS | {STRATEGY: text[:begin] + text[end:]})
    assert str(fault) == f"{STRATEGY}:{line_with(text, '- id')}: 'descriptors' is missing here. Add it."


def test_one_bad_descriptor_is_named_and_not_counted_as_missing() -> None:
    text = TEXTS[STRATEGY].replace(
        "      - A written direction", "      - " + "x" * 280 + " A written direction"
    )
    [fault] = faults_of(TEXTS | {STRATEGY: text})
    assert fault.line == line_with(text, "xxx")
    assert fault.sentence.startswith("'descriptors', entry 2, is ")
    assert fault.sentence.endswith("the limit is 280.")


def test_a_card_that_slack_would_count_too_long_is_refused() -> None:
    text = TEXTS[STRATEGY]
    begin, end = text.index("    descriptors:\n"), text.index("    evidence_examples:")
    signs = "    descriptors:\n" + f"      - a{'&' * 120}\n" * 5
    [fault] = faults_of(TEXTS | {STRATEGY: text[:begin] + signs + text[end:]})
    assert fault.line == line_with(text, "- id")
    assert "the limit is 2600" in fault.sentence and "'prompts', entry 1, takes 3" in fault.sentence


def test_all_faults_come_in_one_go_in_order() -> None:
    texts = dict(TEXTS)
    texts["dimensions/09-technology.yaml"] = "id: [\n"
    texts["dimensions/03-culture.yaml"] = texts["dimensions/03-culture.yaml"].replace(
        "group: foundations", "group: x1"
    )
    texts[STRATEGY] = (
        texts[STRATEGY].replace("name: Strategy", "name:").replace("provenance: p", "provenance: q")
    )
    texts[MAIN] = texts[MAIN].replace("aggregate: mean", "aggregate: sum")
    found = faults_of(texts)
    assert found == sorted(found)
    assert [fault.file for fault in found] == [
        STRATEGY,
        STRATEGY,
        "dimensions/03-culture.yaml",
        "dimensions/09-technology.yaml",
        MAIN,
    ]


def test_without_its_main_file_only_that_and_real_faults_are_named() -> None:
    texts = {name: text for name, text in TEXTS.items() if name != MAIN}
    assert [str(fault) for fault in faults_of(texts)] == [
        "framework.yaml:1: This file is missing. It holds the title, levels, groups, benefits and method."
    ]
    texts[STRATEGY] = texts[STRATEGY].replace("name: Strategy", "name:")
    assert [fault.file for fault in faults_of(texts)] == [STRATEGY, MAIN]


def test_a_broken_main_file_does_not_make_faults_in_the_others() -> None:
    [fault] = faults_of(TEXTS | {MAIN: "id: a: b"})
    assert fault.file == MAIN


def test_unreadable_dimensions_are_not_also_called_missing() -> None:
    [fault] = faults_of({MAIN: TEXTS[MAIN], STRATEGY: "\t"})
    assert (fault.file, fault.line) == (STRATEGY, 1)


def test_no_dimensions() -> None:
    [fault] = faults_of({MAIN: TEXTS[MAIN]})
    assert str(fault) == "framework.yaml:1: There are no dimensions. Add at least one."
    [fault] = faults_of({MAIN: TEXTS[MAIN] + "\ndimensions: []\n"})
    assert fault.sentence == "There are no dimensions. Add at least one."


def test_a_stray_file_and_two_homes_for_dimensions() -> None:
    [fault] = faults_of(TEXTS | {"dimension/11-more.yaml": "id: more"})
    assert (fault.file, fault.line) == ("dimension/11-more.yaml", 1)
    found = faults_of(TEXTS | {MAIN: TEXTS[MAIN] + "\ndimensions: []\n"})
    assert "Keep one of the two" in found[0].sentence
    found = faults_of(TEXTS | {"framework.yml": TEXTS[MAIN]})
    assert any(fault.file == "framework.yml" and "Keep one of the two" in fault.sentence for fault in found)


def single_file() -> str:
    text = TEXTS[MAIN] + "\ndimensions:\n"
    for name in sorted(TEXTS):
        if name != MAIN:
            lines = TEXTS[name].splitlines()
            text += f"  - {lines[0]}\n" + "".join(f"    {line}\n" for line in lines[1:])
    return text


def test_a_single_file_is_the_same_framework() -> None:
    assert parse_framework({"anything.yml": single_file()}) == SMALL


def test_faults_in_a_single_file_have_their_lines() -> None:
    text = single_file().replace("group: delivery", "group: delivry", 1)
    [fault] = faults_of({"one.yaml": text})
    assert fault.line == line_with(text, "delivry")


def test_dimensions_come_in_the_order_of_the_file_names() -> None:
    texts = {name.replace("02-", "99-"): text for name, text in reversed(TEXTS.items())}
    assert [each.id for each in parse_framework(texts).dimensions][-1] == "strategy"


def test_windows_line_ends_change_nothing() -> None:
    texts = {name: text.replace("\n", "\r\n") for name, text in TEXTS.items()}
    assert parse_framework(texts).content_hash == SMALL.content_hash


def test_a_weight_is_read_exactly() -> None:
    texts = changed(STRATEGY, "prompts:", "weight: 0.1\nprompts:")
    assert str(parse_framework(texts).dimension("strategy").weight) == "0.1"


pieces = st.sampled_from(
    [
        "id",
        ":",
        " ",
        "\n",
        "- ",
        "  ",
        "a",
        "1",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "\t",
        "&x",
        "*x",
        "!",
        "|",
        ">",
        "#",
        "~",
    ]
)


@settings(deadline=None)
@given(st.lists(pieces, max_size=30).map("".join))
def test_no_text_makes_it_fall_over(text: str) -> None:
    for texts in ({"one.yaml": text}, TEXTS | {STRATEGY: text}):
        for fault in faults_of(texts):
            assert 1 <= fault.line <= text.count("\n") + 2 or fault.file != STRATEGY
            assert fault.sentence and "nput should" not in fault.sentence


@settings(deadline=None)
@given(st.data())
def test_any_line_can_be_damaged(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(sorted(TEXTS)))
    lines = TEXTS[name].splitlines()
    place = data.draw(st.integers(0, len(lines) - 1))
    lines[place] = data.draw(
        st.sampled_from(["", "x", "x: y", "- x", "  - 1", "id:", "[]", "levels: 3", "null"])
    )
    try:
        parse_framework(TEXTS | {name: "\n".join(lines)})
    except FrameworkFaults as refusal:
        assert refusal.faults
        assert all("nput should" not in fault.sentence for fault in refusal.faults)


def test_the_readme_shows_a_dimension_that_would_be_accepted() -> None:
    readme = (Path(__file__).parents[3] / "model/content/README.md").read_text(encoding="utf-8")
    example = readme.split("## What a dimension looks like")[1].split("```yaml\n")[1].split("```")[0]
    texts = {
        MAIN: TEXTS[MAIN],
        STRATEGY: example.replace("  - …\n", "  - …\n" * 5, 1)
        .replace("      - …\n", "      - …\n" * 5, 1)
        .replace("…", "Some text"),
    }
    strategy = parse_framework(texts).dimension("strategy")
    assert strategy.weight == 1
    assert set(strategy.model_fields_set) == set(Dimension.model_fields), "the example shows every key"
