"""A runner's own files: read whole or not at all, counted, and the same history as from Strava."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from jobs import alert, importing
from jobs.importing import Imported
from monitor.errors import UserError
from monitor.model import Freshness
from monitor.store.activities import told_of
from monitor.store.findings import stored_findings
from monitor.store.people import Person, add_runner
from tests.jobs.conftest import NOW, TODAY, World
from tests.sources.archive_samples import DUTCH, ENGLISH, export

REAL = (Path(__file__).parents[2] / "../shared/data/export").resolve()
Import = Callable[[str], Imported]


@pytest.fixture
def ann(world: World) -> Person:
    """A runner in Paris without Strava."""
    with world.context.database.writing() as db:
        return add_runner(db, "Ann", "ann@example.org", "Europe/Paris", None, NOW)


@pytest.fixture
def imported(world: World, ann: Person, tmp_path: Path) -> Import:
    """Imports a text as Ann's activities.csv."""

    def run(content: str) -> Imported:
        file = tmp_path / "activities.csv"
        file.write_text(content, encoding="utf-8")
        return importing.run(world.context, file, ann.id, NOW)

    return run


def row(number: int, day: date, km: float, at: str = "5:00:00 AM") -> str:
    return f'{number},"{day:%b} {day.day}, {day.year}, {at}",Run,{km * 360:.0f},{km}'


def days_ago(days: int) -> date:
    return TODAY.date() - timedelta(days=days)


def test_every_row_is_counted_once(imported: Import) -> None:
    assert imported(ENGLISH) == Imported(read=4, new=4, changed=0, duplicate=0, refused=())


def test_a_second_import_changes_nothing(world: World, ann: Person, imported: Import) -> None:
    imported(ENGLISH)
    before = world.runs(ann)
    assert imported(ENGLISH) == Imported(read=4, new=0, changed=0, duplicate=4, refused=())
    assert world.runs(ann) == before


def test_the_same_export_in_another_language_is_the_same_history(world: World, ann: Person, imported: Import) -> None:
    imported(ENGLISH)
    distances = world.distances(ann)
    assert imported(DUTCH).new == 0
    assert world.distances(ann) == distances


def test_a_later_export_brings_what_is_new_and_what_was_edited(world: World, ann: Person, imported: Import) -> None:
    imported(export(row(1, days_ago(9), 8), row(2, days_ago(7), 8)))
    again = imported(export(row(1, days_ago(9), 8), row(2, days_ago(7), 9.5), row(3, days_ago(5), 10)))
    assert (again.new, again.changed, again.duplicate) == (1, 1, 1)
    assert world.distances(ann) == [8_000, 9_500, 10_000]


def test_a_row_that_stands_twice_is_new_once(imported: Import) -> None:
    twice = imported(export(row(1, days_ago(9), 8), row(1, days_ago(9), 8)))
    assert (twice.read, twice.new, twice.duplicate) == (2, 1, 1)


def test_a_bad_row_is_refused_with_its_line_and_the_others_are_taken(
    world: World, ann: Person, imported: Import
) -> None:
    result = imported(export(row(1, days_ago(9), 8), '2,"sometime",Run,3000,8.0', row(3, days_ago(5), 10)))
    assert (result.read, result.new) == (3, 2)
    [refused] = result.refused
    assert refused.line == 3
    assert "date" in refused.reason.lower()
    assert world.distances(ann) == [8_000, 10_000]


def test_an_evening_run_falls_on_the_runners_own_day(world: World, ann: Person, imported: Import) -> None:
    imported(export('1,"Aug 2, 2026, 10:30:00 PM",Run,3000,8.0'))
    assert [run.day for run in world.runs(ann)] == [date(2026, 8, 3)]


@pytest.mark.parametrize("content", ["", "a,b,c\n1,2,3\n", "\x00\x01\x02", ENGLISH.splitlines()[0].replace("Date", "")])
def test_a_file_that_is_no_export_is_named_and_changes_nothing(
    world: World, ann: Person, imported: Import, content: str
) -> None:
    imported(export(row(1, days_ago(9), 8)))
    with pytest.raises(UserError, match=r"activities\.csv"):
        imported(content)
    assert world.distances(ann) == [8_000]


def test_an_unknown_runner_is_named(world: World, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no runner 99"):
        importing.run(world.context, tmp_path / "activities.csv", 99, NOW)


def test_the_days_from_the_first_to_the_last_run_are_known_and_no_day_after(
    world: World, ann: Person, imported: Import
) -> None:
    imported(export(row(1, days_ago(9), 8), row(2, days_ago(5), 10)))
    with world.context.database.reading() as db:
        assert [span for _, span in told_of(db, [ann.id])[ann.id]] == [(days_ago(9), days_ago(5))]


def test_a_whole_history_is_assessed_and_nothing_old_is_mailed(world: World, ann: Person, imported: Import) -> None:
    rows = [row(n, days_ago(n), 20 if n == 30 else 8) for n in range(80, 4, -2)]
    imported(export(*rows))
    alert.run(world.context, NOW)
    with world.context.database.reading() as db:
        spikes = [f.day for f in stored_findings(db, ann.id) if f.rule == "single_session_spike"]
    assert spikes == [days_ago(30)]
    world.one_pass()
    assert world.sent == []
    assert world.seen(ann).verdict.freshness is Freshness.OK


def test_yesterdays_long_run_in_a_file_is_mailed(world: World, ann: Person, imported: Import) -> None:
    imported(export(*[row(n, days_ago(n), 14.2 if n == 1 else 10) for n in range(61, 0, -3)]))
    world.one_pass()
    assert world.subjects == ["Yesterday's 14.2 km was 42 % beyond your longest in 30 days"]


def test_a_run_that_strava_told_too_counts_once(world: World, tmp_path: Path) -> None:
    person = world.join(world.athlete("8 - 10"))
    world.pull(person)
    file = tmp_path / "activities.csv"
    file.write_text(export(row(1, days_ago(3), 8, "6:00:00 AM"), row(2, days_ago(1), 10, "6:00:00 AM")))
    assert importing.run(world.context, file, person.id, NOW).new == 2
    assert len(world.runs(person)) == 2


@pytest.mark.parametrize(("name", "rows"), [("activities.csv", 112), ("activities_small.csv", 75)])
def test_a_real_export_is_read_whole_and_a_second_time_changes_nothing(
    world: World, ann: Person, name: str, rows: int
) -> None:
    if not REAL.is_dir():
        pytest.skip("the real exports are not here")
    first, again = (importing.run(world.context, REAL / name, ann.id, NOW) for _ in range(2))
    assert (first.read, first.new, first.refused) == (rows, rows, ())
    assert (again.new, again.changed, again.duplicate) == (0, 0, rows)
