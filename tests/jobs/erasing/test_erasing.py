"""A runner is erased: nothing of them is left, and nothing comes back (attack 24)."""

from pathlib import Path

import pytest
from sqlmodel import SQLModel, select

from jobs import daily, deliver, importing, leaving
from monitor.errors import Gone, UserError
from monitor.store.activities import write_activities
from monitor.store.due import passes_now
from monitor.store.people import Person, person
from monitor.store.strava_tables import Revocation, Tombstone
from monitor.store.tables import Runner
from tests.builders import activities
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World
from tests.jobs.everywhere import CANARIES, LATER, everything, of_runner


def test_every_table_that_names_a_runner_lets_go_of_them() -> None:
    keys = [key for table in SQLModel.metadata.sorted_tables for key in table.foreign_keys]
    of_runners = [key for key in keys if key.column.table.name == "runner"]
    assert len(of_runners) >= 15
    assert {key.ondelete for key in of_runners} == {"CASCADE"}


def test_nothing_of_an_erased_runner_is_left_but_a_tombstone(world: World, zeb: Person) -> None:
    before = of_runner(world.context.database, zeb.id)
    assert {name for name, rows in before.items() if not rows} == {"tombstone"}
    leaving.erase(world.context, zeb.id, NOW)
    after = of_runner(world.context.database, zeb.id)
    assert {name for name, rows in after.items() if rows} == {"tombstone"}
    with world.context.database.reading() as db:
        assert db.get(Runner, zeb.id) is None
        assert len(db.exec(select(Revocation)).all()) == 1


def test_killed_after_the_first_commit_the_next_tick_finishes_it(
    world: World, zeb: Person, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(leaving, "clear_up", killed)
        with pytest.raises(KeyboardInterrupt):
            leaving.erase(world.context, zeb.id, NOW)
    assert len(list(folder.glob("*.eml"))) == 2
    leaving.run(world.context, NOW)
    assert list(folder.glob("*.eml")) == []
    deliver.run(world.context, NOW)
    leaving.run(world.context, LATER)
    leaving.run(world.context, LATER)
    assert CANARIES[1] not in everything(world.context.database)


def test_killed_before_the_first_commit_nothing_has_happened(
    world: World, zeb: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    before = of_runner(world.context.database, zeb.id)
    monkeypatch.setattr(leaving.leaving, "still_here", killed)
    with pytest.raises(KeyboardInterrupt):
        leaving.erase(world.context, zeb.id, NOW)
    assert of_runner(world.context.database, zeb.id) == before


@pytest.mark.parametrize("step", ["list", "samples"])
def test_erased_while_strava_is_being_asked_nothing_comes_back(
    world: World, step: str, monkeypatch: pytest.MonkeyPatch, logged: list[dict[str, object]]
) -> None:
    world.ask_for_samples()
    whose = world.join(world.athlete(SPIKE_YESTERDAY))
    asked = {"list": "list_activities", "samples": "samples"}[step]
    original = getattr(world.context.strava, asked)

    def meanwhile(*given: object) -> object:
        answer = original(*given)
        with world.context.database.reading() as db:
            still_there = db.get(Runner, whose.id)
        if still_there:
            leaving.erase(world.context, whose.id, NOW)
        return answer

    monkeypatch.setattr(type(world.context.strava), asked, lambda _self, *given: meanwhile(*given))
    daily.run(world.context, passes_now(world.context.database, lambda: NOW, "this test"), NOW)
    assert {name for name, rows in of_runner(world.context.database, whose.id).items() if rows} == {"tombstone"}
    assert [line for line in logged if line["log_level"] == "error"] == []
    assert "left meanwhile" in [line["event"] for line in logged]


def test_a_file_cannot_be_imported_for_somebody_who_left(world: World, zeb: Person) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    with pytest.raises(Gone), world.context.database.writing() as db:
        write_activities(db, zeb.id, activities("5"), NOW)
    with pytest.raises(UserError, match="no runner"):
        importing.run(world.context, Path("activities.csv"), zeb.id, NOW)


def test_who_is_there_again_from_a_backup_goes_again(world: World, zeb: Person) -> None:
    with world.context.database.writing() as db:
        db.add(Tombstone(runner_id=zeb.id, at=NOW))
    leaving.run(world.context, NOW)
    with pytest.raises(UserError), world.context.database.reading() as db:
        person(db, zeb.id)


def test_an_erased_runners_permission_is_given_back(world: World, zeb: Person) -> None:
    leaving.erase(world.context, zeb.id, NOW)
    leaving.run(world.context, NOW)
    assert world.sandbox.requests[-1].path == "/oauth/revoke"
    assert world.sandbox.tokens.refresh_tokens == {}
