"""Whatever people write into a plan, and however much: Slack takes all of it, and nobody is notified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.views.block_kit.blocks import Message, View
from bot.views.block_kit.modals import notice_modal
from bot.views.plan.answer import (
    ALL,
    MINE,
    PAGE,
    Chosen,
    chosen_items,
    items_everywhere,
    no_such_part,
    plan_answer,
    plans_answer,
)
from bot.views.plan.export import export_failed, export_note, exported_receipt, nothing_to_export, which_plan
from bot.views.plan.forms import (
    choose_item,
    drop_form,
    hand_over_form,
    move_form,
    snooze_form,
    status_form,
)
from bot.views.plan.item import item_view
from bot.views.plan.item_form import add_item_form, edit_item_form
from bot.views.plan.message import plan_message
from bot.views.plan.notes import decided_note, gave_item, got_item, owner_gone
from bot.views.plan.proposed_items import to_decide
from bot.views.plan.receipts import (
    added_receipt,
    edited_receipt,
    handed_over_receipt,
    milestone_receipt,
    snooze_receipt,
    status_receipt,
    targets_receipt,
)
from bot.views.plan.target_form import target_form
from bot.views.wording.people import Names
from model.assessment.assessment import TITLE_LIMIT, Assessment
from model.calendar.working_hours import Diary
from model.plan.history import PlanEntry
from model.plan.plan import (
    ITEM_LIMIT,
    ITEM_TITLE_LIMIT,
    MILESTONE_LIMIT,
    MILESTONE_NAME_LIMIT,
    NOTES_LIMIT,
    OWNER_LIMIT,
    PLAN_REASON_LIMIT,
    SUCCESS_LIMIT,
    ItemStatus,
    Plan,
    Worked,
)
from model.plan.plan_in_context import Planned
from model.plan.state_machine import take_in_plan
from model.plan.steps import (
    AddItem,
    DropMilestone,
    FinishMilestone,
    PlanStep,
    PlanTaken,
    RecordOutcome,
    SetStatus,
    SetTargets,
    SnoozeMilestone,
    WantedMilestone,
    WantedTarget,
)
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import SHAPES, UNITS, framework, words
from tests.bot.views.hostile_assessments import COMMAND, FACILITATORS, called
from tests.model.assessments import NIA, NOW, started

LONDON = ZoneInfo("Europe/London")
TODAY = NOW.date()
OWNERS = tuple(f"U{number}OWNER" for number in range(OWNER_LIMIT))
PEOPLE = (*FACILITATORS, *OWNERS)


class Made:
    """A plan that says little of itself when a test fails."""

    def __init__(self, planned: Planned, entries: tuple[PlanEntry, ...]) -> None:
        self.planned = planned
        self.entries = entries

    def __repr__(self) -> str:
        return f"Made({len(self.planned.plan.items)} items, {len(self.planned.plan.targets)} targets)"


def walked(assessment: Assessment, typed: str, items: int, milestones: int, targets: int) -> Made:
    """A plan in which everything is as long as it may be."""
    title = typed.strip()[:ITEM_TITLE_LIMIT].strip() or "?"
    name = typed.strip()[: MILESTONE_NAME_LIMIT - 3].strip()
    plan = Plan(assessment.id, assessment.channel_id)
    entries: list[PlanEntry] = []
    reason = typed[:PLAN_REASON_LIMIT].strip() or "?"
    steps: list[PlanStep] = [
        SetTargets(
            tuple(
                WantedTarget(each, 5, reason, TODAY + timedelta(days=300))
                for each in assessment.scope[:targets]
            )
        )
    ]
    statuses = list(ItemStatus)
    for number in range(items):
        id_ = f"{number:016}"
        wanted = tuple(
            WantedMilestone(f"{name} {each}", TODAY + timedelta(days=each)) for each in range(milestones)
        )
        steps.append(
            AddItem(
                id_,
                title,
                assessment.scope[number % len(assessment.scope)],
                1,
                5,
                OWNERS,
                OWNERS[0],
                wanted,
                typed[:NOTES_LIMIT],
                typed[:SUCCESS_LIMIT],
            )
        )
        if milestones > 3:
            steps += [
                FinishMilestone(f"{id_}-01"),
                DropMilestone(f"{id_}-02", reason),
                SnoozeMilestone(f"{id_}-03", TODAY + timedelta(days=9)),
            ]
        steps.append(SetStatus(id_, statuses[number % len(statuses)], reason))
        steps.append(RecordOutcome(id_, Worked.PARTLY, reason))
    for step in steps:
        outcome = take_in_plan(plan, step, assessment, by=NIA, at=NOW, today=TODAY)
        if isinstance(outcome, PlanTaken):
            plan = outcome.plan
            entries += outcome.entries
    return Made(Planned(plan, assessment), tuple(entries))


@st.composite
def plans(draw: st.DrawFn) -> Made:
    unit, shape = draw(st.sampled_from(UNITS)), draw(st.sampled_from(SHAPES))
    title = draw(words).strip()[:TITLE_LIMIT].strip() or "?"
    assessment = started(framework(unit, *shape), title=title, facilitators=FACILITATORS)
    return walked(
        assessment,
        draw(words),
        draw(st.sampled_from([0, 1, 7, ITEM_LIMIT])),
        draw(st.sampled_from([0, 5, MILESTONE_LIMIT])),
        draw(st.sampled_from([0, 1, 24])),
    )


names = words.map(called)


@given(plans(), names, st.sampled_from([0, 30]))
@settings(max_examples=40, deadline=None)
def test_the_plan(made: Made, names: Names, later: int) -> None:
    planned = made.planned
    today = TODAY + timedelta(days=later)
    message = plan_message(planned.plan, planned.assessment, names=names, today=today, command=COMMAND)
    check_shown(message)
    assert len(message.blocks) <= 50


@given(plans(), names)
@settings(max_examples=30, deadline=None)
def test_direct_messages(made: Made, names: Names) -> None:
    planned = made.planned
    for item in planned.plan.items[:7]:
        for entry in (None, *made.entries[-2:]):
            gained = got_item(
                planned, item, entry, person=OWNERS[0], names=names, today=TODAY, command=COMMAND
            )
            check_shown(gained)
            check_shown(gave_item(planned, item, entry, person=OWNERS[0], names=names))
        for entry in made.entries[-2:]:
            check_shown(decided_note(planned, item, entry, names=names))
    check_shown(to_decide(planned, planned.plan.items, day=TODAY, names=names, today=TODAY, command=COMMAND))
    for person in (OWNERS[0], "U9SPONSOR"):
        check_shown(owner_gone(planned, planned.plan.items, person=person, names=names, today=TODAY))


def answers_of(planned: Planned) -> Iterator[Message]:
    """What somebody is shown of a plan."""
    for chosen in (
        Chosen(),
        Chosen(MINE),
        Chosen(MINE, page=ITEM_LIMIT // PAGE),
        Chosen(ALL, planned.assessment.scope[0]),
    ):
        items = chosen_items(planned, chosen, OWNERS[0], TODAY)
        yield plan_answer(planned, items, chosen, viewer=OWNERS[0], today=TODAY, command=COMMAND)
        several = [planned] * 7
        yield plans_answer(several, chosen, channel_id="C1", viewer=OWNERS[0], today=TODAY, command=COMMAND)
    mine = [(planned, item) for item in planned.plan.items]
    yield items_everywhere(mine, Chosen(MINE), viewer=OWNERS[0], today=TODAY, command=COMMAND)


@given(plans())
@settings(max_examples=30, deadline=None)
def test_answers(made: Made) -> None:
    for message in answers_of(made.planned):
        check_shown(message, pings=PEOPLE)


def views_of(made: Made) -> Iterator[View]:
    """Every modal of a plan."""
    planned = made.planned
    assessment, plan = planned.assessment, planned.plan
    yield target_form(plan, assessment, assessment.scope)
    yield target_form(plan, assessment, assessment.scope, dict.fromkeys(assessment.scope, 5))
    yield add_item_form(assessment, NIA, TODAY, proposes=True, dimension=assessment.scope[0])
    for viewer in (NIA, "U9NOBODY"):
        yield choose_item(planned, viewer, today=TODAY, command=COMMAND)
    for item in plan.items[:7]:
        yield edit_item_form(assessment, item, TODAY)
        yield hand_over_form(assessment, item, OWNERS[0])
        yield status_form(assessment, item, ItemStatus.BLOCKED)
        history = [entry for entry in made.entries if entry.item_id == item.id]
        for notice in ("", "Why not."):
            yield item_view(planned, item, NIA, history * 9, today=TODAY, zone=LONDON, notice=notice)
        for milestone in item.milestones[:1]:
            yield move_form(assessment, item, milestone)
            yield drop_form(assessment, item, milestone)
            yield snooze_form(assessment, item, milestone, today=TODAY)


@given(plans())
@settings(max_examples=30, deadline=None)
def test_modals(made: Made) -> None:
    for view in views_of(made):
        check_modal(view, pings=PEOPLE)


def test_an_item_with_as_many_milestones_as_it_can_ever_have() -> None:
    assessment = started(framework("&", 1, 1), facilitators=FACILITATORS)
    made = walked(assessment, "&" * 3_000, 1, 4, 0)
    [item] = made.planned.plan.items
    many = tuple(replace(item.milestones[0], id=f"{item.id}-{number:02}") for number in range(1, 100))
    crowded = replace(item, milestones=many)
    planned = Planned(made.planned.plan.with_item(crowded), assessment)
    check_modal(
        item_view(planned, crowded, NIA, made.entries, today=TODAY, zone=LONDON, notice="x"), pings=PEOPLE
    )


def receipts_of(made: Made) -> Iterator[str]:
    plan, assessment = made.planned.plan, made.planned.assessment
    yield targets_receipt(plan, assessment, made.entries)
    for item in plan.items[:6]:
        yield added_receipt(plan, item.id, COMMAND)
        yield edited_receipt(plan, item.id, made.entries)
        yield status_receipt(plan, item.id)
        yield handed_over_receipt(plan, item.id)
        for milestone in item.milestones[:3]:
            yield milestone_receipt(plan, milestone.id, TODAY)
            yield snooze_receipt(plan, milestone.id, NIA, Diary())


@given(plans())
@settings(max_examples=20, deadline=None)
def test_receipts(made: Made) -> None:
    for sentence in receipts_of(made):
        check_shown(Message(sentence or "Nothing."), pings=PEOPLE)
        check_modal(notice_modal(sentence or "Nothing."), pings=PEOPLE)


@given(plans())
@settings(max_examples=10, deadline=None)
def test_what_goes_with_the_files(made: Made) -> None:
    check_shown(export_note(made.planned.assessment, TODAY))
    check_shown(which_plan([made.planned.assessment] * 25))
    for sentence in (nothing_to_export(COMMAND), exported_receipt(), export_failed()):
        check_shown(Message(sentence))


@given(words)
@settings(max_examples=20, deadline=None)
def test_words_that_name_no_part(typed: str) -> None:
    check_shown(Message(no_such_part(COMMAND, typed, typed or None)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_longest_plan_says_how_many_more(shape: tuple[int, int]) -> None:
    assessment = started(framework("&", *shape), title="&" * 80, facilitators=FACILITATORS)
    made = walked(assessment, "&" * 3_000, ITEM_LIMIT, MILESTONE_LIMIT, 24).planned
    names = called("&" * 80)
    message = plan_message(made.plan, assessment, names=names, today=TODAY, command=COMMAND)
    check_shown(message)
    assert f"more items: {COMMAND} plan" in message.text or "more items" in str(message.blocks)
