"""What is said of a plan: plain sentences with their numbers."""

from __future__ import annotations

import pytest

from bot.views.plan.ambitions import many_targets, projection_lines, target_lines
from bot.views.plan.answer import MINE, OVERDUE, Chosen, chosen_items, plan_answer
from bot.views.plan.message import plan_message
from bot.views.plan.parts import bar
from bot.views.plan.receipts import status_receipt
from bot.views.plan.words import history_line, item_words
from bot.views.refusals.refusals import refusal_sentence
from bot.views.wording.people import Names
from model.assessment.steps import Cancel
from model.plan.history import PlanEntry, PlanHappened
from model.plan.plan import FEW_TARGETS, ItemStatus
from model.plan.plan_in_context import Planned
from model.plan.steps import FinishMilestone, SetStatus, SetTargets, WantedTarget
from model.refusals import Reason, Refusal
from tests.bot.views.hostile_assessments import LONDON
from tests.model.assessments import FRAMEWORK, GRACE, NIA, NOW, after, opened, started
from tests.model.frameworks import ONE, dimension_data, framework_with
from tests.model.plans import ASSESSED, EMPTY, TODAY, ZED, day, item_step, planned

NAMES = Names({ZED: "Zed Quick", NIA: "Nia", GRACE: "Grace"})


def test_few_targets_are_taken_as_they_are_and_many_met_kindly() -> None:
    wide = started(framework_with([dimension_data(f"part-{number}", [ONE]) for number in range(5)]))
    few = {f"part-{number}": 4 for number in range(FEW_TARGETS)}
    assert many_targets(wide, few) == ""
    words = many_targets(wide, {**few, "part-3": 2})
    assert words == (
        "These are 4 dimensions to lift at once, and few targets get done. "
        "Think of choosing 3 or fewer now, and the rest next time."
    )


def test_a_target_that_is_reached_lifts_nothing() -> None:
    assert many_targets(ASSESSED, dict.fromkeys(("roads", "parks", "bins"), 3)) == ""


def test_where_targets_and_items_would_lead() -> None:
    plan = planned(SetTargets((WantedTarget("roads", 5, "Why.", day(99)), WantedTarget("bins", 3))))
    assert target_lines(plan, ASSESSED) == [
        "• Roads: from 3 Impactful to 5 Transformative by 2 March 2027. Why.",
        "• Bins: 3 Impactful, reached",
    ]
    assert projection_lines(plan, ASSESSED) == [
        "Overall level now: 3 Impactful (3.0).",
        "Overall level if every target is reached: 4 Mainstreamed (3.7).",
    ]
    assert projection_lines(planned(item_step(), plan=plan), ASSESSED)[2:] == [
        "Overall level if every item of the plan succeeds: 3 Impactful (3.3)."
    ]
    assert projection_lines(EMPTY, ASSESSED) == []
    assert target_lines(EMPTY, ASSESSED) == ["No targets yet: a few help to choose what to do."]


def test_a_dimension_without_a_level_has_a_target_all_the_same() -> None:
    plan = planned(SetTargets((WantedTarget("roads", 4),)))
    assert target_lines(plan, opened()) == ["• Roads: to 4 Mainstreamed, from no level yet"]
    assert projection_lines(plan, opened()) == [
        "Overall level if every target is reached: 4 Mainstreamed (4.0)."
    ]


def test_the_message_has_numbers_beside_its_bar_and_none_of_it_in_the_text() -> None:
    plan = planned(FinishMilestone("I1-01"), item_step("I2"), plan=planned(item_step()))
    plan = planned(SetStatus("I2", ItemStatus.DONE), plan=plan)
    message = plan_message(plan, ASSESSED, names=NAMES, today=day(41), command="/milepost")
    assert "1 of 2 items done, 3 of 4 milestones." in message.text
    assert "next: Whole list, 2 January 2027 (overdue); 1 of 2 milestones done" in message.text
    assert "▓" not in message.text
    shown = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    assert "▓▓▓▓▓░░░░░ 1 of 2 items done, 3 of 4 milestones." in shown


def test_no_share_is_told_of_nothing() -> None:
    proposed = planned(item_step(), item_step("I2"), by=GRACE)
    both = Planned(proposed, ASSESSED)
    message = plan_message(proposed, ASSESSED, names=NAMES, today=TODAY, command="/milepost")
    assert "No item is taken on so far." in message.text and "0 of 0" not in message.text
    answer = plan_answer(both, proposed.items, Chosen(), viewer=NIA, today=TODAY, command="/milepost")
    assert "2 items; none taken on so far." in answer.text and "0 of 0" not in answer.text


