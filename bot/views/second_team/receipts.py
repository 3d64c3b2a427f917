"""Private receipts between two teams."""

from __future__ import annotations

from collections.abc import Sequence

from bot.views.wording.levels import level_name
from bot.views.wording.people import to_be_invited
from bot.views.wording.text import escape
from model.assessment.assessment import Assessment
from model.second_team.pair import Pair


def invited_receipt(second: Assessment, outside: Sequence[str] = (), *, bot_inside: bool = True) -> str:
    """After an invitation; `outside` are those of its facilitators who are not in its channel yet."""
    beside = second.second_team
    team, where = escape("" if beside is None else beside.team), f"<#{second.channel_id}>"
    if bot_inside:
        words = f"Invited: *{team}*. Its board is in {where}."
    else:
        words = (
            f"Invited: *{team}*. I am not in {where} yet: please have me invited there, and the board will "
            "appear by itself."
        )
    return words + to_be_invited(outside, "that", "lead")


def moderated_receipt(pair: Pair, dimension_id: str) -> str:
    """After a moderated level was recorded or taken back."""
    framework = pair.first.framework
    name = escape(framework.dimension(dimension_id).name)
    moderation = pair.second.dimension(dimension_id).moderation
    if moderation is None:
        return f"Taken back: {name} has no moderated level now. Both teams see it, and the histories keep it."
    level = escape(level_name(framework, moderation.level))
    return (
        f"Recorded: *{level}* as the moderated level of {name}. Both teams see it, with your name and the "
        "reason, and each keeps its own level beside it."
    )
