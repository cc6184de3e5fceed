"""import: counts that add up, and nothing written where a file is not what it should be."""

from pathlib import Path

import pytest

from tests.cli.conftest import Hamwatch
from tests.sources.archive_samples import ENGLISH, export

BAD = '9,"sometime",Run,3000,8.0'
GOOD = '1,"Nov 2, 2026, 6:00:00 AM",Run,2880,8.0'


@pytest.fixture
def bob(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org")


def written(folder: Path, content: str, name: str = "activities.csv") -> Path:
    file = folder / name
    file.write_text(content, encoding="utf-8")
    return file


def test_an_import_ends_with_its_counts_and_a_second_one_changes_nothing(
    hamwatch: Hamwatch, bob: None, folder: Path
) -> None:
    file = written(folder, ENGLISH)
    first, metrics = hamwatch("import --runner 1", file), hamwatch("metrics --runner 1").out
    assert first.out.splitlines()[0] == "read 4, new 4, changed 0, duplicate 0, refused 0"
    again = hamwatch("import --runner 1", file)
    assert again.out.splitlines()[0] == "read 4, new 0, changed 0, duplicate 4, refused 0"
    assert (first.code, again.code) == (0, 0)
    assert hamwatch("metrics --runner 1").out == metrics


def test_a_refused_row_is_named_by_line_and_reason(hamwatch: Hamwatch, bob: None, folder: Path) -> None:
    counts, refused = hamwatch("import --runner 1", written(folder, export(GOOD, BAD))).out.splitlines()
    assert counts == "read 2, new 1, changed 0, duplicate 0, refused 1"
    assert refused.startswith("  line 3: ")


def test_of_many_refused_rows_twenty_are_shown_and_the_rest_is_counted(
    hamwatch: Hamwatch, bob: None, folder: Path
) -> None:
    told = hamwatch("import --runner 1", written(folder, export(GOOD, *[BAD] * 25))).out.splitlines()
    assert told[0].endswith("refused 25")
    assert len(told) == 22
    assert told[-1] == "  … and 5 more"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("activities.csv", "", id="an empty file"),
        pytest.param("notes.txt", "these are my notes\n", id="a text"),
        pytest.param("export.zip", "PK\x03\x04 and no more", id="a broken zip"),
    ],
)
def test_a_file_that_is_no_export_is_named_and_changes_nothing(
    hamwatch: Hamwatch, bob: None, folder: Path, name: str, content: str
) -> None:
    hamwatch("import --runner 1", written(folder, ENGLISH))
    metrics = hamwatch("metrics --runner 1").out
    assert name in hamwatch("import --runner 1", written(folder, content, name)).complaint
    assert hamwatch("metrics --runner 1").out == metrics


def test_a_file_that_is_not_there_is_named(hamwatch: Hamwatch, bob: None) -> None:
    assert "nowhere.zip" in hamwatch("import nowhere.zip --runner 1").complaint
