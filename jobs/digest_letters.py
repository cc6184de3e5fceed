"""The weekly letter of a runner and the daily one of a coach, as mail."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from email.message import EmailMessage

from jobs.context import Context
from jobs.letters import drawn, envelope, to_runner
from monitor.alerts.digest import Quiet, weekly_letter
from monitor.alerts.letter import Letter
from monitor.alerts.locales import locale_named
from monitor.alerts.message import Addressee, last_weeks, mail_of
from monitor.load.headroom import headroom
from monitor.load.left_out import LeftOut
from monitor.load.week import week
from monitor.store.mail_choices import MailList
from monitor.store.tables import Coach
from monitor.store.view import Judged
from monitor.store.zones import zone_of
from monitor.web.links import own_url
from monitor.web.mail_links import stop_url


def weekly_mail(
    context: Context, row: Judged, quiet: Sequence[Quiet], corrections: Sequence[str], episode: str, now: datetime
) -> EmailMessage:
    """The runner's week, as of the day on which it is read."""
    read_on, rules = now.astimezone(row.person.zone).date(), context.rules_by_name
    room = headroom(row.history, read_on, row.injuries) if row.history else None
    wall_clock = now.astimezone(row.person.zone).replace(tzinfo=None)
    envelope = to_runner(context, row.person, episode, now, MailList.WEEKLY)
    letter = weekly_letter(
        row.person.name,
        week(row.history, read_on - timedelta(days=1)) if row.history else None,
        replace(row.verdict, day=read_on),
        [(rules[finding.rule], finding) for finding in row.verdict.findings],
        quiet,
        headroom=room,
        hours_until_hard=room.hours_until_hard(wall_clock) if room else None,
        left_out=LeftOut(row.runs, row.exposures),
        corrections=corrections,
        page_url=envelope.page_url,
        check_in_url=own_url(context.settings.web.base_url, context.secrets, row.person.id, "check-in"),
    )
    history = row.history

    def draw() -> EmailMessage:
        picture = last_weeks(history, row.findings, read_on, envelope) if history else None
        return mail_of(envelope, letter, picture)

    return drawn(envelope, draw)


def coach_mail(context: Context, coach: Coach, letter: Letter, episode: str, now: datetime) -> EmailMessage:
    """A coach's digest."""
    base_url, secrets = context.settings.web.base_url, context.secrets
    stop = stop_url(base_url, secrets, MailList.COACH, coach.id or 0)
    plain = envelope(context, Addressee(coach.name, coach.email), episode, now.astimezone(zone_of(coach.timezone)))
    locale = locale_named(coach.locale)
    switchable = replace(plain, stop_url=stop, stops=MailList.COACH.label, locale=locale)
    return drawn(switchable, lambda: mail_of(switchable, letter))
