"""Accounts that wait for a yes, former versions of runs, and whether the subscription is still there."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "unconfirmed",
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("runner_id", BIG_ID, nullable=False),
        sa.Column("athlete_id", BIG_ID, nullable=False),
        sa.Column("athlete_name", AutoString(), nullable=True),
        sa.Column("access_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("scope", AutoString(), nullable=False),
        sa.Column("kept_until", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runner.id"], name=op.f("fk_unconfirmed_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_unconfirmed")),
    )
    op.create_index(op.f("ix_unconfirmed_runner_id"), "unconfirmed", ["runner_id"])
    op.create_table(
        "former_run",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("runner_id", BIG_ID, nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("origin_id", AutoString(), nullable=False),
        sa.Column("replaced_at", UtcDateTime(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_former_run_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_former_run")),
    )
    op.create_index(op.f("ix_former_run_runner_id"), "former_run", ["runner_id"])
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.add_column(sa.Column("checked_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("lost_at", UtcDateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("subscription", schema=None) as batch_op:
        batch_op.drop_column("lost_at")
        batch_op.drop_column("checked_at")
    op.drop_table("former_run")
    op.drop_table("unconfirmed")
