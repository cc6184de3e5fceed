"""How often a token may ask, how much it may send, and what a fault tells."""

from dataclasses import replace

import pytest
from structlog.testing import capture_logs

from monitor.web.api.app import PATH
from monitor.web.api.guard import LARGEST_BODY
from tests.web.api.conftest import ALICE
from tests.web.club import browser_of

JSON = {"Content-Type": "application/json"}
CHECK_INS = f"/runners/{ALICE}/check-ins"


def test_the_description_is_public_and_the_pages_do_not_have_one(api):
    browser = browser_of(api.app())
    described = browser.get(f"{PATH}/openapi.json")
    assert described.status_code == 200
    assert described.json()["servers"] == [{"url": PATH}]
    assert described.headers["cache-control"] == "no-store"
    for path in ("/openapi.json", "/docs", f"{PATH}/docs", f"{PATH}/redoc", f"{PATH}/runners/openapi.json"):
        assert browser.get(path).status_code in (401, 404), path


def test_a_token_that_asks_too_often_is_told_to_wait_and_others_are_not(api):
    app = api.app(at_once=3, a_second=0)
    eager, calm = api.caller(runner_id=ALICE, app=app), api.caller(runner_id=ALICE, app=app)
    assert [eager.get("/me").status_code for _ in range(4)] == [200, 200, 200, 429]
    assert eager.get("/me").headers["retry-after"] == "1"
    assert calm.get("/me").status_code == 200


def chunks(size):
    """A body whose length nobody is told."""
    yield from (b" " * 1000 for _ in range(size // 1000 + 1))


@pytest.mark.parametrize(
    "body", [b" " * (LARGEST_BODY + 1), chunks(LARGEST_BODY)], ids=["with its length", "in pieces"]
)
def test_a_body_that_is_too_large_is_refused(alice, body):
    answer = alice.ask("POST", CHECK_INS, content=body, headers=JSON)
    assert (answer.status_code, answer.json()["error"]) == (413, "The body is too large.")


@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param("{", 422, id="half a body"),
        pytest.param("[" * 10_000, 400, id="10,000 brackets"),
        pytest.param('{"participation":' + "1" * 5_000 + "}", 400, id="a number of 5,000 digits"),
        pytest.param('{"participation":NaN}', 422, id="not a number"),
        pytest.param('{"participation":Infinity}', 422, id="infinity"),
        pytest.param('{"participation":1e999}', 422, id="beyond infinity"),
        pytest.param('{"participation":1.0}', 422, id="another type"),
        pytest.param('{"participation":"1"}', 422, id="a number in quotes"),
        pytest.param('{"participation":1,"\\ud800":1}', 422, id="half a character"),
        pytest.param('{"participation":1,"runner_id":2}', 422, id="an unknown field"),
        pytest.param('{"participation":5}', 422, id="an option that no question has"),
        pytest.param("null", 422, id="nothing"),
        pytest.param("[]", 422, id="a list"),
        pytest.param("", 422, id="no body"),
    ],
)
def test_a_body_that_does_not_fit_is_refused_and_not_repeated(alice, body, status):
    answer = alice.ask("POST", CHECK_INS, content=body, headers=JSON)
    assert answer.status_code == status, answer.text
    assert set(answer.json()) == {"error", "details"}
    assert "NaN" not in answer.text
    assert len(answer.content) < 2_000


def test_a_form_is_no_json_so_that_another_site_cannot_send_one(alice):
    assert alice.ask("POST", CHECK_INS, data={"participation": 1}).status_code == 422


def test_a_fault_is_logged_and_told_as_json_that_says_nothing_of_itself(api, alice):
    """W2."""

    def broken():
        raise RuntimeError("secret-in-the-message")

    app = api.app()
    app.routes[-1].app.state.shell = replace(app.state.shell, open_db=broken)
    alice.client = browser_of(app)
    with capture_logs() as logged:
        answer = alice.get("/teams")
    assert (answer.status_code, answer.json()["error"]) == (
        500,
        "Something went wrong on our side. Nothing was changed.",
    )
    assert "secret" not in answer.text
    assert [line["event"] for line in logged] == ["api failed"]
    assert logged[0]["request_id"] == answer.headers["x-request-id"]
