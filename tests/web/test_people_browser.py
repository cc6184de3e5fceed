"""A team's people in a real browser: by keyboard alone, without script, readable for everybody at every width."""

import re

import pytest

from monitor.store.coaches import coaches
from monitor.store.groups import groups_of
from monitor.store.people import people
from tests.web.gate import ANN, PEOPLE
from tests.web.looking import looked_over, picture, shuts_out, tab_to

PAGE = "/teams/1/people"
LOOKS = [(width, scheme) for width in (360, 768, 1440) for scheme in ("light", "dark")]
WITH_AXE = [(360, "dark"), (1440, "light")]  # it looks at what each width and each scheme shows

pytestmark = looked_over


@pytest.fixture
def come(served, browser):
    """Brings somebody to the page of their team's people, in a browser of their own that runs no script."""
    gate, address = served
    contexts = []

    def opened(role):
        contexts.append(browser.new_context(viewport={"width": 1440, "height": 900}, java_script_enabled=False))
        page = contexts[-1].new_page()
        page.complaints = []
        page.on("console", lambda said: page.complaints.append(said.text))
        gate.enter(page, address, PEOPLE[role], PAGE)
        return page

    yield opened
    for context in contexts:
        context.close()


def look(page, name):
    """The same page for whoever is signed in, with all of it unfolded, where axe may run."""
    signed_in = page.context.storage_state()
    checked = page.context.browser.new_context(storage_state=signed_in, bypass_csp=True)
    copy = checked.new_page()
    copy.goto(page.url)
    for details in copy.locator("details").all():
        details.evaluate("each => each.open = true")
    for width, scheme in LOOKS:
        copy.set_viewport_size({"width": width, "height": 900})
        copy.emulate_media(color_scheme=scheme)
        assert copy.evaluate("document.documentElement.scrollWidth") == width, name
        picture(copy, f"people-{name}-{width}-{scheme}")
        if (width, scheme) in WITH_AXE:
            assert shuts_out(copy) == [], name
    checked.close()


def saved(page):
    page.keyboard.press("Enter")
    page.get_by_text("Saved.").wait_for()


def test_a_coach_invites_a_runner_who_joins_and_is_put_into_a_group_by_keyboard_alone(served, browser, come):
    gate, address = served
    cora = come("coach")
    tab_to(cora, "Name")
    cora.keyboard.type("Zoe")
    tab_to(cora, "E-mail")
    cora.keyboard.type("zoe@example.org")
    saved(cora)
    cora.get_by_text("Zoe, zoe@example.org").wait_for()
    look(cora, "invited")

    zoe = browser.new_context(java_script_enabled=False).new_page()
    zoe.goto(invitation(gate, address))
    look(zoe, "join")
    tab_to(zoe, "I agree: join Harriers")
    zoe.keyboard.press("Enter")
    zoe.get_by_text("You share your training with Harriers").wait_for()
    look(zoe, "joined")
    zoe.context.close()

    cora.reload()
    tab_to(cora, "Make a group")
    cora.keyboard.press("Enter")
    tab_to(cora, "Name")
    cora.keyboard.type("Track")
    tab_to(cora, "Zoe")
    cora.keyboard.press("Space")
    saved(cora)
    look(cora, "grouped")
    with gate.product.database.reading() as db:
        assert groups_of(db) == {people(db)[-1].id: ("Track",)}
    assert cora.complaints == []


def test_an_owner_changes_a_role_and_takes_a_runner_out_by_keyboard_alone(served, come):
    gate, _ = served
    olga = come("owner")
    look(olga, "owner")
    tab_to(olga, "Role of Cora")
    olga.keyboard.press("v")
    tab_to(olga, "Change role of Cora")
    saved(olga)
    tab_to(olga, "Take out of the team Ann")
    olga.keyboard.press("Enter")
    tab_to(olga, "Yes, take Ann out")
    saved(olga)
    with gate.product.database.reading() as db:
        assert coaches(db)[0].role == "viewer"
        assert people(db)[0].id == ANN
        assert people(db)[0].team_id is None
    look(olga, "owner-alone")
    assert olga.complaints == []


def test_a_viewer_reads_and_meets_no_form(come):
    vera = come("viewer")
    look(vera, "viewer")
    assert vera.locator("main form").count() == 0
    vera.get_by_role("link", name="Ann").wait_for()


def invitation(gate, address):
    """What stands in the mail that waits in the outbox."""
    return re.search(rf"{address}/join\?invite=[\w-]+", gate.latest_mail())[0]
