"""Suggesting actions for the gaps to the targets: what to offer next, and how a card stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.services.asking import Asked, NoSuchAssessment
from bot.services.assessment.finding import must_be_inside, must_take_part
from bot.services.desk import Desk
from bot.services.library.libraries import library_of
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_reviews import reviewed
from bot.services.messages.wanting import in_channel, want_all
from bot.services.recording import allowed, existing, record_once
from model.assessment.assessment import Assessment
from model.library.library import Library
from model.plan.plan import Plan
from model.plan.plan_in_context import Planned
from model.suggestions.ranking import OFFERED_AT_ONCE, offer, rank
from model.suggestions.situation import Suggestion, may_ask, situation_of, suggestion_of
from model.suggestions.suggestion import Candidate, Ranking, Situation
from storage.database import Database
from storage.messages.messages import MessageRow, WantedMessage
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True)
class Suggesting:
    """An assessment, its plan, and how the library's actions stand for them."""

    assessment: Assessment
    plan: Plan
    situation: Situation
    ranking: Ranking

    @property
    def planned(self) -> Planned:
        """The plan with its assessment."""
        return Planned(self.plan, self.assessment)


class Came(StrEnum):
    """What came of asking for suggestions."""

    OFFERED = "offered"
    NO_TARGETS = "no_targets"
    NOTHING_FITS = "nothing_fits"
    STILL_OPEN = "still_open"
    ON_THE_WAY = "on_the_way"
    ALL_OFFERED = "all_offered"


@dataclass(frozen=True)
class Offer:
    """What came of asking for suggestions.

    Attributes:
        fresh: What is offered now.
        open: What was offered before and nobody has decided about, the best first.
        address: The web address of the message whose thread holds them; None while it is not posted.
    """

    came: Came
    about: Suggesting
    fresh: tuple[Candidate, ...] = ()
    open: tuple[Candidate, ...] = ()
    address: str | None = None


async def offer_suggestions(desk: Desk, asked: Asked, assessment_id: str, *, more: bool) -> Offer | None:
    """Want cards for the next few actions; None when this delivery was handled before.

    Args:
        desk: What use cases work with.
        asked: Who asks.
        assessment_id: For which assessment.
        more: Whether more are wanted although as many as come at once still wait for a decision.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they only read along or are not in its channel, or it was cancelled.
    """
    await must_take_part(desk, asked, assessment_id)

    async def change(work: UnitOfWork) -> Offer:
        home = await work.assessments.planned_in(assessment_id)
        # Two who ask at the same moment come one after the other.
        plan = await work.plans.lock(home)
        if plan is None:
            raise NoSuchAssessment(home)
        assessment = await reviewed(work, await existing(work, home))
        allowed(may_ask(assessment, asked.person), assessment)
        about = await _suggesting(work, assessment, plan, desk.library)
        rows = await work.messages.of_assessment(home)
        cards = [row for row in rows if row.kind == MessageKind.SUGGESTION]
        came, fresh, still_open = _next(about, cards, more)
        parent = _parent(rows, home)
        await want_all(work, [_card(assessment, each, parent) for each in fresh], asked.at)
        return Offer(came, about, fresh, still_open, await _address(work, parent))

    return await record_once(desk.database, asked, change)


async def see_suggesting(desk: Desk, asked: Asked, assessment_id: str) -> Suggesting:
    """How the library's actions stand now, for somebody in the channel.

    Raises:
        NoSuchAssessment: there is none with this id.
        Refused: they are not in its channel.
    """
    await must_be_inside(desk, asked, assessment_id)
    async with desk.database.reading(asked.workspace_id) as work:
        found = await existing(work, await work.assessments.planned_in(assessment_id))
        assessment = await reviewed(work, found)
        plan = await work.plans.get(assessment.id) or Plan(assessment.id, assessment.channel_id)
        return await _suggesting(work, assessment, plan, desk.library)


