"""The measures of all rules as one would write them in pandas, for one runner of known days."""

import numpy as np
import pandas as pd

from tests.benchmarks.plain_metrics import day, longest_30d, metrics

WEEK = 7


def rules(runner: pd.DataFrame) -> dict[str, pd.Series]:
    """A column a rule of `RULES`; *runner* has a row a day and a column a series of `History`."""
    known = metrics(runner)
    longest_m, fast_m, uphill_m = runner["longest_m"], runner["fast_m"], runner["fast_uphill_m"]
    runs_30d = runner["runs"].rolling(30, min_periods=1).sum().shift(1).fillna(0)
    resting, running = in_a_row(runner["runs"] == 0), in_a_row(runner["runs"] > 0)
    layoff = resting.shift(1).where(runner["runs"] > 0, 0).fillna(0).rolling(21, min_periods=1).max()
    spike = known["session_spike"].where(~((layoff >= 10) & (runs_30d < 4)), 0).fillna(0)
    record = (longest_m > longest_30d(longest_m)) & (runs_30d >= 4)
    climb_m, most_climb = runner["climb_m"], runner["climb_m"].rolling(30).max().shift(1).clip(lower=100)
    seldom = fast_m.rolling(28).sum().shift(WEEK) < 100
    week, uphill_week, sprint_week = (
        runner[name].rolling(WEEK).sum() for name in ("distance_m", "fast_uphill_m", "sprint_m")
    )
    sprint_usual = runner["sprint_m"].rolling(21).sum().shift(WEEK) / 3
    return {
        "single_session_spike": spike,
        "chained_records": record.astype(float).rolling(WEEK).sum(),
        "duration_spike": (runner["by_time_s"] / longest_30d(runner["longest_s"])).where(runs_30d >= 4, 0),
        "fast_running_spike": fast_score(fast_m).where(~seldom, 0),
        "first_fast_running": first_dose(fast_m),
        "sprint_jump": (sprint_week - sprint_usual).where(
            ~((sprint_week <= 75) | (sprint_usual >= 105) | (sprint_week < sprint_usual)), 0
        ),
        "fast_uphill": (uphill_week / before(uphill_week, 4).max(axis=1, skipna=False).clip(lower=400)).where(
            ~(uphill_week < 600), 0
        ),
        "climb_spike": (climb_m / most_climb).where(~((climb_m < 150) | (runs_30d < 4)), 0),
        "hard_day_spacing": hard_day_spacing(runner, known["session_spike"]),
        "stacked_errors": stacked(fast_m, uphill_m, spike),
        "no_rest_day": running,
        "monotonous_week": known["monotony"]
        .fillna(0)
        .where(known["acwr_coupled"] >= 1.2, 0)
        .where(known["chronic_load"].notna()),
        "return_after_layoff": layoff,
        "weekly_jump": (week / week.shift(WEEK)).where(~(week.shift(WEEK) < 8_000), 0),
        "acwr_panel": known["acwr_coupled"].where(~(known["chronic_load"] < 8 / 7), 0),
        "unexplained_drop": drop(runner, (resting >= 10) | (layoff >= 10)),
        "cadence_drift": cadence_drift(runner),
        "fade_in_long_run": faded(runner),
    }


def in_a_row(holds: pd.Series) -> pd.Series:
    return holds.groupby((~holds).cumsum()).cumsum().astype(float)


def before(weekly: pd.Series, weeks: int) -> pd.DataFrame:
    """The weeks before this one, a column each."""
    return pd.concat([weekly.shift(WEEK * n) for n in range(1, weeks + 1)], axis=1)


def fast_score(fast_m: pd.Series) -> pd.Series:
    week = fast_m.rolling(WEEK).sum()
    weeks = before(week, 26)
    enough = weeks.count(axis=1) >= 8
    mean, deviation = weeks.mean(axis=1).where(enough), weeks.std(axis=1).where(enough)
    spread = pd.concat([deviation.clip(lower=200), 0.2 * mean], axis=1).max(axis=1)
    return ((week - mean) / spread).where(~((week < 400) | (week - mean < 400)), 0)


def first_dose(metres: pd.Series) -> pd.Series:
    week, earlier = metres.rolling(WEEK).sum(), metres.rolling(28).sum().shift(WEEK)
    return week.where(earlier.notna()).where(~((earlier >= 100) | (week < 300)), 0)


