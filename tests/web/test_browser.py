"""The pages in a real browser: readable for everybody, in the dark, on a phone, without script, whatever the names."""

import pytest

from tests.web.club import IMAGE, SCRIPT, app_of
from tests.web.looking import in_a_browser, shuts_out
from tests.web.serving import serving

MAIN_PAGES = ["/teams/1", "/runners/1", "/evidence"]
OTHER_PAGES = ["/", "/runners", "/runners/5", "/runners/8", "/teams/1/runners/1", "/about", "/runners/999"]
LOOKS = [(path, scheme, width) for path in MAIN_PAGES for scheme in ("light", "dark") for width in (360, 1280)]
LOOKS += [(path, scheme, 360) for path in OTHER_PAGES for scheme in ("light", "dark")]

pytestmark = in_a_browser


@pytest.fixture(scope="module")
def address(club):
    with serving(app_of(club)) as address:
        yield address


@pytest.mark.drill
@pytest.mark.parametrize(("path", "scheme", "width"), LOOKS)
def test_axe_finds_nothing_that_shuts_somebody_out(open_page, path, scheme, width):
    assert shuts_out(open_page(path, width, scheme)) == []


def test_nothing_moves_whoever_asks_for_it_to_be_still_or_not(open_page):
    page = open_page("/runners/1")
    moving = """[...document.querySelectorAll("*")].map(each => getComputedStyle(each)).filter(style =>
        style.animationName !== "none" || style.transitionDuration !== "0s"
        || style.scrollBehavior !== "auto").length"""
    for wish in ("reduce", "no-preference"):
        page.emulate_media(reduced_motion=wish)
        assert page.evaluate(moving) == 0


@pytest.mark.drill
@pytest.mark.parametrize("path", MAIN_PAGES + OTHER_PAGES)
def test_a_phone_never_scrolls_sideways(open_page, path):
    page = open_page(path, width=360)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("path", MAIN_PAGES)
def test_a_page_breaks_none_of_its_own_rules(open_page, path):
    complaints = [text for text in open_page(path).complaints if "404" not in text]
    assert complaints == []


@pytest.mark.parametrize("trusting", [False, True], ids=["with its policy", "even without its policy"])
def test_a_hostile_name_is_text_and_runs_nothing(open_page, trusting):
    board, runner = open_page("/teams/1", trusting=trusting), open_page("/runners/8", trusting=trusting)
    board.get_by_role("link", name=SCRIPT, exact=True).wait_for()
    runner.get_by_text(IMAGE, exact=True).wait_for()
    assert board.dialogs == runner.dialogs == []


def test_everything_is_readable_without_script(open_page):
    page = open_page("/teams/1", script=False)
    page.get_by_role("link", name="Alice").click()
    page.get_by_role("heading", name="Alice").wait_for()
    page.get_by_role("img", name="Training load of Alice, last 8 weeks").wait_for()


def test_the_board_stays_a_table_for_a_screen_reader_on_a_phone(open_page):
    page = open_page("/teams/1", width=360)
    table = page.get_by_role("table", name="Runners, who needs a look first at the top")
    assert table.get_by_role("row").count() == 7
    table.get_by_role("rowheader", name="Alice").wait_for()


def test_the_keyboard_reaches_the_first_runner_and_shows_where_it_is(open_page):
    page = open_page("/teams/1")
    focused = []
    while "Alice" not in focused and len(focused) < 20:
        page.keyboard.press("Tab")
        focused.append(page.evaluate("document.activeElement.textContent.trim()"))
    assert focused[0] == "Skip to the content"
    assert focused[-1] == "Alice"
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_one_chart_is_shown_at_a_time(open_page):
    for width in (360, 1280):
        charts = open_page("/runners/1", width).locator("svg.chart")
        assert [charts.nth(n).is_visible() for n in range(2)].count(True) == 1
