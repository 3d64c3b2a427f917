"""The acts of the demo, in their order: what the people of a made-up council do, one after another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.console import demo_assessing, demo_beginning, demo_eight_weeks, demo_planning
from bot.console.demo_play import Play

ACTS: tuple[tuple[str, Callable[[Play], Awaitable[None]]], ...] = (
    ("Nia starts an assessment", demo_beginning.start),
    ("The team joins", demo_beginning.gather),
    ("Leadership: hidden votes, the reveal, and evidence", demo_beginning.leadership),
    ("Strategy and culture side by side, one with a lead, and a change of mind", demo_assessing.side_by_side),
    ("Capacity: not a question for everybody", demo_assessing.abstention),
    ("Decision-making: a late vote", demo_assessing.late_vote),
    ("User-centred design: put off, and a restart in between", demo_assessing.put_off_and_restart),
    ("Online experience: a pause", demo_assessing.pause_and_resume),
    ("Data: a level set with a reason", demo_assessing.set_another_level),
    ("Technology: agreed, and reopened", demo_assessing.reopened),
    ("The last dimension", demo_assessing.last_dimension),
    ("Results", demo_assessing.results),
    ("Targets", demo_planning.targets),
    ("Three suggestions", demo_planning.suggestions),
    ("An idea in the channel", demo_planning.proposal),
    ("Five things to do", demo_planning.five_items),
    ("Reminders, in time", demo_eight_weeks.first_reminders),
    ("Put off", demo_eight_weeks.snoozed),
    ("Overdue", demo_eight_weeks.overdue),
    ("A bank holiday", demo_eight_weeks.bank_holiday),
    ("Did it work?", demo_eight_weeks.did_it_work),
)