async def suggestion_place(
    database: Database, asked: Asked, assessment: Assessment, action_id: str
) -> tuple[str, str | None]:
    """Channel and thread of a card; no thread while it is not posted."""
    async with database.reading(asked.workspace_id) as work:
        card = await work.messages.get(key_of(MessageKind.SUGGESTION, assessment.id, action_id))
        key = None if card is None else card.parent_key
        parent = None if key is None else await work.messages.get(key)
    return assessment.channel_id, None if parent is None else parent.ts


@dataclass(frozen=True)
class SuggestedAt:
    """Which suggestion a message in Slack shows, and in which thread it stands."""

    assessment_id: str
    action_id: str
    thread_ts: str | None


async def suggestion_at(
    database: Database, workspace_id: str, channel_id: str, ts: str
) -> SuggestedAt | None:
    """The suggestion that a message shows; None when it shows none."""
    async with database.reading(workspace_id) as work:
        card = await work.messages.at(channel_id, ts)
        if card is None or card.kind != MessageKind.SUGGESTION:
            return None
        parent = None if card.parent_key is None else await work.messages.get(card.parent_key)
    return SuggestedAt(card.assessment_id or "", card.subject or "", None if parent is None else parent.ts)


async def suggestion_now(
    work: UnitOfWork, assessment_id: str, action_id: str, shipped: Library
) -> Suggestion | None:
    """One card as it should be now; None without the assessment or the action."""
    assessment = await work.assessments.get(assessment_id)
    if assessment is None:
        return None
    assessment = await reviewed(work, assessment)
    plan = await work.plans.get(assessment_id) or Plan(assessment.id, assessment.channel_id)
    library = await library_of(work, shipped, assessment.framework)
    return suggestion_of(assessment, plan, library, action_id, await _earlier(work, assessment))


async def _suggesting(work: UnitOfWork, assessment: Assessment, plan: Plan, shipped: Library) -> Suggesting:
    library = await library_of(work, shipped, assessment.framework)
    situation = situation_of(assessment, plan, library, await _earlier(work, assessment))
    return Suggesting(assessment, plan, situation, rank(situation))


async def _earlier(work: UnitOfWork, assessment: Assessment) -> list[Plan]:
    """The plans of the assessments before this one in its channel, the latest first."""
    plans = await work.plans.of_channel(assessment.channel_id)
    ids = [plan.assessment_id for plan in plans]
    return plans[ids.index(assessment.id) + 1 :] if assessment.id in ids else plans


def _next(
    about: Suggesting, rows: Sequence[MessageRow], more: bool
) -> tuple[Came, tuple[Candidate, ...], tuple[Candidate, ...]]:
    """What came of asking, what to offer now, and what still waits for a decision."""
    offered = {row.subject for row in rows if row.subject is not None}
    still_open = tuple(each for each in about.ranking.candidates if each.action.id in offered)
    if not about.plan.targets:
        return Came.NO_TARGETS, (), still_open
    if not about.ranking.candidates:
        return Came.NOTHING_FITS, (), ()
    if any(row.ts is None and row.wanted > row.delivered and row.blocked is None for row in rows):
        return Came.ON_THE_WAY, (), still_open
    if not more and len(still_open) >= OFFERED_AT_ONCE:
        return Came.STILL_OPEN, (), still_open
    fresh = offer(about.ranking, offered)
    return Came.OFFERED if fresh else Came.ALL_OFFERED, fresh, still_open


def _parent(rows: Sequence[MessageRow], assessment_id: str) -> MessageRow | None:
    """The message whose thread takes the cards: the results, or the board while there are none."""
    by_key = {row.key: row for row in rows}
    results, board = (key_of(each, assessment_id) for each in (MessageKind.RESULTS, MessageKind.BOARD))
    return by_key.get(results) or by_key.get(board)


def _card(assessment: Assessment, candidate: Candidate, parent: MessageRow | None) -> WantedMessage:
    thread = None if parent is None else parent.key
    return in_channel(assessment, MessageKind.SUGGESTION, candidate.action.id, parent=thread)


async def _address(work: UnitOfWork, parent: MessageRow | None) -> str | None:
    installation = await work.installation.get()
    if installation is None or not installation.address or parent is None or parent.ts is None:
        return None
    return message_address(installation.address, parent.channel_id, parent.ts)
