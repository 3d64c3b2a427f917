import csv
import io
import json
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.content_files.framework_folder import load_framework
from model.calculation.calculator import Answer, NotApplicable
from model.score_file.sheet import ROW_LIMIT, ScoreSheet, SheetFaults, SheetKind, read_score_sheet

FRAMEWORK = load_framework()
NA = NotApplicable.NOT_APPLICABLE
IDS = [each.id for each in FRAMEWORK.dimensions]


def read(text: str, kind: str = "yaml") -> ScoreSheet:
    return read_score_sheet(FRAMEWORK, text, SheetKind(kind))


def faults_of(text: str, kind: str = "yaml") -> list[tuple[int, str]]:
    with pytest.raises(SheetFaults) as refusal:
        read(text, kind)
    return [(fault.line, fault.sentence) for fault in refusal.value.faults]


EXPECTED = ScoreSheet(
    currents={"leadership": 3, "data": NA},
    targets={"leadership": 4},
    baselines={"leadership": 2},
    reasons={"data": "Run by the county"},
)


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (
            "yaml",
            "leadership: {current: 3, target: 4, baseline: 2}\n"
            "data: {current: n/a, reason: Run by the county}\ntechnology:\n",
        ),
        (
            "yaml",
            "levels:\n  Leadership: Impactful\n  data: 'n/a: Run by the county'\n  technology: ~\n"
            "targets: {leadership: 4}\nbaselines: {leadership: Developing}\n",
        ),
        (
            "yaml",
            "- id: leadership\n  level: 3\n  target: 4\n  baseline: 2\n"
            "- {id: Data, current: N/A, reason: Run by the county}\n- {id: technology, current: '-'}\n",
        ),
        (
            "yaml",
            "Levels:\n  - {name: Leadership, current: level 3, target level: 4, Baseline_level: 2}\n"
            "  - {dimension: Data, current: n/a (Run by the county)}\n",
        ),
        (
            "json",
            '{\t"leadership": {"current": 3, "target": "4", "baseline": 2.0},\n\t"technology": null,\n'
            '\t"data": {"current": "n/a", "reason": "Run by the county"}}',
        ),
        (
            "json",
            '[{"id":"leadership","current":3,"target":4,"baseline":2},{"id":"data","current":"n/a, Run by '
            'the county"}]',
        ),
        (
            "csv",
            "id,current,target,baseline,reason\nleadership,3,4,2,\ndata,n/a,,,Run by the "
            "county\ntechnology,,,,\n",
        ),
        (
            "csv",
            "\ufeffID;Current;Target;Baseline;Reason;;\r\n;;;;\r\nLeadership;3 Impactful;4;2\r\n\r\n"
            'DATA;Not applicable;;;"Run by\r\nthe county"\r\n',
        ),
        (
            "csv",
            "Dimension\tReason\tLevel\tTarget level\tBaseline level\nLeadership\t\t3\t4\t2\ndata\tRun by "
            "the county\tna\t\t\n",
        ),
        (
            "csv",
            "sep=;\nid;current;target;baseline;reason\nleadership;3;4;2;\ndata;n.a.;;;Run by the county\n",
        ),
        (
            "csv",
            "sep=,\nid,name,current,target,baseline\nleadership,Whatever,3,4,2\ndata,,n/a - Run by the "
            "county,,\n",
        ),
    ],
)
def test_the_shapes_a_person_would_write(kind: str, text: str) -> None:
    assert read(text, kind) == EXPECTED


@pytest.mark.parametrize(
    ("written", "id_"),
    [
        ("online-experience", "online-experience"),
        ("Online experience", "online-experience"),
        ("ONLINE_EXPERIENCE", "online-experience"),
        ("Security & risk", "security-and-risk"),
        ("decision making", "decision-making"),
        ("Leadership-Ownership", "leadership-ownership"),
    ],
)
def test_ids_and_names_in_any_usual_spelling(written: str, id_: str) -> None:
    assert read(f"{written}: 3").currents == {id_: 3}


