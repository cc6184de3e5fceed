"""From what the store judged to what the API answers."""

from collections.abc import Iterable
from datetime import date, datetime

from monitor.alerts.headroom import NO_PROMISE, headroom_said, return_said
from monitor.load.daily import NOTHING
from monitor.load.headroom import headroom
from monitor.load.left_out import LeftOut
from monitor.load.metrics import metrics
from monitor.load.returning import Return
from monitor.load.scores import SCORES, daily_scores
from monitor.model import Event, Verdict
from monitor.store.view import Judged
from monitor.web.api import told
from monitor.web.felt import current_felt
from monitor.web.rows import Row
from monitor.web.said import Rules, Told
from monitor.web.said import told as in_words

STOPPED = "What was told in the last check-in calls for a stop: no plan is given beside it."


def runner(row: Row) -> told.Runner:
    """The same as a board shows."""
    return told.Runner(
        id=row.id,
        name=row.name,
        team_id=row.team_id,
        timezone=row.timezone,
        verdict=verdict(row.verdict, row.in_force),
        longest_ratio=row.longest_ratio,
        acwr_coupled=row.trend.acwr if row.trend else None,
        hidden=row.hidden,
        from_strava=row.from_strava,
    )


def verdict(said: Verdict, in_force: Iterable[Told]) -> told.Judgement | told.CannotSay:
    shared = {
        "day": said.day,
        "data_until": said.data_until,
        "freshness": said.freshness,
        "notes": list(said.notes),
        "not_judged": list(said.not_judged),
    }
    if said.level is None:
        return told.CannotSay.model_validate(shared | {"verdict": said.word, "reason": said.reason})
    found = [finding(each) for each in in_force]
    return told.Judgement.model_validate(shared | {"verdict": said.word, "in_force": found})


def days(judged: Judged, first: date, last_: date) -> list[told.Told]:
    """The known days of *first* … *last_*."""
    scores = daily_scores(judged.log) or dict.fromkeys(SCORES, NOTHING.distance_m)
    frame = metrics(judged.history or NOTHING, scores).loc[first:last_]
    rows = (dict(zip(("day", *frame.columns), row, strict=True)) for row in frame.itertuples(name=None))
    return [told.Metrics.model_validate(row) for row in rows]


def room(judged: Judged, rules: Rules, now: datetime) -> told.HeadroomTold:
    """What today can hold; nothing where nothing current is known, and no plan beside a stop."""
    said = verdict(judged.verdict, in_words(judged.verdict.findings, rules, judged.raised))
    base = {"runner_id": judged.person.id, "day": judged.today, "verdict": said}
    felt = current_felt(judged.check_ins, judged.today)
    if felt and felt.outcome.stops_running:
        return told.HeadroomTold(**base, nothing_because=STOPPED)
    if judged.history is None or judged.verdict.level is None:
        return told.HeadroomTold(**base, nothing_because=judged.verdict.reason)
    found = headroom(judged.history, judged.today, judged.injuries)
    hours = found.hours_until_hard(now.astimezone(judged.person.zone).replace(tzinfo=None))
    back = found.returning
    sentences = (
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
        sentences=list(map(str, sentences)),
    )


def finding(each: Told) -> told.FindingTold:
    """A finding with its evidence."""
    found, rule, evidence = each.finding, each.rule, each.rule.evidence
    return told.FindingTold(
        rule=rule.name,
        title=rule.title,
        day=found.day,
        level=found.level.name,
        value=found.value,
        facts=dict(found.facts),
        sentence=each.sentence,
        advice=rule.advice,
        raised=list(each.raised),
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
