"""The tables, as SQLAlchemy Core; importing this package fills the metadata."""

from storage.tables.assessments import (
    assessment,
    dimension_progress,
    evidence,
    framework,
    history,
    participant,
    prompt_progress,
    vote,
)
from storage.tables.messages import channel_pace, message
from storage.tables.metadata import metadata
from storage.tables.workspaces import installation, seen, setting

__all__ = [
    "assessment",
    "channel_pace",
    "dimension_progress",
    "evidence",
    "framework",
    "history",
    "installation",
    "message",
    "metadata",
    "participant",
    "prompt_progress",
    "seen",
    "setting",
    "vote",
]
