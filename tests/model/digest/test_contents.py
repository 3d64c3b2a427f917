"""What the weekly digest of a channel says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from model.assessment.assessment import Assessment, AssessmentState, Mode, Role
from model.assessment.steps import AddPeople, Agree, ConfirmLevel, OpenDimension, Pause, RecordLevel
from model.digest.contents import Digest, Told, digest_of
from model.plan.plan import ItemStatus, Plan
from model.plan.steps import DropMilestone, FinishMilestone, SetStatus, WantedMilestone
from tests.model.assessments import GRACE, LATER, NOW, OMAR, after, answered, opened, started
from tests.model.plans import ASSESSED, TODAY, ZED, day, item_step, planned
from tests.model.proposals.small_proposal import proposed

PLAN = planned(item_step())
"""Roads, with a milestone in ten days and one in forty."""


def said(plan: Plan, *, since: datetime = NOW, today: date = TODAY) -> dict[str, list[str]]:
    """The names in each list of a digest; empty lists are left out."""
    digest = digest_of([Told(ASSESSED, plan)], since=since, today=today)
    lists = {
        "done items": [each.item.title for each in digest.done_items],
        "done": [each.milestone.name for each in digest.done],
        "overdue": [each.milestone.name for each in digest.overdue],
        "due": [each.milestone.name for each in digest.due],
    }
    assert digest.empty == (not any(lists.values()))
    return {name: names for name, names in lists.items() if names}


def now(*assessments: Assessment) -> Digest:
    """What is said of these while nothing was planned."""
    return digest_of([Told(each) for each in assessments], since=NOW, today=TODAY)


class TestWhatItSays:
    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            (-5, {}),
            (-4, {"due": ["First list"]}),
            (10, {"due": ["First list"]}),
            (11, {"overdue": ["First list"]}),
            (26, {"overdue": ["First list"], "due": ["Whole list"]}),
            (41, {"overdue": ["First list", "Whole list"]}),
        ],
    )
    def test_what_is_due_within_two_weeks_and_what_is_overdue(
        self, today: int, expected: dict[str, list[str]]
    ) -> None:
        assert said(PLAN, today=day(today)) == expected

    def test_what_was_done_since_the_last_one_and_not_before(self) -> None:
        done = planned(FinishMilestone(PLAN.items[0].milestones[0].id), plan=PLAN, at=LATER)
        assert said(done) == {"done": ["First list"]}
        assert said(done, since=LATER) == {}

    def test_a_whole_action_that_is_done_stands_for_its_milestones(self) -> None:
        done = planned(
            FinishMilestone(PLAN.items[0].milestones[0].id),
            SetStatus("I1", ItemStatus.DONE),
            plan=PLAN,
            at=LATER,
        )
        assert said(done, today=day(60)) == {"done items": ["Mend the road list"]}
        assert said(done, since=LATER, today=day(60)) == {}, "the last digest told of it"

    def test_what_was_dropped_is_not_spoken_of(self) -> None:
        dropped = planned(DropMilestone(PLAN.items[0].milestones[0].id, "Not needed."), plan=PLAN, at=LATER)
        assert said(dropped, today=day(11)) == {}

    def test_what_was_handed_over_is_marked(self) -> None:
        first = PLAN.items[0].milestones[0].id
        told = Told(ASSESSED, PLAN, handed_over=frozenset({first}))
        digest = digest_of([told], since=NOW, today=day(41))
        assert [each.handed_over for each in digest.overdue] == [True, False]


class TestWhatWaits:
    def votes(self, assessment: Assessment) -> list[int | None]:
        digest = now(assessment)
        assert all(each.question for each in digest.waiting)
        return [each.votes for each in digest.waiting]

    def levels(self, assessment: Assessment) -> list[tuple[str, bool]]:
        return [(each.about, each.confirm) for each in now(assessment).unsettled]

    def test_votes_are_counted_and_an_answer_is_just_waited_for(self) -> None:
        assert self.votes(opened()) == [None]
        together = after(
            replace(started(), mode=Mode.TOGETHER),
            AddPeople((GRACE, OMAR), Role.ASSESSOR),
            OpenDimension("roads"),
        )
        assert self.votes(together) == [2]
        question = together.prompts[0].prompt_id
        one = after(together, RecordLevel(question, 3), by=GRACE)
        assert (self.votes(one), self.levels(one)) == ([1], [])
        shown = after(one, RecordLevel(question, 4), by=OMAR)
        assert self.levels(shown) == [(shown.framework.prompt(question).question, False)]
        assert self.levels(after(shown, Agree(question, 3, "So we think."))) == []

    def test_a_dimension_that_is_answered_waits_until_its_level_is_confirmed(self) -> None:
        bins = answered(opened("bins"), "bins", 2)
        name = bins.framework.dimension("bins").name
        assert (self.votes(bins), self.levels(bins)) == ([], [(name, True)])
        assert now(after(bins, ConfirmLevel("bins", seen=2, level=2))).empty

    def test_nothing_waits_before_the_first_question_or_in_a_pause(self) -> None:
        assert now(started()).empty
        assert now(after(opened(), Pause())).empty
        assert now(after(answered(opened("bins"), "bins", 2), Pause())).empty
        assert now(replace(opened(), state=AssessmentState.CLOSED)).empty

    def test_what_was_proposed_waits_in_the_plan_or_beside_it(self) -> None:
        plan = planned(item_step(), by=ZED)
        told = Told(ASSESSED, plan, (proposed("Bin days online"),))
        digest = digest_of([told], since=NOW, today=TODAY)
        assert [(each.title, each.by) for each in digest.proposed] == [
            ("Mend the road list", ZED),
            ("Bin days online", ZED),
        ]
        assert not digest.due, "what is only proposed is not due"
        assert digest.people == {ZED}


class TestSeveralInOneChannel:
    LATE = replace(opened(), id="A2", title="Second", started_at=NOW + timedelta(days=9))
    OTHER = replace(
        planned(item_step("I2", owners=(OMAR,), milestones=(WantedMilestone("Between", day(12)),))),
        assessment_id="A2",
    )

    def test_all_plans_and_what_waits_stand_together_by_date(self) -> None:
        told = [Told(ASSESSED, PLAN), Told(self.LATE, self.OTHER)]
        digest = digest_of(told, since=NOW, today=day(41))
        assert [(each.milestone.name, each.assessment.id) for each in digest.overdue] == [
            ("First list", "A1"),
            ("Between", "A2"),
            ("Whole list", "A1"),
        ]
        assert [each.assessment.id for each in digest.waiting] == ["A2"]
        assert [each.id for each in digest.assessments] == ["A1", "A2"]
        assert digest.people == {OMAR, ZED}

    def test_only_those_are_named_of_which_something_is_said(self) -> None:
        told = [Told(ASSESSED, Plan("A1", "C1")), Told(self.LATE)]
        assert [each.id for each in digest_of(told, since=NOW, today=TODAY).assessments] == ["A2"]
        assert digest_of([], since=NOW, today=TODAY) == Digest()
