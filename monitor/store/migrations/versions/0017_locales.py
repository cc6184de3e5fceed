"""How dates and numbers are written to runners and coaches."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("runner", "coach"):  # not in a batch: a table made anew would give its numbers again
        op.add_column(table, sa.Column("locale", AutoString(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in ("coach", "runner"):
        op.drop_column(table, "locale")
