"""demo: a sandbox Strava, twelve seeded runners, and the whole product against it over HTTP, without any key."""

import email.policy
import os
import secrets
import tempfile
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qs, urlsplit

import typer

from monitor.cli.demo_check_ins import tell
from monitor.cli.options import now as clock

if TYPE_CHECKING:
    from jobs.context import Context
    from monitor.sandbox import Athlete
    from monitor.settings import Settings

TEAM = "Demo team"
MAILS = "demo-mails"  # a name of its own: what an earlier demo left there is removed
COACH = ("Robin Coach", "robin@example.org")
EARLIER = timedelta(days=3)


def add_to(app: typer.Typer) -> None:
    app.command()(demo)


def demo(
    once: Annotated[bool, typer.Option("--once", help="One full day, then end.")] = False,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page; 0 takes a free one.")] = 8000,
    data: Annotated[
        Path | None,
        typer.Option(file_okay=False, help="Where database and mails go; default: a new temporary folder."),
    ] = None,
) -> None:
    """The whole product without keys: 12 seeded runners with planted training errors, against a sandbox Strava."""
    from jobs.start import start
    from monitor.cli.logs import show_logs
    from monitor.cli.serve import listen, serve
    from monitor.sandbox import Sandbox, serving, team

    folder, now = _fresh_folder(data), clock()
    athletes = team(now)
    sandbox = Sandbox(athletes, clock)
    with serving(sandbox) as strava_url:
        listening = None if once else listen("127.0.0.1", port)
        page_port = listening.getsockname()[1] if listening else port
        settings = demo_settings(folder, strava_url, sandbox.client_id, sandbox.client_secret, page_port)
        show_logs(settings.log)
        product = start(settings, clock)
        typer.echo(f"sandbox Strava: {strava_url} · database and mails: {folder}")
        live_through(product, sandbox, athletes, now)
        report(product, now, len(sandbox.requests))
        if listening:
            serve(product, listening)


def live_through(product: "Context", sandbox: Any, athletes: "Iterable[Athlete]", now: datetime) -> None:
    """Everybody connects; a complete pass as of three days ago; one source goes silent; the pass of now."""
    from monitor.sandbox import faults
    from monitor.store.coaches import add_coach

    for athlete in athletes:
        join(product, athlete, now - EARLIER)
        if athlete.story == "comeback":
            typer.echo(f"check-ins of {athlete.name}: {tell(product, athlete.name, now)}")
    one_pass(product, now - EARLIER)
    for athlete in athletes:
        if athlete.story == "stopped":
            sandbox.refuse(athlete.id, faults.status(503), path="/api")
    with product.database.writing() as db:
        add_coach(db, *COACH, TEAM)
    one_pass(product, now)


def join(product: "Context", athlete: "Athlete", now: datetime) -> None:
    """A new runner gives consent at the sandbox, as a person would in a browser, is connected, and joins the team."""
    import requests

    from monitor.store.connections import connect
    from monitor.store.consents import Subject, give, team_wording
    from monitor.store.mail_choices import choose
    from monitor.store.people import add_runner

    consent = product.strava.authorize_url(f"{product.settings.web.base_url}/oauth/strava/callback", "demo")
    with requests.Session() as browser:
        browser.trust_env = False  # a proxy of the environment cannot reach a server on loopback
        answer = browser.get(f"{consent}&athlete={athlete.id}", allow_redirects=False, timeout=10)
    returned = parse_qs(urlsplit(answer.headers["Location"]).query)
    tokens = product.strava.exchange(returned["code"][0], now)
    with product.database.writing() as db:
        person = add_runner(db, athlete.name, athlete.email, athlete.timezone, TEAM, now)
        connect(
            db,
            product.keys,
            person.id,
            athlete_id=athlete.id,
            access=tokens.access,
            refresh=tokens.refresh,
            expires_at=tokens.expires_at,
            scope=returned["scope"][0],
            now=now,
        )
        give(db, person.id, Subject.TEAM, team_wording(strava_is_shared=True), now)
        today = (now + EARLIER).astimezone(person.zone).weekday()  # one weekly letter is enough to look at
        weekday = today if athlete.story == "steady" else (today + 3) % 7
        choose(db, person.id, alerts=True, weekly=True, source=True, weekday=weekday)


def one_pass(product: "Context", now: datetime) -> None:
    from jobs import daily, deliver
    from jobs.context import running
    from monitor.store.due import passes_now

    daily.run(product, passes_now(product.database, running(product, now), product.owner), now)
    deliver.run(product, now)


def report(product: "Context", now: datetime, requests: int) -> None:
    """The board, and where each mail was written."""
    from monitor.cli.board import print_board
    from monitor.store.outbox import letters
    from monitor.store.view import everyone

    with product.database.reading() as db:
        board, written = everyone(db, product.rules, now), [(row.kind, row.recipient) for row in letters(db, "sent")]
    print_board(board, product.rules_by_name, f"{TEAM}, {now:%Y-%m-%d %H:%M} UTC")
    spool = product.settings.mail.spool
    typer.echo(
        "\nEverybody here has agreed to be seen by their coaches, runs from Strava included (strava.coach_sharing)."
    )
    typer.echo(f"{requests} requests to Strava · {len(written)} mails in {spool}")
    for file in sorted(spool.glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        typer.echo(f"  {file}\n    {message['To']}: {message['Subject']}")


def demo_settings(folder: Path, strava_url: str, client_id: str, client_secret: str, port: int) -> "Settings":
    """The demo's own settings: of the machine's, only those of the log hold."""
    from monitor.settings import without_environment

    log = {key: value for key in ("level", "format") if (value := os.environ.get(f"HAMWATCH_LOG__{key.upper()}"))}
    return without_environment(
        {
            "database": {"url": f"sqlite:///{folder / 'demo.db'}", "keep_backups": 0},
            "strava": {
                "base_url": strava_url,
                "client_id": client_id,
                "client_secret": client_secret,
                "coach_sharing": True,
            },
            "mail": {"spool": folder / MAILS, "quiet_from": 0, "quiet_until": 0},
            "web": {"port": port, "base_url": f"http://127.0.0.1:{port}"},
            "schedule": {"coach_hour": 0},
            "log": {"level": "WARNING"} | log,
            "secret_key": secrets.token_urlsafe(48),
        }
    )


def _fresh_folder(data: Path | None) -> Path:
    """The demo starts anew each time: an earlier demo's database and mails in *data* go."""
    folder = data or Path(tempfile.mkdtemp(prefix="hamwatch-demo-"))
    folder.mkdir(parents=True, exist_ok=True)
    for old in [*folder.glob("demo.db*"), *(folder / MAILS).glob("*.eml")]:
        old.unlink()
    return folder.resolve()
