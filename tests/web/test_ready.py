"""Boards are made before somebody looks, and a fault in that costs nobody a page."""

import threading
from datetime import timedelta

from monitor.model import Origin
from monitor.rules import RULES
from monitor.settings import without_environment
from monitor.web.app import create_app
from monitor.web.pulse import together
from monitor.web.ready import kept_ready, make_ready
from tests.builders import activities
from tests.web.club import HABIT, NOW, TODAY, add, app_of, browser_of, empty_club
from tests.web.serving import serving


def test_who_looks_finds_the_rows_made(empty):
    add(empty, "Ann", activities(" ".join([HABIT] * 8), TODAY - timedelta(days=55), origin=Origin.RECORDING))
    opened = []

    def counted():
        opened.append(1)
        return empty.reading()

    app = create_app(counted, empty.commits, RULES, lambda: NOW, without_environment({}))
    make_ready(app.state.shell)
    opened.clear()
    assert "Ann" in browser_of(app).get("/teams/1").text
    assert len(opened) == 2  # what decides what the page shows, and the team


def test_a_database_that_cannot_be_read_is_logged_and_left_to_the_next_look(capsys):
    def broken():
        raise RuntimeError("locked")

    make_ready(create_app(broken, broken, RULES, lambda: NOW, without_environment({})).state.shell)
    assert "boards were not made ready" in capsys.readouterr().out


def test_while_the_pages_are_served_the_boards_are_made_ready(tmp_path):
    database = empty_club(tmp_path)
    add(database, "Ann", [])
    made = threading.Event()

    class Seen(dict):
        def __setitem__(self, board, rows):
            super().__setitem__(board, rows)
            made.set()

    app = create_app(
        database.reading, database.commits, RULES, lambda: NOW, without_environment({}), lifespan=together(kept_ready)
    )
    app.state.shell.kept._boards = Seen()
    with serving(app):
        assert made.wait(30)
    database.close()


def test_a_board_is_sent_compressed_and_a_page_with_a_key_is_not(club):
    browser = browser_of(app_of(club, ("a secret of more than thirty-two characters",)))
    assert browser.get("/teams/1").headers["content-encoding"] == "gzip"
    assert "content-encoding" not in browser.get("/runners/1").headers
    assert "content-encoding" not in browser.get("/teams/1", headers={"Accept-Encoding": "identity"}).headers
