"""What an export tells of a run beside its numbers: entered by hand, on a treadmill, a race."""

from monitor.model import Flag, Workout
from tests.sources.archive_samples import export, read


def test_a_full_export_tells_what_was_entered_by_hand(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Filename,From Upload"
    told = {"1": "activities/1.fit.gz,1.0", "2": ",0.0", "3": "activities/3.gpx,0.0", "4": ",1.0"}
    rows = [f'{n},"Aug {n}, 2026, 1:00:00 PM",Run,3000,10000,{end}' for n, end in told.items()]
    by_hand = [
        run.origin_id for run in read(tmp_path, export(*rows, header=header)).activities if Flag.MANUAL in run.flags
    ]
    assert by_hand == ["2"]


def test_a_reduced_export_that_names_no_recording_does_not_make_every_run_manual(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Filename"
    rows = [f'{n},"Aug {n}, 2026, 1:00:00 PM",Run,3000,10000,' for n in (1, 2)]
    assert not any(run.flags for run in read(tmp_path, export(*rows, header=header)).activities)


def test_in_a_reduced_export_a_run_without_recording_and_sensor_was_entered_by_hand(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Filename,Average Heart Rate"
    told = {"1": "activities/1.fit.gz,", "2": ",", "3": ",150"}
    rows = [f'{n},"Aug {n}, 2026, 1:00:00 PM",Run,3000,10000,{end}' for n, end in told.items()]
    by_hand = [
        run.origin_id for run in read(tmp_path, export(*rows, header=header)).activities if Flag.MANUAL in run.flags
    ]
    assert by_hand == ["2"]


def test_a_treadmill_run_is_a_run_with_a_flag(tmp_path):
    (run,) = read(tmp_path, export('1,"Aug 2, 2026, 1:00:00 PM",Laufband,3000,10000')).activities
    assert (run.sport, run.flags) == ("Run", {Flag.TREADMILL})


def test_races_and_long_runs_are_told_apart(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Competition,Long Run"
    rows = [
        f'{n},"Aug {n}, 2026, 1:00:00 PM",Run,3000,10000,{end}' for n, end in enumerate(["1.0,1.0", "0.0,1.0", ","], 1)
    ]
    workouts = [run.workout for run in read(tmp_path, export(*rows, header=header)).activities]
    assert workouts == [Workout.RACE, Workout.LONG_RUN, Workout.DEFAULT]


def test_cadence_counts_both_legs_of_a_runner(tmp_path):
    header = "Activity ID,Activity Date,Activity Type,Moving Time,Distance,Average Cadence"
    rows = [
        '1,"Aug 1, 2026, 1:00:00 PM",Run,3000,10000,84.5',
        '2,"Aug 2, 2026, 1:00:00 PM",Ride,3000,20000,84.5',
        '3,"Aug 3, 2026, 1:00:00 PM",Run,3000,10000,172',  # counts both already
    ]
    assert [a.cadence_spm for a in read(tmp_path, export(*rows, header=header)).activities] == [169.0, 84.5, 172.0]