def stacked(fast_m: pd.Series, uphill_m: pd.Series, long_spike: pd.Series) -> pd.Series:
    hills, speed = first_dose(uphill_m), first_dose((fast_m - uphill_m).clip(lower=0))
    first = (hills + speed).where(~((hills < 300) | (speed < 300)), 0)
    fast = ((fast_score(fast_m) > 1.5) | (first_dose(fast_m) > 0)) & (fast_m >= 300)
    long = long_spike > 1.10
    beside = (long & (fast | fast.shift(1, fill_value=False))) | (fast & long.shift(1, fill_value=False))
    both, near = first > 0, beside.astype(float).rolling(WEEK).sum() > 0
    kinds = pd.Series(np.select([both & near, both | near], [3.0, 2.0], 0.0), index=fast_m.index)
    return kinds.where((first + (fast_m + uphill_m).rolling(WEEK).sum()).notna())


def hard_day_spacing(runner: pd.DataFrame, spike: pd.Series) -> pd.Series:
    fast = runner["fast_m"] >= 800
    often = 2 * fast.astype(float).rolling(28).sum() > runner["runs"].rolling(28).sum()
    hardest = runner["internal_load"].rolling(90, min_periods=1).apply(among_hardest, raw=True) > 0
    hard = (runner["hard_marked"] > 0) | (spike > 1.30) | hardest | (fast & ~often)
    in_week, here = hard.astype(float).rolling(WEEK).sum(), day(runner["runs"]).astype(float)
    days_ago = here - here.where(hard).ffill().shift(1)
    started = runner["start_h"].where(hard).ffill().shift(1)
    hours = (24 * days_ago + (runner["start_h"] - started).fillna(0)).round()
    crowded = hard & ((hours < 48) | (in_week >= 4))
    return in_week.where(crowded | (hard & in_week.isna()), 0)


def among_hardest(loads: np.ndarray) -> float:
    earlier = loads[:-1][loads[:-1] > 0]
    return float(loads[-1] > 0 and len(earlier) >= 15 and (earlier >= loads[-1]).sum() <= 0.2 * len(earlier))


def drop(runner: pd.DataFrame, away: pd.Series) -> pd.Series:
    daily = runner["distance_m"]
    fortnight, usual = daily.rolling(14).sum().shift(1), daily.rolling(28).sum().shift(15) / 2
    told = runner[["excused", "race"]].max(axis=1).rolling(15).sum() > 0
    less = np.floor(100 * (usual - fortnight).clip(lower=0) / usual)
    return less.where(~(told | away | (usual < 16_000)), 0)


def cadence_drift(runner: pd.DataFrame) -> pd.Series:
    here, runs = day(runner["runs"]), runner[["cadence_spm", "cadence_mps", "cadence_grade"]]
    there = runs.notna().all(axis=1)
    runs, on = runs[there].to_numpy(), here[there].to_numpy()
    residuals = pd.Series([residual(runs[:n][on[:n] >= on[n] - 90], runs[n]) for n in range(len(runs))], index=on)
    residuals = residuals.dropna()
    ages = pd.Series(residuals.index, index=residuals.index).shift(2)
    latest, oldest = (each.reindex(here, method="ffill") for each in (residuals.rolling(3).mean(), ages))
    drift = latest.where(here.to_numpy() - oldest < 28)
    return pd.Series(np.maximum(-100 * drift.to_numpy(), 0), index=runner.index)


def residual(past: np.ndarray, run: np.ndarray) -> float:
    """Cadence against a slightly penalised regression on speed and grade."""
    if len(past) < 15:
        return np.nan
    centred = past[:, 1:] - past[:, 1:].mean(axis=0)
    penalty = np.diag([0.04, 0.0004])
    slopes = np.linalg.solve(centred.T @ centred + penalty, centred.T @ (past[:, 0] - past[:, 0].mean()))
    return float(run[0] / (past[:, 0].mean() + slopes @ (run[1:] - past[:, 1:].mean(axis=0))) - 1)


def faded(runner: pd.DataFrame) -> pd.Series:
    kept = runner[["cadence_fade", "pace_fade"]].min(axis=1)
    steady = (100 * runner["heartrate_fade"] - 100).abs() <= 5
    fade = (100 - 100 * kept).clip(lower=0) * steady.astype(float).where(runner["heartrate_fade"].notna())
    is_long = 10 * runner["longest_m"] >= 9 * longest_30d(runner["longest_m"])
    return fade.where(is_long & ~(runner["fast_m"] >= 800), 0)
