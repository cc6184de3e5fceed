"""Alembic's entry: runs inside the transaction of `monitor.store.migrate`, so that a half-run leaves nothing."""

from alembic import context
from sqlmodel import SQLModel

from monitor.store import (  # noqa: F401  (fill the metadata)
    api_tables,
    check_in_tables,
    delivery_tables,
    group_tables,
    heartbeat_tables,
    mail_tables,
    own_tables,
    sign_in_tables,
    strava_tables,
    tables,
)

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    transactional_ddl=False,  # the transaction is ours
)
context.run_migrations()
