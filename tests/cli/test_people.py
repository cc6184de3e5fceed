"""runner, team, coach, invitation: who is watched and who watches."""

import pytest

from monitor.store.database import Database
from monitor.store.tables import Coach, Runner
from tests.cli.conftest import Hamwatch


@pytest.fixture(autouse=True)
def empty(database: Database) -> None:
    """An empty database."""


def test_runners_are_listed_with_the_five_keys_that_other_programs_rely_on(hamwatch: Hamwatch) -> None:
    added = hamwatch("runner add --email zoe@example.org --timezone Europe/Paris --team Harriers", "Zoë Ünal")
    assert (added.code, added.out) == (0, "runner 1: Zoë Ünal\n")
    hamwatch("runner add Bob --email bob@example.org")
    listed = hamwatch("runner list --json")
    assert listed.err == ""
    assert listed.json == [
        {"id": 1, "name": "Zoë Ünal", "email": "zoe@example.org", "timezone": "Europe/Paris", "team": "Harriers"},
        {"id": 2, "name": "Bob", "email": "bob@example.org", "timezone": "UTC", "team": None},
    ]


def test_the_list_for_people_has_a_line_for_each_runner(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org")
    assert hamwatch("runner list").out.split() == ["1", "Bob", "bob@example.org", "UTC"]


@pytest.mark.parametrize("what", ["runner", "team", "coach"])
def test_an_empty_list_is_an_empty_array(hamwatch: Hamwatch, what: str) -> None:
    assert hamwatch(f"{what} list --json").json == []
    assert hamwatch(f"{what} list").out == ""


def test_a_team_is_made_once_and_knows_its_size(hamwatch: Hamwatch) -> None:
    assert hamwatch("team add Harriers").out == hamwatch("team add Harriers").out == "team 1: Harriers\n"
    hamwatch("runner add Bob --email bob@example.org --team Harriers")
    assert hamwatch("team list --json").json == [{"id": 1, "name": "Harriers", "runners": 1}]


def test_a_coach_belongs_to_a_team(hamwatch: Hamwatch) -> None:
    assert hamwatch("coach add Cora --email cora@example.org --team Harriers").out == "coach 1: Cora, Harriers\n"
    cora = {"id": 1, "name": "Cora", "email": "cora@example.org", "team_id": 1, "role": "coach"}
    assert hamwatch("coach list --json").json == [cora]


def test_how_dates_are_written_to_people_is_set_by_a_language_tag(hamwatch: Hamwatch, database: Database) -> None:
    hamwatch("runner add Bob --email bob@example.org --locale de-AT")
    hamwatch("coach add Cora --email cora@example.org --team Harriers --locale fr")
    assert hamwatch("coach locale 1 en-US").out == "coach 1: en-US\n"
    with database.reading() as db:
        assert (db.get_one(Runner, 1).locale, db.get_one(Coach, 1).locale) == ("en-AT", "en-US")
    assert hamwatch("coach locale 7 en-US").complaint.startswith("no coach 7")


@pytest.mark.parametrize(
    ("line", "words"),
    [
        pytest.param("runner add Bob --email b@x.org --locale Mars", "'Mars' is no locale with a country", id="locale"),
        pytest.param("runner add Bob --email bob", "'bob' is no e-mail address: give exactly one", id="address"),
        pytest.param("runner add Bob --email b@x.org --timezone Mars", "'Mars' is no time zone: give one", id="zone"),
        pytest.param("runner add Bob\x07 --email b@x.org", "is no name: give 1 to 200", id="name"),
        pytest.param("coach add Cora --email c --team T", "'c' is no e-mail address", id="coach's address"),
    ],
)
def test_a_person_who_cannot_be_is_refused_and_nobody_is_added(hamwatch: Hamwatch, line: str, words: str) -> None:
    assert words in hamwatch(line).complaint
    assert [hamwatch(f"{what} list --json").json for what in ("runner", "coach", "team")] == [[], [], []]


def test_the_link_to_connect_is_one_line_that_can_be_sent(hamwatch: Hamwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_STRAVA__CLIENT_ID", "10101")
    monkeypatch.setenv("HAMWATCH_WEB__BASE_URL", "https://club.example/")
    hamwatch("runner add Bob --email bob@example.org")
    [link] = hamwatch("runner connect 1").out.splitlines()
    assert link.startswith("https://club.example/connect/strava?invite=")


def test_without_a_strava_app_there_is_no_link(hamwatch: Hamwatch) -> None:
    assert "strava.client_id is not set: make an app" in hamwatch("runner connect 1").complaint


def test_the_invitation_to_a_team_is_one_line_that_can_be_sent(
    hamwatch: Hamwatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAMWATCH_WEB__BASE_URL", "https://club.example/")
    hamwatch("runner add Bob --email bob@example.org --team Harriers")
    [link] = hamwatch("runner invite 1").out.splitlines()
    assert link.startswith("https://club.example/join?invite=")
    assert hamwatch("invitation list --team Harriers").out == "", "who was added already is asked, and not named there"


def test_a_runner_without_a_team_is_invited_to_none(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org")
    assert "runner 1 is in no team" in hamwatch("runner invite 1").complaint


def test_a_runners_own_link_can_be_printed(hamwatch: Hamwatch, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HAMWATCH_WEB__BASE_URL", "https://club.example/")
    hamwatch("runner add Bob --email bob@example.org")
    [link] = hamwatch("runner link 1").out.splitlines()
    assert link.startswith("https://club.example/your-data?key=")


def test_whoever_is_invited_is_mailed_listed_and_forgotten_again(hamwatch: Hamwatch) -> None:
    hamwatch("team add Harriers")
    [link] = hamwatch("invitation send Zoe --email zoe@example.org --team Harriers").out.splitlines()
    [again] = hamwatch("invitation again 1 --team Harriers").out.splitlines()
    assert link != again
    [asked] = hamwatch("invitation list --team Harriers --json").json
    assert (asked["id"], asked["name"], asked["address"]) == (1, "Zoe", "zoe@example.org")
    assert hamwatch("invitation list --team Harriers").out.split()[-4:] == ["until", "2026-11-29", "09:00", "UTC"]
    assert hamwatch("status --json").json["letters"] == {"queued": 1}
    assert hamwatch("invitation take-back 1 --team Harriers").out == "invitation 1: taken back\n"
    assert hamwatch("status --json").json["letters"] == {}
    assert "no such invitation" in hamwatch("invitation again 1 --team Harriers").complaint
    assert "no team 'Others'" in hamwatch("invitation send Zoe --email zoe@example.org --team Others").complaint


def test_a_runner_is_taken_out_of_their_team(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org --team Harriers")
    assert hamwatch("team remove --runner 1").out == "runner 1: in no team any more\n"
    assert hamwatch("runner list --json").json[0]["team"] is None
    assert "runner 1 is in no team" in hamwatch("team remove --runner 1").complaint


def test_a_coach_gets_another_role_and_goes(hamwatch: Hamwatch) -> None:
    hamwatch("coach add Cora --email cora@example.org --team Harriers")
    assert hamwatch("coach role 1 owner").out == "coach 1: owner\n"
    assert "they are the only owner" in hamwatch("coach remove 1").complaint
    assert "'admin' is no role" in hamwatch("coach role 1 admin").complaint
    hamwatch("coach add Olga --email olga@example.org --team Harriers --role owner")
    assert hamwatch("coach remove 1").out == "coach 1: removed\n"
    assert [each["name"] for each in hamwatch("coach list --json").json] == ["Olga"]
