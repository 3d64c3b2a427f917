"""Block Kit as Slack checks it: shapes, lengths, counts, surfaces and ids.

The figures are those of https://docs.slack.dev/reference/block-kit/ and of what its users have measured.
"""

from bot.sandbox.block_kit.faces import (
    MESSAGE_BLOCKS_CHARACTERS,
    VIEW_BYTES,
    check_message_blocks,
    check_view,
)
from bot.sandbox.block_kit.shapes import Problem

__all__ = ["MESSAGE_BLOCKS_CHARACTERS", "VIEW_BYTES", "Problem", "check_message_blocks", "check_view"]
