"""The first schema."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

from monitor.store.types import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "job_run",
        sa.Column("job", AutoString(), nullable=False),
        sa.Column("subject", AutoString(), nullable=False),
        sa.Column("slot", AutoString(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("owner", AutoString(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=False),
        sa.Column("retry_at", UtcDateTime(), nullable=True),
        sa.Column("error", AutoString(), nullable=False),
        sa.Column("finished_at", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("job", "subject", "slot", name=op.f("pk_job_run")),
    )
    op.create_table(
        "source_state",
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("failing", sa.JSON(), nullable=False),
        sa.Column("down_since", UtcDateTime(), nullable=True),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("origin", name=op.f("pk_source_state")),
    )
    op.create_table(
        "team",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")),
    )
    op.create_table(
        "coach",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("email", AutoString(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_coach_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coach")),
    )
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coach_team_id"), ["team_id"], unique=False)

    op.create_table(
        "runner",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("email", AutoString(), nullable=False),
        sa.Column("timezone", AutoString(), nullable=False),
        sa.Column("team_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("assess_from", sa.Date(), nullable=True),
        sa.Column("assessed_with", AutoString(), nullable=False),
        sa.Column("alert_due", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["team_id"], ["team.id"], name=op.f("fk_runner_team_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_runner")),
    )
    with op.batch_alter_table("runner", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_runner_team_id"), ["team_id"], unique=False)

    op.create_table(
        "activity",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("origin_id", AutoString(), nullable=False),
        sa.Column("name", AutoString(), nullable=False),
        sa.Column("sport", AutoString(), nullable=False),
        sa.Column("start", UtcDateTime(), nullable=False),
        sa.Column("start_local", sa.DateTime(), nullable=False),
        sa.Column("distance_m", sa.Integer(), nullable=True),
        sa.Column("moving_s", sa.Integer(), nullable=True),
        sa.Column("elapsed_s", sa.Integer(), nullable=True),
        sa.Column("climb_m", sa.Float(), nullable=True),
        sa.Column("average_heartrate_bpm", sa.Float(), nullable=True),
        sa.Column("max_heartrate_bpm", sa.Float(), nullable=True),
        sa.Column("cadence_spm", sa.Float(), nullable=True),
        sa.Column("rpe", sa.Float(), nullable=True),
        sa.Column("workout", sa.Integer(), nullable=False),
        sa.Column("flags", sa.JSON(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("distance_m >= 0", name=op.f("ck_activity_distance_not_negative")),
        sa.CheckConstraint("moving_s >= 0", name=op.f("ck_activity_time_not_negative")),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_activity_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_activity")),
        sa.UniqueConstraint("runner_id", "origin", "origin_id", name=op.f("uq_activity_runner_id_origin_origin_id")),
    )
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_activity_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "connection",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("athlete_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("access_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("refresh_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("scope", AutoString(), nullable=False),
        sa.Column("claimed_until", UtcDateTime(), nullable=True),
        sa.Column("access", AutoString(), nullable=False),
        sa.Column("access_since", UtcDateTime(), nullable=False),
        sa.Column("last_complete_at", UtcDateTime(), nullable=True),
        sa.Column("failing_since", UtcDateTime(), nullable=True),
        sa.Column("failure", AutoString(), nullable=False),
        sa.Column("retry_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_connection_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", name=op.f("pk_connection")),
        sa.UniqueConstraint("athlete_id", name=op.f("uq_connection_athlete_id")),
    )
    op.create_table(
        "coverage",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_coverage_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "origin", name=op.f("pk_coverage")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_event_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "exposure",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("origin_id", AutoString(), nullable=False),
        sa.Column("content", AutoString(), nullable=False),
        sa.Column("held", sa.JSON(), nullable=True),
        sa.Column("read_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_exposure_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "origin", "origin_id", name=op.f("pk_exposure")),
    )
    op.create_table(
        "finding",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_finding_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "rule", "day", name=op.f("pk_finding")),
    )
    op.create_table(
        "injury",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("site", AutoString(), nullable=False),
        sa.Column("side", AutoString(), nullable=False),
        sa.Column("onset", sa.Date(), nullable=False),
        sa.Column("ended", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_injury_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_injury")),
    )
    with op.batch_alter_table("injury", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_injury_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "letter",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("kind", AutoString(), nullable=False),
        sa.Column("episode", AutoString(), nullable=False),
        sa.Column("recipient", AutoString(), nullable=False),
        sa.Column("message", sa.LargeBinary(), nullable=False),
        sa.Column("state", AutoString(), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("lease_until", UtcDateTime(), nullable=True),
        sa.Column("sent_at", UtcDateTime(), nullable=True),
        sa.Column("error", AutoString(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_letter_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letter")),
        sa.UniqueConstraint("episode", name=op.f("uq_letter_episode")),
    )
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_letter_runner_id"), ["runner_id"], unique=False)
        batch_op.create_index("ix_letter_state_due_at", ["state", "due_at"], unique=False)

    op.create_table(
        "profile",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("fast_mps", sa.Float(), nullable=True),
        sa.Column("resting_heartrate_bpm", sa.Integer(), nullable=True),
        sa.Column("max_heartrate_bpm", sa.Integer(), nullable=True),
        sa.Column("sex", AutoString(), nullable=True),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_profile_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", name=op.f("pk_profile")),
    )
    op.create_table(
        "quarantine",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("origin", AutoString(), nullable=False),
        sa.Column("record_id", AutoString(), nullable=True),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("sha256", AutoString(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("seen_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_quarantine_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quarantine")),
        sa.UniqueConstraint("runner_id", "origin", "sha256", name=op.f("uq_quarantine_runner_id_origin_sha256")),
    )
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_quarantine_runner_id"), ["runner_id"], unique=False)

    op.create_table(
        "notice",
        sa.Column("runner_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("rule", AutoString(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("level", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("reason", AutoString(), nullable=False),
        sa.Column("letter_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("decided_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_notice_letter_id"), ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["runner_id"], ["runner.id"], name=op.f("fk_notice_runner_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("runner_id", "rule", "day", "level", name=op.f("pk_notice")),
    )


def downgrade() -> None:
    op.drop_table("notice")
    with op.batch_alter_table("quarantine", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_quarantine_runner_id"))

    op.drop_table("quarantine")
    op.drop_table("profile")
    with op.batch_alter_table("letter", schema=None) as batch_op:
        batch_op.drop_index("ix_letter_state_due_at")
        batch_op.drop_index(batch_op.f("ix_letter_runner_id"))

    op.drop_table("letter")
    with op.batch_alter_table("injury", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_injury_runner_id"))

    op.drop_table("injury")
    op.drop_table("finding")
    op.drop_table("exposure")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_runner_id"))

    op.drop_table("event")
    op.drop_table("coverage")
    op.drop_table("connection")
    with op.batch_alter_table("activity", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_activity_runner_id"))

    op.drop_table("activity")
    with op.batch_alter_table("runner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_runner_team_id"))

    op.drop_table("runner")
    with op.batch_alter_table("coach", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_coach_team_id"))

    op.drop_table("coach")
    op.drop_table("team")
    op.drop_table("source_state")
    op.drop_table("job_run")
