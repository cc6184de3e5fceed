"""Every function of the load core that turns a history into one number a day, by name."""

from collections.abc import Callable
from functools import partial

from monitor.load import cadence, fade, fast_running, hard_days, headroom, recovery, spikes, variation, workload
from monitor.load.daily import History
from monitor.load.windows import Array

OF_LOAD: dict[str, Callable[[Array], Array]] = {
    "acute_load": workload.acute_load,
    "chronic_load": workload.chronic_load,
    "prior_load": workload.prior_load,
    "acwr_coupled": workload.acwr_coupled,
    "acwr_uncoupled": workload.acwr_uncoupled,
    "ewma_load": partial(workload.ewma_load, days=28),
    "acwr_ewma": workload.acwr_ewma,
    "fitness_load": workload.fitness_load,
    "fatigue_load": workload.fatigue_load,
    "form": workload.form,
    "monotony": variation.monotony,
    "strain": variation.strain,
    "week_to_week": variation.week_to_week,
    "planned_coupled": partial(headroom.planned_coupled, target=1.3),
    "planned_uncoupled": partial(headroom.planned_uncoupled, target=1.5),
    "planned_ewma": partial(headroom.planned_ewma, target=1.3),
}

OF_HISTORY: dict[str, Callable[[History], Array]] = {
    "longest_30d": lambda history: spikes.longest_30d(history.longest_m),
    "session_spike": spikes.session_spike,
    "runs_30d": spikes.runs_30d,
    "days_without_rest": recovery.days_without_rest,
    "days_resting": recovery.days_resting,
    "gap_before_return": recovery.gap_before_return,
    "layoff": recovery.layoff,
    "cadence_residual": cadence.cadence_residual,
    "cadence_drift": cadence.cadence_drift,
    "fade": fade.fade,
    "fast_norm": lambda history: fast_running.norm(history.fast_m).deviation,
    "fast_score": lambda history: fast_running.fast_score(history.fast_m),
    "first_dose": lambda history: fast_running.first_dose(history.fast_m),
    "largest_week_before": lambda history: fast_running.largest_week_before(history.fast_uphill_m),
    "hard_days": hard_days.hard_days,
    "hours_since_hard": hard_days.hours_since_hard,
    "days_since_race": hard_days.days_since_race,
} | {name: lambda history, measure=measure: measure(history.distance_m) for name, measure in OF_LOAD.items()}
