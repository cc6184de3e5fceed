"""Passes are looked up by their day, and by when the last one was done."""

from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index("ix_job_run_slot", "job_run", ["slot"])
    op.create_index("ix_job_run_finished_at", "job_run", ["finished_at"])


def downgrade() -> None:
    op.drop_index("ix_job_run_finished_at", table_name="job_run")
    op.drop_index("ix_job_run_slot", table_name="job_run")
