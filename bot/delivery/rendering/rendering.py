"""From a message key to what the message should say now: read the state, ask for names, call the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol

from bot.delivery.rendering.later import Later
from bot.delivery.slack.people import People
from bot.delivery.slack.slack import Slack
from bot.services.assessment.last_time import last_time
from bot.services.messages.addresses import message_address
from bot.services.messages.kinds import MessageKind, key_of
from bot.services.messages.of_assessments import read_note_subject, shown
from bot.services.records.deleting import find_deletion
from bot.views.assessment.board import board
from bot.views.assessment.dimension_card import dimension_card
from bot.views.assessment.level_card import level_card
from bot.views.block_kit.blocks import Message
from bot.views.evidence.note import evidence_note, moved_note, withdrawn_note
from bot.views.questions.quick_card import prompt_card
from bot.views.records.deletion import deletion_note, retention_notice
from bot.views.results.radar_svg import RadarChart
from bot.views.results.results import radar_chart, results
from bot.views.second_team.comparison import comparison_message, no_longer_compared
from bot.views.wording.people import Names
from model.assessment.assessment import Assessment, DimensionState, Mode
from model.assessment.evidence_rules import find_evidence
from model.assessment.last_time import LastTime
from model.records.retention import THE_RETENTION
from model.second_team.pair import pair_of
from storage.database import Database
from storage.messages.claims import Claim


@dataclass(frozen=True)
class Picture:
    """A chart to upload. The name tells it apart from every other file in its thread."""

    name: str
    title: str
    chart: RadarChart


Rendered = dict[str, Any] | Picture | Later

_BESIDE_LAST_TIME = frozenset({MessageKind.PROMPT, MessageKind.RESULTS, MessageKind.CHART})


@dataclass(frozen=True)
class Subject:
    """What a message is drawn from: the assessment, what was found last time, the addresses of threads."""

    assessment: Assessment
    last: LastTime | None
    threads: dict[str, str]


class Draws(Protocol):
    """Renders the messages of some kinds, from more than the state of an assessment."""

    async def render(self, claim: Claim, slack: Slack) -> Rendered | None:
        """What the message of this claim should say now."""


class Renderer:
    """Renders any message of ours. None means that there is nothing to show any more."""

    def __init__(
        self, database: Database, people: People, others: Mapping[MessageKind, Draws], command: str
    ) -> None:
        self._database = database
        self._people = people
        self._others = others
        self._command = command

    async def render(self, claim: Claim, slack: Slack) -> Rendered | None:
        """What the message of this claim should say now."""
        kind = MessageKind(claim.kind)
        if kind in self._others:
            return await self._others[kind].render(claim, slack)
        if kind is MessageKind.DELETED:
            return await self._deleted(claim, slack)
        if claim.assessment_id is None:
            return None
        async with self._database.reading(claim.workspace_id) as work:
            assessment = await work.assessments.get(claim.assessment_id)
            threads = await self._threads(work, claim) if kind is MessageKind.BOARD else {}
            last = None
            if assessment is not None and kind in _BESIDE_LAST_TIME:
                last = await last_time(work, assessment)
            other = None
            if assessment is not None and kind is MessageKind.COMPARISON:
                other = await work.assessments.other_side(assessment)
        if assessment is None:
            return None
        if kind is MessageKind.COMPARISON:
            return await self._compared(claim, assessment, other, slack)
        return await self._render(kind, claim, Subject(assessment, last, threads), slack)

    async def _deleted(self, claim: Claim, slack: Slack) -> Rendered | None:
        deletion = await find_deletion(self._database, claim.workspace_id, claim.subject or "")
        if deletion is None:
            return None
        by = set() if deletion.by == THE_RETENTION else {deletion.by}
        names = await self._people.names(slack, claim.workspace_id, by)
        return deletion_note(deletion, names=names).payload()

    async def _compared(
        self, claim: Claim, assessment: Assessment, other: Assessment | None, slack: Slack
    ) -> Rendered:
        pair = pair_of(assessment, other)
        if pair is None:
            return no_longer_compared().payload()
        moderations = [each.moderation for each in pair.second.dimensions if each.moderation is not None]
        people = {each.by for each in moderations}
        names = await self._people.names(slack, claim.workspace_id, people)
        return comparison_message(pair, assessment.id, names=names).payload()

    async def _threads(self, work: Any, claim: Claim) -> dict[str, str]:
        installation = await work.installation.get()
        rows = await work.messages.of_assessment(claim.assessment_id)
        return {
            row.subject: message_address(installation.address, row.channel_id, row.ts)
            for row in rows
            if row.kind == MessageKind.DIMENSION
            and row.ts
            and installation is not None
            and installation.address
        }

    async def _render(self, kind: MessageKind, claim: Claim, about: Subject, slack: Slack) -> Rendered | None:
        assessment, subject = about.assessment, claim.subject or ""
        names = await self._people.names(slack, claim.workspace_id, _people_on(kind, assessment, subject))
        match kind:
            case MessageKind.BOARD:
                return board(assessment, names=names, threads=about.threads).payload()
            case MessageKind.DIMENSION:
                return dimension_card(assessment, subject, names=names).payload()
            case MessageKind.PROMPT:
                return prompt_card(assessment, subject, names=names, last=about.last).payload()
            case MessageKind.LEVEL:
                return level_card(assessment, subject, names=names).payload()
            case MessageKind.RESULTS:
                return results(assessment, about.last).payload()
            case MessageKind.EVIDENCE:
                note = _note(assessment, claim, names)
                return None if note is None else note.payload()
            case MessageKind.CHART:
                return _picture(assessment, subject, about.last)
            case MessageKind.RETENTION:
                return retention_notice(assessment, date.fromisoformat(subject), self._command).payload()
            case _:
                raise AssertionError(f"{kind} is rendered elsewhere")


def _picture(assessment: Assessment, subject: str, last: LastTime | None) -> Picture | None:
    """The chart, unless the levels have moved on since it was wanted."""
    if key_of(MessageKind.CHART, assessment.id, subject) not in shown(assessment):
        return None
    name = picture_name(key_of(MessageKind.CHART, assessment.id, subject))
    return Picture(name, f"Levels: {assessment.title}", radar_chart(assessment, last))


def picture_name(key: str) -> str:
    """The name of the file that is the picture of a message."""
    return f"milepost-{key.replace(':', '-')}.png"


def _note(assessment: Assessment, claim: Claim, names: Names) -> Message | None:
    """The note in one thread. What was moved away or withdrawn before it was posted leaves nothing to say."""
    evidence_id, dimension_id = read_note_subject(claim.subject or "")
    found = find_evidence(assessment, evidence_id)
    if found is None:
        return None
    prompt_id, evidence = found
    moved_away = assessment.dimension_of(prompt_id).dimension_id != dimension_id
    if not moved_away and evidence.withdrawn is None:
        return evidence_note(assessment, prompt_id, evidence, names=names)
    if not claim.update and claim.post_began_at is None:
        return None
    gone = moved_note if moved_away else withdrawn_note
    return gone(assessment, prompt_id, evidence, names=names)


def _people_of_note(assessment: Assessment, evidence_id: str) -> set[str | None]:
    found = find_evidence(assessment, evidence_id)
    if found is None:
        return set()
    evidence = found[1]
    acted = {act.by for act in (evidence.moved, evidence.withdrawn, evidence.carried) if act is not None}
    return {evidence.author, evidence.logged_by, *acted}


def _people_of_prompt(assessment: Assessment, prompt_id: str) -> set[str | None]:
    prompt = assessment.prompt(prompt_id)
    people: set[str | None] = {prompt.decided_by}
    if assessment.mode is Mode.TOGETHER:
        people |= {vote.person for vote in prompt.votes}
        people |= set(assessment.did_not_vote(prompt_id))
    if assessment.mode is Mode.TOGETHER and prompt.undecided:
        leaders = assessment.leaders(assessment.dimension_of(prompt_id).dimension_id)
        people |= {*leaders, *assessment.assessors}
    return people


def _people_on(kind: MessageKind, assessment: Assessment, subject: str) -> set[str]:
    """The people whose names a message shows."""
    people: set[str | None] = set()
    if kind is MessageKind.BOARD:
        leads = {dimension.lead for dimension in assessment.dimensions}
        people = {*assessment.facilitators, assessment.state_changed_by, *leads}
    elif kind is MessageKind.DIMENSION:
        people = {assessment.dimension(subject).lead}
    elif kind is MessageKind.PROMPT:
        people = _people_of_prompt(assessment, subject)
    elif kind is MessageKind.LEVEL:
        dimension = assessment.dimension(subject)
        people = set(assessment.leaders(subject))
        if dimension.state is DimensionState.CONFIRMED and dimension.confirmation is not None:
            people.add(dimension.confirmation.by)
    elif kind is MessageKind.EVIDENCE:
        people = _people_of_note(assessment, read_note_subject(subject)[0])
    return {each for each in people if each is not None}
