"""Everything held of a runner in one .zip, as JSON for programs and CSV for people, to take along or to read back."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from monitor.load.daily import NOTHING
from monitor.load.metrics import metrics
from monitor.sources.own_export import FORMAT, MANIFEST, VERSION
from monitor.spreadsheet import inert
from monitor.store.held import held
from monitor.store.training import training_log

README = """Everything that Hamwatch holds of {name}, as of {now:%Y-%m-%d %H:%M} UTC.

csv/   one table a file, for spreadsheets; an apostrophe stands before text that one would take for a formula
json/  the same tables, for programs
csv/metrics.csv  every load figure, one row a day; empty where it cannot be computed

The tables: {tables}.
The tokens with which Strava was asked are left out: they are keys, and of no use elsewhere.
`hamwatch import FILE.zip --runner ID` reads this file back: runs, what their samples contained, known days, injuries,
events, profile, check-ins and corrections. Runs that came through Strava's API come back as the runner's own export.
"""


def export(db: Session, runner_id: int, now: datetime) -> bytes:
    """The .zip. Raises `UserError` where there is no such runner."""
    tables = held(db, runner_id)
    files = {f"json/{name}.json": _json(rows) for name, rows in tables.items()}
    files |= {f"csv/{name}.csv": _csv(_names(rows), (row.values() for row in rows)) for name, rows in tables.items()}
    files["csv/metrics.csv"] = _metrics(db, runner_id)
    readme = README.format(name=tables["runner"][0]["name"], now=now, tables=", ".join(tables))
    manifest = {
        "format": FORMAT,
        "version": VERSION,
        "made_at": now.isoformat(),
        "sha256": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return _zip({"README.txt": readme.encode(), MANIFEST: _json(manifest), **files}, now)


def _metrics(db: Session, runner_id: int) -> bytes:
    frame = metrics(training_log(db, runner_id).history or NOTHING)
    return _csv(("day", *frame.columns), ((str(day), *values) for day, *values in frame.itertuples(name=None)))


def _json(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    return str(value.isoformat())  # days and moments; everything else in a row is JSON already


def _csv(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([list(names), *(list(map(_cell, row)) for row in rows)])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    if isinstance(value, float) and value != value:
        return None
    if isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    return inert(value) if isinstance(value, str) else value


def _names(rows: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    return list(rows[0]) if rows else ()


def _zip(files: Mapping[str, bytes], now: datetime) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, now.timetuple()[:6])
            member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, 0o600 << 16
            archive.writestr(member, content)
    return packed.getvalue()
