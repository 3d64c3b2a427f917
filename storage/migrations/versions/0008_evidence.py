"""Where evidence came from, how strong it is, and that it can be moved and withdrawn.

Revision: 0008_evidence, after 0007_nudges.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from storage.types import PlainText, UtcDateTime

revision = "0008_evidence"
down_revision = "0007_nudges"
branch_labels = None
depends_on = None

_ASSESSMENT = ["workspace_id", "assessment_id"]
_NEW_TEXT = ("strength", "logged_by", "moved_by", "moved_from", "withdrawn_by")
_NEW_MOMENTS = ("moved_at", "withdrawn_at")
_NOTES = (
    "SELECT m.id, m.key, e.id AS evidence, p.dimension_id AS thread, e.id || '/' || p.dimension_id AS here "
    "FROM message AS m JOIN evidence AS e "
    "ON e.workspace_id = m.workspace_id AND e.assessment_id = m.assessment_id "
    "JOIN prompt_progress AS p ON p.workspace_id = e.workspace_id AND p.assessment_id = e.assessment_id "
    "AND p.prompt_id = e.prompt_id WHERE m.kind = 'evidence' "
)
_HERE = "AND e.withdrawn_by IS NULL AND e.id || '/' || p.dimension_id = m.subject"
_RENAME = sa.text("UPDATE message SET key = :key, subject = :subject WHERE id = :id")


def _text(name: str, *, nullable: bool = True, default: str | None = None) -> sa.Column[str]:
    return sa.Column(name, PlainText(), nullable=nullable, server_default=default)


def upgrade() -> None:
    """Bring the tables forward."""
    with op.batch_alter_table("evidence") as table:
        for name in _NEW_TEXT:
            table.add_column(_text(name))
        for name in _NEW_MOMENTS:
            table.add_column(sa.Column(name, UtcDateTime(), nullable=True))
        table.add_column(_text("came_from", nullable=False, default="form"))
        table.add_column(_text("permalink", nullable=False, default=""))
        table.add_column(_text("file_name", nullable=False, default=""))
        table.drop_constraint(op.f("uq_evidence_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_evidence_id"), [*_ASSESSMENT, "id"])
        table.drop_constraint(op.f("ck_evidence_not_empty"), type_="check")
        table.create_check_constraint(
            op.f("ck_evidence_not_empty"), "text <> '' OR link <> '' OR file_name <> ''"
        )
        table.create_check_constraint(
            op.f("ck_evidence_strength"), "strength IN ('claimed', 'documented', 'tested')"
        )
        table.create_check_constraint(
            op.f("ck_evidence_came_from"), "came_from IN ('form', 'message', 'file')"
        )
    with op.batch_alter_table("evidence") as table:
        for name in ("came_from", "permalink", "file_name"):
            table.alter_column(name, server_default=None)
    with op.batch_alter_table("history") as table:
        table.add_column(_text("evidence_id"))
        table.add_column(_text("from_prompt_id"))
    _name_notes_by_thread()


def _name_notes_by_thread() -> None:
    """A note is known by its thread too, since moved evidence has one in each thread that it was in."""
    connection = op.get_bind()
    for row in connection.execute(sa.text(_NOTES + "AND e.id = m.subject")).all():
        connection.execute(_RENAME, {"id": row.id, "key": f"{row.key}/{row.thread}", "subject": row.here})


def downgrade() -> None:
    """Take the tables back. The earlier program would show again what was withdrawn, so that goes."""
    _forget_notes_by_thread()
    op.execute("DELETE FROM evidence WHERE withdrawn_by IS NOT NULL")
    op.execute("UPDATE evidence SET link = permalink WHERE text = '' AND link = ''")
    op.execute("DELETE FROM evidence WHERE text = '' AND link = ''")
    op.execute("DELETE FROM history WHERE what IN ('evidence_moved', 'evidence_withdrawn')")
    with op.batch_alter_table("history") as table:
        table.drop_column("from_prompt_id")
        table.drop_column("evidence_id")
    with op.batch_alter_table("evidence") as table:
        table.drop_constraint(op.f("ck_evidence_came_from"), type_="check")
        table.drop_constraint(op.f("ck_evidence_strength"), type_="check")
        table.drop_constraint(op.f("ck_evidence_not_empty"), type_="check")
        table.create_check_constraint(op.f("ck_evidence_not_empty"), "text <> '' OR link <> ''")
        table.drop_constraint(op.f("uq_evidence_id"), type_="unique")
        table.create_unique_constraint(op.f("uq_evidence_id"), [*_ASSESSMENT, "prompt_id", "id"])
        for name in (*_NEW_TEXT, *_NEW_MOMENTS, "came_from", "permalink", "file_name"):
            table.drop_column(name)


def _forget_notes_by_thread() -> None:
    """Only the note in the thread where a piece of evidence is now keeps a name."""
    connection = op.get_bind()
    for row in connection.execute(sa.text(_NOTES + _HERE)).all():
        key = row.key.removesuffix(f"/{row.thread}")
        connection.execute(_RENAME, {"id": row.id, "key": key, "subject": row.evidence})
    op.execute("DELETE FROM message WHERE kind = 'evidence' AND subject LIKE '%/%'")
