"""metrics, findings: a runner's numbers, for people and for other programs."""

import csv
import io
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import Format, FromDay, RunnerId, ToDay, day, write

if TYPE_CHECKING:
    from monitor.model import Finding

AsFormat = Annotated[Format, typer.Option("--format", help="csv or json.")]


def add_to(app: typer.Typer) -> None:
    app.command("metrics")(metrics)
    app.command("findings")(findings)


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
    from monitor.load.scores import SCORES, daily_scores
    from monitor.store.people import person
    from monitor.store.training import training_log

    start, end = day(first), day(last)
    with context.obj.reading() as db:
        person(db, runner)
        log = training_log(db, runner)
    scores = daily_scores(log) or dict.fromkeys(SCORES, NOTHING.distance_m)
    frame = metrics(log.history or NOTHING, scores).loc[start:end]
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
    with context.obj.reading() as db:
        person(db, runner)
        found = stored_findings(db, runner, start or date.min, end or date.max)
    told = [finding for finding in found if finding.rule in rules]
    rows = ((str(f.day), f.rule, f.level.name, f.value, rules[f.rule].say(f), _origins(f)) for f in told)
    _show(("day", "rule", "level", "value", "sentence", "origins"), rows, as_format)


def _origins(finding: "Finding") -> str:
    return " ".join(sorted(finding.origins))


def _show(names: Sequence[str], rows: Iterable[Sequence[Any]], as_format: Format) -> None:
    known = [[None if isinstance(value, float) and math.isnan(value) else value for value in row] for row in rows]
    if as_format is Format.JSON:
        records: list[Mapping[str, Any]] = [dict(zip(names, row, strict=True)) for row in known]
        write(json.dumps(records, ensure_ascii=False))
        return
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([names, *known])
    write(text.getvalue())
