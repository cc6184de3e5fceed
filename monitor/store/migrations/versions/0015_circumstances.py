"""What else a week held, told beside a check-in."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

COLUMNS: dict[str, Any] = {
    "sleep_h": sa.Float(),
    "stress": sa.Integer(),
    "fuelling_concern": sa.Boolean(),
    "strength_sessions": sa.Integer(),
}


def upgrade() -> None:
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        for name, kind in COLUMNS.items():
            batch_op.add_column(sa.Column(name, kind, nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("check_in", schema=None) as batch_op:
        for name in reversed(COLUMNS):
            batch_op.drop_column(name)
