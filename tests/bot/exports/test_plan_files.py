"""A plan as files: a calendar that calendars understand, and a table that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from bot.exports.plan_calendar import plan_calendar
from bot.exports.plan_csv import COLUMNS, plan_csv
from model.assessment.assessment import Assessment
from model.assessment.roster import ERASED
from model.assessment.steps import Cancel
from model.plan.plan import ItemStatus, Plan, Worked
from model.plan.plan_in_context import Planned
from model.plan.steps import (
    DropMilestone,
    FinishMilestone,
    MoveMilestone,
    RecordOutcome,
    SetStatus,
    WantedMilestone,
)
from tests.model.assessments import GRACE, LATER, NIA, NOW, after
from tests.model.plans import ASSESSED, EMPTY, ZED, day, edit_step, item_step, planned

LONDON = ZoneInfo("Europe/London")
ONE = planned(item_step(success="Fewer; calls,\nless \\ paper"))


def events(plan: Plan, assessment: Assessment = ASSESSED) -> dict[str, dict[str, object]]:
    """What a calendar reads, by UID."""
    calendar = Calendar.from_ical(plan_calendar(Planned(plan, assessment), at=LATER))
    assert calendar["METHOD"] == "PUBLISH"
    return {
        str(event["UID"]): {
            "summary": str(event["SUMMARY"]),
            "start": event.decoded("DTSTART"),
            "end": event.decoded("DTEND"),
            "sequence": int(str(event["SEQUENCE"])),
            "status": str(event["STATUS"]),
            "modified": event.decoded("LAST-MODIFIED"),
            "description": str(event["DESCRIPTION"]),
        }
        for event in calendar.walk("VEVENT")
    }


def rows(plan: Plan, names: dict[str, str] | None = None) -> list[dict[str, str]]:
    text = plan_csv(Planned(plan, ASSESSED), names or {ZED: "Zed Quick", NIA: "Nia"}, LONDON)
    assert text.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"), newline="")))


def test_each_milestone_is_one_whole_day() -> None:
    found = events(ONE)
    assert list(found) == ["I1-01.A1@milepost", "I1-02.A1@milepost"]
    first = found["I1-01.A1@milepost"]
    assert (first["summary"], first["start"], first["end"], first["sequence"], first["status"]) == (
        "First list (Mend the road list)",
        day(10),
        day(11),
        0,
        "CONFIRMED",
    )
    assert "Measure of success: Fewer; calls,\nless \\ paper" in str(first["description"])


def test_a_change_keeps_the_uid_and_raises_the_sequence() -> None:
    before = events(ONE)["I1-01.A1@milepost"]
    moved = events(planned(MoveMilestone("I1-01", day(20)), plan=ONE, at=LATER))["I1-01.A1@milepost"]
    assert (moved["start"], moved["modified"]) == (day(20), LATER)
    assert int(str(moved["sequence"])) > int(str(before["sequence"]))
    renamed = planned(edit_step(ONE.items[0], title="Another"), plan=ONE, at=LATER)
    for event in events(renamed).values():
        assert "(Another)" in str(event["summary"])
        assert (event["sequence"], event["modified"]) == (1, LATER)


def test_what_is_done_says_so_and_what_is_dropped_is_cancelled() -> None:
    plan = planned(FinishMilestone("I1-01"), DropMilestone("I1-02", "No need"), plan=ONE)
    first, second = events(plan).values()
    assert first["summary"] == "Done: First list (Mend the road list)"
    assert (first["status"], second["status"]) == ("CONFIRMED", "CANCELLED")
    dropped = planned(SetStatus("I1", ItemStatus.DROPPED, "No money"), plan=ONE)
    assert {event["status"] for event in events(dropped).values()} == {"CANCELLED"}


def test_what_is_put_back_to_proposed_is_cancelled() -> None:
    before = events(ONE)
    back = events(planned(SetStatus("I1", ItemStatus.PROPOSED), plan=ONE, at=LATER))
    assert list(back) == list(before)
    for uid, event in back.items():
        assert event["status"] == "CANCELLED"
        assert int(str(event["sequence"])) > int(str(before[uid]["sequence"]))


def test_a_plan_that_ended_with_its_assessment_is_cancelled() -> None:
    plan = planned(FinishMilestone("I1-01"), plan=ONE)
    before = events(plan)
    ended = events(plan, after(ASSESSED, Cancel("No time"), by=NIA, at=LATER))
    assert list(ended) == list(before)
    for uid, event in ended.items():
        assert (event["status"], event["modified"]) == ("CANCELLED", LATER)
        assert int(str(event["sequence"])) == int(str(before[uid]["sequence"])) + 1


def test_open_milestones_of_what_is_done_say_done() -> None:
    done = events(planned(SetStatus("I1", ItemStatus.DONE), plan=ONE))
    assert [(event["summary"], event["status"]) for event in done.values()] == [
        ("Done: First list (Mend the road list)", "CONFIRMED"),
        ("Done: Whole list (Mend the road list)", "CONFIRMED"),
    ]


def test_what_is_only_proposed_is_in_no_calendar() -> None:
    assert events(planned(item_step(), by=GRACE)) == {}
    assert events(EMPTY) == {}


def test_the_table_has_a_row_for_each_milestone() -> None:
    plan = planned(
        item_step("I2", title="Ask around", milestones=(), owners=(NIA, "U9")),
        SetStatus("I2", ItemStatus.DONE),
        RecordOutcome("I2", Worked.TOO_EARLY, "Ask in May"),
        plan=ONE,
    )
    first, second, third = rows(plan)
    assert tuple(first) == COLUMNS
    assert (first["item"], first["dimension"], first["milestone"], first["due"], first["owners"]) == (
        "Mend the road list",
        "Roads",
        "First list",
        day(10).isoformat(),
        "Zed Quick",
    )
    assert second["milestone"] == "Whole list"
    assert (third["milestone"], third["owners"], third["status"], third["did it work"]) == (
        "",
        "Nia; a colleague",
        "done",
        "too early",
    )
    assert third["finished on"] == NOW.date().isoformat()


def test_somebody_who_was_erased_has_no_name() -> None:
    [item] = ONE.items
    erased = ONE.with_item(replace(item, added_by=f"{ERASED}1"))
    assert rows(erased)[0]["added by"] == "a former colleague"


@given(st.sampled_from(["=", "+", "-", "@", " =", "\t", "＝"]), st.text(max_size=20))
def test_no_cell_is_a_formula(start: str, rest: str) -> None:
    [item] = ONE.items
    words = f"{start}{rest}"
    plan = ONE.with_item(replace(item, title=words, notes=words, success=words))
    for row in rows(plan, {ZED: words, NIA: words}):
        for name in ("item", "notes", "measure of success", "owners", "added by"):
            assert not row[name].lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "＝"))


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=120))
def test_any_words_are_read_back(words: str) -> None:
    plan = planned(item_step(title="x", milestones=(WantedMilestone("y", day(1)),)))
    [item] = plan.items
    plan = plan.with_item(replace(item, title=words))
    [event] = events(plan).values()
    assert event["summary"] == f"y ({words})"
    assert event["start"] == NOW.date() + timedelta(days=1)
