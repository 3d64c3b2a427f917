"""What tells the two sides of a pair apart, and what each may know of the other."""

from __future__ import annotations

from dataclasses import dataclass

TEAM_LIMIT = 40


@dataclass(frozen=True)
class SecondTeam:
    """What makes an assessment that of a second team: beside which one it is done, by whom, and where.

    `same_channel` is true when both teams work in one channel.
    """

    first_id: str
    team: str
    same_channel: bool


@dataclass(frozen=True)
class OtherSide:
    """What one side may know of the other: who is in it and how far it is, never a vote and never a level.

    Worked out when an assessment is read (`model.second_team.pair.seen_from`), and never stored.

    Attributes:
        assessment_id: The other side's assessment.
        channel_id: The channel in which the other side works.
        team: The name of the second team; empty where the other side is the first.
        linked: Whether votes of both sides wait for one another: both are under way in one channel.
        paused: Whether the other side is paused.
        waiting: Ids of the prompts on which this side has to wait for the other's votes; none unless linked.
        comparable: How many prompts are settled on both sides.
        people: Who takes part in the other side, observers left out.
        assessors: Those of them who are assessors.
    """

    assessment_id: str
    channel_id: str
    team: str
    linked: bool
    paused: bool
    waiting: frozenset[str]
    comparable: int
    people: frozenset[str]
    assessors: frozenset[str]
