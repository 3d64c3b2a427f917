"""Suggestions with the longest texts: Slack takes every card, window and answer, and nobody is notified."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.views.block_kit.blocks import Message, View
from bot.views.library.library import action_modal
from bot.views.suggestions import receipts
from bot.views.suggestions.card import suggestion_card
from bot.views.suggestions.forms import CANDIDATES_A_PAGE, not_for_us_modal, ranking_modal
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment
from model.assessment.steps import OpenDimension, RecordLevel
from model.library.library import Amount, Library
from model.plan.item_from_action import from_action
from model.plan.plan import PLAN_REASON_LIMIT, ItemStatus, Plan
from model.plan.state_machine import take_in_plan
from model.plan.steps import Dismiss, PlanStep, PlanTaken, SetStatus, SetTargets, WantedTarget
from model.suggestions.ranking import rank
from model.suggestions.situation import situation_of, suggestion_of
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.hostile import SHAPES, UNITS, framework, library
from tests.model.assessments import GRACE, NIA, NOW, after, started

TODAY = NOW.date()
ADDRESS = "https://the-council-of-somewhere-or-other.slack.com/archives/C0123456789/p1700000000000100"
HOSTILE = ("<!channel> *b* & " * 60)[:PLAN_REASON_LIMIT]
NAMES = Names(dict.fromkeys((NIA, GRACE), "<!channel>" * 20))


def known(unit: str, shape: tuple[int, int]) -> Assessment:
    """Every dimension at 2, its first prompt behind at 1 where it has several."""
    assessment = started(framework(unit, *shape))
    for dimension in assessment.dimensions:
        assessment = after(assessment, OpenDimension(dimension.dimension_id))
        prompts = [each.prompt_id for each in dimension.prompts]
        levels = [2] if len(prompts) == 1 else [1, 3, *[2] * (len(prompts) - 2)]
        steps = (RecordLevel(each, level) for each, level in zip(prompts, levels, strict=True))
        assessment = after(assessment, *steps)
    return assessment


def stepped(plan: Plan, assessment: Assessment, *steps: PlanStep) -> Plan:
    for step in steps:
        taken = take_in_plan(plan, step, assessment, by=NIA, at=NOW, today=TODAY)
        assert isinstance(taken, PlanTaken), taken
        plan = taken.plan
    return plan


def plans(assessment: Assessment, actions: Library) -> Iterator[Plan]:
    """Plans in which something of everything became of the first action that fits."""
    empty = Plan(assessment.id, assessment.channel_id)
    yield empty
    targets = SetTargets(tuple(WantedTarget(each, 5, HOSTILE) for each in assessment.scope))
    aimed = stepped(empty, assessment, targets)
    yield aimed
    first = rank(situation_of(assessment, aimed, actions)).candidates[0].action
    yield stepped(aimed, assessment, Dismiss(first.id, HOSTILE))
    add = from_action(first, item_id="I1", start=TODAY, next_working_day=lambda day: day)
    planned = stepped(aimed, assessment, add)
    yield planned
    yield replace(planned, items=(replace(planned.items[0], status=ItemStatus.PROPOSED),))
    yield stepped(planned, assessment, SetStatus("I1", ItemStatus.DONE))
    yield stepped(planned, assessment, SetStatus("I1", ItemStatus.DROPPED, HOSTILE))


def answers(assessment: Assessment, plan: Plan, actions: Library) -> Iterator[Message]:
    ranking = rank(situation_of(assessment, plan, actions))
    for capacity in (None, *Amount):
        yield receipts.suggested(assessment, ranking.candidates[:3], capacity, ADDRESS)
        yield receipts.still_open(assessment, ranking.candidates, capacity, None)
        yield receipts.all_suggested(assessment, ranking.candidates, capacity, ADDRESS)
    yield receipts.nothing_fits(assessment, gaps=True)
    yield receipts.nothing_fits(assessment, gaps=False)
    yield receipts.no_targets(assessment)
    yield receipts.capacity_receipt(assessment, Amount.LOW)
    yield Message(receipts.on_the_way())
    yield Message(receipts.not_for_us_receipt())
    yield Message(receipts.taken_back_receipt())
    yield Message(receipts.stays_receipt("/milepost"))
    yield from (Message(receipts.adopted_receipt(item, "a facilitator", "/milepost")) for item in plan.items)


def windows(assessment: Assessment, plan: Plan, actions: Library) -> Iterator[View]:
    situation = situation_of(assessment, plan, actions)
    ranking = rank(situation)
    pages = len(ranking.candidates) // CANDIDATES_A_PAGE + 2
    for page in range(pages + 1):
        focus = actions.actions[page % len(actions.actions)].id
        yield ranking_modal(assessment.id, situation, ranking, page=page, action_id=focus)
    yield not_for_us_modal(assessment.id, actions.actions[0])
    yield action_modal(assessment.framework, actions, actions.actions[1])


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", SHAPES)
def test_everything_fits_and_notifies_nobody(unit: str, shape: tuple[int, int]) -> None:
    assessment, actions = known(unit, shape), library(unit, *shape)
    for plan in plans(assessment, actions):
        for action in actions.actions[:8]:
            suggestion = suggestion_of(assessment, plan, actions, action.id)
            assert suggestion is not None
            check_shown(suggestion_card(suggestion, names=NAMES))
        for message in answers(assessment, plan, actions):
            check_shown(message)
        for view in windows(assessment, plan, actions):
            check_modal(view)


def test_pages_end_and_hold_every_action_that_is_ranked() -> None:
    shape = (10, 5)
    assessment, actions = known("word ", shape), library("word ", *shape)
    _, plan, *_ = plans(assessment, actions)
    situation = situation_of(assessment, plan, actions)
    ranking = rank(situation)
    last = ranking_modal(assessment.id, situation, ranking, page=99)
    assert "Next" not in str(last) and "Back" in str(last)
    shown = "".join(
        str(ranking_modal(assessment.id, situation, ranking, page=page)["blocks"]) for page in range(9)
    )
    for action in actions.actions:
        assert f"*{action.title}*" in shown or f". {action.title}*" in shown, action.id
