"""The history of an assessment as it may be shown: without the levels of votes that are still hidden."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from model.assessment import Assessment, Mode
from model.history import Happened, HistoryEntry

_CAST = frozenset({Happened.VOTED, Happened.ABSTAINED})


def disclosed(assessment: Assessment, entries: Sequence[HistoryEntry]) -> tuple[HistoryEntry, ...]:
    """The entries with every hidden vote told as nothing but a vote, for whoever shows or exports a history.

    Hidden are the votes of a round that was not revealed, in together mode. "Not for me" looks like any other
    vote among them, as it does on the card.

    Args:
        assessment: The state as it is now.
        entries: Its history, in the order in which it happened.
    """
    if assessment.mode is not Mode.TOGETHER:
        return tuple(entries)
    hidden: set[str] = {each.prompt_id for each in assessment.prompts if each.revealed_at is None}
    told: list[HistoryEntry] = []
    # Backwards: the votes before the latest "vote again" of a prompt belong to a round that was revealed.
    for entry in reversed(entries):
        if entry.what is Happened.VOTE_AGAIN and entry.prompt_id is not None:
            hidden.discard(entry.prompt_id)
        if entry.prompt_id in hidden and entry.what in _CAST:
            entry = replace(entry, what=Happened.VOTED, level_before=None, level_after=None)
        told.append(entry)
    return tuple(reversed(told))
