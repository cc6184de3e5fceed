"""Where Strava accounts are connected: the pages, a served sandbox behind them, and a runner with a browser."""

import re
from dataclasses import dataclass
from html import unescape

import requests
from sqlmodel import select
from starlette.testclient import TestClient

from monitor.sandbox import Sandbox
from monitor.sources.strava import Strava
from monitor.store.database import Database
from monitor.store.sealing import keyring
from monitor.store.tables import Connection
from monitor.web.connect import Desk, routes
from monitor.web.links import connect_url
from tests.web.club import BASE_URL, NOW, app_of

SECRETS = ("a secret of more than thirty-two characters",)
KEYS = keyring(SECRETS)
ATHLETE = 7_001


@dataclass
class Office:
    """The pages of connecting and the sandbox behind them."""

    sandbox: Sandbox
    database: Database
    strava: Strava
    base_url: str = BASE_URL

    def browser(self):
        """A client with cookies of its own."""
        app = app_of(self.database, web={"base_url": self.base_url})
        app.include_router(routes(Desk(self.database, KEYS, SECRETS, self.strava, self.base_url, lambda: NOW)))
        return TestClient(app, base_url=self.base_url, follow_redirects=False)

    def invite(self, runner_id=1):
        return connect_url(self.base_url, SECRETS, runner_id)

    def consent(self, url, **how):
        """What the runner does on Strava's page; the address to which Strava sends them back."""
        answer = requests.get(url, params={"athlete": ATHLETE} | how, allow_redirects=False, timeout=10)
        return answer.headers["Location"]

    def connected(self):
        """The runners who are connected."""
        with self.database.reading() as db:
            return [row.runner_id for row in db.exec(select(Connection)).all()]


def button(page):
    """Where "Connect with Strava" leads."""
    return unescape(re.search(r'class="button" href="([^"]+)"', page.text)[1])
