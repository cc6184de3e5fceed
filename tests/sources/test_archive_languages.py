"""One runner's four activities, exported by accounts of seven languages, are the same four activities."""

from datetime import UTC, datetime

import pytest

from tests.sources import archive_samples as samples
from tests.sources.archive_samples import export, read


def test_the_english_export_says_what_the_others_must_agree_with(tmp_path):
    walk, trail_run, ride, run = read(tmp_path, samples.ENGLISH).activities
    assert (run.origin_id, run.name, run.sport) == ("11", "one", "Run")
    assert run.start == datetime(2026, 8, 2, 12, 20, 32, tzinfo=UTC)
    assert run.start_local.isoformat() == "2026-08-02T14:20:32"
    assert (run.distance_m, run.moving_s, run.elapsed_s, run.climb_m) == (10_004, 3_000, 3_100, 85.5)
    assert (run.average_heartrate_bpm, run.max_heartrate_bpm) == (151.0, 172.0)
    assert (trail_run.sport, trail_run.distance_m, trail_run.day.isoformat()) == ("TrailRun", 12_100, "2026-03-06")
    assert (ride.sport, ride.distance_m) == ("Ride", 31_500)
    assert (walk.sport, walk.distance_m) == ("Walk", 5_000)


@pytest.mark.parametrize("language", ["SPANISH", "DUTCH", "GERMAN", "FRENCH", "ITALIAN", "PORTUGUESE"])
def test_every_language_gives_the_same_activities(tmp_path, language):
    assert read(tmp_path, getattr(samples, language)) == read(tmp_path, samples.ENGLISH)


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("Virtual Run", "VirtualRun"),
        ("Virtuele hardloopsessie", "VirtualRun"),
        ("Virtueller Lauf", "VirtualRun"),
        ("Course virtuelle", "VirtualRun"),
        ("CORSA", "Run"),
        ("Vélo virtuel", "VirtualRide"),
        ("Natação", "Swim"),
        ("Wanderung", "Hike"),
        ("Weight Training", "WeightTraining"),
        ("MoonRun", "MoonRun"),
    ],
)
def test_a_sport_is_told_in_stravas_own_word_and_an_unknown_one_stays_as_written(tmp_path, word, sport):
    (activity,) = read(tmp_path, export(f'1,"Aug 2, 2026, 1:00:00 PM",{word},3000,10000')).activities
    assert activity.sport == sport


def test_the_sport_type_wins_over_the_activity_type_unless_it_is_a_code(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Sport Type"
    rows = [
        f'{n},"Aug {n}, 2026, 1:00:00 PM",Run,3000,10000,{told}' for n, told in enumerate(["TrailRun", "9.0", ""], 1)
    ]
    activities = read(tmp_path, export(*rows, header=header)).activities
    assert [activity.sport for activity in activities] == ["TrailRun", "Run", "Run"]


FULL = dict.fromkeys(range(80), "") | {
    0: "11",
    1: "2026/08/02 12:20:32",
    2: "one",
    3: "Run",
    6: "10.00",
    12: "11.fit.gz",
    15: "3100.0",
    16: "3000.0",
    17: "10003.5",
    19: "3.33",
}


@pytest.mark.parametrize("title", ["列", "Type"], ids=["no title is known", "one title seems to be known"])
def test_an_unknown_language_is_read_by_place_in_a_full_export(tmp_path, title):
    header = ",".join(f"列{place}" for place in range(79)) + f",{title}"
    (run,) = read(tmp_path, export(",".join(FULL.values()), header=header)).activities
    assert (run.origin_id, run.sport, run.distance_m, run.moving_s, run.elapsed_s) == (
        "11",
        "Run",
        10_004,
        3_000,
        3_100,
    )
    assert run.start == datetime(2026, 8, 2, 12, 20, 32, tzinfo=UTC)


def test_a_full_export_whose_known_titles_stand_elsewhere_is_read_by_title_alone(tmp_path):
    titles = samples.ENGLISH.splitlines()[0]
    row = samples.ENGLISH.splitlines()[1]
    content = export("151,999,," + row + "," * 65, header="列,列,列," + titles + ",列" * 65)
    (run,) = read(tmp_path, content).activities
    assert (run.origin_id, run.distance_m, run.average_heartrate_bpm, run.flags) == ("11", 10_004, 151.0, frozenset())
