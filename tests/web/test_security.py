"""What holds for every answer, the good and the bad."""

import pytest
from starlette.testclient import TestClient

from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.web.app import create_app
from monitor.web.pages import page
from tests.web.club import BASE_URL, NOW, ask

PAGES = ["/", "/runners", "/teams/1", "/runners/1", "/operator", "/evidence", "/about", "/runners/999"]
PAGES += ["/static/hamwatch.css"]


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_forbids_scripts_frames_and_guessing(client, path):
    headers = client.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'none'; style-src 'self';")
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES[:-1])
def test_a_page_is_never_kept_in_a_cache(client, path):
    assert client.get(path).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("path", ["/teams/1", "/runners/1", "/evidence", "/about"])
def test_no_page_holds_what_its_policy_forbids(client, path):
    html = client.get(path).text
    assert "<script" not in html
    assert "<style" not in html
    assert " style=" not in html
    assert " onload=" not in html


@pytest.mark.parametrize(
    "path",
    ["/runners/999", "/teams/999", "/runners/0", "/runners/-1", "/runners/abc", f"/runners/{2**63}", "/nowhere"],
)
def test_what_does_not_exist_is_a_plain_404_page(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert "There is nothing here." in answer.text
    assert answer.headers["x-request-id"] in answer.text


def test_a_page_cannot_be_posted_to(client):
    answer = client.post("/runners/1")
    assert answer.status_code == 405
    assert "cannot be used in that way" in answer.text


def broken_database():
    raise RuntimeError("secret-in-the-message")


class Unshowable:
    """What a template cannot show."""

    def __str__(self) -> str:
        raise RuntimeError("secret-in-the-message of Ann Lee <ann@example.org>")


@pytest.mark.parametrize("path", ["/runners/1", "/broken-template"])
def test_a_fault_shows_a_request_id_and_nothing_of_itself(path, club, capsys):
    """W2."""
    opened = club.reading if path == "/broken-template" else broken_database
    app = create_app(opened, club.commits, RULES, lambda: NOW, without_environment({}))
    app.get("/broken-template")(lambda: page("error.html", text=Unshowable(), request_id="x"))
    answer = TestClient(app, base_url=BASE_URL).get(path)
    assert answer.status_code == 500
    assert "secret-in-the-message" not in answer.text
    assert "Traceback" not in answer.text
    assert "Ann Lee" not in answer.text
    assert answer.headers["x-request-id"] in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1/?x=", ""])
def test_a_foreign_host_name_is_refused(client, host):
    assert client.get("/teams/1", headers={"Host": host}).status_code == 400


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000", "club.example"])
def test_loopback_and_the_configured_host_are_answered(club, host):
    client = ask(club, web={"base_url": "https://club.example"})
    assert client.get("/evidence", headers={"Host": host}).status_code == 200


def test_there_is_no_interactive_documentation(client):
    assert [client.get(path).status_code for path in ("/docs", "/redoc", "/openapi.json")] == [404, 404, 404]


def test_a_static_file_cannot_be_climbed_out_of(client):
    assert client.get("/static/%2e%2e/app.py").status_code == 404
