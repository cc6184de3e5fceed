"""From what the store judged to what the API answers."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from monitor.alerts.headroom import NO_PROMISE, headroom_said, return_said
from monitor.load.daily import NOTHING
from monitor.load.headroom import headroom
from monitor.load.left_out import LeftOut
from monitor.load.metrics import metrics
from monitor.load.returning import Return
from monitor.load.scores import SCORES, daily_scores
from monitor.load.workload import acwr_coupled
from monitor.model import Event, Finding
from monitor.rules.rule import Rule
from monitor.store.view import Judged
from monitor.web.api import told
from monitor.web.felt import current_felt
from monitor.web.numbers import last, longest_ratio
from monitor.web.said import from_strava

STOPPED = "What was told in the last check-in calls for a stop: no plan is given beside it."
Rules = Mapping[str, Rule]


def runner(judged: Judged, rules: Rules) -> told.Runner:
    person, current = judged.person, judged.comparable
    return told.Runner(
        id=person.id,
        name=person.name,
        team_id=person.team_id,
        timezone=person.timezone,
        verdict=verdict(judged, rules),
        longest_ratio=longest_ratio(current, judged.today) if current else None,
        acwr_coupled=last(acwr_coupled(current.until(judged.today).distance_m)) if current else None,
        hidden=judged.hidden.note,
        from_strava=from_strava(judged),
    )


def verdict(judged: Judged, rules: Rules) -> told.Judgement | told.CannotSay:
    said = judged.verdict
    shared = {
        "day": said.day,
        "data_until": said.data_until,
        "freshness": said.freshness,
        "notes": list(said.notes),
        "not_judged": list(said.not_judged),
    }
    if said.level is None:
        return told.CannotSay.model_validate(shared | {"verdict": said.word, "reason": said.reason})
    in_force = findings(judged, said.findings, rules)
    return told.Judgement.model_validate(shared | {"verdict": said.word, "in_force": in_force})


def findings(judged: Judged, found: Iterable[Finding], rules: Rules) -> list[told.FindingTold]:
    return [_finding(each, rules[each.rule], judged.raised(each)) for each in found if each.rule in rules]


def days(judged: Judged, first: date, last_: date) -> list[told.Told]:
    """The known days of *first* … *last_*."""
    scores = daily_scores(judged.log) or dict.fromkeys(SCORES, NOTHING.distance_m)
    frame = metrics(judged.history or NOTHING, scores).loc[first:last_]
    rows = (dict(zip(("day", *frame.columns), row, strict=True)) for row in frame.itertuples(name=None))
    return [told.Metrics.model_validate(row) for row in rows]


def room(judged: Judged, rules: Rules, now: datetime) -> told.HeadroomTold:
    """What today can hold; nothing where nothing current is known, and no plan beside a stop."""
    base = {"runner_id": judged.person.id, "day": judged.today, "verdict": verdict(judged, rules)}
    felt = current_felt(judged.check_ins, judged.today)
    if felt and felt.outcome.stops_running:
        return told.HeadroomTold(**base, nothing_because=STOPPED)
    if judged.history is None or judged.verdict.level is None:
        return told.HeadroomTold(**base, nothing_because=judged.verdict.reason)
    found = headroom(judged.history, judged.today, judged.injuries)
    hours = found.hours_until_hard(now.astimezone(judged.person.zone).replace(tzinfo=None))
    back = found.returning
    said = (
        return_said(back)
        if back
        else [*headroom_said(found, hours, LeftOut(judged.runs, judged.exposures)), NO_PROMISE]
    )
    return told.HeadroomTold(
        **base,
        nothing_because="",
        room=None if back else told.Room.model_validate(found),
        hours_until_hard=hours,
        returning=_returning(back) if back else None,
        sentences=list(map(str, said)),
    )


def _finding(found: Finding, rule: Rule, raised: tuple[str, ...]) -> told.FindingTold:
    evidence = rule.evidence
    return told.FindingTold(
        rule=rule.name,
        title=rule.title,
        day=found.day,
        level=found.level.name,
        value=found.value,
        facts=dict(found.facts),
        sentence=rule.say(found),
        advice=rule.advice,
        raised=list(raised),
        context=rule.context,
        origins=sorted(found.origins),
        evidence=told.EvidenceTold(
            grade=evidence.grade,
            meaning=evidence.grade.meaning,
            says=evidence.says,
            source=evidence.source,
            doi=evidence.doi,
        ),
    )


def _returning(back: Return) -> told.Returning:
    return told.Returning(
        since=back.since,
        weekly_before_m=back.weekly_before_m,
        weekly_needed_m=back.weekly_needed_m,
        last_week_m=back.last_week_m,
        step=None if back.step is None else back.step + 1,
        ladder=[step.text for step in back.ladder],
    )


def event(number: int, found: Event) -> told.EventTold:
    return told.EventTold(id=number, kind=found.kind, first_day=found.first_day, last_day=found.last_day)
