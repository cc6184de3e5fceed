"""What a finding rests on; a consent for those who connected Strava before consents were kept."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.add_column(sa.Column("origins", sa.JSON(), nullable=False, server_default="[]"))
    op.execute("UPDATE runner SET assessed_with = ''")  # findings are made anew, and then say what they rest on
    op.execute(
        "INSERT INTO consent (runner_id, subject, given, wording, at)"
        " SELECT runner_id, 'strava', true, 'before', access_since FROM connection"
    )


def downgrade() -> None:
    op.execute("DELETE FROM consent WHERE wording = 'before'")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_column("origins")
