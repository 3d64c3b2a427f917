"""Which assessment words are about: where they are said decides, then the title, then who says them."""

from __future__ import annotations

from collections.abc import Sequence

from model.assessment.assessment import Assessment
from storage.database import Database
from storage.unit_of_work import UnitOfWork

# Words about one of two teams may call the first by this, since it has no name of its own.
_FIRST = ("first team", "first")
# What people say around the name of an assessment, or in place of one.
_AROUND = (
    "a again an and assessment at for from here i in it me milepost my now of on one our please round thank "
    "thanks that the this to today us we with you"
)
_AROUND_A_NAME = frozenset(_AROUND.split())


async def assessments_here(
    database: Database, workspace_id: str, channel_id: str, thread_ts: str | None
) -> list[Assessment]:
    """What words in a channel may be about: the side whose thread it is, else both teams, else the latest.

    Returns:
        None, one, or the two sides of a pair that share the channel, the first in front.
    """
    async with database.reading(workspace_id) as work:
        threaded = None if thread_ts is None else await _of_thread(work, channel_id, thread_ts)
        if threaded is not None:
            return [threaded]
        latest = await work.assessments.latest_in(channel_id)
        if latest is None:
            return []
        other = await work.assessments.other_side(latest)
    sides = [each for each in (latest, other) if each is not None and each.channel_id == channel_id]
    return sorted(sides, key=lambda each: each.second_team is not None)


async def _of_thread(work: UnitOfWork, channel_id: str, thread_ts: str) -> Assessment | None:
    row = await work.messages.at(channel_id, thread_ts)
    if row is None or row.assessment_id is None:
        return None
    return await work.assessments.get(row.assessment_id)


def named_among(found: Sequence[Assessment], words: str) -> tuple[list[Assessment], str]:
    """The assessments that words name by their title or a part of it, and what the words say besides."""
    said = _plain(words)
    whole = [each for each in found if said in _names(each)]
    if said and whole:
        return whole, ""
    by_part = [each for each in found if said and said in _plain(each.title)]
    if by_part:
        return by_part, ""
    # The longest first: the title of a second team begins with that of the first.
    for title, each in sorted(((_plain(each.title), each) for each in found), key=lambda one: -len(one[0])):
        if title in said:
            return [each], " ".join(said.replace(title, " ", 1).split())
    return list(found), words


def other_name(words: str, meant: Sequence[Assessment]) -> str:
    """What words name that is none of these assessments, as far as that can be told; empty where nothing is.

    A word that takes nothing but a title is then not done: it would be about another assessment than whoever
    wrote it believes.
    """
    known = {part for each in meant for name in _names(each) for part in _parts(name)}
    return " ".join(
        part
        for part in _parts(words)
        if part.casefold() not in known and part.casefold() not in _AROUND_A_NAME
    )


def one_of(found: Sequence[Assessment], name: str) -> bool:
    """Whether a name is that of one of these assessments, or a part of it, or has it among other words."""
    said = _plain(name)
    return any(said in _plain(each.title) or _plain(each.title) in said for each in found)


def _parts(words: str) -> list[str]:
    return [stripped for part in words.split() if (stripped := part.strip(",.;:!?*_\"'“”‘’()"))]


def _names(assessment: Assessment) -> tuple[str, ...]:
    title = _plain(assessment.title)
    if assessment.second_team is not None:
        return title, _plain(assessment.second_team.team)
    return (title,) if assessment.other is None else (title, *_FIRST)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()


def theirs_among(found: Sequence[Assessment], person: str) -> list[Assessment]:
    """Of several assessments the one that a person takes part in, where that is one; else all of them."""
    own = [each for each in found if each.participant(person) is not None]
    return own if len(own) == 1 else list(found)
