"""Every listener of the bot, in the order in which Bolt asks them."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners import (
    answering,
    channels,
    confirming,
    deleting,
    digest,
    evidence,
    evidence_logging,
    evidence_notes,
    guide,
    home,
    last_time,
    lifecycle,
    messages,
    nudges,
    outcomes,
    own_library,
    plan_items,
    plan_milestones,
    plan_words,
    proposals,
    proposing,
    reactions,
    reminding,
    removal,
    roster,
    second_team,
    settings,
    starting,
    suggesting,
    targets,
    typed,
    unknown,
    voting,
)
from bot.listeners.handling import Handling


def register(app: AsyncApp, handling: Handling, command: str) -> None:
    """Register all of them; the catch-all comes last."""
    typed.register(app, handling, command)
    subjects = (
        starting,
        roster,
        answering,
        voting,
        evidence,
        evidence_notes,
        evidence_logging,
        confirming,
        last_time,
        lifecycle,
        deleting,
        targets,
        plan_items,
        plan_milestones,
        plan_words,
        outcomes,
        reminding,
        removal,
        second_team,
        digest,
        guide,
        own_library,
        proposing,
        proposals,
        settings,
        suggesting,
        nudges,
        home,
        channels,
        messages,
        reactions,
        unknown,
    )
    for subject in subjects:
        subject.register(app, handling)