@pytest.mark.parametrize(
    ("done", "total", "filled"), [(0, 0, 0), (0, 3, 0), (1, 3, 3), (99, 100, 9), (3, 3, 10)]
)
def test_the_bar_is_full_only_when_all_is_done(done: int, total: int, filled: int) -> None:
    assert bar(done, total).count("▓") == filled


def test_what_is_mine_and_what_is_overdue() -> None:
    plan = planned(item_step(), item_step("I2", owners=(GRACE,), sponsor=NIA, milestones=()))
    both = Planned(plan, ASSESSED)
    assert [item.id for item in chosen_items(both, Chosen(MINE), ZED, TODAY)] == ["I1"]
    assert [item.id for item in chosen_items(both, Chosen(MINE), NIA, TODAY)] == ["I2"]
    assert [item.id for item in chosen_items(both, Chosen(OVERDUE), NIA, day(11))] == ["I1"]
    assert len(chosen_items(both, Chosen(dimension="roads"), NIA, TODAY)) == 2
    assert chosen_items(both, Chosen(dimension="bins"), NIA, TODAY) == []


@pytest.mark.parametrize(
    ("what", "before", "after", "words"),
    [
        (
            PlanHappened.TARGET_SET,
            "3",
            "4 2027-03-01",
            "set the target to 4 Mainstreamed by 1 March 2027",
        ),
        (PlanHappened.TARGET_REMOVED, "4", "", "took the target of 4 Mainstreamed away"),
        (PlanHappened.LEVELS_CHANGED, "2-3", "2-4", "changed the levels from “2 to 3” to “2 to 4”"),
        (
            PlanHappened.DIMENSION_CHANGED,
            "roads",
            "rivers",
            "from Roads to a dimension that is gone",
        ),
        (PlanHappened.OWNERS_CHANGED, "", f"{NIA} {GRACE}", f"owners from nobody to <@{NIA}> and <@{GRACE}>"),
        (PlanHappened.STATUS_SET, "to_do", "done", "set the status from “to do” to “done”"),
        (PlanHappened.OUTCOME_RECORDED, "", "partly", "said: it worked in part"),
        (PlanHappened.DIGEST_SET, "on", "off", "changed digest set"),
    ],
)
def test_history_is_told_in_sentences(what: PlanHappened, before: str, after: str, words: str) -> None:
    entry = PlanEntry(what, NIA, NOW, before=before, after=after, reason="Because.")
    line = history_line(entry, FRAMEWORK, None, LONDON)
    assert line.startswith(f"23 November 2026 at 09:30: <@{NIA}> ")
    assert words in line
    assert line.endswith("Reason: Because.")


def test_history_names_the_milestone() -> None:
    [item] = planned(item_step()).items
    entry = PlanEntry(PlanHappened.MILESTONE_DONE, NIA, NOW, item_id="I1", milestone_id="I1-01")
    assert "marked “First list” as done" in history_line(entry, FRAMEWORK, item, LONDON)


def test_an_item_is_told_in_whole_sentences() -> None:
    plan = planned(
        SetStatus("I1", ItemStatus.BLOCKED, "No money."), plan=planned(item_step(owners=(ZED, GRACE)))
    )
    [item] = plan.items
    words = item_words(FRAMEWORK, item, day(41))
    assert "Blocked: No money. Roads" in words
    assert f"Owners: <@{ZED}> and <@{GRACE}>." in words
    assert "(overdue). 0 of 2 milestones done." in words
    message = plan_message(plan, ASSESSED, names=NAMES, today=TODAY, command="/milepost")
    assert "owners: Zed Quick and Grace;" in message.text
    assert (
        status_receipt(plan, "I1") == "The status of *Mend the road list* is now Blocked. Reason: No money."
    )
    again = planned(SetStatus("I1", ItemStatus.DOING), plan=plan)
    assert status_receipt(again, "I1") == "The status of *Mend the road list* is now Doing."


def test_a_plan_that_ended_empty_asks_for_nothing() -> None:
    cancelled = after(ASSESSED, Cancel("No time"))
    text = plan_message(EMPTY, cancelled, names=NAMES, today=TODAY, command="/milepost").text
    assert "Nothing was planned." in text and "Add an item" not in text


def test_what_somebody_did_themselves_is_said_so() -> None:
    refusal = Refusal(Reason.ALREADY_DONE, by=GRACE, at=NOW)
    own = refusal_sentence(refusal, None, LONDON, GRACE)
    assert own == "You have done this already, on 23 November 2026 at 09:30; nothing was changed."
    assert f"already done by <@{GRACE}> on 23" in refusal_sentence(refusal, None, LONDON, NIA)
    assert "by a colleague" not in refusal_sentence(Refusal(Reason.ALREADY_DONE), None, LONDON, GRACE)
