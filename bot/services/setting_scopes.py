"""Where settings are kept that belong to one channel or one assessment."""

from __future__ import annotations


def scope_of_channel(channel_id: str) -> str:
    """Where what is set for one channel is kept among the settings."""
    return f"channel:{channel_id}"


def scope_of_assessment(assessment_id: str) -> str:
    """Where what is remembered of one assessment is kept among the settings; it goes with it."""
    return f"assessment:{assessment_id}"
