"""Which messages an assessment shows in Slack, and which of them a change makes out of date.

Every message has a key. For each key there is a print: the part of the state that its text depends on. A key
whose print differs before and after a step is out of date.
"""

from __future__ import annotations

import hashlib
from collections.abc import Hashable
from dataclasses import dataclass, replace

from bot.services.messages.kinds import MessageKind
from bot.services.messages.wanting import OutOfDate, in_channel, wanted_before
from model.assessment.assessment import (
    Assessment,
    AssessmentState,
    DimensionProgress,
    DimensionState,
    Mode,
    PromptProgress,
    PromptState,
    Role,
)
from model.second_team.pair import Pair
from storage.messages.messages import WantedMessage
from storage.unit_of_work import UnitOfWork

# A radar chart of fewer dimensions has no shape, and one of more cannot be read; the results list them all.
CHARTED = range(3, 13)


@dataclass(frozen=True)
class Shown:
    """One message that should exist, and the print of what it depends on."""

    message: WantedMessage
    fingerprint: Hashable


def shown(assessment: Assessment) -> dict[str, Shown]:
    """Every message the assessment should have in Slack, by key, in the order to post them."""
    board = in_channel(assessment, MessageKind.BOARD)
    messages = [Shown(board, _board_print(assessment))]
    for dimension in assessment.dimensions:
        if dimension.state is not DimensionState.NOT_OPENED:
            messages.extend(_of_dimension(assessment, dimension))
    if assessment.complete:
        results = in_channel(assessment, MessageKind.RESULTS)
        messages.append(Shown(results, _results_print(assessment)))
        if len(assessment.dimensions) in CHARTED:
            levels = tuple(assessment.levels().items())
            drawn = levels if assessment.previous is None else (levels, assessment.previous)
            chart = in_channel(assessment, MessageKind.CHART, _digest(repr(drawn)), parent=results.key)
            messages.append(Shown(chart, drawn))
    return {each.message.key: each for each in messages}


def out_of_date(before: Assessment | None, after: Assessment) -> list[WantedMessage]:
    """The messages to bring into line after a step, in the order to do it."""
    old = {} if before is None else shown(before)
    new = shown(after)
    stale = [each.message for key, each in new.items() if old.get(key) is None or old[key] != each]
    # Files cannot be redrawn, so an old chart stays beside the new one; the rest is told that it is over.
    gone = [
        each.message for key, each in old.items() if key not in new and each.message.kind != MessageKind.CHART
    ]
    return stale + gone


async def messages_changed(work: UnitOfWork, before: Assessment, after: Assessment) -> OutOfDate:
    """What an assessment shows, and results that were shown once and keep up."""
    provisional = provisional_results(before, after)
    kept = [] if provisional is None else await wanted_before(work, [provisional])
    return [*out_of_date(before, after), *kept]


def provisional_results(before: Assessment, after: Assessment) -> WantedMessage | None:
    """The results message, where a step changes what it says although it is not due by itself.

    Results that were posted and then became provisional again stay in the channel, and have to keep up.
    """
    if before.complete or after.complete:
        return None
    same = _results_print(before) == _results_print(after)
    return None if same else in_channel(after, MessageKind.RESULTS)


def comparison_messages(pair: Pair) -> list[WantedMessage]:
    """The message that puts both sides beside each other: one in the channel of each, or one for both."""
    sides = [pair.first]
    if pair.second.channel_id != pair.first.channel_id:
        sides.append(pair.second)
    return [in_channel(side, MessageKind.COMPARISON) for side in sides]


def _board_print(assessment: Assessment) -> Hashable:
    dimensions = tuple(
        (
            dimension.state,
            dimension.answered_count,
            sum(prompt.state is PromptState.PUT_OFF for prompt in dimension.prompts),
            assessment.dimension_level(dimension.dimension_id),
        )
        for dimension in assessment.dimensions
    )
    leads = tuple(dimension.lead for dimension in assessment.dimensions)
    roster: Hashable = leads
    if assessment.mode is Mode.TOGETHER:
        observers = len(assessment.people(Role.OBSERVER))
        roster = (len(assessment.assessors), observers, leads)
    other = assessment.other
    beside = None if other is None else (other.team, other.linked, other.comparable > 0)
    about = (assessment.state, assessment.facilitators, assessment.title, assessment.closing_date)
    return (*about, dimensions, roster, beside)


