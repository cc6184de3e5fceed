"""Signing in by mail: who gets a link, what it opens, and what it does not."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from email import message_from_bytes, policy
from html import unescape

import pytest
from sqlmodel import select

from jobs import deliver, leaving
from monitor.store.people import add_runner
from monitor.store.sign_in_tables import SignedIn, SignInBegun
from monitor.store.tables import Coach, Letter, Runner
from monitor.web.sign_in import inside
from tests.web.club import NOW, app_of, browser_of
from tests.web.gate import ANN, BASE_URL, OPERATOR

COOKIE = "__Host-hamwatch"


def flags(answer, name):
    """What stands beside this cookie."""
    (found,) = [line for line in answer.headers.get_list("set-cookie") if line.startswith(f"{name}=")]
    return {part.strip().lower() for part in found.split(";")[1:]}


def test_whoever_is_not_signed_in_is_asked_to_and_then_led_to_what_they_wanted(gate):
    asked = gate.browser().get("/runners/1")
    assert asked.status_code == 303
    assert asked.headers["location"] == "/sign-in?next=%2Frunners%2F1"
    browser = gate.browser()
    assert 'name="next" value="/runners/1"' in browser.get(asked.headers["location"]).text
    gate.ask(browser, "ann@example.org", next="/runners/1")
    entered = browser.post("/sign-in/link", data={"token": gate.token()})
    assert entered.headers["location"] == "/runners/1"
    assert "Ann" in browser.get("/runners/1").text


@pytest.mark.parametrize(
    "path", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example", "javascript:alert(1)", ""]
)
def test_attack_5_the_way_on_leads_to_a_page_of_ours(gate, path):
    assert inside(path) == "/"
    browser = gate.browser()
    gate.ask(browser, "ann@example.org", next=path)
    assert browser.post("/sign-in/link", data={"token": gate.token()}).headers["location"] == "/"


def test_attack_7_the_link_is_of_our_own_address_whatever_the_request_said(gate):
    browser = gate.browser()
    forged = {"Host": "localhost", "X-Forwarded-Host": "evil.example"}
    browser.post("/sign-in", data={"address": "ann@example.org"}, headers=forged)
    assert gate.token()
    assert "evil.example" not in gate.rows(Letter)[-1].message.decode()


def test_the_mail_goes_to_the_address_as_it_is_held_at_any_hour_and_names_no_list(gate):
    gate.now = NOW.replace(hour=2)
    gate.ask(gate.browser(), " ann@EXAMPLE.org ")
    assert deliver.run(gate.product, gate.now) == 1
    (letter,) = gate.rows(Letter)
    assert (letter.recipient, letter.state) == ("Ann@example.org", "sent")
    message = message_from_bytes(letter.message, policy=policy.default)
    assert message["List-Unsubscribe"] is None
    assert "ten minutes" in message.get_body(("plain",)).get_content()


def test_attack_7_opening_the_link_changes_nothing_and_pressing_the_button_elsewhere_neither(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    scanner, link = gate.browser(), f"/sign-in/link?token={gate.token()}"
    for _ in range(3):
        assert scanner.get(link).status_code == 200
        scanner.head(link)
        pressed = scanner.post("/sign-in/link", data={"token": gate.token()})
        assert (pressed.status_code, "set-cookie" in pressed.headers) == (400, False)
    assert gate.rows(SignedIn) == []
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 303


def test_attack_7_a_link_opens_once(gate):
    browser = gate.signed_in("ann@example.org")
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 400
    assert len(gate.rows(SignedIn)) == 1


def test_attack_7_of_20_presses_at_once_one_wins(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    token, cookies = gate.token(), dict(browser.cookies)

    def press(_number):
        other = gate.browser()
        other.cookies.update(cookies)
        return other.post("/sign-in/link", data={"token": token}).status_code

    with ThreadPoolExecutor(20) as pool:
        answers = sorted(pool.map(press, range(20)))
    assert answers == [303, *[400] * 19]
    assert len(gate.rows(SignedIn)) == 1


def test_attack_7_a_link_of_ten_minutes_is_too_old(gate):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    gate.now += timedelta(minutes=10)
    assert browser.post("/sign-in/link", data={"token": gate.token()}).status_code == 400


@pytest.mark.parametrize("token", ["", "guessed", "<script>alert(1)</script>"])
def test_attack_7_a_guess_opens_nothing_and_is_shown_as_text(gate, token):
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    assert browser.post("/sign-in/link", data={"token": token}).status_code == 400
    assert "<script>" not in browser.get("/sign-in/link", params={"token": token}).text


def test_attack_7_what_is_kept_opens_nothing(gate):
    """Neither the token nor the nonce stands in the database, beside the mail while that is on its way."""
    browser = gate.browser()
    gate.ask(browser, "ann@example.org")
    (row,) = gate.rows(SignInBegun)
    assert len(gate.token()) >= 22  # 128 bit in base64
    kept = f"{row.digest} {row.browser} {row.caller} {row.address} {row.leads_to}"
    assert gate.token() not in kept
    assert browser.cookies["__Host-hamwatch-sign-in"] not in kept
    assert "203.0.113.7" not in kept


def test_attack_20_an_address_that_nobody_has_gets_the_very_same_answer_and_no_mail(gate):
    known, unknown = (gate.ask(gate.browser(), f"{name}@example.org") for name in ("ann", "eve"))
    assert unknown.status_code == known.status_code == 200
    assert unknown.text.replace("eve@", "ann@") == known.text
    assert flags(unknown, "__Host-hamwatch-sign-in") == flags(known, "__Host-hamwatch-sign-in")
    assert [letter.recipient for letter in gate.rows(Letter)] == ["Ann@example.org"]
    assert sorted(row.address for row in gate.rows(SignInBegun)) == ["ann@example.org", "eve@example.org"]


@pytest.mark.parametrize(
    "address", ["", "ann", "ann@example.org, evil@x", '"ann"@[127.0.0.1]', "ann@example.org\r\nBcc: evil@x", "a" * 300]
)
def test_whatever_is_no_single_address_is_asked_for_again(gate, address):
    answer = gate.ask(gate.browser(), address)
    assert answer.status_code == 400
    assert "give exactly one" in answer.text
    assert gate.rows(Letter) == []


@pytest.mark.parametrize("address", ["ann@example.org", "eve@example.org"], ids=["known", "unknown"])
def test_five_links_an_hour_go_to_one_address_whoever_asks(gate, address):
    asked = [gate.ask(gate.browser(f"203.0.113.{n}"), address).status_code for n in range(6)]
    assert asked == [200] * 5 + [429]
    gate.now += timedelta(hours=1)
    assert gate.ask(gate.browser(), address).status_code == 200


def test_attack_16_twenty_sign_ins_an_hour_begin_from_one_network_whatever_it_says_of_others(gate):
    for n in range(20):
        forged = {"X-Forwarded-For": f"198.51.100.{n}"}
        asked = gate.browser().post("/sign-in", data={"address": f"a{n}@example.org"}, headers=forged)
        assert asked.status_code == 200
    assert gate.ask(gate.browser(), "ann@example.org").status_code == 429
    assert gate.browser().post("/sign-in/strava").status_code == 429
    assert gate.ask(gate.browser("203.0.113.8"), "ann@example.org").status_code == 200


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


@pytest.mark.parametrize("path", ["/sign-in", "/sign-in/link", "/sign-in/strava", "/sign-out", "/sessions/end"])
@pytest.mark.parametrize("site", [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "none"}], ids=["other", "none"])
def test_attack_9_a_form_of_another_site_does_nothing(gate, path, site):
    browser = gate.signed_in("ann@example.org")
    answer = browser.post(path, data={"number": 1, "address": "ann@example.org"}, headers=site)
    assert answer.status_code == 403
    assert len(gate.rows(SignedIn)) == 1


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


def test_attack_22_neither_token_nor_cookie_is_logged(gate, capsys):
    browser = gate.signed_in("ann@example.org")
    said = capsys.readouterr()
    assert "signed in" in said.out + said.err
    for secret in (gate.token(), browser.cookies[COOKIE], "ann@example.org"):
        assert secret not in said.out + said.err


def test_links_that_ended_are_taken_out_with_their_mails_and_the_count_an_hour_later(gate):
    gate.ask(gate.browser(), "ann@example.org")
    leaving.run(gate.product, NOW + timedelta(minutes=9))
    assert len(gate.rows(Letter)) == 1
    leaving.run(gate.product, NOW + timedelta(minutes=10))
    assert gate.rows(Letter) == []
    leaving.run(gate.product, NOW + timedelta(hours=1))
    assert gate.rows(SignInBegun) == []


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
