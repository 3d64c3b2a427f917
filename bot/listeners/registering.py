"""Every listener of the bot, in the order in which Bolt asks them."""

from __future__ import annotations

from slack_bolt.async_app import AsyncApp

from bot.listeners import messages, reactions, unknown
from bot.listeners.assessment import confirming, last_time, lifecycle, roster, starting, voting
from bot.listeners.assessment import questions as answering
from bot.listeners.commands import ways_in
from bot.listeners.digest import digest
from bot.listeners.evidence import forms as evidence
from bot.listeners.evidence import log_message as evidence_logging
from bot.listeners.evidence import notes as evidence_notes
from bot.listeners.handling.handling import Handling
from bot.listeners.home import home
from bot.listeners.library import guide, own_library
from bot.listeners.plan import items as plan_items
from bot.listeners.plan import milestones as plan_milestones
from bot.listeners.plan import outcomes, targets
from bot.listeners.plan import words as plan_words
from bot.listeners.proposals import card as proposals
from bot.listeners.proposals import forms as proposing
from bot.listeners.records import deleting
from bot.listeners.reminders import buttons as reminding
from bot.listeners.reminders import nudges
from bot.listeners.second_team import second_team
from bot.listeners.settings import settings
from bot.listeners.suggestions import cards as suggesting
from bot.listeners.workspace import channels, removal


def register(app: AsyncApp, handling: Handling, command: str) -> None:
    """Register all of them; the catch-all comes last."""
    ways_in.register(app, handling, command)
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
