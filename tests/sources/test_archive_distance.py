"""A distance is never wrong a thousandfold: its unit is told by the rest of the row, or the row is refused."""

import pytest

from tests.sources.archive_samples import export, read

DAY = '"Aug 2, 2026, 1:00:00 PM"'
SPEED = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Average Speed"
TWICE = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Distance"


@pytest.mark.parametrize(
    ("header", "row", "metres"),
    [
        pytest.param(SPEED, "Run,3000,10000,3.33", 10_000, id="speed and time tell metres"),
        pytest.param(SPEED, "Run,3000,10.00,3.33", 10_000, id="speed and time tell kilometres"),
        pytest.param(SPEED, "Ride,5268,33892,6.43", 33_892, id="a ride in metres"),
        pytest.param(SPEED, 'Run,3000,"9,987",3.33', 9_987, id="a comma before three digits is a decimal comma here"),
        pytest.param(SPEED, "Run,3600,10000,5.5", 10_000, id="a speed that disagrees gives way to a speed people run"),
        pytest.param(SPEED, "Run,2400,3000,", 3_000, id="without speed: 1.25 m/s, and not 1250"),
        pytest.param(SPEED, "Run,3000,10.5,", 10_500, id="without speed: 3.5 m/s, and not 0.0035"),
        pytest.param(SPEED, "Run,3000,10.5,fast", 10_500, id="a speed that cannot be read tells nothing"),
        pytest.param(TWICE, "Run,3000,10.00,10003.5", 10_004, id="the second of two is in metres"),
        pytest.param(TWICE, "Swim,3000,1.500,1500.0", 1_500, id="a swim is shown in metres"),
        pytest.param(TWICE, 'Run,3000,"10,00","10003,5"', 10_004, id="saved again by a spreadsheet"),
        pytest.param(TWICE, 'Run,300,"0,83","831,375"', 831, id="saved again: 831 m and not 831 km"),
        pytest.param(TWICE, 'Run,3000,"10,00",', 10_000, id="only the first of two is filled in"),
        pytest.param(TWICE, "Run,3000,0,0", None, id="no distance"),
        pytest.param(TWICE, "Run,3000,,", None, id="an empty distance"),
    ],
)
def test_a_distance_is_in_metres_whatever_its_spelling(tmp_path, header, row, metres):
    (activity,) = read(tmp_path, export(f"1,{DAY},{row}", header=header)).activities
    assert activity.distance_m == metres


@pytest.mark.parametrize(
    "row",
    [
        pytest.param("Run,,10,", id="without a time"),
        pytest.param("Run,36000,700,", id="neither 0.02 m/s nor 19 m/s"),
        pytest.param("Run,3000,ten,", id="no number"),
    ],
)
def test_a_distance_that_nothing_explains_refuses_its_row_alone(tmp_path, row):
    reading = read(tmp_path, export(f"1,{DAY},{row}", f"2,{DAY},Run,3000,10000,3.33", header=SPEED))
    assert [refused.line for refused in reading.refused] == [2]
    assert [activity.origin_id for activity in reading.activities] == ["2"]
