"""Milestones as lines of text: what people write is read, and what was written is read back."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.plan.guards import one_line
from model.plan.milestone_lines import read_lines, written
from model.plan.plan import MILESTONE_LIMIT, MILESTONE_NAME_LIMIT, Milestone
from model.plan.steps import WantedMilestone
from model.refusals import Reason, Refusal
from tests.model.assessments import NOW

FIRST = WantedMilestone("First list", date(2027, 3, 1))


@pytest.mark.parametrize(
    "line",
    [
        "2027-03-01 First list",
        "  2027-3-1   First   list  ",
        "2027-03-01: First list",
        "2027-03-01 - First list",
        "2027-03-01 – First list",
        "• 2027-03-01 First list",
        "- 2027-03-01 First list",
        "1/3/2027 First list",
        "01/03/2027, First list",
        "1.3.2027 First list",
        "01/03/27 First list",
        "1.3.27: First list",
        "1 March 2027 First list",
        "1 march 2027: First list",
        "1 Mar 2027 First list",
        "2027-03-01\tFirst list",
    ],
)
def test_the_ways_in_which_people_write_a_date(line: str) -> None:
    assert read_lines(line) == (FIRST,)


@pytest.mark.parametrize("month", ["Sept", "Sep", "September", "sept"])
def test_september_has_many_names(month: str) -> None:
    assert read_lines(f"9 {month} 2027 Sept review") == (WantedMilestone("Sept review", date(2027, 9, 9)),)


def test_the_day_comes_first() -> None:
    assert read_lines("2/1/2027 Begin") == (WantedMilestone("Begin", date(2027, 1, 2)),)


def test_empty_lines_are_left_out_and_a_name_may_be_missing() -> None:
    found = read_lines("\n2027-03-01 First list\r\n \n2028-02-29")
    assert found == (FIRST, WantedMilestone("", date(2028, 2, 29)))
    assert read_lines(" \n") == ()


@pytest.mark.parametrize(
    "line",
    [
        "First list",
        "soon First list",
        "2027-02-29 First list",
        "2027-13-01 First list",
        "31/04/2027 First list",
        "1 Smarch 2027 First list",
        "2027-03-011 First list",
        "March 2027 First list",
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: str) -> None:
    found = read_lines(f"2027-03-01 Good\n  {line} \n2027-03-02 Good too")
    assert found == Refusal(Reason.MILESTONE_LINE, part="milestones", words=line)


_names = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=60)


@given(_names.map(one_line).filter(lambda name: name and name[0] not in ":,;–—-"), st.dates())
def test_what_is_written_is_read_back(name: str, due: date) -> None:
    milestone = Milestone("I1-01", name, due, NOW, NOW)
    assert read_lines(written([milestone, milestone])) == (WantedMilestone(name, due),) * 2


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    found = read_lines(text)
    assert isinstance(found, Refusal) or all(each.due for each in found)


def test_as_many_as_an_item_holds_fit_the_form() -> None:
    longest = Milestone("I1-01", "x" * MILESTONE_NAME_LIMIT, date(2027, 3, 1), NOW, NOW)
    assert len(written([longest] * MILESTONE_LIMIT)) <= 3_000
