"""Where runners do something themselves: the pages, a served sandbox behind them, and a runner with a browser."""

import re
from dataclasses import dataclass
from datetime import datetime
from html import unescape

import requests
from sqlmodel import select

from monitor.sandbox import Sandbox
from monitor.sources.strava import Strava
from monitor.store.database import Database
from monitor.store.invitations import invite_runner, new_token
from monitor.store.sealing import keyring
from monitor.store.strava_tables import OauthState
from monitor.store.tables import Connection
from monitor.web import answers, check_in, check_ins, connect, corrections, join, mails, own_events, own_settings, yours
from monitor.web.desk import Desk
from monitor.web.links import connect_url, join_url
from tests.web.club import BASE_URL, NOW, app_of, browser_of

SECRETS = ("a secret of more than thirty-two characters",)
KEYS = keyring(SECRETS)
ATHLETE = 7_001


@dataclass
class Office:
    """The pages behind signed links, and the sandbox behind them."""

    sandbox: Sandbox
    database: Database
    strava: Strava
    base_url: str = BASE_URL
    now: datetime = NOW

    def app(self, **strava):
        """All pages, with these settings of *strava*."""
        app = app_of(self.database, SECRETS, web={"base_url": self.base_url}, strava=strava)
        desk = Desk(self.database, KEYS, SECRETS, self.strava, self.base_url, lambda: self.now)
        for subject in (
            answers,
            check_in,
            check_ins,
            connect,
            corrections,
            join,
            mails,
            own_events,
            own_settings,
            yours,
        ):
            app.include_router(subject.routes(desk))
        return app

    def browser(self, **strava):
        """A client with cookies of its own."""
        return browser_of(self.app(**strava), self.base_url)

    def invite(self, runner_id=1):
        return connect_url(self.base_url, SECRETS, runner_id)

    def invitation(self, runner_id=1):
        """The link with which the operator asks a runner to join their team."""
        with self.database.writing() as db:
            invite_runner(db, runner_id, token := new_token(), self.now)
        return join_url("", token)

    def sent_away(self, browser, invite=None):
        """The runner presses "Connect with Strava"; where that leads."""
        answer = press(browser, browser.get(invite or self.invite()))
        assert answer.status_code == 303
        return answer.headers["location"]

    def connect(self, browser, invite=None, **how):
        """The whole way to Strava and back, and the yes to the account; the page with which it ends."""
        return self.said_yes(browser, self.consent(self.sent_away(browser, invite), **how))

    def said_yes(self, browser, came_back):
        """The runner comes back from Strava and says that the account is theirs, where they are asked."""
        page = browser.get(came_back, follow_redirects=True)
        if page.url.path != "/connect/strava/confirm":
            return page
        return browser.get(press(browser, page).headers["location"])

    def consent(self, url, **how):
        """What the runner does on Strava's page; the address to which Strava sends them back."""
        answer = requests.get(url, params={"athlete": ATHLETE} | how, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def begun(self):
        """The ways to Strava that were begun and not ended."""
        with self.database.reading() as db:
            return list(db.exec(select(OauthState)).all())

    def connected(self):
        """The runners who are connected."""
        with self.database.reading() as db:
            return [row.runner_id for row in db.exec(select(Connection)).all()]


def press(browser, page, **other):
    """Send the page's form with what stands in it, or with *other* values."""
    form = re.search(r'<form method="post" action="([^"]+)".*?</form>', page.text, re.S)
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))
    return browser.post(unescape(form[1]), data={name: unescape(value) for name, value in given.items()} | other)
