"""Sending: addresses that bounce, a mail server that takes nothing, other channels, the zone of a letter's reader."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    big_id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "suspension",
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("address", name=op.f("pk_suspension")),
    )
    op.create_table(
        "circuit",
        sa.Column("way", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("probe_at", UtcDateTime(), nullable=False),
        sa.Column("error", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("way", name=op.f("pk_circuit")),
    )
    op.create_table(
        "channel",
        sa.Column("id", big_id, nullable=False),
        sa.Column("runner_id", big_id, nullable=True),
        sa.Column("coach_id", big_id, nullable=True),
        sa.Column("scheme", AutoString(), nullable=False),
        sa.Column("label", AutoString(), nullable=False),
        sa.Column("url_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_channel_runner_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_channel_coach_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_channel")),
    )
    with op.batch_alter_table("channel", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_channel_runner_id"), ["runner_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_channel_coach_id"), ["coach_id"], unique=False)
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("zone", AutoString(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("channel_id", big_id, nullable=True))
        batch_op.create_index(batch_op.f("ix_letter_channel_id"), ["channel_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_letter_channel_id"), "channel", ["channel_id"], ["id"], ondelete="CASCADE"
        )


def downgrade() -> None:
    """Letters of other channels would become mails, and those that wait for an address would wait for ever."""
    op.execute("DELETE FROM letter WHERE channel_id IS NOT NULL")
    op.execute("UPDATE letter SET state = 'failed' WHERE state = 'suspended'")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_letter_channel_id"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_letter_channel_id"))
        batch_op.drop_column("channel_id")
        batch_op.drop_column("zone")
    for table in ("channel", "circuit", "suspension"):
        op.drop_table(table)