@pytest.mark.parametrize(
    ("written", "answer"),
    [
        ("3", 3),
        ('"3"', 3),
        ("3.0", 3),
        ("Developing", 2),
        ("developing", 2),
        ("Level 5", 5),
        ("level developing", 2),
        ("2 Developing", 2),
        ("2 - developing", 2),
        ("2 (Developing)", 2),
        ("2. Developing", 2),
        ("", None),
        ("~", None),
        ("null", None),
        ('"  "', None),
        ('"-"', None),
        ("–", None),
    ],
)
def test_levels_in_any_usual_spelling(written: str, answer: Answer) -> None:
    assert read(f"data: {written}").currents.get("data") == answer


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("6", "6 is not a level. The levels are 1 to 5."),
        ("0", "0 is not a level."),
        ("-1", "-1 is not a level."),
        ("2.5", "2.5 lies between two levels."),
        ('"2,5"', "2,5 lies between two levels."),
        ("great", "'great' is not a level. Write 1 to 5, 'Developing' or n/a."),
        ("Impactfull", "Did you mean 'impactful'?"),
        ("3 Developing", "'3 Developing' is not a level."),
        ("yes", "'yes' is not a level."),
        ("true", "'true' is not a level."),
        ("2026-01-01", "'2026-01-01' is not a level."),
        ("1e0", "'1e0' is not a level."),
        ("٣", "'٣' is not a level."),
        (".nan", "'.nan' is not a level."),
        ("9" * 5000, "is not a level."),
        ("n/a", "n/a needs a reason."),
        ("not applicable", "n/a needs a reason."),
        ("n/a -", "n/a needs a reason."),
        ("nathan", "'nathan' is not a level."),
        ("[3]", "One value is wanted here"),
        ("{current: [3]}", "One value is wanted here"),
        ("{curent: 3}", "'curent' is not a column that is known here. Did you mean 'current'?"),
        ("{current: 3, level: 4}", "The current level is given twice in this row."),
        ("{current: n/a, reason: Ours, target: 3}", "so it cannot have a target"),
        ("{target: 7}", "7 is not a level."),
    ],
)
def test_a_bad_level_is_named_with_its_line(written: str, said: str) -> None:
    for text in (f"leadership: 3\n\ndata: {written}\n", f"levels:\n  leadership: 3\n  data: {written}\n"):
        [(line, sentence)] = faults_of(text)
        assert line == 3
        assert said in sentence


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        (
            "leadrship: 3",
            1,
            "There is no dimension or prompt 'leadrship' in this framework. Did you mean 'leadership'?",
        ),
        ("zzz: 3", 1, "milepost model show"),
        ("data: 3\n# a note\nData: 2", 3, "'Data' is already given on line 1. Keep one row for it."),
        ("data: 3\ndata: 2", 2, "'data' is given twice; it is already on line 1"),
        ("- {id: data}\n- {id: data}", 2, "already given on line 1"),
        ("data: 3\ndata-use: 2", 1, "is given here and its prompts too, from line 2"),
        ("- {current: 3}", 1, "This row has no id."),
        ("- 3", 1, "Each row of a list needs keys"),
        ("- {id: data, notes: x}", 1, "'notes' is not a column that is known here."),
        ("- {id: [data]}", 1, "One value is wanted here"),
        ("levels: {data: 3}\ntitle: Us", 2, "'title' is not known beside levels, targets, baselines."),
        ("levels: {data: {target: 2}}\ntargets: {data: 3}", 2, "The target level of 'data' is given twice."),
        (
            "levels: {data: 3}\ntargets: {data: {current: n/a, reason: x}}",
            2,
            "The current level of 'data' is given twice",
        ),
        ("levels: {data: n/a (ours)}\ntargets: {data: 3}", 1, "so it cannot have a target"),
        ("levels: 3", 1, "Write one line for each dimension"),
        ("levels:", 1, "There are no rows"),
        ("", 1, "There are no rows"),
        ("# nothing", 1, "There are no rows"),
        ("just text", 1, "Write one line for each dimension"),
        ("'': 3", 1, "This row has no id."),
        ("data: 3\n\tculture: 2", 2, "There is a tab here."),
        ("data: &x 3\nculture: *x", 2, "'*x' points to another place"),
    ],
)
def test_a_bad_yaml_row_is_named(text: str, line: int, said: str) -> None:
    found = faults_of(text)
    assert [each for each in found if each[0] == line and said in each[1]], found


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ('{"data": 3,\n "culture": }', 2, "This is not valid JSON"),
        ('{"data": 3,\n "culture": 9}', 2, "9 is not a level."),
        ('{"data": 3, "data": 4}', 1, "'data' is given twice"),
        ('[{"id": "data"}, {"id": "data"}]', 1, "already given on line 1"),
        ("[" * 100_000, 1, "nested too deeply"),
        ("[" * 50 + "]" * 50, 1, "nested more than 20 deep"),
        ('{"data": ' + "9" * 5000 + "}", 1, "too long"),
        ('{"data": NaN}', 1, "'NaN' is not a level."),
        ('"data"', 1, "Write one line for each dimension"),
        ('{"\\ud83d\\ude00\\u001b[31m": 3}', 1, "There is no dimension or prompt"),
    ],
)
def test_a_bad_json_row_is_named(text: str, line: int, said: str) -> None:
    found = faults_of(text, "json")
    assert [each for each in found if each[0] == line and said in each[1]], found
    assert all(sentence.isprintable() for _, sentence in found)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("id,current\ndata,9\n", 2, "9 is not a level."),
        ('id,current,reason\ndata,3,"two\nlines"\nculture,9,\n', 4, "9 is not a level."),
        ("id,current\n,3\n", 2, "This row has no id."),
        ("id,current\ndata,3,4\n", 2, "more cells than the header"),
        ("id,curent\ndata,3\n", 1, "'curent' is not a column that is known here. Did you mean 'current'?"),
        ("id,current,level\ndata,3,3\n", 1, "names the column current twice"),
        ("data,3\n", 1, "The first row must name the columns"),
        ("id,current\n", 1, "There are no rows"),
        ('id,current\n"data,3\n', 2, "cannot be read as CSV"),
        ('id,current\n"da"ta,3\n', 2, "cannot be read as CSV"),
        ("id,current\n" + "x" * 200_000 + ",3\n", 2, "cannot be read as CSV"),
        ("id,current\ndata,3\nData,2\n", 3, "already given on line 2"),
    ],
)
def test_a_bad_csv_row_is_named(text: str, line: int, said: str) -> None:
    found = faults_of(text, "csv")
    assert [each for each in found if each[0] == line and said in each[1]], found


