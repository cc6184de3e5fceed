"""How runners say it feels."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "check_in",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("instrument", AutoString(), nullable=False),
        sa.Column("participation", sa.Integer(), nullable=False),
        sa.Column("modification", sa.Integer(), nullable=True),
        sa.Column("performance", sa.Integer(), nullable=True),
        sa.Column("symptoms", sa.Integer(), nullable=True),
        sa.Column("there", sa.Boolean(), nullable=False),
        sa.Column("pain", sa.Integer(), nullable=True),
        sa.Column("morning", AutoString(), nullable=True),
        sa.Column("lasting", sa.Boolean(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_check_in_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "day", name=op.f("pk_check_in")),
    )


def downgrade() -> None:
    op.drop_table("check_in")
