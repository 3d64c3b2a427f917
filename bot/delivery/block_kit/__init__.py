"""Our own check of Block Kit over plain dicts: every outgoing payload passes it before it leaves.

It knows the blocks, elements and members that `bot.views` sends, and refuses all others. The limits are
those of Slack's reference pages, on the safe side where two of them differ. A violation is a bug of ours: it
raises in tests, and in production the plain version goes out instead.
"""

from bot.delivery.block_kit.fallback import plain_message, plain_view
from bot.delivery.block_kit.payload import check_message, check_view
from bot.delivery.block_kit.violation import PayloadRefused, Violation

__all__ = [
    "PayloadRefused",
    "Violation",
    "check_message",
    "check_view",
    "plain_message",
    "plain_view",
]
