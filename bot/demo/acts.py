"""The acts of the demo, in their order: what the people of a made-up council do, one after another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.demo import assessing, beginning, eight_weeks, planning
from bot.demo.play import Play

ACTS: tuple[tuple[str, Callable[[Play], Awaitable[None]]], ...] = (
    ("Nia starts an assessment", beginning.start),
    ("The team joins", beginning.gather),
    ("Leadership: hidden votes, the reveal, and evidence", beginning.leadership),
    ("Strategy and culture side by side, one with a lead, and a change of mind", assessing.side_by_side),
    ("Capacity: not a question for everybody", assessing.abstention),
    ("Decision-making: a late vote", assessing.late_vote),
    ("User-centred design: put off, and a restart in between", assessing.put_off_and_restart),
    ("Online experience: a pause", assessing.pause_and_resume),
    ("Data: a level set with a reason", assessing.set_another_level),
    ("Technology: agreed, and reopened", assessing.reopened),
    ("The last dimension", assessing.last_dimension),
    ("Results", assessing.results),
    ("Targets", planning.targets),
    ("Three suggestions", planning.suggestions),
    ("An idea in the channel", planning.proposal),
    ("Five things to do", planning.five_items),
    ("Reminders, in time", eight_weeks.first_reminders),
    ("Put off", eight_weeks.snoozed),
    ("Overdue", eight_weeks.overdue),
    ("A bank holiday", eight_weeks.bank_holiday),
    ("Did it work?", eight_weeks.did_it_work),
)
