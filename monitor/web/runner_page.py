"""What a runner's page shows, as a plain value for its template."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.alerts.answers import Answer
from monitor.alerts.chart import load_chart
from monitor.alerts.headroom import Said, fast_speed_said
from monitor.alerts.scores import scores_said
from monitor.alerts.units import Units
from monitor.load.left_out import LeftOut
from monitor.load.workload import ACUTE_DAYS, CHRONIC_DAYS
from monitor.model import Activity, Verdict
from monitor.rules.rule import Rule
from monitor.store.people import Person
from monitor.store.view import Judged
from monitor.web import links
from monitor.web.ahead import Room, WayBack, room, way_back
from monitor.web.calendar import Calendar, calendar
from monitor.web.corrections import run_path
from monitor.web.exposures import CHART_WIDTHS, Exposures, exposures
from monitor.web.felt import Felt, current_felt
from monitor.web.numbers import Day, Today, days_of, today_of
from monitor.web.own import own_links
from monitor.web.reading import reads
from monitor.web.runs import Listed, listed
from monitor.web.said import Episode, Told, answered, episodes, from_strava, told

SHOWN_DAYS = 56
ASK_HOW = ("unexplained_drop", "symptom_gate")
MEANS = {"acute": ACUTE_DAYS, "chronic": CHRONIC_DAYS}


@dataclass(frozen=True, slots=True)
class RunnerPage:
    person: Person
    today: date
    verdict: Verdict
    way_back: WayBack | None
    room: Room | None
    numbers: Today | None  # None where nothing current can be said
    lacks: dict[str, str]  # what the numbers of today lack
    scores: list[Said]
    fast_speed: str
    charts: dict[str, str]  # SVG
    days: list[Day]
    calendar: Calendar | None
    exposures: Exposures | None
    in_force: list[Told]
    not_judged: list[Rule]
    context: list[Episode]
    earlier: list[Episode]
    runs: list[Listed]  # newest first
    older_runs: int
    excluded: list[Listed]  # by the runner, newest first
    from_strava: bool
    hidden: str  # what of the runs is not shown to whoever looks; empty where all are
    is_own: bool  # seen by the runner or the operator, not by a coach
    felt: Felt | None  # what follows from the last check-in; None also where whoever looks may not hear of it
    answers: list[Answer]  # of the runner's own; none where another looks
    units: Units
    key: str  # the runner's own, where the page was opened with it

    @property
    def asks_how(self) -> bool:
        """Whether a finding in force is a reason to ask how it feels."""
        return any(each.rule.name in ASK_HOW for each in self.in_force)

    def answered(self, finding: Told, first: date, last: date) -> list[Answer]:
        """What the runner answered to findings of the same rule on these days."""
        return answered(self.answers, finding.rule.name, first, last)

    def own(self, name: str) -> str:
        """Another page that the runner's key opens."""
        return links.own_path(self.key, f"/{name}")

    def corrected_at(self, run: Activity) -> str:
        """Where the runner corrects this run."""
        return links.own_path(self.key, run_path(run.key))

    @property
    def who(self) -> str:
        """Who corrected a run, as it reads for who looks."""
        return "you" if self.is_own else "the runner"

    @property
    def own_links(self) -> dict[str, str]:
        return own_links(self.key, self.person.id)


def runner(
    judged: Judged,
    rules: Iterable[Rule],
    now: datetime,
    *,
    is_own: bool = True,
    key: str = "",
    said: Sequence[Answer] = (),
    units: Units = Units.KM,
) -> RunnerPage:
    """What the page shows of *judged*. On the way back no ratio is shown, beside a stop no plan."""
    by_name = {rule.name: rule for rule in rules}
    found = told(judged.findings, by_name)
    in_force = told(judged.verdict.findings, by_name, judged.raised)
    holding = {(each.rule.name, each.day) for each in in_force}
    verdicts = [each for each in found if not each.rule.context]
    shown = [counted for counted in judged.runs if judged.today - counted.run.day < timedelta(days=SHOWN_DAYS)]
    back, left_out = way_back(judged), LeftOut(judged.runs, judged.exposures)
    felt = current_felt(judged.check_ins, judged.today)
    stops = felt is not None and felt.outcome.stops_running
    current = judged.history if judged.verdict.level is not None and back is None else None
    return RunnerPage(
        person=judged.person,
        today=judged.today,
        verdict=judged.verdict,
        way_back=None if stops else back,
        room=room(judged, now) if back is None and not stops else None,
        numbers=today_of(current, judged.today) if current else None,
        lacks={name: left_out.distance(judged.today, days) for name, days in MEANS.items()},
        scores=scores_said(judged.log, judged.today),
        fast_speed=fast_speed_said(judged.fast_speed),
        charts=_charts(judged, verdicts, units),
        days=days_of(judged.history, verdicts, judged.today, SHOWN_DAYS) if judged.history else [],
        calendar=_calendar(judged, verdicts),
        exposures=exposures(judged, units),
        in_force=in_force,
        not_judged=[by_name[name] for name in judged.verdict.not_judged],
        context=episodes(each for each in found if each.rule.context and back is None),
        earlier=episodes(each for each in verdicts if (each.rule.name, each.day) not in holding),
        runs=listed(judged, shown),
        older_runs=len(judged.runs) - len(shown),
        excluded=listed(judged, judged.excluded),
        from_strava=from_strava(judged),
        hidden=judged.hidden.note,
        is_own=is_own,
        felt=felt,
        answers=list(said),
        units=units,
        key=key,
    )


def _calendar(judged: Judged, findings: Sequence[Told]) -> Calendar | None:
    if judged.history is None:
        return None
    runs = (*judged.runs, *judged.excluded)
    return calendar(judged.history, findings, runs, judged.today, reads().first_weekday)


def _charts(judged: Judged, findings: Sequence[Told], units: Units) -> dict[str, str]:
    if judged.history is None:
        return {}
    title = f"Training load of {judged.person.name}, last 8 weeks"
    marked = [each.finding for each in findings]
    return {
        name: load_chart(judged.history, marked, judged.today, title=title, width=width, units=units, locale=reads())
        for name, width in CHART_WIDTHS.items()
    }
