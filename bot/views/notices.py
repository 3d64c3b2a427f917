"""Direct messages about trouble that a person can mend."""

from __future__ import annotations

from bot.views.block_kit.blocks import Message, section

_WHY = {
    "is_archived": "it is archived. Bring it back from its settings",
    "not_in_channel": "I am not in it. Type /invite and my name there",
}
_OTHERWISE = "its settings do not let me. Please allow apps to post there"


def removed() -> str:
    """What stands in place of a message of ours that Slack does not let us delete."""
    return "Milepost removed this message."


def channel_closed(channel_id: str, error: str) -> Message:
    """Told to a facilitator once a day at most while a channel refuses us."""
    why = _WHY.get(error, _OTHERWISE)
    text = (
        f"I cannot post in <#{channel_id}>: {why}, and what is waiting will appear by itself. "
        "Nothing that was said is lost."
    )
    return Message(text, (section(text),))
