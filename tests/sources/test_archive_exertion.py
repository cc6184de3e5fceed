"""The runner's own rating of exertion in a bulk export."""

from pathlib import Path

import pytest

from monitor.sources.archive import read_archive
from tests.sources.archive_samples import NOW, PARIS, export, read

REAL = (Path(__file__).parents[2] / "../shared/data/export/activities.csv").resolve()
PLAIN = "Activity ID,Activity Date,Activity Type,Moving Time,Distance"


@pytest.mark.parametrize("title", ["Perceived Exertion", "Wahrgenommene Anstrengung", "Effort perçu"])
def test_a_rating_is_read_in_several_languages(tmp_path, title):
    content = export("1,2026-08-02 11:00:00,Run,3000,10000,7.0", header=f"{PLAIN},{title}")
    (run,) = read(tmp_path, content).activities
    assert run.rpe == 7.0


@pytest.mark.parametrize("written", ["", "0.0", "11", "hard"])
def test_a_rating_that_is_none_is_unknown(tmp_path, written):
    content = export(f"1,2026-08-02 11:00:00,Run,3000,10000,{written}", header=f"{PLAIN},Perceived Exertion")
    (run,) = read(tmp_path, content).activities
    assert run.rpe is None


def test_neither_the_relative_effort_nor_the_preference_is_a_rating(tmp_path):
    header = f"{PLAIN},Prefer Perceived Exertion,Perceived Relative Effort,Relative Effort"
    (run,) = read(tmp_path, export("1,2026-08-02 11:00:00,Run,3000,10000,1.0,9,9", header=header)).activities
    assert run.rpe is None


@pytest.mark.skipif(not REAL.is_file(), reason="the folder of real exports is not here")
def test_the_ratings_of_a_real_export_are_those_its_runner_gave():
    given = [activity.rpe for activity in read_archive(REAL, PARIS, NOW).activities if activity.rpe is not None]
    assert set(given) == {3.0, 7.0, 8.0}
