"""Keys to the API."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "api_token",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("runner_id", BIG_ID, nullable=True),
        sa.Column("coach_id", BIG_ID, nullable=True),
        sa.Column("read_only", sa.Boolean(), nullable=False),
        sa.Column("label", AutoString(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["coach_id"], ["coach.id"], name=op.f("fk_api_token_coach_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_api_token_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_api_token")),
        sa.UniqueConstraint("digest", name=op.f("uq_api_token_digest")),
    )
    op.create_index(op.f("ix_api_token_coach_id"), "api_token", ["coach_id"])
    op.create_index(op.f("ix_api_token_runner_id"), "api_token", ["runner_id"])


def downgrade() -> None:
    op.drop_index(op.f("ix_api_token_runner_id"), table_name="api_token")
    op.drop_index(op.f("ix_api_token_coach_id"), table_name="api_token")
    op.drop_table("api_token")
