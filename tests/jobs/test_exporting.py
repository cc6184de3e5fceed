"""All that is held, taken along as a .zip, and nothing of anybody else."""

import io
import zipfile

import pytest

from monitor.store.activities import write_activities
from monitor.store.people import Person, add_runner
from tests.builders import activities
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World
from tests.jobs.copies import YESTERDAY, ada, exported, lived, member, world

__all__ = ["ada", "lived", "world"]


def test_everything_held_is_told_but_no_token(world: World, ada: Person) -> None:
    content = exported(world, ada)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = set(archive.namelist())
        whole = b"\n".join(archive.read(name) for name in names)
    tables = (
        "runner profile consent connection activity exposure coverage finding injury event letter quarantine check_in"
    )
    told = tables.split()
    assert {f"{kind}/{table}.{kind}" for table in told for kind in ("csv", "json")} <= names
    assert {"README.txt", "csv/metrics.csv", "hamwatch-export.json"} <= names
    assert [table for table in told if not member(content, f"json/{table}.json")] == []
    for grant in (*world.sandbox.tokens.access_tokens, *world.sandbox.tokens.refresh_tokens):
        assert grant.encode() not in whole
    assert b"sealed" not in whole
    assert "json/letter_about.json" not in names  # it holds row numbers alone
    (runner,) = member(content, "json/runner.json")
    assert (runner["name"], runner["email"], runner["team"]) == ("Ada Test", "ada@example.org", "Team")
    assert member(content, "json/connection.json")[0]["athlete_id"] == 1
    assert "beyond your longest" in member(content, "json/letter.json")[0]["text"]
    assert len(member(content, "csv/metrics.csv")) > 260


def test_nothing_of_another_runner_is_told(world: World, ada: Person) -> None:
    stranger = world.athlete(SPIKE_YESTERDAY)
    stranger.first_name, stranger.email = "Zebulon", "zebulon@canary.example"
    world.join(stranger)
    world.one_pass()
    with zipfile.ZipFile(io.BytesIO(exported(world, ada))) as archive:
        assert [name for name in archive.namelist() if b"ebulon" in archive.read(name)] == []


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_text_in_a_table_is_a_formula(world: World, name: str) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        write_activities(db, person.id, activities("5", YESTERDAY, name=name), NOW)
    (row,) = member(exported(world, person), "csv/activity.csv")
    assert row["name"] == "'" + name
    assert row["distance_m"] == "5000"
    assert member(exported(world, person), "json/activity.json")[0]["name"] == name


def test_a_negative_number_stays_a_number(world: World) -> None:
    with world.context.database.writing() as db:
        person = add_runner(db, "Ada", "ada@example.org", "UTC", None, NOW)
        write_activities(db, person.id, activities("5", YESTERDAY, climb_m=-3.5), NOW)
    assert member(exported(world, person), "csv/activity.csv")[0]["climb_m"] == "-3.5"
