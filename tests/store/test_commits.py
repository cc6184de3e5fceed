"""Whatever was written, by whom and where: who asks afterwards is told that it is not as before."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from monitor.store.commits import Commits
from monitor.store.database import Database, open_database
from monitor.store.people import people
from monitor.store.tables import Team

pytestmark = pytest.mark.dialect


def name_a_team(database: Database, name: str = "Harriers") -> None:
    with database.writing() as db:
        db.add(Team(name=name))


def name_a_team_at(url: str) -> None:
    database = open_database(url)
    name_a_team(database)
    database.close()


def test_it_stays_the_same_while_nothing_is_written(either: Database) -> None:
    before = either.commits()
    with either.reading() as db:
        people(db)
    assert either.commits() == before


def test_it_is_another_after_each_commit_of_the_same_process(either: Database) -> None:
    seen = [either.commits()]
    for name in ("Harriers", "Hares", "Tortoises"):
        name_a_team(either, name)
        seen.append(either.commits())
    assert len(set(seen)) == len(seen)


def test_it_is_another_after_a_commit_of_another_process(either: Database) -> None:
    before = either.commits()
    url = either.engine.url.render_as_string(hide_password=False)
    writer = multiprocessing.get_context("spawn").Process(target=name_a_team_at, args=(url,))
    writer.start()
    writer.join(60)
    assert writer.exitcode == 0
    assert either.commits() != before


def test_what_is_written_and_taken_back_is_nothing_and_what_is_not_yet_committed_neither(database: Database) -> None:
    before = database.commits()
    with suppress(RuntimeError), database.writing() as db:
        db.add(Team(name="Harriers"))
        db.flush()
        assert database.commits() == before
        raise RuntimeError("half-way")
    assert database.commits() == before


def test_a_writer_that_began_before_the_look_and_commits_after_it_shows(either: Database) -> None:
    with either.writing() as db:
        db.add(Team(name="Harriers"))
        db.flush()
        meanwhile = either.commits()
    assert either.commits() != meanwhile


def test_any_thread_may_ask(either: Database) -> None:
    with ThreadPoolExecutor(4) as threads:
        assert len({*threads.map(lambda _: either.commits(), range(40))}) == 1


def test_it_is_closed_with_its_database(either: Database) -> None:
    commits = Commits(either.engine)
    commits()
    commits.close()
    commits.close()
