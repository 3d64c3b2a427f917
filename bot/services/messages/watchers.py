"""Who watches assessments, plans and proposals: each says what a change makes out of date.

A watcher gets the state before and after a change, and answers the messages of its subject that it makes out
of date: those to want, and those to draw anew only where they are (`Redraw`). New messages are posted in the
order of these lists.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import datetime

from bot.services.messages.of_assessments import messages_changed
from bot.services.messages.of_closing_dates import letters_changed
from bot.services.messages.of_nudges import nudges_changed
from bot.services.messages.of_outcomes import outcomes_changed
from bot.services.messages.of_owners import owner_notes
from bot.services.messages.of_plans import plan_changed, plan_of_assessment
from bot.services.messages.of_proposals import card_changed, cards_ended, supporters_told
from bot.services.messages.of_proposed_items import proposal_cards, proposal_notes
from bot.services.messages.of_reminders import reminders_changed
from bot.services.messages.of_reviews import beside_review
from bot.services.messages.of_suggestions import stale_suggestions, suggestions_reassessed
from bot.services.messages.step_in_plan import StepInPlan
from bot.services.messages.wanting import OutOfDate, bring_into_line
from model.assessment.assessment import Assessment
from model.plan.plan import Plan
from model.proposals.proposal import Proposal
from storage.unit_of_work import UnitOfWork

OF_ASSESSMENTS: tuple[Callable[[UnitOfWork, Assessment, Assessment], Awaitable[OutOfDate]], ...] = (
    messages_changed,
    plan_of_assessment,
    beside_review,
    cards_ended,
    nudges_changed,
    letters_changed,
    suggestions_reassessed,
)
OF_PLANS: tuple[Callable[[UnitOfWork, Plan, Plan, StepInPlan], Awaitable[OutOfDate]], ...] = (
    plan_changed,
    outcomes_changed,
    stale_suggestions,
    reminders_changed,
    owner_notes,
    proposal_notes,
    proposal_cards,
)
OF_PROPOSALS: tuple[
    Callable[[UnitOfWork, Proposal | None, Proposal, Assessment], Awaitable[OutOfDate]], ...
] = (
    supporters_told,
    card_changed,
)


async def want_changes(work: UnitOfWork, before: Assessment, after: Assessment, at: datetime) -> None:
    """Note in the outbox what a change of an assessment makes out of date."""
    found = [each for watch in OF_ASSESSMENTS for each in await watch(work, before, after)]
    await bring_into_line(work, found, at)


async def want_plan_changes(work: UnitOfWork, before: Plan, after: Plan, step: StepInPlan) -> None:
    """Note in the outbox what a step in a plan makes out of date."""
    found = [each for watch in OF_PLANS for each in await watch(work, before, after, step)]
    await bring_into_line(work, found, step.at)


async def want_proposal_changes(
    work: UnitOfWork, before: Proposal | None, after: Proposal, assessment: Assessment, at: datetime
) -> None:
    """Note in the outbox what a change of a proposal makes out of date."""
    found = [each for watch in OF_PROPOSALS for each in await watch(work, before, after, assessment)]
    await bring_into_line(work, found, at)
