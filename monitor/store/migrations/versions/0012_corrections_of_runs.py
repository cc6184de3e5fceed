"""What runners correct of their runs, and what they set for themselves."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "amendment",
        _runner(),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("origin_id", AutoString(), nullable=False),
        sa.Column("change", AutoString(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("into_origin", AutoString(), nullable=True),
        sa.Column("into_id", AutoString(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        _goes_with_the_runner("amendment"),
        sa.PrimaryKeyConstraint("runner_id", "origin", "origin_id", "change", name=op.f("pk_amendment")),
    )
    op.create_table(
        "own_settings",
        _runner(),
        sa.Column("quiet_from", sa.Integer(), nullable=True),
        sa.Column("quiet_until", sa.Integer(), nullable=True),
        sa.Column("units", AutoString(), nullable=False),
        _goes_with_the_runner("own_settings"),
        sa.PrimaryKeyConstraint("runner_id", name=op.f("pk_own_settings")),
    )


def downgrade() -> None:
    op.drop_table("own_settings")
    op.drop_table("amendment")


def _runner() -> sa.Column[int]:
    return sa.Column("runner_id", BIG_ID, nullable=False)


def _goes_with_the_runner(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f(f"fk_{table}_runner_id"), ondelete="CASCADE")
