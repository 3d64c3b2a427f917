"""Whatever people type and whatever happens: Slack takes every message and view, and nobody is notified."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from bot.services.messages.kinds import MessageKind
from bot.services.messages.of_assessments import shown
from bot.views.assessment import status
from bot.views.block_kit.blocks import Message, View
from bot.views.home import home_view
from bot.views.records import deletion
from bot.views.results.radar_chart import ALT_TEXT_LIMIT, radar_alt_text
from bot.views.results.radar_svg import radar_svg
from bot.views.results.results import radar_chart
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment
from model.assessment.last_time import LastTime
from model.assessment.steps import OpenDimension
from model.home import DueMilestone, Home, ItemToSee, ProposalToSee, Task
from model.proposals.proposal import Proposal, ProposalState
from model.records.deletion import Deletion
from tests.bot.views.checking import check_modal, check_shown
from tests.bot.views.everything_shown import guide_of, messages_of, receipts_of, views_of
from tests.bot.views.hostile import SHAPES, UNITS, framework
from tests.bot.views.hostile_assessments import (
    COMMAND,
    FACILITATORS,
    Walked,
    address,
    assessments,
    attempt,
    names,
    titles,
)
from tests.model.assessments import GRACE, NIA, NOW, started
from tests.model.plans import item_step, planned


@given(assessments(), names)
@settings(max_examples=40, deadline=None)
def test_messages(walked: Walked, names: Names) -> None:
    for _, message in messages_of(walked.assessment, names):
        check_shown(message)


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_the_status(walked: Walked) -> None:
    """Only one person sees it, so that it may mention people."""
    message = status.status(walked.assessment, board_address=address("00"))
    check_shown(message, pings=(*FACILITATORS, GRACE))


@given(assessments())
@settings(max_examples=15, deadline=None)
def test_the_home_tab(walked: Walked) -> None:
    """With everything that may be on it, of the longest words, many times over."""
    check_home(walked.assessment)
    check_modal(home_view(Home(), today=NOW.date(), command=COMMAND))


@pytest.mark.parametrize("unit", UNITS)
def test_the_fullest_home_tab(unit: str) -> None:
    """Slack counts the bytes of a view, and a sign of another alphabet takes six or twelve."""
    assessment = replace(started(framework(unit, 2, 20), title="💡" * 80), id="a" * 32)
    for dimension in assessment.scope:
        assessment = attempt(assessment, OpenDimension(dimension), NIA)
    check_home(assessment)


def check_home(assessment: Assessment) -> None:
    check_modal(full_home(assessment), pings=(NIA,))


def full_home(assessment: Assessment) -> View:
    """A Home tab with everything on it."""
    prompts = [Task(assessment, each.prompt_id, address("00")) for each in assessment.prompts]
    dimensions = [Task(assessment, each, address("00")) for each in assessment.scope]
    whole = [Task(assessment, "", address("00"))] * 30
    [planned_item] = planned(item_step()).items
    item = replace(planned_item, title="*R&D* <@U1> " * 15)
    milestone = replace(item.milestones[0], name="<!channel> " * 20)
    due = DueMilestone(assessment.id, item, milestone)
    proposal = Proposal(
        "P1", "A1", "C1", "<!here> " * 25, "", NIA, NOW, state=ProposalState.DRAFT, state_by=NIA, state_at=NOW
    )
    home = Home(
        votes=tuple(prompts * 2),
        reveal=tuple(prompts),
        agree=tuple(prompts),
        confirm=tuple(dimensions),
        leads=tuple(dimensions),
        under_way=tuple(whole),
        results=tuple(whole),
        milestones=(due,) * 30,
        proposals=(ProposalToSee(proposal, address("00")),) * 30,
        to_decide=(ItemToSee("A1", due.item),) * 30,
        to_judge=(ItemToSee("A1", due.item),) * 30,
    )
    return home_view(home, today=NOW.date(), command=COMMAND)


@given(titles, names)
@settings(max_examples=40, deadline=None)
def test_deletions(title: str, names: Names) -> None:
    gone = Deletion("A1", "C0123456789", title, NIA, NOW)
    check_shown(deletion.deletion_note(gone, names=names))
    check_shown(Message(deletion.deleted_receipt(gone)))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_modals(walked: Walked) -> None:
    # A refusal names who can help, to one person only; a modal notifies nobody.
    for view in views_of(walked.assessment):
        check_modal(view, pings=(*FACILITATORS, GRACE))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_receipts(walked: Walked) -> None:
    for sentence in receipts_of(walked.assessment):
        check_shown(Message(sentence), pings=(*FACILITATORS, GRACE))


@given(assessments())
@settings(max_examples=20, deadline=None)
def test_charts(walked: Walked) -> None:
    if any(each.message.kind == MessageKind.CHART for each in shown(walked.assessment).values()):
        chart = radar_chart(walked.assessment, LastTime(walked.assessment))
        assert 0 < len(radar_alt_text(chart)) <= ALT_TEXT_LIMIT
        assert radar_svg(chart).endswith("</svg>")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("shape", SHAPES)
def test_the_guide(unit: str, shape: tuple[int, int]) -> None:
    for each in guide_of(framework(unit, *shape)):
        if isinstance(each, Message):
            check_shown(each)
        else:
            check_modal(each)
