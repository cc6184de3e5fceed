"""What runners answer to mails and which they want; digests for coaches, in their own time zone."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "answer",
        sa.Column("id", BIG_ID, nullable=False),
        _runner(),
        sa.Column("say", AutoString(), nullable=False),
        sa.Column("rule", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        _goes_with_the_runner("answer"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_answer")),
    )
    op.create_index(op.f("ix_answer_runner_id"), "answer", ["runner_id"])
    op.create_table(
        "mail_choice",
        _runner(),
        sa.Column("alerts", sa.Boolean(), nullable=False),
        sa.Column("weekly", sa.Boolean(), nullable=False),
        sa.Column("source", sa.Boolean(), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=False),
        _goes_with_the_runner("mail_choice"),
        sa.PrimaryKeyConstraint("runner_id", name=op.f("pk_mail_choice")),
    )
    op.create_table(
        "letter_about",
        sa.Column("letter_id", BIG_ID, nullable=False),
        _runner(),
        sa.ForeignKeyConstraint(
            ["letter_id"], ["letter.id"], name=op.f("fk_letter_about_letter_id"), ondelete="CASCADE"
        ),
        _goes_with_the_runner("letter_about"),
        sa.PrimaryKeyConstraint("letter_id", "runner_id", name=op.f("pk_letter_about")),
    )
    op.create_table(
        "coach_told",
        sa.Column("coach_id", BIG_ID, nullable=False),
        _runner(),
        sa.Column("what", AutoString(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("letter_id", BIG_ID, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_coach_told_letter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_coach_told_coach_id"), ondelete="CASCADE"),
        _goes_with_the_runner("coach_told"),
        sa.PrimaryKeyConstraint("coach_id", "runner_id", name=op.f("pk_coach_told")),
    )
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.add_column(sa.Column("timezone", AutoString(), nullable=False, server_default="UTC"))
        batch_op.add_column(sa.Column("digest", sa.Boolean(), nullable=False, server_default=sa.true()))
        batch_op.add_column(sa.Column("looked_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.drop_column("looked_on")
        batch_op.drop_column("digest")
        batch_op.drop_column("timezone")
    for table in ("coach_told", "letter_about", "mail_choice"):
        op.drop_table(table)
    op.drop_index(op.f("ix_answer_runner_id"), table_name="answer")
    op.drop_table("answer")


def _runner() -> sa.Column[int]:
    return sa.Column("runner_id", BIG_ID, nullable=False)


def _goes_with_the_runner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f(f"fk_{table}_runner_id"), ondelete="CASCADE")
