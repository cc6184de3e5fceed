"""headroom: what a day can hold within the runner's own usual range, and what the rules would say of a plan."""

import json
from dataclasses import asdict, fields
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from monitor.cli.options import Json, RunnerId, day, now, write
from monitor.errors import UserError

if TYPE_CHECKING:
    from monitor.load.headroom import Headroom
    from monitor.load.training import Log
    from monitor.rules.planned import Planned

ACWR_LINE = 1.5
LIMITS = "contested_acwr_1_5_up_to_m"
LONGEST_KM, HIGHEST_M = 500, 20_000


def add_to(app: typer.Typer) -> None:
    app.command("headroom")(headroom)


def headroom(
    context: typer.Context,
    runner: RunnerId,
    on: Annotated[date | None, typer.Option("--day", parser=day, metavar="YYYY-MM-DD", help="Default: today.")] = None,
    km: Annotated[float | None, typer.Option(help="Length of a planned run: what would each rule say?")] = None,
    fast_km: Annotated[float, typer.Option(help="How much of it fast.")] = 0,
    climb: Annotated[int, typer.Option(help="Its climb [m].")] = 0,
    as_json: Json = False,
) -> None:
    """What a day can hold within a runner's own usual range; no limit that anybody has tested, and no promise."""
    from monitor.load.daily import NOTHING
    from monitor.load.headroom import headroom
    from monitor.store.people import person
    from monitor.store.training import training_log

    plan, today = _planned(km, fast_km, climb), now()
    with context.obj.reading() as db:
        moment = today.astimezone(person(db, runner).zone).replace(tzinfo=None)
        log = training_log(db, runner)
    asked = on or moment.date()
    found = headroom(log.history or NOTHING, asked, log.injuries)
    hours = found.hours_until_hard(moment if asked == moment.date() else datetime.combine(asked, time()))
    would = _would(context, log, found, plan) if plan else {}
    if as_json:
        write(
            json.dumps(
                {"runner": runner} | _record(found, hours, log) | would, default=lambda moment: moment.isoformat()
            )
        )
    else:
        _print(found, hours, log, would)


def _planned(km: float | None, fast_km: float, climb_m: int) -> "Planned | None":
    from monitor.rules.planned import Planned

    if km is None:
        if fast_km or climb_m:
            raise UserError("a planned run needs its length: add --km")
        return None
    if not 0 < km <= LONGEST_KM or not 0 <= fast_km <= km or not 0 <= climb_m <= HIGHEST_M:
        raise UserError(f"no run has {km:g} km, {fast_km:g} of them fast, and {climb_m} m of climb")
    return Planned(round(km * 1000), round(fast_km * 1000), climb_m)


def _would(context: typer.Context, log: "Log", found: "Headroom", plan: "Planned") -> dict[str, Any]:
    """The answer of each rule; how far the contested ratios would let one go, unless the runner is returning."""
    from monitor.load.daily import NOTHING
    from monitor.load.headroom import acwr_limits_m
    from monitor.rules import RULES
    from monitor.rules.lines import with_lines
    from monitor.rules.planned import would_say

    own_rules = with_lines(RULES, context.obj.settings().rules.lines)
    answers = would_say(log, found.day, plan, own_rules)
    rules = [
        {
            "rule": each.rule.name,
            "level": each.level.name if each.level is not None else None,
            "value": each.finding.value if each.finding else None,
            "sentence": each.sentence,
            "grade": each.rule.evidence.grade.value,
        }
        for each in answers
    ]
    limits = None if found.returning else acwr_limits_m(log.history or NOTHING, found.day, ACWR_LINE)
    return {"planned": asdict(plan), "rules": rules, LIMITS: limits}


def _record(found: "Headroom", hours: float | None, log: "Log") -> dict[str, Any]:
    back = found.returning
    way = back and {
        "since": back.since,
        "weekly_before_m": back.weekly_before_m,
        "weekly_needed_m": back.weekly_needed_m,
        "last_week_m": back.last_week_m,
        "step": None if back.step is None else back.step + 1,
        "ladder": [step.text for step in back.ladder],
    }
    plain = {field.name: getattr(found, field.name) for field in fields(found)}
    fast_speed = asdict(log.fast_speed) if log.fast_speed else None
    return plain | {"hours_until_hard": hours, "fast_speed": fast_speed, "returning": way}


def _print(found: "Headroom", hours: float | None, log: "Log", would: dict[str, Any]) -> None:
    from monitor.alerts.headroom import NO_PROMISE, fast_speed_said, headroom_said, return_said
    from monitor.alerts.units import in_km
    from monitor.load.left_out import LeftOut

    typer.echo(f"{found.day}")
    for line in (
        return_said(found.returning)
        if found.returning
        else [*headroom_said(found, hours, LeftOut(log.runs, log.exposures)), NO_PROMISE]
    ):
        typer.echo(f"  {line}")
    typer.echo(f"  {fast_speed_said(log.fast_speed)}")
    if not would:
        return
    typer.echo("The planned run")
    for each in would["rules"]:
        typer.echo(f"  {each['level'] or 'CANNOT SAY':<10}  {each['rule']:<22}  {each['sentence']}")
    limits = [f"{way} {in_km(metres)}" for way, metres in (would[LIMITS] or {}).items() if metres is not None]
    if limits:
        typer.echo(f"  contested   the acute:chronic ratio reaches {ACWR_LINE} beyond: {', '.join(limits)}")
