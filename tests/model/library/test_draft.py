"""The form for an action of the council's own: what makes one, and each fault at its field."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.library.draft import ActionDraft, DraftFault, Flaw, action_from, lines_of
from model.library.library import Action, Amount, Library, Milestone
from tests.model.libraries import ROADS_AND_PARKS

DRAFT = ActionDraft(
    title="  Ask   drivers ",
    summary="Ask them\nat the depot.",
    why="They know.",
    dimension_id="roads",
    from_level=2,
    time=Amount.LOW,
    money=Amount.MEDIUM,
    skills=Amount.HIGH,
    weeks=" 6 weeks ",
    steps="1. Go there.\n\n- Ask.\n• Write it down.",
    success="There is a list.",
    evidence="The list",
    milestones="week 2: First talk\n6 List",
    benefits=("efficiency", "luck"),
)


def made(**changes: Any) -> Action | tuple[DraftFault, ...]:
    return action_from(replace(DRAFT, **changes), "ask-drivers", ROADS_AND_PARKS)


def test_a_whole_form_is_an_action_of_one_step() -> None:
    action = made()
    assert isinstance(action, Action)
    assert (action.title, action.summary, action.step) == ("Ask drivers", "Ask them at the depot.", (2, 3))
    assert action.steps == ("Go there.", "Ask.", "Write it down.")
    assert action.milestones == (Milestone(name="First talk", week=2), Milestone(name="List", week=6))
    assert (action.weeks, action.effort.skills) == (6, Amount.HIGH)
    assert action.benefits == tuple(each.id for each in ROADS_AND_PARKS.benefits if each.id == "efficiency")
    assert Library(actions=(action,)).actions == (action,)


def test_without_milestones_the_end_is_one() -> None:
    action = made(milestones=" \n")
    assert isinstance(action, Action)
    assert action.milestones == (Milestone(name="Finished", week=6),)


def test_lines_lose_bullets_and_numbers_and_nothing_else() -> None:
    assert lines_of("3 things\n 12) more \n—\n* a * b") == ("3 things", "more", "—", "a * b")


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"title": " "}, DraftFault("title", Flaw.MISSING)),
        ({"title": "t" * 76}, DraftFault("title", Flaw.TOO_LONG, 75)),
        ({"summary": "s" * 401}, DraftFault("summary", Flaw.TOO_LONG, 400)),
        ({"why": "\n"}, DraftFault("why", Flaw.MISSING)),
        ({"dimension_id": "moon"}, DraftFault("dimension", Flaw.MISSING)),
        ({"from_level": 5}, DraftFault("from_level", Flaw.MISSING)),
        ({"skills": None}, DraftFault("skills", Flaw.MISSING)),
        ({"weeks": "soon"}, DraftFault("weeks", Flaw.NO_NUMBER, 104)),
        ({"weeks": "105"}, DraftFault("weeks", Flaw.NO_NUMBER, 104)),
        ({"steps": "a\nb"}, DraftFault("steps", Flaw.TOO_FEW, 3)),
        ({"steps": "a\n" * 8}, DraftFault("steps", Flaw.TOO_MANY, 7)),
        ({"steps": "a\nb\n" + "c" * 201}, DraftFault("steps", Flaw.LINE_TOO_LONG, 200, 3)),
        ({"steps": f"{'&' * 200}\n" * 3}, DraftFault("steps", Flaw.LIST_TOO_LONG, 2800)),
        ({"evidence": ""}, DraftFault("evidence", Flaw.TOO_FEW, 1)),
        ({"success": "s" * 301}, DraftFault("success", Flaw.TOO_LONG, 300)),
        ({"milestones": "First"}, DraftFault("milestones", Flaw.NO_WEEK, line=1)),
        ({"milestones": "2"}, DraftFault("milestones", Flaw.NO_WEEK, line=1)),
        ({"milestones": "2 a\n2 b"}, DraftFault("milestones", Flaw.WEEKS_OUT_OF_ORDER, line=2)),
        ({"milestones": "7 a"}, DraftFault("milestones", Flaw.WEEK_AFTER_END, 6, 1)),
        ({"milestones": "1 " + "n" * 76}, DraftFault("milestones", Flaw.LINE_TOO_LONG, 75, 1)),
        ({"milestones": "1 \u200b\u200b"}, DraftFault("milestones", Flaw.UNREADABLE, line=1)),
        ({"why": "\u200b"}, DraftFault("why", Flaw.UNREADABLE)),
        ({"steps": "a\nb\n\x07"}, DraftFault("steps", Flaw.UNREADABLE, line=3)),
    ],
)
def test_faults_are_named_at_their_fields(changes: dict[str, Any], fault: DraftFault) -> None:
    assert made(**changes) == (fault,)


def test_all_faults_are_named_in_one_go() -> None:
    faults = made(title="", weeks="", evidence="")
    assert isinstance(faults, tuple)
    assert [each.field for each in faults] == ["title", "weeks", "evidence"]


def test_many_milestones() -> None:
    lines = "\n".join(f"{week} Point" for week in range(1, 12))
    assert made(weeks="20", milestones=lines) == (DraftFault("milestones", Flaw.TOO_MANY, 10),)


_typed = st.text(max_size=60) | st.sampled_from(["a\nb\nc", "1 x\n2 y", "12", "&" * 400])


@given(_typed, _typed, _typed, _typed, _typed, _typed, _typed, _typed)
def test_whatever_is_typed_gives_an_action_that_a_library_takes_or_faults(
    title: str, summary: str, why: str, weeks: str, steps: str, success: str, evidence: str, milestones: str
) -> None:
    result = made(
        title=title,
        summary=summary,
        why=why,
        weeks=weeks,
        steps=steps,
        success=success,
        evidence=evidence,
        milestones=milestones,
    )
    if isinstance(result, Action):
        assert Library(actions=(result,)).actions == (result,)
    else:
        assert result
