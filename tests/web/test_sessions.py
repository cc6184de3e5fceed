"""Being signed in: the cookie and its end, the list of one's browsers, forms of other sites, and who one is."""

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlmodel import select

from jobs import leaving
from monitor.store.people import add_runner
from monitor.store.sign_in_tables import SignedIn, SignInBegun
from monitor.store.tables import Coach, Runner
from tests.web.club import NOW, app_of, browser_of
from tests.web.gate import ANN, BASE_URL, OPERATOR
from tests.web.test_sign_in import COOKIE, flags


def test_attack_8_the_cookie_is_for_this_host_over_https_and_no_script(gate):
    browser = gate.browser()
    asked = gate.ask(browser, "ann@example.org")
    entered = browser.post("/sign-in/link", data={"token": gate.token()})
    safe = {"secure", "httponly", "samesite=lax", "path=/"}
    assert flags(asked, "__Host-hamwatch-sign-in") >= safe | {"max-age=600"}
    assert flags(entered, COOKIE) >= safe | {"max-age=1209600"}
    assert not any(flag.startswith("domain") for flag in flags(entered, COOKIE))


def test_attack_8_a_session_that_was_there_before_is_not_the_one_after(gate):
    browser = gate.browser()
    browser.cookies.set(COOKIE, "chosen by somebody else", domain="club.example")
    gate.ask(browser, "ann@example.org")
    browser.post("/sign-in/link", data={"token": gate.token()})
    first = browser.cookies[COOKIE]
    assert first != "chosen by somebody else"
    gate.ask(browser, "ann@example.org")
    browser.post("/sign-in/link", data={"token": gate.token()})
    assert browser.cookies[COOKIE] != first
    stolen = gate.browser()
    stolen.cookies.set(COOKIE, first)
    assert stolen.get("/runners/1").status_code == 303


def test_attack_8_a_cookie_that_was_copied_ends_with_the_sign_out(gate):
    browser, thief = gate.signed_in("ann@example.org"), gate.browser()
    thief.cookies.set(COOKIE, browser.cookies[COOKIE])
    assert thief.get("/runners/1").status_code == 200
    out = browser.post("/sign-out")
    assert out.headers["location"] == "/sign-in"
    assert "max-age=0" in flags(out, COOKIE)
    assert thief.get("/runners/1").status_code == 303
    assert gate.rows(SignedIn) == []


def test_attack_8_a_session_ends_twelve_hours_after_it_was_last_used(gate):
    browser = gate.signed_in("ann@example.org")
    for _ in range(3):
        gate.now += timedelta(hours=11)
        assert browser.get("/runners/1").status_code == 200
    gate.now += timedelta(hours=12)
    assert browser.get("/runners/1").status_code == 303


def test_attack_8_a_session_ends_after_fourteen_days_however_much_it_is_used(gate):
    browser = gate.signed_in("ann@example.org")
    for _ in range(28):
        gate.now += timedelta(hours=11, minutes=59)
        assert browser.get("/runners/1").status_code == 200
    gate.now += timedelta(minutes=28)
    assert browser.get("/runners/1").status_code == 303


def test_a_page_is_served_where_that_it_was_read_cannot_be_written(gate):
    """S2, S5."""
    browser = gate.signed_in("ann@example.org")
    gate.now += timedelta(hours=1)
    with gate.product.database.writing() as db:
        db.exec(select(Runner.id)).all()  # from here on it holds the only pen
        assert browser.get("/runners/1").status_code == 200
    assert gate.rows(SignedIn)[0].seen_at == NOW


@pytest.mark.parametrize("site", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}], ids=["other", "none"])
def test_attack_9_a_form_of_another_site_does_nothing(gate, site):
    browser = gate.signed_in("ann@example.org")
    for path in ("/sign-in", "/sign-in/link", "/sign-in/strava", "/sign-out", "/sessions/end"):
        answer = browser.post(path, data={"number": 1, "address": "ann@example.org"}, headers=site)
        assert answer.status_code == 403, path
        assert len(gate.rows(SignedIn)) == 1, path


