"""scorecard: what would have been said of a runner, replayed morning by morning, and what came of it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import typer

from monitor.cli.options import Json, RunnerId, write

if TYPE_CHECKING:
    from monitor.rules.foresight import Foresight
    from monitor.rules.scorecard import Scorecard

FEW = "One runner's history, and few injuries: it says nothing of other runners, and little of this one."


def add_to(app: typer.Typer) -> None:
    app.command("scorecard")(scorecard)


def scorecard(context: typer.Context, runner: RunnerId, as_json: Json = False) -> None:
    """Replay a runner's history with only what was known on each day, and count: mails, findings, hits, misses."""
    from jobs.scorecard import run
    from monitor.errors import UserError
    from monitor.rules import RULES
    from monitor.rules.lines import with_lines
    from monitor.store.people import person

    own = context.obj.settings().rules
    rules = with_lines(RULES, own.lines)
    with context.obj.reading() as db:
        found = run(db, person(db, runner), rules, own.merge_gap)
    if found is None:
        raise UserError(f"runner {runner} has no known day yet: pull or import their runs first")
    write(json.dumps({"runner": runner} | _record(found)) if as_json else "\n".join(_told(found)))


def _record(found: "Scorecard") -> dict[str, Any]:
    findings = {rule: {level.name: days for level, days in levels.items()} for rule, levels in found.findings.items()}
    days = {"first": found.first.isoformat(), "last": found.last.isoformat(), "months": round(found.months, 2)}
    return asdict(found) | days | {"findings": findings}


def _told(found: "Scorecard") -> Iterator[str]:
    yield f"{found.mornings} mornings, {found.first} to {found.last}, each with only what was known then"
    yield f"\nMails: {_monthly(sum(found.mails.values()), found)}"
    yield from (f"  {rule:<22}  {_monthly(mails, found)}" for rule, mails in found.mails.items())
    yield "\nDays with a finding"
    for rule, levels in found.findings.items():
        each = ", ".join(f"{level.name} {_monthly(levels[level], found)}" for level in sorted(levels))
        yield f"  {rule:<22}  {each}"
    cannot_say = {reason.value: mornings for reason, mornings in found.cannot_say.items()}
    yield from _shares("CANNOT SAY", cannot_say, found.mornings)
    said = found.mornings - sum(cannot_say.values())
    yield from _shares("Of the other mornings, rules that could not be judged", found.not_judged, said)
    yield f"\nInjuries: {_onsets(found)}"
    if found.by_mail and found.by_finding:
        yield from _foretold("mail", found.by_mail)
        yield from _foretold("finding", found.by_finding)
        yield FEW


def _onsets(found: "Scorecard") -> str:
    if not found.injuries + found.unscored:
        return "none is logged, so nothing can be said of hits and misses (`hamwatch injury add` notes one)"
    unscored = f", and {found.unscored} that nothing could be said before" if found.unscored else ""
    return f"{found.injuries}{unscored}"


def _foretold(what: str, score: "Foresight") -> Iterator[str]:
    lead = f", first {', '.join(map(str, score.lead_days))} days before" if score.hits else ""
    yield (
        f"  {score.hits} of {score.hits + score.misses} with a {what} on one of the 14 days before{lead};"
        f" {score.chance_of_hits:.0%} of 1,000 shuffled histories had as many"
    )
    if score.precision is not None:
        yield (
            f"  {score.precision:.0%} of the days with a {what} had an injury on one of the 14 days after;"
            f" {score.chance_of_precision:.0%} of the shuffled histories had as high a share"
        )


def _shares(title: str, counts: Mapping[str, int], of: int) -> Iterator[str]:
    if counts:
        yield f"\n{title}"
        yield from (f"  {name:<22}  {count} of {of} ({count / of:.0%})" for name, count in counts.items())


def _monthly(count: int, found: "Scorecard") -> str:
    return f"{count} ({count / found.months:.1f} a month)"