def _results_print(assessment: Assessment) -> Hashable:
    """What results say of the dimensions: nothing of them depends on votes."""
    dimensions = tuple(
        replace(
            dimension,
            prompts=tuple(replace(each, votes=(), earlier_votes=()) for each in dimension.prompts),
        )
        for dimension in assessment.dimensions
    )
    return (dimensions, assessment.state, assessment.previous)


def _prompt_print(assessment: Assessment, dimension: DimensionProgress, prompt: PromptProgress) -> Hashable:
    """What a prompt card depends on. Of hidden votes that is who has voted, and not even in what order.

    A pause or an end redraws only what waits for an answer. What is settled keeps its buttons, which
    then say kindly why not: to redraw dozens of cards would use up the limit of Slack for minutes.

    Of another team in the channel it depends on whether their votes are waited for, and on nothing else.
    """
    state = None if prompt.settled else assessment.state
    if assessment.mode is Mode.QUICK:
        return (prompt, state)
    votes: Hashable = prompt.votes
    if prompt.revealed_at is None:
        votes = frozenset(vote.person for vote in prompt.votes)
    shown = replace(prompt, votes=(), earlier_votes=(), ready_by=None, ready_at=None)
    if not prompt.undecided:
        return (shown, votes, state, assessment.did_not_vote(prompt.prompt_id))
    leaders = assessment.leaders(dimension.dimension_id)
    # Only while votes come in does it say until when.
    voting = state is AssessmentState.RUNNING and prompt.state is PromptState.ASKED
    closing = assessment.closing_date if voting else None
    beside = _beside_print(assessment, prompt)
    return (shown, votes, state, leaders, assessment.assessors, beside, closing)


def _beside_print(assessment: Assessment, prompt: PromptProgress) -> Hashable:
    other = assessment.other
    if other is None or not other.linked:
        return None
    return (other.team, other.paused, prompt.ready_at is not None, prompt.prompt_id in other.waiting)


def _of_dimension(assessment: Assessment, dimension: DimensionProgress) -> list[Shown]:
    confirmed = dimension.state is DimensionState.CONFIRMED
    card = in_channel(assessment, MessageKind.DIMENSION, dimension.dimension_id)
    level = assessment.dimension_level(dimension.dimension_id)
    over = not (assessment.active or confirmed)
    messages = [Shown(card, (dimension.state, dimension.answered_count, level, over, dimension.lead))]
    for prompt in dimension.prompts:
        if prompt.state is not PromptState.WAITING:
            prompt_card = in_channel(assessment, MessageKind.PROMPT, prompt.prompt_id, parent=card.key)
            # What waits for an answer shows last time beside it.
            previous = assessment.previous if prompt.undecided or prompt.takes_level else None
            messages.append(Shown(prompt_card, (_prompt_print(assessment, dimension, prompt), previous)))
        messages.extend(_notes(assessment, dimension, prompt, card.key))
    if dimension.state in {DimensionState.ANSWERED, DimensionState.CONFIRMED}:
        level_card = in_channel(assessment, MessageKind.LEVEL, dimension.dimension_id, parent=card.key)
        evidence_counts = tuple(len(prompt.evidence) for prompt in dimension.prompts)
        answers = tuple(assessment.answers(dimension.dimension_id).items())
        state = None if confirmed else assessment.state
        confirmers = None if confirmed else assessment.leaders(dimension.dimension_id)
        level_print = (answers, evidence_counts, dimension.confirmation, state, confirmers)
        messages.append(Shown(level_card, level_print))
    return messages


def _notes(
    assessment: Assessment, dimension: DimensionProgress, prompt: PromptProgress, thread_key: str
) -> list[Shown]:
    """A note for each piece of evidence. Of what was withdrawn the note stays, without its words."""
    return [
        Shown(
            in_channel(
                assessment,
                MessageKind.EVIDENCE,
                note_subject(evidence.id, dimension.dimension_id),
                parent=thread_key,
            ),
            (prompt.prompt_id, evidence),
        )
        for evidence in (*prompt.evidence, *prompt.withdrawn)
    ]


def note_subject(evidence_id: str, dimension_id: str) -> str:
    """The subject of a note: moved evidence has one in each dimension's thread that it was in."""
    return f"{evidence_id}/{dimension_id}"


def read_note_subject(subject: str) -> tuple[str, str]:
    """The ids of evidence and dimension back from the subject of a note."""
    evidence_id, _, dimension_id = subject.partition("/")
    return evidence_id, dimension_id


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
