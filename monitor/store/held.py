"""All that is held of a runner, as plain rows: what an export tells. Only secrets and row numbers are left out."""

from email import message_from_bytes, policy
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, SQLModel

from monitor.store import group_tables  # noqa: F401  (what is held is read from the tables that are known)
from monitor.store.delivery_tables import Suspension
from monitor.store.invitation_tables import Invitation
from monitor.store.people import person
from monitor.store.sign_in_tables import Passkey, SignedIn, SignInBegun
from monitor.store.suspensions import plain
from monitor.store.tables import Runner
from monitor.store.upsert import columns

Rows = list[dict[str, Any]]
ROW_NUMBERS = {"id", "runner_id", "coach_id", "letter_id", "channel_id"}
SECRETS = {"digest", "browser", "caller", "access_sealed", "refresh_sealed", "url_sealed"}
LEFT_OUT = ROW_NUMBERS | SECRETS | {"claimed_until"}


def held(db: Session, runner_id: int) -> dict[str, Rows]:
    """The runner's rows by table, those of tables to come too. Raises `UserError` where there is no such runner."""
    whose = person(db, runner_id)
    tables = [table for table in SQLModel.metadata.sorted_tables if _names_runners(table)]
    found = {table.name: _rows(db, table, table.c.runner_id == runner_id) for table in tables}
    people, refused = columns(Runner), columns(Suspension)
    found["suspension"] = _rows(db, refused, refused.c.address == plain(whose.email))
    asked = columns(Invitation)
    found["invitation"] += _rows(db, asked, sa.func.lower(asked.c.address) == whose.email.lower())
    for table in (columns(Passkey), columns(SignedIn), columns(SignInBegun)):
        found[table.name] = found.get(table.name, []) + _rows(db, table, table.c.address == whose.email.lower())
    return {"runner": [row | {"team": whose.team} for row in _rows(db, people, people.c.id == runner_id)], **found}


def _names_runners(table: sa.Table) -> bool:
    """Whether it holds rows of runners that say more than that there is one."""
    says = set(table.columns.keys()) - LEFT_OUT
    return bool(says) and any(key.column.table.name == "runner" for key in table.foreign_keys)


def _rows(db: Session, table: sa.Table, such: sa.ColumnElement[bool]) -> Rows:
    in_order = sa.select(table).where(such).order_by(*table.primary_key.columns)
    return [_told(dict(row._mapping)) for row in db.connection().execute(in_order)]


def _told(row: dict[str, Any]) -> dict[str, Any]:
    told = {name: value for name, value in row.items() if name not in LEFT_OUT and name != "message"}
    return told | _written(row["message"]) if "message" in row else told


def _written(message: bytes) -> dict[str, str]:
    """What a letter says, without the picture and without its copy for mail programs that show HTML."""
    read = message_from_bytes(message, policy=policy.default)
    body = read.get_body(("plain",))
    return {"subject": str(read["Subject"] or ""), "text": body.get_content() if body else ""}
