"""Whether Slack takes what a view shows, and whom it would notify."""

from __future__ import annotations

from bot.delivery.block_kit import check_message, check_view
from bot.sandbox.block_kit import check_message_blocks
from bot.sandbox.block_kit import check_view as sandbox_check_view
from bot.sandbox.workspace.mentions import all_pings, pings_in_blocks
from bot.views.block_kit.blocks import Message, View


def check_shown(message: Message, *, pings: tuple[str, ...] = ()) -> None:
    """Slack takes it as a new message and as an edit, and only these people are notified."""
    payload = message.payload()
    assert check_message(payload) == ()
    assert check_message_blocks(payload["blocks"]) == []
    assert payload["text"].strip()
    assert set(all_pings(payload["text"], payload["blocks"])) <= set(pings)


def check_modal(view: View, *, pings: tuple[str, ...] = ()) -> None:
    assert check_view(view) == ()
    assert sandbox_check_view(view) == []
    assert set(pings_in_blocks(view["blocks"])) <= set(pings)
