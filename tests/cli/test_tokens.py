"""token, as whoever runs the server uses it."""

from pathlib import Path

from monitor.store.api_tokens import Holder, holder
from monitor.store.migrate import open_current
from tests.cli.conftest import Hamwatch


def test_a_token_is_shown_once_listed_and_revoked(hamwatch: Hamwatch, folder: Path) -> None:
    hamwatch("runner", "add", "Ann", "--email", "ann@example.org")
    hamwatch("coach", "add", "Cora", "--email", "cora@example.org", "--team", "Harriers")
    made = [
        hamwatch("token", "add", *whose).out.strip()
        for whose in (["--runner", "1", "--read-only"], ["--coach", "1"], ["--operator", "--label", "backup"])
    ]
    assert all(each.startswith("hamwatch_") and len(each) > 40 for each in made)
    listed = hamwatch("token", "list").out
    assert listed == (
        "   1  runner 1     reads         2026-11-22\n"
        "   2  coach 1      reads, writes 2026-11-22\n"
        "   3  operator     reads, writes 2026-11-22  backup\n"
    )
    assert hamwatch("token", "revoke", "3").out == "token 3: revoked\n"
    assert "no token 3" in hamwatch("token", "revoke", "3").complaint
    database = open_current("sqlite:///hamwatch.db")
    with database.reading() as db:
        assert [holder(db, each) for each in made] == [
            Holder(1, runner_id=1, read_only=True),
            Holder(2, coach_id=1, team_id=1),
            None,
        ]
    database.close()
    kept = b"".join(file.read_bytes() for file in folder.iterdir())
    assert not any(each.encode() in kept for each in made)


def test_a_token_has_one_holder_who_is_there(hamwatch: Hamwatch, folder: Path) -> None:
    for whose in ([], ["--runner", "1", "--operator"], ["--runner", "1", "--coach", "1"]):
        assert "one holder" in hamwatch("token", "add", *whose).complaint
    assert "no runner 7" in hamwatch("token", "add", "--runner", "7").complaint
    assert "no coach 7" in hamwatch("token", "add", "--coach", "7").complaint
