"""From an assessment and its plan to what a ranking looks at, and what became of a suggestion."""

from __future__ import annotations

from model.assessment.assessment import Assessment
from model.assessment.steps import Cancel
from model.library.library import Amount, Library
from model.plan.plan import Dismissal, ItemStatus, Plan, PlanItem
from model.plan.steps import Dismiss, SetCapacity, SetStatus, SetTargets, WantedTarget
from model.refusals import Reason
from model.suggestions.situation import may_ask, settled_as, situation_of, suggestion_of
from model.suggestions.suggestion import Candidate, LeftOut, WhyNot
from tests.model.assessments import GRACE, NIA, after
from tests.model.libraries import action_data, library_of
from tests.model.plans import ASSESSED, EMPTY, IVY, item_step, planned

LIBRARY: Library = library_of(
    [action_data(each, from_level=3) for each in ("done", "dropped", "planned", "proposed", "open")]
)
TARGETED = SetTargets((WantedTarget("roads", 5),))


def item(action_id: str, status: ItemStatus | None = None) -> Plan:
    plan = planned(TARGETED, item_step(action_id, action_id=action_id))
    return plan if status is None else planned(SetStatus(action_id, status, "No time"), plan=plan)


def test_what_is_known_of_a_team() -> None:
    plan = planned(
        TARGETED,
        SetCapacity(Amount.MEDIUM),
        Dismiss("other", "Not ours"),
        *(item_step(each, action_id=each) for each in ("done", "dropped", "planned")),
        SetStatus("done", ItemStatus.DONE),
        SetStatus("dropped", ItemStatus.DROPPED, "No time"),
    )
    plan = planned(
        item_step("proposed", action_id="proposed", owners=()), item_step("ours"), plan=plan, by=GRACE
    )
    situation = situation_of(ASSESSED, plan, LIBRARY)
    assert situation.levels == {"roads": 3, "parks": 3, "bins": 3}
    assert situation.targets == {"roads": 5}
    assert situation.answers == {prompt.id: 3 for prompt in ASSESSED.framework.prompts}
    assert situation.capacity is Amount.MEDIUM
    assert situation.planned == {"planned", "proposed"}
    assert situation.proposed == {"proposed"}
    assert situation.done == {"done"}
    assert situation.dropped == {"dropped"}
    assert situation.dismissed == {"other"}


def test_what_was_dropped_and_added_again_is_in_the_plan() -> None:
    plan = planned(item_step("again", action_id="dropped"), plan=item("dropped", ItemStatus.DROPPED))
    situation = situation_of(ASSESSED, plan, LIBRARY)
    assert situation.planned == {"dropped"}
    assert not situation.dropped
    settled = settled_as(plan, "dropped")
    assert isinstance(settled, PlanItem) and settled.id == "again"


def test_earlier_plans_of_the_channel_count_but_for_what_they_dropped() -> None:
    last = planned(
        *(item_step(each, action_id=each) for each in ("planned", "done", "dropped", "open")),
        SetStatus("done", ItemStatus.DONE),
        SetStatus("dropped", ItemStatus.DROPPED, "Not that year"),
        Dismiss("other", "Not ours"),
    )
    first = planned(item_step("first", action_id="dropped"), Dismiss("planned", "Long ago"))
    now = planned(TARGETED, item_step("now", action_id="open"), SetStatus("now", ItemStatus.DONE))
    situation = situation_of(ASSESSED, now, LIBRARY, [last, first])
    assert situation.planned == {"planned", "dropped"}
    assert situation.done == {"done", "open"}
    assert situation.dismissed == {"other"}
    assert not situation.dropped


def test_what_became_of_a_suggestion() -> None:
    assert settled_as(EMPTY, "open") is None
    dropped = settled_as(item("dropped", ItemStatus.DROPPED), "dropped")
    assert isinstance(dropped, PlanItem) and dropped.status is ItemStatus.DROPPED
    plan = planned(Dismiss("dropped", "Never"), plan=item("dropped", ItemStatus.DROPPED))
    assert isinstance(settled_as(plan, "dropped"), Dismissal)


def test_a_card_keeps_its_reason_when_it_is_settled() -> None:
    suggestion = suggestion_of(ASSESSED, item("planned"), LIBRARY, "planned")
    assert suggestion is not None
    assert isinstance(suggestion.place, Candidate) and suggestion.place.target == 5
    assert isinstance(suggestion.settled, PlanItem) and suggestion.action.id == "planned"


def test_a_card_says_why_it_has_no_place_any_more() -> None:
    suggestion = suggestion_of(ASSESSED, EMPTY, LIBRARY, "open")
    assert suggestion is not None
    assert suggestion.place == LeftOut(LIBRARY.action("open"), WhyNot.NO_TARGET)
    assert suggestion_of(ASSESSED, EMPTY, LIBRARY, "never-was") is None


def test_observers_do_not_ask_and_nobody_does_once_it_is_cancelled() -> None:
    assert may_ask(ASSESSED, NIA) is None
    assert may_ask(ASSESSED, GRACE) is None
    assert may_ask(ASSESSED, "somebody in the channel") is None
    observer, cancelled = may_ask(ASSESSED, IVY), may_ask(_cancelled(), NIA)
    assert observer is not None and observer.reason is Reason.OBSERVERS_READ
    assert cancelled is not None and cancelled.reason is Reason.ASSESSMENT_CANCELLED


def _cancelled() -> Assessment:
    return after(ASSESSED, Cancel(""))
