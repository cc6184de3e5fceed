"""metrics, findings, headroom: numbers for other programs, with nothing around them."""

import csv
import io
from collections.abc import Callable

import pytest

from tests.cli.conftest import TODAY, Hamwatch

RunnerWith = Callable[[str], int]
PROMISED = (
    "day,distance_km,acute_load,chronic_load,acwr_coupled,acwr_uncoupled,acwr_ewma,"
    "monotony,strain,week_to_week,longest_30d_km,session_spike,fitness,fatigue,form,"
    "fast_km,sprint_m,fast_uphill_m,climb_m,internal_load,cadence_spm"
)
SPIKE_TODAY = "10 - 8 - 8 - - " * 6 + "14.2"


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_metrics_begin_with_the_promised_columns(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    answer = hamwatch(f"metrics --runner {runner_with('10')} --format csv")
    header = answer.out.splitlines()[0]
    assert (answer.code, answer.err) == (0, "")
    assert header == PROMISED or header.startswith(PROMISED + ",")


def test_what_needs_samples_is_empty_without_them(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    run, rest = table(hamwatch(f"metrics --runner {runner_with('10 -')}").out)
    exposures = ("fast_km", "sprint_m", "fast_uphill_m", "climb_m", "internal_load")
    assert {run[name] for name in exposures} == {""}
    assert {rest[name] for name in exposures} == {"0.0"}
    assert run["cadence_spm"] == rest["cadence_spm"] == ""


def test_metrics_have_a_row_a_day_from_the_first_to_the_last_known_one(
    hamwatch: Hamwatch, runner_with: RunnerWith
) -> None:
    rows = table(hamwatch(f"metrics --runner {runner_with('10 - 5+3')}").out)
    assert [(row["day"], row["distance_km"]) for row in rows] == [
        ("2026-11-20", "10.0"),
        ("2026-11-21", "0.0"),
        ("2026-11-22", "8.0"),
    ]


def test_metrics_are_told_in_full_precision_and_empty_where_they_cannot_be_computed(
    hamwatch: Hamwatch, runner_with: RunnerWith
) -> None:
    *_, sixth, seventh = table(hamwatch(f"metrics --runner {runner_with('10 - - - - - -')}").out)
    assert sixth["acute_load"] == ""
    assert seventh["acute_load"] == "1.4285714285714286"
    assert seventh["chronic_load"] == seventh["acwr_coupled"] == seventh["week_to_week"] == ""
    assert seventh["longest_30d_km"] == "10.0"


def test_metrics_as_json_are_the_same_rows_with_numbers_and_nulls(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner = runner_with("10 - - - - - -")
    rows = hamwatch(f"metrics --runner {runner} --format json").json
    assert list(rows[0]) == hamwatch(f"metrics --runner {runner}").out.splitlines()[0].split(",")
    assert (rows[-1]["day"], rows[-1]["acute_load"], rows[-1]["chronic_load"]) == ("2026-11-22", 10 / 7, None)


@pytest.mark.parametrize(
    ("span", "days"),
    [
        ("--from 2026-11-21", ["2026-11-21", "2026-11-22"]),
        ("--to 2026-11-20", ["2026-11-20"]),
        ("--from 2026-11-21 --to 2026-11-21", ["2026-11-21"]),
        ("--from 2027-01-01", []),
        ("--to 1999-12-31", []),
    ],
)
def test_metrics_can_be_asked_for_some_days(
    hamwatch: Hamwatch, runner_with: RunnerWith, span: str, days: list[str]
) -> None:
    assert [row["day"] for row in table(hamwatch(f"metrics --runner {runner_with('10 - 5')} {span}").out)] == days


def test_a_cut_changes_no_number(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner = runner_with("10 8 - 12 - 5 9 3 - 11")
    whole, cut = (table(hamwatch(f"metrics --runner {runner} {span}").out) for span in ("", f"--from {TODAY}"))
    assert cut == whole[-1:]


def test_a_runner_without_a_run_has_the_header_and_no_row(hamwatch: Hamwatch) -> None:
    hamwatch("runner add Bob --email bob@example.org")
    assert hamwatch("metrics --runner 1").out.startswith(PROMISED)
    assert hamwatch("metrics --runner 1").out.count("\n") == 1
    assert hamwatch("metrics --runner 1 --format json").json == []
    assert hamwatch("findings --runner 1").out.startswith("day,rule,level,value")
    assert hamwatch("findings --runner 1 --format json").json == []


def test_findings_are_told_with_level_number_and_words(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner = runner_with(SPIKE_TODAY)
    hamwatch("assess")
    answer = hamwatch(f"findings --runner {runner}")
    [spike] = [row for row in table(answer.out) if row["rule"] == "single_session_spike"]
    assert (spike["day"], spike["level"], spike["value"]) == ("2026-11-22", "CAUTION", "1.42")
    assert spike["sentence"].startswith("14.2 km was 42 % beyond the longest run of the 30 days before")
    assert answer.err == ""


def test_findings_as_json_hold_the_number_as_a_number(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner = runner_with(SPIKE_TODAY)
    hamwatch("assess")
    rows = hamwatch(f"findings --runner {runner} --format json").json
    assert [row["value"] for row in rows if row["rule"] == "single_session_spike"] == [1.42]
    assert hamwatch(f"findings --runner {runner} --to 2026-11-21 --format json").json == [
        row for row in rows if row["day"] < "2026-11-22"
    ]


def test_headroom_keeps_its_three_keys(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    runner = runner_with("8 - 8 - 10 - - " * 6)
    said = hamwatch(f"headroom --runner {runner} --json")
    assert {"day": "2026-11-22", "runner": runner, "easy_ceiling_m": 11_000}.items() <= said.json.items()
    assert said.err == ""


def test_with_too_few_runs_no_ceiling_is_given(hamwatch: Hamwatch, runner_with: RunnerWith) -> None:
    assert hamwatch(f"headroom --runner {runner_with('8 - 8 8')} --json").json["easy_ceiling_m"] is None


def test_findings_name_the_origins_that_they_rest_on_in_the_last_column(
    hamwatch: Hamwatch, runner_with: RunnerWith
) -> None:
    runner = runner_with(SPIKE_TODAY)
    hamwatch("assess")
    answer = hamwatch(f"findings --runner {runner}")
    assert answer.out.splitlines()[0] == "day,rule,level,value,sentence,origins"
    assert {row["origins"] for row in table(answer.out)} == {"export"}