def test_all_bad_rows_come_in_one_go_in_order() -> None:
    found = faults_of("id,current\nx1,3\ndata,6\nculture,n/a\n,2\ncapacity,1\n", "csv")
    assert [line for line, _ in found] == [2, 3, 4, 5]


def test_a_file_with_endless_rows_is_refused_at_once() -> None:
    text = "id,current\n" + "x,1\n" * (ROW_LIMIT + 1)
    [(line, sentence)] = faults_of(text, "csv")
    assert line == 1
    assert f"the limit is {ROW_LIMIT}" in sentence


def test_blank_rows_for_a_dimension_beside_its_prompts_are_no_conflict() -> None:
    assert read("data:\ndata-use: 2").currents == {"data-use": 2}


def test_a_reason_may_stand_with_a_level() -> None:
    sheet = read("data: {current: 2, reason: We asked}")
    assert (sheet.currents, sheet.reasons) == ({"data": 2}, {"data": "We asked"})


def test_what_cannot_be_seen_is_dropped_from_a_reason() -> None:
    assert read('data: {current: n/a, reason: "\\e[31mred\\u202e"}').reasons == {"data": "[31mred"}


cells = st.one_of(st.integers(1, 5), st.none())
sheets = st.dictionaries(st.sampled_from(IDS), st.tuples(cells, cells, cells), min_size=1)


@given(sheets)
def test_the_three_kinds_say_the_same(given: dict[str, tuple[Any, Any, Any]]) -> None:
    rows = [
        dict(zip(("id", "current", "target", "baseline"), (id_, *levels), strict=True))
        for id_, levels in given.items()
    ]
    out = io.StringIO()
    writer = csv.DictWriter(out, ["id", "current", "target", "baseline"])
    writer.writeheader()
    writer.writerows(rows)
    current, target, baseline = (
        {id_: levels[place] for id_, levels in given.items() if levels[place] is not None}
        for place in range(3)
    )
    expected = ScoreSheet(current, target, baseline, reasons={})
    assert read(out.getvalue(), "csv") == expected
    assert read(json.dumps(rows, indent=1), "json") == expected
    assert read(yaml.safe_dump(rows), "yaml") == expected


pieces = st.sampled_from(
    [
        "data",
        ":",
        " ",
        "\n",
        "- ",
        "id",
        ",",
        ";",
        "current",
        "3",
        "n/a",
        "[",
        "]",
        "{",
        "}",
        "'",
        '"',
        "\t",
        "levels",
    ]
)


@given(st.lists(pieces, max_size=30).map("".join), st.sampled_from(list(SheetKind)))
def test_no_text_makes_it_fall_over(text: str, kind: SheetKind) -> None:
    try:
        read_score_sheet(FRAMEWORK, text, kind)
    except SheetFaults as refusal:
        assert refusal.faults
        assert all(1 <= fault.line <= text.count("\n") + 2 for fault in refusal.faults)
