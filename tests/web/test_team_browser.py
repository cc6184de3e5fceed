"""A team's pages in a real browser: for everybody, in the dark, on a phone, by keyboard, and on paper."""

import re
from datetime import timedelta

import pytest

from monitor.model import Origin
from monitor.store.check_ins import save_check_in
from monitor.store.consents import WORDING, Subject, give
from monitor.store.groups import join_group
from monitor.store.people import find_or_add_team
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.red_flags import RedFlag
from tests.builders import activities
from tests.web.club import LOGS, NOW, SCRIPT, TODAY, add, app_of, full_club
from tests.web.looking import looked_over, shuts_out
from tests.web.serving import serving

pytestmark = looked_over

PAGES = {
    "board": "/teams/1",
    "board, sifted": "/teams/1?group=Marathon&state=CAUTION",
    "board, nobody found": "/teams/1?name=nobody",
    "12 weeks": "/teams/1/heat-map",
    "two chosen": "/teams/1/compare?left=1&right=2",
    "none chosen": "/teams/1/compare",
    "report": "/teams/1/report",
    "an empty team": "/teams/3",
    "12 weeks of an empty team": "/teams/3/heat-map",
    "a large team on paper": "/teams/4/report",
}
LOOKS = [(360, "light"), (360, "dark"), (768, "light"), (1440, "dark")]
RED = CheckIn(day=TODAY, participation=3, there=True, pain=6, flags=frozenset({next(iter(RedFlag))}))


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The full club with groups and a sign for a doctor; a team of nobody, and one of forty."""
    database = full_club(tmp_path_factory.mktemp("teams"))
    with database.writing() as db:
        find_or_add_team(db, "Nobody")
        join_group(db, 2, "Marathon")
        give(db, 4, Subject.SYMPTOMS, WORDING[Subject.SYMPTOMS], NOW)
        save_check_in(db, 4, RED, NOW)
    log = LOGS["Bob"]
    runs = activities(log, TODAY - timedelta(days=len(log.split()) - 1), origin=Origin.RECORDING)
    for n in range(40):
        add(database, f"Maximilian von Hohenstein-Oldenburg the {n}th", runs, team="Large")
    with serving(app_of(database)) as address:
        yield address
    database.close()


@pytest.mark.parametrize(("width", "scheme"), LOOKS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(open_page, path, width, scheme):
    page = open_page(path, width, scheme, trusting=True)
    for details in page.locator("details").all():
        details.evaluate("each => each.open = true")
    assert shuts_out(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_a_page_breaks_none_of_its_own_rules_and_runs_no_name(open_page, path):
    page = open_page(path)
    assert page.complaints == []
    assert page.dialogs == []


def test_the_keyboard_alone_finds_a_runner_without_script(open_page):
    page = open_page("/teams/1", script=False)
    page.get_by_text("Search and filter").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("bob")
    page.keyboard.press("Enter")
    page.wait_for_url("**/teams/1?name=bob&state=&rule=&group=")
    assert page.get_by_role("rowheader").all_inner_texts()[0].startswith("Bob")
    page.get_by_text("1 of 7 runners.").wait_for()


def test_what_belongs_before_a_doctor_stands_above_all_else(open_page):
    first = open_page("/teams/1").get_by_role("rowheader").first
    assert first.inner_text().startswith("Dan")
    first.locator(".doctor").wait_for()


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_one_of_the_pictures_is_shown_at_a_time(open_page, width):
    pictures = open_page("/teams/1/heat-map", width).locator("svg.heat")
    assert [pictures.nth(n).is_visible() for n in range(3)].count(True) == 1
    assert pictures.locator("text", has_text=SCRIPT[:10]).count() == 3


@pytest.mark.parametrize("path", ["/teams/1/report", "/teams/4/report"], ids=["a club", "forty with long names"])
def test_the_report_is_one_sheet_of_a4(open_page, path):
    paper = open_page(path).pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    width, height = map(float, re.search(rb"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", paper).groups())
    assert (width, height) == (pytest.approx(595, abs=1), pytest.approx(842, abs=1))
