"""The pages with the way out, over a product of a test."""

from functools import partial

from jobs import leaving
from jobs.exporting import export
from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.web.app import create_app
from monitor.web.desk import Desk
from monitor.web.leave import Door, routes
from tests.jobs.conftest import NOW
from tests.web.visiting import visiting

BASE_URL = "http://127.0.0.1:8000"
OURS = {"Sec-Fetch-Site": "same-origin", "Origin": "null"}  # as a browser says it under our policy


def app_of(product):
    """All pages, and those of leaving."""
    app = create_app(product.database.reading, product.database.commits, RULES, lambda: NOW, without_environment({}))
    disconnect, erase = partial(leaving.disconnect, product), partial(leaving.erase, product)
    desk = Desk(product.database, product.keys, product.secrets, product.strava, BASE_URL, lambda: NOW)
    app.include_router(routes(Door(desk, export, disconnect, erase)))
    return app


def browser_of(product):
    return visiting(app_of(product), base_url=BASE_URL, follow_redirects=False)
