"""Every mail that the product writes, with an invented runner: what an operator looks at before anybody gets one."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.message import EmailMessage

from jobs import digest_letters, letters
from jobs.context import Context
from monitor.alerts.appointment import appointed_letter, changed_role_letter, dismissed_letter
from monitor.alerts.coach_digest import Line, coach_letter
from monitor.alerts.digest import Quiet
from monitor.alerts.letter import Letter
from monitor.alerts.policy import Decision, Memory, Reason, why_not_mailed
from monitor.load.training import Known, training
from monitor.model import Activity, Freshness, Origin, Verdict
from monitor.rules.assessing import assessed
from monitor.rules.freshness import Ledger
from monitor.rules.verdict import verdict
from monitor.store.people import Person
from monitor.store.tables import Coach
from monitor.store.view import Judged

DAY = timedelta(days=1)
ALEX = Person(1, "Alex Example", "alex@example.org", "UTC", 1, "Example Harriers")
CATO = Coach(id=1, name="Cato Example", email="cato@example.org", team_id=1)
EVEN = "8 - 10 - 8 6 16 " * 6
OLGA = "Olga Example (olga@example.org)"
LONG_RUN = f"{EVEN}8 - 10 - 8 - 22.7"
NO_REST = f"{EVEN}{'9 8 10 9 8 10 12 ' * 2}9"
PACE_S_PER_KM = 345


def previews(context: Context, now: datetime) -> Iterator[tuple[str, EmailMessage]]:
    """The name and the message of each mail, as it would be written at *now*."""
    spike, steady, daily = (_judged(context, log, now) for log in (LONG_RUN, EVEN + "8 - 10 - 8 6 16", NO_REST))
    alerts = {Reason.FIRST: spike, Reason.WORSE: spike, Reason.REMINDER: daily}
    for reason, row in alerts.items():
        decision = Decision(reason, row.verdict.findings[:1])
        yield f"alert-{reason.value}", letters.findings_letter(context, row, decision, f"preview/{reason.value}", now)
    yield "weekly-steady", digest_letters.weekly_mail(context, steady, [], [], "preview/weekly", now)
    yield "weekly-quiet", digest_letters.weekly_mail(context, daily, _quiet(context, daily, now), [], "preview/q", now)
    silent = replace(steady, verdict=_silent(now))
    yield "weekly-cannot-say", digest_letters.weekly_mail(context, silent, [], [], "preview/silent", now)
    yield "coach", _coach(context, spike, now)
    yield "no-new-runs", letters.stale_letter(context, silent, now - 4 * DAY, "", "preview/stale", now)
    for lost in (Freshness.REVOKED, Freshness.NEEDS_SCOPE, Freshness.NEEDS_REAUTH):
        gone = replace(steady, verdict=replace(_silent(now), freshness=lost))
        name = f"reconnect-{lost.value.replace(' ', '-')}"
        yield name, letters.reconnect_letter(context, gone, f"preview/{lost.value}", now, now + 2 * DAY)
    yield "strava-removed", letters.removed_mail(context, ALEX, now - 3 * DAY, "preview/removed", now)
    yield "erased", letters.erased_mail(context, ALEX, "preview/erased", now, was_connected=True)
    join = f"{context.settings.web.base_url}/join?invite=example"
    yield "invitation", letters.invitation_mail(context, ALEX.email, ALEX.team, [CATO.name], join, "preview/join", now)
    yield "left-team", letters.left_team_mail(context, ALEX, "preview/left-team", now)
    for name, letter in _appointments(f"{context.settings.web.base_url}/teams/1"):
        yield name, letters.appointment_mail(context, CATO, letter, f"preview/{name}", now)
    link = f"{context.settings.web.base_url}/sign-in/link?token=example"
    yield "sign-in", letters.sign_in_mail(context, ALEX.email, link, "preview/sign-in", now)


def _judged(context: Context, log: str, now: datetime) -> Judged:
    """The runner whose days up to yesterday are this *log*: km, `-` for a day of rest."""
    words, today = log.split(), now.date()
    first = today - len(words) * DAY
    runs = tuple(_run(first + n * DAY, float(word)) for n, word in enumerate(words) if word != "-")
    read = training(Known(runs, ((first, today - DAY),)))
    found = assessed(read, context.rules, today - 60 * DAY, today)
    told = Ledger(ALEX.zone, last_imported=today - DAY)
    seen = verdict(now, told, read.history, read.runs, found, context.rules_by_name)
    return Judged(ALEX, today, seen, read.history, read.runs, tuple(reversed(found)), read.fast_speed)


def _run(day: date, km: float) -> Activity:
    start = datetime.combine(day, datetime.min.time()) + timedelta(hours=7)
    return Activity(
        Origin.RECORDING,
        f"{day}",
        "Morning run",
        "Run",
        start.replace(tzinfo=UTC),
        start,
        round(1000 * km),
        round(PACE_S_PER_KM * km),
    )


def _quiet(context: Context, row: Judged, now: datetime) -> list[Quiet]:
    memory = Memory(found=row.findings)
    found = [(context.rules_by_name[each.rule], each) for each in row.verdict.findings]
    return [(rule, each, why_not_mailed(each, memory, rule, now, row.person.zone)) for rule, each in found]


def _silent(now: datetime) -> Verdict:
    since = now - 4 * DAY
    return Verdict(now.date(), None, f"no new data since {since:%A} {since.day} {since:%B}", Freshness.STALE)


def _appointments(url: str) -> Iterator[tuple[str, Letter]]:
    yield "appointed", appointed_letter(ALEX.team, "coach", OLGA, url)
    yield "role-changed", changed_role_letter(ALEX.team, "coach", "owner", OLGA, url)
    yield "dismissed", dismissed_letter(ALEX.team, OLGA)


def _coach(context: Context, row: Judged, now: datetime) -> EmailMessage:
    worst = row.verdict.findings[0]
    look = Line(1, ALEX.name, worst.rule, worst.level, context.rules_by_name[worst.rule].say(worst) + ".")
    stale = Line(2, "Bo Example", "stale", None, "no new data since Monday.")
    board_url = f"{context.settings.web.base_url}/teams/1"
    letter = coach_letter(CATO.name, ALEX.team, [look, stale], {}, watched=12, not_agreed=1, board_url=board_url)
    return digest_letters.coach_mail(context, CATO, letter, "preview/coach", now)
