"""The acts of the demo, in their order: what the people of a made-up council do, one after another."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from bot.console import demo_assessing, demo_beginning
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
)
