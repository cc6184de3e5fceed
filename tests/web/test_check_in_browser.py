"""The check-in walked in a real browser, without script: every pattern, every urgency, by pointer and by key."""

import pytest

from monitor.store.check_ins import check_ins
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag
from monitor.web.links import own_url
from tests.web.club import TODAY
from tests.web.looking import looked_over, picture, shuts_out
from tests.web.office import SECRETS
from tests.web.serving import serving

LOOKS = [("light", 1280), ("dark", 1280), ("dark", 360), ("light", 360)]  # walks go on at a phone's width
ANN = 1
MILD, SOME = "Full participation, but with a health problem", "To a minor extent"
NONE = "None of these"
WAYS = [  # what is ticked, the pain, and what the runner then reads
    pytest.param(
        (), (Trait.SIT_BONE, Trait.HARD_SEAT, Trait.UPHILL), 3, "load-sensitive, at the sit bone", id="sit-bone"
    ),
    pytest.param((), (Trait.DIFFUSE, Trait.AFTER_DISTANCE), 4, "diffuse, distance-related", id="diffuse"),
    pytest.param((), (Trait.BURNING, Trait.SPREADING), 2, "back-position related, spreading", id="spreading"),
    pytest.param((), (Trait.SUDDEN,), 6, "sudden onset", id="sudden"),
    pytest.param((), (), 7, "Leave out fast and uphill running for now", id="no-pattern"),
    pytest.param(
        (RedFlag.CANNOT_HOP, RedFlag.SHARP_WITH_WEIGHT),
        (Trait.DIFFUSE,),
        6,
        "Stop running, and contact a doctor",
        id="red",
    ),
    pytest.param((RedFlag.POP,), (Trait.SUDDEN,), 8, "Do not run. Call a doctor today", id="today"),
    pytest.param((RedFlag.CALF_OR_BREATH,), (), 3, "If you are short of breath, call the emergency number", id="calf"),
    pytest.param(
        (RedFlag.SADDLE,), (Trait.SPREADING,), 5, "Call the emergency number of your country now", id="emergency"
    ),
]

pytestmark = looked_over


@pytest.fixture
def address(office):
    with serving(office.app()) as address:
        yield address


@pytest.fixture
def page(browser):
    """A phone that runs no script."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 760})
    yield context.new_page()
    context.close()


def look(page, name):
    """Nobody is shut out of this page, at a desk and on a phone, by day and by night."""
    checked = page.context.browser.new_context(bypass_csp=True)  # axe needs a page that lets scripts in
    copy = checked.new_page()
    for scheme, width in LOOKS:
        copy.set_viewport_size({"width": width, "height": 760})
        copy.emulate_media(color_scheme=scheme)
        copy.set_content(page.content().replace("<head>", f'<head><base href="{page.url}">'), wait_until="load")
        assert copy.evaluate("document.documentElement.scrollWidth") == width, name
        picture(copy, f"check-in-{name}-{width}-{scheme}")
        assert shuts_out(copy) == []
    checked.close()


def answer(page, question, option):
    page.get_by_role("group", name=question).get_by_role("radio", name=option, exact=True).click()


def to_the_last_page(page, address):
    page.goto(own_url(address, SECRETS, ANN, "check-in"))
    answer(page, "difficulties participating", MILD)
    page.get_by_role("button", name="Go on").click()
    answer(page, "modified your training", SOME)
    answer(page, "affected your performance", SOME)
    answer(page, "symptoms/health complaints", "To a mild extent")
    answer(page, "buttock, the hip or the back of the thigh", "Yes")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="A few more").wait_for()


@pytest.mark.parametrize(("flags", "traits", "pain", "says"), WAYS)
def test_every_pattern_and_every_sign_leads_to_its_words(page, address, request, flags, traits, pain, says):
    to_the_last_page(page, address)
    for each in (*flags, *traits):
        page.get_by_role("checkbox", name=each.text).click()
    if not flags:
        page.get_by_role("checkbox", name=NONE).click()
    answer(page, "The worst pain", str(pain))
    answer(page, "The morning after", "As the morning before, or better")
    answer(page, "How long", "Less than two weeks")
    page.get_by_role("button", name="Done").click()
    page.get_by_text(says).first.wait_for()
    assert page.locator(".felt.red").count() == bool(flags)
    assert page.get_by_text("A pattern to mention").count() == (not flags and bool(traits))
    look(page, request.node.callspec.id)


def test_the_pages_of_the_form(page, address):
    page.goto(own_url(address, SECRETS, ANN, "check-in"))
    look(page, "1-first")
    answer(page, "difficulties participating", MILD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="How much did it matter?").wait_for()
    look(page, "2-further")
    to_the_last_page(page, address)
    look(page, "3-there")
    answer(page, "The worst pain", "2")
    answer(page, "The morning after", "Worse than the morning before")
    answer(page, "How long", "Two weeks or longer")
    page.get_by_role("button", name="Done").click()
    page.get_by_role("alert").wait_for()
    look(page, "4-not-answered")
    page.get_by_role("checkbox", name=NONE).click()
    page.get_by_role("button", name="Done").click()
    page.get_by_role("heading", name="How it has felt").wait_for()
    look(page, "5-worse-morning")
    page.get_by_role("link", name="What is held of you, and who sees it").click()
    page.get_by_role("heading", name="Ann Lee").wait_for()
    look(page, "6-your-data")
    page.goto(f"{address}/prevention")
    look(page, "7-prevention")
    page.goto(f"{address}/runners/{ANN}")
    look(page, "8-runner")


def test_a_week_without_problems_takes_two_keys_and_no_pointer(page, address, office):
    page.goto(own_url(address, SECRETS, ANN, "check-in"))
    first = page.get_by_role("radio", name="Full participation without health problems")
    first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Noted: a week without problems").wait_for()
    assert page.get_by_text("What else these weeks held").count() == 0
    with office.database.reading() as db:
        assert [(each.day, each.participation) for each in check_ins(db, ANN)] == [(TODAY, 1)]
    look(page, "0-fine")


def test_what_else_the_week_held_goes_along_with_the_one_answer(page, address):
    page.goto(own_url(address, SECRETS, ANN, "check-in"))
    answer(page, "difficulties participating", "Full participation without health problems")
    page.get_by_label("Sleep").fill("6.5")
    page.get_by_label("Stress").fill("8")
    page.get_by_label("Worried about food?").select_option("Yes")
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("heading", name="What else these weeks held").wait_for()
    assert page.get_by_role("row", name="Nov 16").last.inner_text().split("\t")[1:] == ["6.5", "8", "worry", "–"]
    look(page, "9-circumstances")


def test_what_a_finger_must_hit_is_large_enough(page, address):
    to_the_last_page(page, address)
    choices = page.locator(".choice").all()
    assert len(choices) > len(RedFlag) + len(Trait)
    for choice in choices:
        box = choice.bounding_box()
        assert box["height"] >= 44
        assert box["width"] >= 44
