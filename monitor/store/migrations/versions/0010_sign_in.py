"""Sign-in: what was begun, which browsers are signed in, passkeys, and what coaches may do."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "sign_in_begun",
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("browser", AutoString(), nullable=False),
        sa.Column("way", AutoString(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("caller", AutoString(), nullable=False),
        sa.Column("leads_to", AutoString(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sign_in_begun")),
    )
    op.create_index(op.f("ix_sign_in_begun_address"), "sign_in_begun", ["address"])
    op.create_index(op.f("ix_sign_in_begun_caller"), "sign_in_begun", ["caller"])
    op.create_table(
        "signed_in",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("runner_id", BIG_ID, nullable=True),
        sa.Column("via", AutoString(), nullable=False),
        sa.Column("agent", AutoString(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_signed_in_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signed_in")),
        sa.UniqueConstraint("digest", name=op.f("uq_signed_in_digest")),
    )
    op.create_index(op.f("ix_signed_in_address"), "signed_in", ["address"])
    op.create_index(op.f("ix_signed_in_runner_id"), "signed_in", ["runner_id"])
    op.create_table(
        "passkey",
        sa.Column("id", BIG_ID, nullable=False),
        sa.Column("credential", AutoString(), nullable=False),
        sa.Column("public_key", AutoString(), nullable=False),
        sa.Column("uses", BIG_ID, nullable=False),
        sa.Column("address", AutoString(), nullable=False),
        sa.Column("runner_id", BIG_ID, nullable=True),
        sa.Column("agent", AutoString(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("used_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_passkey_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential", name=op.f("uq_passkey_credential")),
    )
    op.create_index(op.f("ix_passkey_address"), "passkey", ["address"])
    op.create_index(op.f("ix_passkey_runner_id"), "passkey", ["runner_id"])
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.add_column(sa.Column("role", AutoString(), nullable=False, server_default="coach"))


def downgrade() -> None:
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.drop_column("role")
    for table in ("passkey", "signed_in", "sign_in_begun"):
        op.drop_table(table)
