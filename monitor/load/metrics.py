"""Every measure of one runner as a frame, a row a day: what `hamwatch metrics` prints and plots draw."""

from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd

from monitor.load.daily import History
from monitor.load.spikes import longest_30d, session_spike
from monitor.load.variation import monotony, strain, week_to_week
from monitor.load.windows import Array, window_sum
from monitor.load.workload import (
    ACUTE_DAYS,
    CHRONIC_DAYS,
    acwr_coupled,
    acwr_ewma,
    acwr_uncoupled,
    fatigue_load,
    fitness_load,
    form,
)

M_PER_KM = 1000

# Loads are one division of a sum of metres, so that a printed number is the double nearest to the true one.
MEASURES: Mapping[str, Callable[[History], Array]] = {
    "distance_km": lambda history: history.distance_m / M_PER_KM,
    "acute_load": lambda history: window_sum(history.distance_m, ACUTE_DAYS) / (ACUTE_DAYS * M_PER_KM),
    "chronic_load": lambda history: window_sum(history.distance_m, CHRONIC_DAYS) / (CHRONIC_DAYS * M_PER_KM),
    "acwr_coupled": lambda history: acwr_coupled(history.distance_m),
    "acwr_uncoupled": lambda history: acwr_uncoupled(history.distance_m),
    "acwr_ewma": lambda history: acwr_ewma(history.distance_m),
    "monotony": lambda history: monotony(history.distance_m),
    "strain": lambda history: strain(history.distance_m) / M_PER_KM,
    "week_to_week": lambda history: week_to_week(history.distance_m),
    "longest_30d_km": lambda history: longest_30d(history.longest_m) / M_PER_KM,
    "session_spike": session_spike,
    "fitness": lambda history: fitness_load(history.distance_m) / M_PER_KM,
    "fatigue": lambda history: fatigue_load(history.distance_m) / M_PER_KM,
    "form": lambda history: form(history.distance_m) / M_PER_KM,
    "fast_km": lambda history: history.fast_m / M_PER_KM,
    "sprint_m": lambda history: history.sprint_m,
    "fast_uphill_m": lambda history: history.fast_uphill_m,
    "climb_m": lambda history: history.climb_m,
    "internal_load": lambda history: history.internal_load,
    "cadence_spm": lambda history: history.cadence_spm,
}
COLUMNS = tuple(MEASURES)


def metrics(history: History, scores: Mapping[str, Array] | None = None) -> pd.DataFrame:
    """One row a day from the first to the last known one, indexed by *day* (dates); NaN is not computable.

    Distances and strain in km; acute_load, chronic_load, fitness, fatigue and form in km per day; sprint_m,
    fast_uphill_m and climb_m (the most of one run) in m; internal_load as in `internal_loads`; cadence_spm of the
    longest run, both feet [steps/min]; the rest are ratios.
    *scores* (`daily_scores`) are further columns [AU]. No floors and no merging of runs: those belong to the rules.
    *history* is one runner's.
    """
    days = pd.Index(history.days, name="day", dtype=object)
    columns = {name: measure(history) for name, measure in MEASURES.items()} | dict(scores or {})
    frame = pd.DataFrame(columns, index=days)
    known = np.flatnonzero(~np.isnan(history.distance_m))
    return frame.iloc[known[0] : known[-1] + 1] if known.size else frame.iloc[:0]
