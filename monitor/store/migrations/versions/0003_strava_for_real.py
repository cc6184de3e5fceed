"""Connecting, asking and leaving Strava: consents, events, the budget, deferrals, erasures."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "brake",
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("lifted_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_brake")),
    )
    op.create_table(
        "budget",
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("quarter", UtcDateTime(), nullable=False),
        sa.Column("early", sa.Integer(), nullable=False),
        sa.Column("quarter_used", sa.Integer(), nullable=False),
        sa.Column("quarter_limit", sa.Integer(), nullable=False),
        sa.Column("day_used", sa.Integer(), nullable=False),
        sa.Column("day_limit", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_budget")),
    )
    op.create_table(
        "revocation",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("access_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revocation")),
    )
    op.create_table(
        "subscription",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("callback_url", AutoString(), nullable=False),
        sa.Column("since", UtcDateTime(), nullable=False),
        sa.Column("last_event_at", UtcDateTime(), nullable=True),
        sa.Column("missed_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscription")),
    )
    op.create_table(
        "tombstone",
        sa.Column(
            "runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False
        ),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("runner_id", name=op.f("pk_tombstone")),
    )
    op.create_table(
        "consent",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.Column("wording", AutoString(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_consent_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consent")),
    )
    with op.batch_alter_table("consent", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_consent_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "deferral",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("origin_id", AutoString(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("retry_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_deferral_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "origin", "origin_id", name=op.f("pk_deferral")),
    )
    op.create_table(
        "oauth_state",
        sa.Column("digest", AutoString(), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runner.id"], name=op.f("fk_oauth_state_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_oauth_state")),
    )
    with op.batch_alter_table("oauth_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_oauth_state_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "strava_event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("aspect", AutoString(), nullable=False),
        sa.Column("object_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("event_time", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("received_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["runner_id"], ["runner.id"], name=op.f("fk_strava_event_runner_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_strava_event")),
        sa.UniqueConstraint(
            "runner_id",
            "aspect",
            "object_id",
            "event_time",
            name=op.f("uq_strava_event_runner_id_aspect_object_id_event_time"),
        ),
    )
    with op.batch_alter_table("strava_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_strava_event_runner_id"), ["runner_id"], unique=False)

    # Until their next list, runs look as they did when their samples were read.
    op.add_column("activity", sa.Column("shape", AutoString(), nullable=False, server_default=""))
    op.execute("UPDATE activity SET shape = content")

    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.add_column(sa.Column("delete_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.add_column(sa.Column("needs", AutoString(), nullable=False, server_default=""))
        batch_op.alter_column(
            "runner_id", existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True
        )
    if op.get_bind().dialect.name == "sqlite":  # PostgreSQL never gives a number twice
        with op.batch_alter_table("runner", recreate="always", table_kwargs={"sqlite_autoincrement": True}):
            pass


def downgrade() -> None:
    """Letters to nobody in particular cannot be kept by the older schema."""
    op.execute("DELETE FROM letter WHERE runner_id IS NULL")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.alter_column(
            "runner_id", existing_type=sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        )
        batch_op.drop_column("needs")
    with op.batch_alter_table("connection", schema=None) as batch_op:
        batch_op.drop_column("delete_at")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_column("shape")
    for table in ("strava_event", "oauth_state", "deferral", "consent", "tombstone", "subscription", "revocation"):
        op.drop_table(table)
    op.drop_table("budget")
    op.drop_table("brake")
