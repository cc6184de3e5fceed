"""How dates and numbers are written to runners and coaches."""

import sqlalchemy as sa
from alembic import op
from sqlmodel.sql.sqltypes import AutoString

revision = "0018"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("runner", "coach"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column("locale", AutoString(), nullable=False, server_default=""))


def downgrade() -> None:
    for table in ("coach", "runner"):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column("locale")