def test_attack_9_json_that_claims_to_be_a_form_does_nothing(gate):
    browser = gate.signed_in("ann@example.org")
    sent = browser.post("/sessions/end", content='{"number": 1}', headers={"Content-Type": "text/plain"})
    assert sent.status_code == 404
    assert len(gate.rows(SignedIn)) == 1


def test_attack_3_a_coach_who_is_removed_sees_nothing_at_the_next_request(gate):
    browser = gate.signed_in("cora@example.org")
    assert browser.get("/teams/1").status_code == 200
    with gate.product.database.writing() as db:
        db.delete(db.exec(select(Coach).where(Coach.email == "cora@example.org")).one())
    assert browser.get("/teams/1").status_code == 404
    assert "nothing here is yours to see" in browser.get("/sessions").text


def test_a_runner_whose_address_is_changed_is_not_theirs_any_more_who_hold_the_old_one(gate):
    browser = gate.signed_in("ann@example.org")
    with gate.product.database.writing() as db:
        db.get_one(Runner, ANN).email = "ann.lee@example.org"
    assert browser.get("/runners/1").status_code == 404
    assert gate.signed_in("ann.lee@example.org").get("/runners/1").status_code == 200


def test_whoever_runs_and_coaches_under_one_address_is_both(gate):
    with gate.product.database.writing() as db:
        added = add_runner(db, "Cora", "cora@example.org", "UTC", None, NOW)
    browser = gate.signed_in("cora@example.org")
    assert [browser.get(path).status_code for path in (f"/runners/{added.id}", "/teams/1")] == [200, 200]


def test_the_first_page_is_where_each_belongs(gate):
    led = {who: gate.signed_in(who).get("/") for who in ("ann@example.org", "cora@example.org", OPERATOR)}
    assert led["ann@example.org"].headers["location"] == "/runners/1"
    assert led["cora@example.org"].headers["location"] == "/teams/1"
    assert ">Other</a>" in led[OPERATOR].text


def test_a_signed_in_runner_reaches_their_other_pages(gate):
    browser = gate.signed_in("ann@example.org")
    (own,) = set(re.findall(r'href="(/check-ins\?key=[^"]+)"', browser.get("/runners/1").text))
    assert browser.get(unescape(own)).status_code == 200
    assert "/check-ins?key=" not in gate.signed_in(OPERATOR).get("/runners/1").text


def test_ones_browsers_are_listed_and_each_can_be_ended_and_nobody_elses(gate):
    other, here, gus = (gate.signed_in(f"{name}@example.org") for name in ("ann", "ann", "gus"))
    listed = here.get("/sessions").text
    assert (listed.count("This browser"), listed.count("Another browser"), listed.count("A Browser")) == (1, 1, 2)
    theirs, _, foreign = (row.id for row in gate.rows(SignedIn))
    for number in (foreign, 999):
        assert here.post("/sessions/end", data={"number": number}).status_code == 404
    assert here.post("/sessions/end", data={"number": theirs}).headers["location"] == "/sessions"
    assert other.get("/runners/1").status_code == 303
    assert here.get("/runners/1").status_code == gus.get("/runners/3").status_code == 200


def test_a_browser_that_calls_itself_something_hostile_is_shown_as_text(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    hostile = {"User-Agent": "<script>alert(1)</script>\x07" + "x" * 1000}
    browser.post("/sign-in/link", data={"token": gate.token()}, headers=hostile)
    assert "<script>" not in browser.get("/sessions").text
    (row,) = gate.rows(SignedIn)
    assert "\x07" not in row.agent
    assert len(row.agent) <= 200


def test_whoever_is_erased_is_signed_in_nowhere_and_their_address_is_kept_nowhere(gate):
    browser = gate.signed_in("ann@example.org")
    leaving.erase(gate.product, ANN, NOW)
    assert browser.get("/runners/1").status_code == 303
    assert gate.rows(SignedIn) + gate.rows(SignInBegun) == []


def test_pages_of_this_machine_alone_ask_nobody(club):
    browser = browser_of(app_of(club))
    assert browser.get("/runners").status_code == 200
    assert BASE_URL.startswith("https://")
    assert ">Signed in</a>" not in browser.get("/runners").text
