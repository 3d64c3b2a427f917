"""Every table of the first release.

Revision: 0001_baseline, the first. The types are plain ones of SQLAlchemy: ours may change later, and what a
released revision makes may not.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001_baseline"
down_revision = None
branch_labels = None
depends_on = None

_TEXT = sa.Text()
# SQLite keeps moments as text of one width, and numbers the rows of INTEGER columns only.
_MOMENT = sa.DateTime(timezone=True).with_variant(sa.Text(), "sqlite")
_NUMBERING = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _create_workspaces()
    _create_own_library()
    _create_assessments()
    _create_progress()
    _create_votes_and_evidence()
    _create_history_and_nudges()
    _create_messages()
    _create_plans()
    _create_plan_items()
    _create_milestones()
    _create_proposals()


def downgrade() -> None:
    """Drop every table, those that refer to others first."""
    for table in (
        "proposal_history",
        "proposal_supporter",
        "proposal",
        "reminder",
        "milestone_snooze",
        "milestone",
        "plan_item_owner",
        "plan_item",
        "plan_history",
        "dismissal",
        "target",
        "plan",
        "channel_pace",
        "message",
        "nudge_stop",
        "nudge",
        "history",
        "evidence",
        "vote",
        "prompt_progress",
        "dimension_progress",
        "participant",
        "assessment",
        "framework",
        "library_removal",
        "library_action",
        "deletion",
        "digest",
        "delivery_seen",
        "setting",
        "installation",
    ):
        op.drop_table(table)


def _required(of: sa.types.TypeEngine[Any], names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, of, nullable=False) for name in names.split())


def _optional(of: sa.types.TypeEngine[Any], names: str) -> Iterator[sa.Column[Any]]:
    return (sa.Column(name, of, nullable=True) for name in names.split())


def _belongs(name: str, columns: str, to: str, keys: str = "") -> sa.ForeignKeyConstraint:
    """A foreign key whose rows go with the row that they belong to."""
    referred = [f"{to}.{key}" for key in (keys or columns).split()]
    return sa.ForeignKeyConstraint(columns.split(), referred, name=name, ondelete="CASCADE")


def _check(name: str, rule: str) -> sa.CheckConstraint:
    # op.f: the name is whole, the naming convention is not to be applied to it.
    return sa.CheckConstraint(rule, name=op.f(name))


def _create_workspaces() -> None:
    op.create_table(
        "installation",
        *_required(_TEXT, "workspace_id team_name address bot_user_id bot_id scopes"),
        *_required(_MOMENT, "updated_at"),
        sa.PrimaryKeyConstraint("workspace_id", name="pk_installation"),
    )
    op.create_table(
        "setting",
        *_required(_TEXT, "workspace_id scope name value"),
        sa.PrimaryKeyConstraint("workspace_id", "scope", "name", name="pk_setting"),
    )
    op.create_table(
        "delivery_seen",
        *_required(_TEXT, "workspace_id key"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint("workspace_id", "key", name="pk_delivery_seen"),
    )
    op.create_index("ix_delivery_seen_at", "delivery_seen", ["at"])
    op.create_table(
        "digest",
        *_required(_TEXT, "workspace_id channel_id"),
        *_required(sa.Date(), "day"),
        *_required(_MOMENT, "planned_at since made_at"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", "day", name="pk_digest"),
    )
    op.create_table(
        "deletion",
        *_required(_TEXT, "workspace_id assessment_id channel_id title by"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", name="pk_deletion"),
    )


def _create_own_library() -> None:
    op.create_table(
        "library_action",
        *_required(_TEXT, "workspace_id id title document"),
        *_required(_MOMENT, "added_at"),
        *_optional(_TEXT, "added_by proposed_by source_channel_id source_ts"),
        *_optional(_MOMENT, "changed_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_library_action"),
        sa.UniqueConstraint("workspace_id", "title", name="uq_library_action_title"),
    )
    op.create_table(
        "library_removal",
        *_required(_TEXT, "workspace_id id"),
        *_required(_MOMENT, "removed_at"),
        *_required(_TEXT, "removed_by title document"),
        *_required(_MOMENT, "added_at"),
        *_optional(_TEXT, "added_by proposed_by source_channel_id source_ts"),
        *_optional(_MOMENT, "changed_at"),
        sa.PrimaryKeyConstraint("workspace_id", "id", "removed_at", name="pk_library_removal"),
    )


def _create_assessments() -> None:
    op.create_table(
        "framework",
        *_required(_TEXT, "workspace_id content_hash document"),
        *_required(_MOMENT, "first_used_at"),
        sa.PrimaryKeyConstraint("workspace_id", "content_hash", name="pk_framework"),
    )
    op.create_table(
        "assessment",
        *_required(_TEXT, "workspace_id id channel_id title kind mode state framework_hash started_by"),
        *_required(_MOMENT, "started_at"),
        *_optional(sa.Date(), "closing_date"),
        *_optional(_TEXT, "state_changed_by"),
        *_optional(_MOMENT, "state_changed_at"),
        *_required(_TEXT, "state_reason"),
        *_optional(_TEXT, "previous"),
        *_required(sa.Boolean(), "review"),
        *_optional(_TEXT, "beside"),
        *_required(_TEXT, "team"),
        *_required(sa.Boolean(), "same_channel"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_assessment"),
        _check("ck_assessment_state", "state IN ('running', 'paused', 'closed', 'cancelled')"),
        sa.ForeignKeyConstraint(
            ["workspace_id", "framework_hash"],
            ["framework.workspace_id", "framework.content_hash"],
            name="fk_assessment_framework",
        ),
    )
    op.create_index("ix_assessment_workspace_id_beside", "assessment", ["workspace_id", "beside"])
    op.create_index(
        "ix_assessment_workspace_id_channel_id_started_at",
        "assessment",
        ["workspace_id", "channel_id", "started_at"],
    )
    op.create_index("ix_assessment_workspace_id_previous", "assessment", ["workspace_id", "previous"])
    op.create_index(
        "uq_assessment_active_in_channel",
        "assessment",
        ["workspace_id", "channel_id", "same_channel"],
        unique=True,
        sqlite_where=sa.text("state IN ('running', 'paused')"),
        postgresql_where=sa.text("state IN ('running', 'paused')"),
    )


def _create_progress() -> None:
    op.create_table(
        "participant",
        *_required(_TEXT, "workspace_id assessment_id person"),
        *_required(sa.Integer(), "position"),
        *_required(_TEXT, "role"),
        *_required(_MOMENT, "joined_at"),
        *_required(_TEXT, "added_by"),
        *_optional(_MOMENT, "left_at assessor_until"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "person", name="pk_participant"),
        _check("ck_participant_role", "role IN ('facilitator', 'assessor', 'observer')"),
        _belongs("fk_participant_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
    )
    op.create_table(
        "dimension_progress",
        *_required(_TEXT, "workspace_id assessment_id dimension_id"),
        *_required(sa.Integer(), "position"),
        *_optional(_TEXT, "opened_by"),
        *_optional(_MOMENT, "opened_at"),
        *_optional(sa.Integer(), "confirmed_level confirmed_calculated"),
        *_optional(_TEXT, "confirmed_reason confirmed_by"),
        *_optional(_MOMENT, "confirmed_at"),
        *_optional(_TEXT, "lead"),
        *_optional(sa.Integer(), "moderated_level"),
        *_optional(_TEXT, "moderated_reason moderated_by"),
        *_optional(_MOMENT, "moderated_at"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "dimension_id", name="pk_dimension_progress"
        ),
        _check("ck_dimension_progress_confirmed_calculated", "confirmed_calculated BETWEEN 1 AND 5"),
        _check("ck_dimension_progress_confirmed_level", "confirmed_level BETWEEN 1 AND 5"),
        _check("ck_dimension_progress_confirmed_whole", "(confirmed_by IS NULL) = (confirmed_at IS NULL)"),
        _check("ck_dimension_progress_moderated_level", "moderated_level BETWEEN 1 AND 5"),
        _check("ck_dimension_progress_moderated_whole", "(moderated_by IS NULL) = (moderated_at IS NULL)"),
        _belongs(
            "fk_dimension_progress_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"
        ),
    )
    op.create_table(
        "prompt_progress",
        *_required(_TEXT, "workspace_id assessment_id prompt_id dimension_id"),
        *_required(sa.Integer(), "position"),
        *_required(_TEXT, "state"),
        *_optional(sa.Integer(), "level"),
        *_required(_TEXT, "reason"),
        *_optional(_TEXT, "decided_by"),
        *_optional(_MOMENT, "decided_at"),
        *_required(sa.Boolean(), "being_changed"),
        *_required(sa.Integer(), "round"),
        *_required(_TEXT, "dissent"),
        *_optional(_MOMENT, "revealed_at"),
        *_optional(_TEXT, "revealed_by"),
        *_optional(_MOMENT, "asked_at"),
        *_optional(_TEXT, "ready_by"),
        *_optional(_MOMENT, "ready_at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "prompt_id", name="pk_prompt_progress"),
        _check("ck_prompt_progress_level", "level BETWEEN 1 AND 5"),
        _check(
            "ck_prompt_progress_state",
            "state IN ('waiting', 'asked', 'revealed', 'agreed', 'not_applicable', 'put_off')",
        ),
        _belongs(
            "fk_prompt_progress_dimension_progress",
            "workspace_id assessment_id dimension_id",
            "dimension_progress",
        ),
    )


def _create_votes_and_evidence() -> None:
    op.create_table(
        "vote",
        *_required(_NUMBERING, "number"),
        *_required(_TEXT, "workspace_id assessment_id prompt_id person"),
        *_required(sa.Integer(), "round"),
        *_optional(sa.Integer(), "level"),
        *_required(_MOMENT, "at"),
        *_required(sa.Boolean(), "after_reveal"),
        sa.PrimaryKeyConstraint("number", name="pk_vote"),
        _check("ck_vote_level", "level BETWEEN 1 AND 5"),
        _belongs("fk_vote_prompt_progress", "workspace_id assessment_id prompt_id", "prompt_progress"),
        sa.UniqueConstraint(
            "workspace_id", "assessment_id", "prompt_id", "person", "round", name="uq_vote_one_a_person"
        ),
    )
    op.create_table(
        "evidence",
        *_required(_NUMBERING, "number"),
        *_required(_TEXT, "workspace_id assessment_id prompt_id id author text link"),
        *_required(_MOMENT, "at"),
        *_optional(_TEXT, "strength logged_by"),
        *_required(_TEXT, "came_from permalink file_name"),
        *_optional(_TEXT, "moved_by"),
        *_optional(_MOMENT, "moved_at"),
        *_optional(_TEXT, "moved_from carried_from"),
        *_optional(_MOMENT, "carried_ended_at"),
        *_optional(_TEXT, "carried_by"),
        *_optional(_MOMENT, "carried_at"),
        *_optional(_TEXT, "withdrawn_by"),
        *_optional(_MOMENT, "withdrawn_at"),
        sa.PrimaryKeyConstraint("number", name="pk_evidence"),
        _check("ck_evidence_came_from", "came_from IN ('form', 'message', 'file')"),
        _check("ck_evidence_not_empty", "text <> '' OR link <> '' OR file_name <> ''"),
        _check("ck_evidence_strength", "strength IN ('claimed', 'documented', 'tested')"),
        _belongs("fk_evidence_prompt_progress", "workspace_id assessment_id prompt_id", "prompt_progress"),
        sa.UniqueConstraint("workspace_id", "assessment_id", "id", name="uq_evidence_id"),
    )


def _create_history_and_nudges() -> None:
    op.create_table(
        "history",
        *_required(_NUMBERING, "id"),
        *_required(_TEXT, "workspace_id assessment_id what by"),
        *_required(_MOMENT, "at"),
        *_optional(_TEXT, "dimension_id prompt_id"),
        *_optional(sa.Integer(), "level_before level_after"),
        *_required(_TEXT, "reason"),
        *_optional(_TEXT, "about role"),
        *_required(_TEXT, "dissent"),
        *_optional(_TEXT, "evidence_id from_prompt_id"),
        *_optional(sa.Date(), "date_before date_after"),
        sa.PrimaryKeyConstraint("id", name="pk_history"),
        _check("ck_history_level_after", "level_after BETWEEN 1 AND 5"),
        _check("ck_history_level_before", "level_before BETWEEN 1 AND 5"),
        _belongs("fk_history_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_history_workspace_id_assessment_id_id", "history", ["workspace_id", "assessment_id", "id"]
    )
    op.create_table(
        "nudge",
        *_required(_TEXT, "workspace_id assessment_id prompt_id person"),
        *_required(sa.Integer(), "number batch"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "prompt_id", "person", "number", name="pk_nudge"
        ),
        _check("ck_nudge_number", "number BETWEEN 1 AND 2"),
        _belongs("fk_nudge_prompt_progress", "workspace_id assessment_id prompt_id", "prompt_progress"),
    )
    op.create_table(
        "nudge_stop",
        *_required(_TEXT, "workspace_id assessment_id person"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "person", name="pk_nudge_stop"),
        _belongs("fk_nudge_stop_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
    )


def _create_messages() -> None:
    op.create_table(
        "message",
        *_required(_NUMBERING, "id"),
        *_required(_TEXT, "workspace_id key kind channel_id"),
        *_optional(_TEXT, "assessment_id subject parent_key thread_ts ts"),
        *_required(sa.Integer(), "wanted delivered"),
        *_required(_MOMENT, "due_at"),
        *_required(sa.Integer(), "attempts"),
        *_optional(_TEXT, "blocked last_error"),
        *_optional(_MOMENT, "post_began_at delivered_at unwanted_at"),
        *_optional(_TEXT, "lease_owner"),
        *_optional(_MOMENT, "lease_until"),
        *_optional(_TEXT, "lease_token"),
        sa.PrimaryKeyConstraint("id", name="pk_message"),
        _check("ck_message_attempts", "attempts >= 0"),
        _check("ck_message_delivered", "delivered BETWEEN 0 AND wanted"),
        _belongs("fk_message_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
        sa.UniqueConstraint("workspace_id", "key", name="uq_message_key"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_message_pending",
        "message",
        ["due_at", "id"],
        sqlite_where=sa.text("wanted > delivered AND blocked IS NULL"),
        postgresql_where=sa.text("wanted > delivered AND blocked IS NULL"),
    )
    op.create_index(
        "ix_message_workspace_id_assessment_id_id", "message", ["workspace_id", "assessment_id", "id"]
    )
    op.create_index("ix_message_workspace_id_channel_id_ts", "message", ["workspace_id", "channel_id", "ts"])
    op.create_table(
        "channel_pace",
        *_required(_TEXT, "workspace_id channel_id"),
        *_required(_MOMENT, "next_at"),
        sa.PrimaryKeyConstraint("workspace_id", "channel_id", name="pk_channel_pace"),
    )


def _create_plans() -> None:
    op.create_table(
        "plan",
        *_required(_TEXT, "workspace_id assessment_id"),
        *_optional(_TEXT, "capacity"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", name="pk_plan"),
        _check("ck_plan_capacity", "capacity IN ('low', 'medium', 'high')"),
        _belongs("fk_plan_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
    )
    op.create_table(
        "target",
        *_required(_TEXT, "workspace_id assessment_id dimension_id"),
        *_required(sa.Integer(), "position level"),
        *_required(_TEXT, "reason"),
        *_optional(sa.Date(), "by_date"),
        *_required(_TEXT, "set_by"),
        *_required(_MOMENT, "set_at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "dimension_id", name="pk_target"),
        _check("ck_target_level", "level BETWEEN 1 AND 5"),
        _belongs("fk_target_plan", "workspace_id assessment_id", "plan"),
    )
    op.create_table(
        "dismissal",
        *_required(_TEXT, "workspace_id assessment_id action_id"),
        *_required(sa.Integer(), "position"),
        *_required(_TEXT, "reason by"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "action_id", name="pk_dismissal"),
        _belongs("fk_dismissal_plan", "workspace_id assessment_id", "plan"),
    )
    op.create_table(
        "plan_history",
        *_required(_NUMBERING, "id"),
        *_required(_TEXT, "workspace_id assessment_id what by"),
        *_required(_MOMENT, "at"),
        *_optional(_TEXT, "item_id milestone_id dimension_id"),
        *_required(_TEXT, "before after reason"),
        sa.PrimaryKeyConstraint("id", name="pk_plan_history"),
        _belongs("fk_plan_history_plan", "workspace_id assessment_id", "plan"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_plan_history_workspace_id_assessment_id_id",
        "plan_history",
        ["workspace_id", "assessment_id", "id"],
    )


def _create_plan_items() -> None:
    op.create_table(
        "plan_item",
        *_required(_TEXT, "workspace_id assessment_id id"),
        *_required(sa.Integer(), "position"),
        *_required(_TEXT, "title dimension_id"),
        *_required(sa.Integer(), "from_level to_level"),
        *_optional(_TEXT, "sponsor"),
        *_required(_TEXT, "status status_reason status_by"),
        *_required(_MOMENT, "status_at"),
        *_required(_TEXT, "notes success"),
        *_optional(_TEXT, "action_id proposal_id worked worked_note worked_by"),
        *_optional(_MOMENT, "worked_at"),
        *_required(_TEXT, "added_by"),
        *_required(_MOMENT, "added_at"),
        *_optional(sa.Integer(), "level_when_added"),
        *_optional(_MOMENT, "finished_at"),
        *_required(sa.Integer(), "revision"),
        *_required(_TEXT, "changed_by"),
        *_required(_MOMENT, "changed_at"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "id", name="pk_plan_item"),
        _check("ck_plan_item_level_when_added", "level_when_added BETWEEN 1 AND 5"),
        _check("ck_plan_item_levels", "from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5"),
        _check(
            "ck_plan_item_status", "status IN ('proposed', 'to_do', 'doing', 'blocked', 'done', 'dropped')"
        ),
        _check("ck_plan_item_worked", "worked IN ('yes', 'partly', 'no', 'too_early')"),
        _check("ck_plan_item_worked_whole", "(worked IS NULL) = (worked_at IS NULL)"),
        _belongs("fk_plan_item_plan", "workspace_id assessment_id", "plan"),
    )
    op.create_index("ix_plan_item_workspace_id_action_id", "plan_item", ["workspace_id", "action_id"])
    op.create_table(
        "plan_item_owner",
        *_required(_TEXT, "workspace_id assessment_id item_id person"),
        *_required(sa.Integer(), "position"),
        *_required(_MOMENT, "since"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "item_id", "person", name="pk_plan_item_owner"
        ),
        _belongs(
            "fk_plan_item_owner_plan_item",
            "workspace_id assessment_id item_id",
            "plan_item",
            "workspace_id assessment_id id",
        ),
    )
    op.create_index("ix_plan_item_owner_workspace_id_person", "plan_item_owner", ["workspace_id", "person"])


def _create_milestones() -> None:
    op.create_table(
        "milestone",
        *_required(_TEXT, "workspace_id assessment_id id item_id name"),
        *_required(sa.Date(), "due"),
        *_required(_MOMENT, "due_set_at changed_at"),
        *_required(sa.Integer(), "revision"),
        *_required(_TEXT, "state reason"),
        *_optional(_TEXT, "settled_by"),
        *_optional(_MOMENT, "settled_at"),
        *_optional(_TEXT, "all_said"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "id", name="pk_milestone"),
        _check("ck_milestone_settled_whole", "(state = 'open') = (settled_at IS NULL)"),
        _check("ck_milestone_state", "state IN ('open', 'done', 'dropped')"),
        _belongs(
            "fk_milestone_plan_item",
            "workspace_id assessment_id item_id",
            "plan_item",
            "workspace_id assessment_id id",
        ),
    )
    op.create_index(
        "ix_milestone_workspace_id_state_due_all_said",
        "milestone",
        ["workspace_id", "state", "due", "all_said"],
    )
    op.create_table(
        "milestone_snooze",
        *_required(_TEXT, "workspace_id assessment_id milestone_id person"),
        *_required(sa.Date(), "until"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "milestone_id", "person", name="pk_milestone_snooze"
        ),
        _belongs(
            "fk_milestone_snooze_milestone",
            "workspace_id assessment_id milestone_id",
            "milestone",
            "workspace_id assessment_id id",
        ),
    )
    op.create_table(
        "reminder",
        *_required(_TEXT, "workspace_id assessment_id milestone_id person"),
        *_required(_MOMENT, "since"),
        *_required(_TEXT, "occasion"),
        *_required(sa.Date(), "due"),
        *_required(_TEXT, "about cause"),
        *_required(_MOMENT, "planned_at spent_at"),
        *_optional(_TEXT, "message_key"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "assessment_id", "milestone_id", "person", "since", "occasion", name="pk_reminder"
        ),
        _belongs(
            "fk_reminder_milestone",
            "workspace_id assessment_id milestone_id",
            "milestone",
            "workspace_id assessment_id id",
        ),
    )
    op.create_index("ix_reminder_workspace_id_message_key", "reminder", ["workspace_id", "message_key"])


def _create_proposals() -> None:
    op.create_table(
        "proposal",
        *_required(_TEXT, "workspace_id id assessment_id"),
        *_optional(_TEXT, "source_channel_id source_ts source_thread_ts source_author source_edited_text"),
        *_required(sa.Boolean(), "source_deleted"),
        *_required(_TEXT, "title text"),
        *_required(sa.Boolean(), "shortened"),
        *_required(_TEXT, "proposed_by"),
        *_required(_MOMENT, "proposed_at"),
        *_required(_TEXT, "state state_by"),
        *_required(_MOMENT, "state_at"),
        *_required(_TEXT, "state_reason"),
        *_optional(_TEXT, "dimension_id"),
        *_optional(sa.Integer(), "from_level to_level"),
        *_optional(_TEXT, "time money skills"),
        *_required(_TEXT, "benefits"),
        *_optional(_TEXT, "accepted_as accepted_by"),
        *_optional(_MOMENT, "accepted_at told_at"),
        *_required(sa.Integer(), "revision"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name="pk_proposal"),
        _check("ck_proposal_accepted_whole", "(accepted_as IS NULL) = (accepted_at IS NULL)"),
        _check("ck_proposal_levels", "from_level BETWEEN 1 AND 5 AND to_level BETWEEN 1 AND 5"),
        _check("ck_proposal_source_whole", "(source_channel_id IS NULL) = (source_ts IS NULL)"),
        _check("ck_proposal_state", "state IN ('draft', 'withdrawn', 'planned', 'dismissed')"),
        _belongs("fk_proposal_assessment", "workspace_id assessment_id", "assessment", "workspace_id id"),
        sa.UniqueConstraint(
            "workspace_id", "source_channel_id", "source_ts", "assessment_id", name="uq_proposal_message"
        ),
    )
    op.create_index(
        "ix_proposal_workspace_id_assessment_id_proposed_at",
        "proposal",
        ["workspace_id", "assessment_id", "proposed_at"],
    )
    op.create_table(
        "proposal_supporter",
        *_required(_TEXT, "workspace_id assessment_id proposal_id person sign"),
        *_required(sa.Boolean(), "standing"),
        *_required(_MOMENT, "at"),
        sa.PrimaryKeyConstraint(
            "workspace_id", "proposal_id", "person", "sign", name="pk_proposal_supporter"
        ),
        _belongs("fk_proposal_supporter_proposal", "workspace_id proposal_id", "proposal", "workspace_id id"),
    )
    op.create_table(
        "proposal_history",
        *_required(_NUMBERING, "id"),
        *_required(_TEXT, "workspace_id assessment_id proposal_id what by"),
        *_required(_MOMENT, "at"),
        *_required(_TEXT, "before after reason"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_history"),
        _belongs("fk_proposal_history_proposal", "workspace_id proposal_id", "proposal", "workspace_id id"),
        sqlite_autoincrement=True,
    )
    op.create_index(
        "ix_proposal_history_workspace_id_proposal_id_id",
        "proposal_history",
        ["workspace_id", "proposal_id", "id"],
    )
