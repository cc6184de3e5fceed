"""metrics, findings, headroom: a runner's numbers, for people and for other programs."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Any

import typer

from monitor.cli.options import Format, FromDay, Json, RunnerId, ToDay, day, now, write

AsFormat = Annotated[Format, typer.Option("--format", help="csv or json.")]


def add_to(app: typer.Typer) -> None:
    app.command("metrics")(metrics)
    app.command("findings")(findings)
    app.command("headroom")(headroom)


def metrics(
    context: typer.Context,
    runner: RunnerId,
    first: FromDay = None,
    last: ToDay = None,
    as_format: AsFormat = Format.CSV,
) -> None:
    """Every load figure of a runner, one row a day; empty where it cannot be computed."""
    from monitor.load.daily import NOTHING
    from monitor.load.metrics import metrics
    from monitor.store.activities import training_log
    from monitor.store.people import person

    start, end = day(first), day(last)
    with context.obj.database().reading() as db:
        person(db, runner)
        history = training_log(db, runner).history
    frame = metrics(history or NOTHING).loc[start:end]
    rows = ((str(day), *values) for day, *values in frame.itertuples(name=None))
    _show(("day", *frame.columns), rows, as_format)


def findings(
    context: typer.Context,
    runner: RunnerId,
    first: FromDay = None,
    last: ToDay = None,
    as_format: AsFormat = Format.CSV,
) -> None:
    """What the rules found in a runner's history, with the words for it."""
    from datetime import date

    from monitor.rules import RULES
    from monitor.store.findings import stored_findings
    from monitor.store.people import person

    rules = {rule.name: rule for rule in RULES}
    start, end = day(first), day(last)
    with context.obj.database().reading() as db:
        person(db, runner)
        found = stored_findings(db, runner, start or date.min, end or date.max)
    rows = ((str(f.day), f.rule, f.level.name, f.value, rules[f.rule].say(f)) for f in found if f.rule in rules)
    _show(("day", "rule", "level", "value", "sentence"), rows, as_format)


def headroom(
    context: typer.Context,
    runner: RunnerId,
    on: Annotated[str | None, typer.Option("--day", metavar="YYYY-MM-DD", help="Default: today.")] = None,
    as_json: Json = False,
) -> None:
    """Today's ceiling for one easy run: the reference group of the study behind the single-session rule."""
    from monitor.load.headroom import ceiling_m
    from monitor.store.activities import training_log
    from monitor.store.people import person

    asked = day(on)
    with context.obj.database().reading() as db:
        of = person(db, runner)
        history = training_log(db, runner).history
    today = asked or now().astimezone(of.zone).date()
    ceiling = ceiling_m(history, today) if history else None
    if as_json:
        write(json.dumps({"runner": runner, "day": str(today), "easy_ceiling_m": ceiling}))
    elif ceiling is None:
        typer.echo(f"{today}: no ceiling can be given: fewer than 4 runs are known in the 30 days before")
    else:
        typer.echo(
            f"{today}: an easy run of up to {ceiling / 1000:.1f} km is within a tenth of your last 30 days' longest"
        )


def _show(names: Sequence[str], rows: Iterable[Sequence[Any]], as_format: Format) -> None:
    known = [[None if isinstance(value, float) and math.isnan(value) else value for value in row] for row in rows]
    if as_format is Format.JSON:
        records: list[Mapping[str, Any]] = [dict(zip(names, row, strict=True)) for row in known]
        write(json.dumps(records, ensure_ascii=False))
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *known])
    write(text.getvalue())
