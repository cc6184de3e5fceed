"""Signs of life, and what the operator was told is late."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "heartbeat",
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("owner", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_heartbeat")),
    )
    op.create_table(
        "outage",
        sa.Column("part", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.Column("tell_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("part", name=op.f("pk_outage")),
    )


def downgrade() -> None:
    op.drop_table("outage")
    op.drop_table("heartbeat")
