"""Who may delete an assessment, and how they show that they mean it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from model.assessment.assessment import Assessment
from model.assessment.steps import Cancel, Pause
from model.records.deletion import Deletion, delete
from model.refusals import Reason, Refusal
from tests.model.assessments import GRACE, NIA, NOW, after, started


def of_title(title: str) -> Assessment:
    return replace(started(), title=title)


@pytest.mark.parametrize(
    ("title", "typed"),
    [
        ("Digital quality, June", "Digital quality, June"),
        ("Digital quality, June", "  digital   QUALITY, june\n"),
        ("The council's year", "The council\u2019s year"),
        ("The council\u2019s \u201cyear\u201d \u2013 2027", 'The council\'s "year" - 2027'),
        ("Straße", "STRASSE"),
        ("<!channel> & *bold*", "<!channel> & *bold*"),
    ],
)
def test_the_title_may_be_typed_as_people_type(title: str, typed: str) -> None:
    assessment = of_title(title)
    kept = Deletion(assessment.id, assessment.channel_id, title, NIA, NOW)
    assert delete(assessment, typed, by=NIA, at=NOW) == kept


@pytest.mark.parametrize("typed", ["", " ", "Digital quality", "Digital quality, July", "delete"])
def test_another_title_deletes_nothing(typed: str) -> None:
    outcome = delete(of_title("Digital quality, June"), typed, by=NIA, at=NOW)
    assert outcome == Refusal(Reason.TITLE_DIFFERS)


def test_only_facilitators_delete() -> None:
    assessment = started()
    outcome = delete(assessment, assessment.title, by=GRACE, at=NOW)
    assert outcome == Refusal(Reason.FACILITATORS_ONLY, who_can=assessment.facilitators)


@pytest.mark.parametrize("step", [None, Pause(), Cancel("No time.")])
def test_it_may_be_deleted_in_any_state(step: Pause | Cancel | None) -> None:
    assessment = started() if step is None else after(started(), step)
    assert isinstance(delete(assessment, assessment.title, by=NIA, at=NOW), Deletion)
