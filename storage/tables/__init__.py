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
from storage.tables.deletions import deletion
from storage.tables.digests import digest
from storage.tables.messages import channel_pace, message
from storage.tables.metadata import metadata
from storage.tables.nudges import nudge, nudge_stop
from storage.tables.plans import (
    dismissal,
    milestone,
    milestone_snooze,
    plan,
    plan_history,
    plan_item,
    plan_item_owner,
    target,
)
from storage.tables.proposals import (
    library_action,
    library_removal,
    proposal,
    proposal_history,
    proposal_supporter,
)
from storage.tables.reminders import reminder
from storage.tables.workspaces import installation, seen, setting

__all__ = [
    "assessment",
    "channel_pace",
    "deletion",
    "digest",
    "dimension_progress",
    "dismissal",
    "evidence",
    "framework",
    "history",
    "installation",
    "library_action",
    "library_removal",
    "message",
    "metadata",
    "milestone",
    "milestone_snooze",
    "nudge",
    "nudge_stop",
    "participant",
    "plan",
    "plan_history",
    "plan_item",
    "plan_item_owner",
    "prompt_progress",
    "proposal",
    "proposal_history",
    "proposal_supporter",
    "reminder",
    "seen",
    "setting",
    "target",
    "vote",
]
