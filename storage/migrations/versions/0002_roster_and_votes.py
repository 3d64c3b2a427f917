"""The roster of an assessment, votes of several rounds, the reveal, dissent and leads.

Revision: 0002_roster_and_votes, after 0001_foundation.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0002_roster_and_votes"
down_revision = "0001_foundation"
branch_labels = None
depends_on = None

_PROMPT = ["workspace_id", "assessment_id", "prompt_id"]
_NEW_HISTORY = (
    "'voted_after_reveal', 'abstained', 'revealed', 'vote_again', 'joined', 'left', 'added', 'removed', "
    "'role_set', 'lead_set'"
)


def _text(name: str, *, nullable: bool = False, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable, server_default=default)


def upgrade() -> None:
    """Bring the tables forward."""
    _create_participant_table()
    op.execute(
        "INSERT INTO participant (workspace_id, assessment_id, person, position, role, joined_at, added_by) "
        "SELECT f.workspace_id, f.assessment_id, f.person, f.position, 'facilitator', "
        "a.started_at, a.started_by "
        "FROM assessment_facilitator AS f JOIN assessment AS a "
        "ON a.workspace_id = f.workspace_id AND a.id = f.assessment_id"
    )
    op.drop_table("assessment_facilitator")
    with op.batch_alter_table("dimension_progress") as table:
        table.add_column(_text("lead", nullable=True))
    with op.batch_alter_table("prompt_progress") as table:
        table.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(_text("dissent", default=""))
        table.add_column(sa.Column("revealed_at", UtcDateTime(), nullable=True))
        table.drop_constraint(op.f("ck_prompt_progress_state"), type_="check")
        table.create_check_constraint(
            op.f("ck_prompt_progress_state"),
            "state IN ('waiting', 'asked', 'revealed', 'agreed', 'not_applicable', 'put_off')",
        )
    with op.batch_alter_table("vote") as table:
        table.add_column(sa.Column("round", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("after_reveal", sa.Boolean(), nullable=False, server_default=sa.false()))
        table.alter_column("level", existing_type=sa.Integer(), nullable=True)
        table.drop_constraint(op.f("uq_vote_one_a_person"), type_="unique")
        table.create_unique_constraint(op.f("uq_vote_one_a_person"), [*_PROMPT, "person", "round"])
    with op.batch_alter_table("history") as table:
        table.add_column(_text("about", nullable=True))
        table.add_column(_text("role", nullable=True))
        table.add_column(_text("dissent", default=""))
    _drop_defaults()


def _drop_defaults() -> None:
    """The rows that were there have their values; new ones get theirs from the program."""
    for name, columns in {
        "prompt_progress": ("round", "dissent"),
        "vote": ("round", "after_reveal"),
        "history": ("dissent",),
    }.items():
        with op.batch_alter_table(name) as table:
            for column in columns:
                table.alter_column(column, server_default=None)


def _create_participant_table() -> None:
    op.create_table(
        "participant",
        _text("workspace_id"),
        _text("assessment_id"),
        _text("person"),
        sa.Column("position", sa.Integer(), nullable=False),
        _text("role"),
        sa.Column("joined_at", UtcDateTime(), nullable=False),
        _text("added_by"),
        sa.Column("left_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "role IN ('facilitator', 'assessor', 'observer')", name=op.f("ck_participant_role")
        ),
        _to_assessment("fk_participant_assessment"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "person", name="pk_participant"),
    )


def _to_assessment(name: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["workspace_id", "assessment_id"],
        ["assessment.workspace_id", "assessment.id"],
        name=name,
        ondelete="CASCADE",
    )


def downgrade() -> None:
    """Take the tables back. The earlier program knows one round, no abstaining, and quick mode only."""
    op.create_table(
        "assessment_facilitator",
        _text("workspace_id"),
        _text("assessment_id"),
        _text("person"),
        sa.Column("position", sa.Integer(), nullable=False),
        _to_assessment("fk_assessment_facilitator_assessment"),
        sa.PrimaryKeyConstraint("workspace_id", "assessment_id", "person", name="pk_assessment_facilitator"),
    )
    op.execute(
        "INSERT INTO assessment_facilitator (workspace_id, assessment_id, person, position) "
        "SELECT workspace_id, assessment_id, person, position FROM participant "
        "WHERE role = 'facilitator' AND left_at IS NULL"
    )
    op.drop_table("participant")
    _forget_what_is_new()
    with op.batch_alter_table("history") as table:
        for column in ("about", "role", "dissent"):
            table.drop_column(column)
    with op.batch_alter_table("vote") as table:
        table.drop_constraint(op.f("uq_vote_one_a_person"), type_="unique")
        table.create_unique_constraint(op.f("uq_vote_one_a_person"), [*_PROMPT, "person"])
        table.alter_column("level", existing_type=sa.Integer(), nullable=False)
        table.drop_column("after_reveal")
        table.drop_column("round")
    with op.batch_alter_table("prompt_progress") as table:
        table.drop_constraint(op.f("ck_prompt_progress_state"), type_="check")
        table.create_check_constraint(
            op.f("ck_prompt_progress_state"),
            "state IN ('waiting', 'asked', 'agreed', 'not_applicable', 'put_off')",
        )
        for column in ("revealed_at", "dissent", "round"):
            table.drop_column(column)
    with op.batch_alter_table("dimension_progress") as table:
        table.drop_column("lead")


def _forget_what_is_new() -> None:
    op.execute("UPDATE assessment SET mode = 'quick' WHERE mode = 'together'")
    op.execute("UPDATE prompt_progress SET state = 'asked' WHERE state = 'revealed'")
    op.execute(
        "DELETE FROM vote WHERE level IS NULL OR round < (SELECT p.round FROM prompt_progress AS p "
        "WHERE p.workspace_id = vote.workspace_id AND p.assessment_id = vote.assessment_id "
        "AND p.prompt_id = vote.prompt_id)"
    )
    op.execute(f"DELETE FROM history WHERE what IN ({_NEW_HISTORY})")  # noqa: S608 - our own words
