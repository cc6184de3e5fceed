"""Pages for which people sign in: all of the product under an https address, and a club of named people."""

import re
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy

from pydantic import SecretStr
from sqlmodel import select

from jobs.context import Context
from monitor.cli.serve import pages
from monitor.delivery.spool import spool
from monitor.rules import RULES
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.settings import without_environment
from monitor.sources.strava import Strava
from monitor.store.coaches import add_coach
from monitor.store.connections import connect
from monitor.store.consents import Subject, give, team_wording
from monitor.store.database import Database
from monitor.store.people import add_runner
from monitor.store.sealing import keyring
from monitor.store.tables import Letter
from tests.web.club import NOW, empty_club
from tests.web.office import ATHLETE
from tests.web.visiting import visiting

BASE_URL = "https://club.example"
SECRETS = ("a secret of more than thirty-two characters",)
OPERATOR = "admin@club.example"
PEOPLE = {  # who asks, and the address with which they sign in
    "runner": "ann@example.org",
    "other runner": "gus@example.org",
    "coach": "cora@example.org",
    "other team's coach": "otto@example.org",
    "viewer": "vera@example.org",
    "owner": "olga@example.org",
    "operator": OPERATOR,
}
ANN, BOB, GUS = 1, 2, 3
HARRIERS, OTHER = 1, 2


@dataclass
class Gate:
    """The product behind its sign-in. *now* is the clock of the pages."""

    product: Context
    sandbox: Sandbox
    now: datetime = NOW

    def __post_init__(self):
        self.app = pages(self.product, lambda: self.now)

    def browser(self, address="203.0.113.7"):
        """Somebody's browser, with cookies of its own, at this network address."""
        headers = {"Sec-Fetch-Site": "same-origin", "User-Agent": "A Browser"}
        here = (address, 50_000)
        return visiting(self.app, base_url=BASE_URL, follow_redirects=False, headers=headers, client=here)

    def ask(self, browser, address, **more):
        return browser.post("/sign-in", data={"address": address} | more)

    def rows(self, table):
        with self.product.database.reading() as db:
            return list(db.exec(select(table)).all())

    def token(self, base_url=BASE_URL):
        """What stands in the latest link that was mailed."""
        return re.search(rf"{base_url}/sign-in/link\?token=([\w-]+)", self.latest_mail())[1]

    def latest_mail(self, kind=None):
        """The text of the latest letter in the outbox, of this *kind* where one is named."""
        letter = [row for row in self.rows(Letter) if kind in (None, row.kind)][-1]
        return message_from_bytes(letter.message, policy=policy.default).get_body(("plain",)).get_content()

    def signed_in(self, address, **more):
        """A browser in which the holder of this address has signed in."""
        browser = self.browser()
        self.ask(browser, address, **more)
        assert browser.post("/sign-in/link", data={"token": self.token()}).status_code == 303
        return browser

    def enter(self, page, base_url, address, path):
        """Whoever holds this address comes to *path* in a real browser, asks for a link, and presses its button."""
        page.goto(base_url + path)
        page.fill("#address", address)
        page.click("text=Send me a link")
        page.goto(f"{base_url}/sign-in/link?token={self.token(base_url)}")
        page.click("main button")
        page.wait_for_url(base_url + path)

    def connect(self, runner_id, athlete_id):
        """The runner consents at Strava, and is connected."""
        tokens = self.product.strava.exchange(self.sandbox.authorise(athlete_id), NOW)
        given = {"access": tokens.access, "refresh": tokens.refresh, "expires_at": tokens.expires_at, "now": NOW}
        with self.product.database.writing() as db:
            connect(db, self.product.keys, runner_id, athlete_id=athlete_id, scope="read,activity:read", **given)


@contextmanager
def gate_in(folder):
    """The club behind its sign-in, with its files in this folder, and a served sandbox."""
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "Europe/Paris")], lambda: NOW)
    with closing(empty_club(folder)) as database, serving(sandbox) as url:
        with_people(database)
        yield Gate(product_of(database, sandbox, url, folder), sandbox)


def product_of(database: Database, sandbox: Sandbox, url: str, folder, **web) -> Context:
    """All of the product over this database and this sandbox."""
    strava = {"base_url": url, "client_id": sandbox.client_id, "client_secret": sandbox.client_secret}
    settings = without_environment(
        {
            "mail": {"operator": f"Ada Admin <{OPERATOR}>", "spool": folder},
            "web": {"base_url": BASE_URL} | web,
            "strava": strava,
            "secret_key": SECRETS[0],
        }
    )
    return Context(
        database=database,
        keys=keyring(SECRETS),
        strava=Strava(url, sandbox.client_id, SecretStr(sandbox.client_secret), timeout_s=(1, 1), waits_s=()),
        rules=RULES,
        send=spool(folder),
        settings=settings,
        clock=lambda: NOW,
        secrets=SECRETS,
        owner="test",
    )


def with_people(database: Database) -> None:
    """Ann and Bob run in team Harriers, Gus in team Other. Ann and Gus let their coaches see them, Bob does not."""
    with database.writing() as db:
        for name, team in (("Ann", "Harriers"), ("Bob", "Harriers"), ("Gus", "Other")):
            runner = add_runner(db, name, f"{name.capitalize()}@example.org", "Europe/Paris", team, NOW)
            if name != "Bob":
                give(db, runner.id, Subject.TEAM, team_wording(strava_is_shared=False), NOW)
        for name, role in (("Cora", "coach"), ("Vera", "viewer"), ("Olga", "owner")):
            add_coach(db, name, f"{name.lower()}@example.org", "Harriers", role=role)
        add_coach(db, "Otto", "otto@example.org", "Other")
