"""Permissions that ended: what is left of what they brought, and what was written of it."""

from datetime import timedelta
from email.message import EmailMessage

from sqlmodel import select

from monitor.store.tables import ActivityRow
from tests.jobs.conftest import World

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OPERATOR = "Olga <olga@example.org>"


def rows(world: World) -> int:
    with world.context.database.reading() as db:
        return len(db.exec(select(ActivityRow)).all())


def text(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body
    return " ".join(body.get_content().split())
