"""Names that look like figures or dates stand on every page as they were written, whoever reads it and where."""

import re
from datetime import timedelta
from html import unescape

import pytest

from monitor.model import Amendment, Change, Origin
from monitor.store.amendments import amend
from monitor.store.coaches import add_coach
from monitor.store.groups import set_group
from monitor.web.corrections import run_path
from monitor.web.links import own_key, own_path
from tests.builders import activities, activity
from tests.web.club import HABIT, NOW, TODAY, add
from tests.web.office import SECRETS

TEAM, GROUP, COACH = "Team 1000.5", "19 Nov relay", "Thu 5 Nov 12345 m"
ANN, BEA = "Ann 10.5 km loop", "Bea 1234 runners"
RUN, SECOND, WHY = "22.7 km on 21 November", "Sat 21 Nov, 4:30 per km", "9.5 km of 2345.6 were a ride on 20 Nov"
IN_MILES = {"timezone": "Europe/Paris", "units": "miles"}
KEY = own_key(SECRETS, 3)


@pytest.fixture
def browser(office):
    """Ann ran too far in a team of her own, whose coach and group are called as oddly as her runs."""
    runs = activities(f"{' '.join([HABIT] * 8)} 22.7", TODAY - timedelta(days=56), origin=Origin.RECORDING, name=RUN)
    later = activity(runs[-1].start_local + timedelta(hours=4), 4_000, origin=Origin.RECORDING, name=SECOND)
    ids = [add(office.database, name, [*runs, later], TEAM) for name in (ANN, BEA)]
    with office.database.writing() as db:
        add_coach(db, COACH, "coach@example.org", TEAM)
        set_group(db, 2, GROUP, ids)
        amend(db, ids[0], Amendment(later.key, Change.EXCLUDE, reason=WHY), NOW)
    assert office.browser().post("/my/settings", data=IN_MILES | {"key": KEY}).status_code == 303
    return office.browser()


def shown(browser, path, languages):
    """All that a reader or their screen reader gets of the page, on one line."""
    answer = browser.get(path, headers={"Accept-Language": languages})
    assert answer.status_code == 200, path
    titles = re.findall(r'(?:title|aria-label|alt)="([^"]*)"', answer.text)
    return re.sub(r"\s+", " ", unescape(" ".join([re.sub(r"<[^>]*>", " ", answer.text), *titles])))


def mine(path):
    return own_path(KEY, path)


LONGEST = activity(f"{TODAY} 07:00", 22_700, origin=Origin.RECORDING)
PAGES = {
    "/": [TEAM],
    "/runners": [ANN, BEA],
    "/teams/2": [TEAM, ANN, BEA],
    f"/teams/2?group={GROUP}": [TEAM, GROUP, ANN],
    "/teams/2/people": [TEAM, GROUP, COACH, ANN],
    "/teams/2/heat-map": [TEAM, ANN],
    "/teams/2/report": [TEAM, ANN],
    "/teams/2/compare?left=3&right=4": [ANN, BEA],
    "/teams/2/runners/3": [ANN, RUN],
    mine("/runners/3"): [ANN, RUN, SECOND, WHY],
    mine(run_path(LONGEST.key)): [RUN],
    mine("/your-data"): [TEAM, COACH],
}


def test_names_on_pages_stay_as_they_were_written(browser):
    for path, names in PAGES.items():
        as_written, *elsewhere = (shown(browser, path, languages) for languages in ("en", "de-DE", "en-US"))
        assert [name for name in names if name not in as_written] == [], path
        for there in elsewhere:
            assert [there.count(name) for name in names] == [as_written.count(name) for name in names], path
