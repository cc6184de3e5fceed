"""What Lucia's training impulse and the running stress score need of a runner."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("profile", schema=None) as batch_op:
        batch_op.add_column(sa.Column("first_threshold_bpm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("second_threshold_bpm", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("threshold_mps", sa.Float(), nullable=True))
