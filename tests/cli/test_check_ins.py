"""What runners said of how it feels, in the terminal."""

from monitor.store.check_ins import save_check_in
from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.patterns import Trait
from tests.cli.conftest import NOW
from tests.symptoms.told import told


def test_check_ins_are_listed_with_their_score(hamwatch, database, runner_with):
    runner_id = runner_with("8 - 8")
    with database.writing() as db:
        save_check_in(db, runner_id, told(Trait.SIT_BONE, pain=6, days_ago=7), NOW)
        save_check_in(db, runner_id, CheckIn(day=NOW.date(), participation=1), NOW)
    assert hamwatch(f"check-in list --runner {runner_id}").out.splitlines() == [
        "2026-11-15   16 of 100  A physiotherapist can help",
        "2026-11-22    0 of 100  Noted: a week without problems",
    ]
    first, second = hamwatch(f"check-in list --runner {runner_id} --json").json
    assert (first["day"], first["pain"], first["traits"], first["severity"]) == ("2026-11-15", 6, ["sit-bone"], 16)
    assert (second["pain"], second["severity"]) == (None, 0)


def test_nobodys_check_ins_are_a_mistake(hamwatch, database):
    assert "no runner 7" in hamwatch("check-in list --runner 7").complaint
