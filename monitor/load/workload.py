"""How much was run lately against what the runner is used to: acute load, chronic load, and three ratios of them."""

import numpy as np

from monitor.load.windows import Array, days_known, exponential_mean, ratio, shifted, window_sum

ACUTE_DAYS = 7
CHRONIC_DAYS = 28
PRIOR_DAYS = CHRONIC_DAYS - ACUTE_DAYS
FITNESS_DAYS = 42
FATIGUE_DAYS = 7
SETTLED_DAYS = 42  # until then the first day weighs more than 5 % in the chronic exponential mean (Wang 2020)


def acute_load(daily: Array) -> Array:
    """Mean daily load of the 7 days ending that day. [unit of *daily* per day]

    NaN until 7 days are known.
    """
    return window_sum(daily, ACUTE_DAYS) / ACUTE_DAYS


def chronic_load(daily: Array) -> Array:
    """Mean daily load of the 28 days ending that day. [unit of *daily* per day]

    NaN until 28 days are known. Coupled: the acute week is part of it; `prior_load` is the baseline that is not.
    """
    return window_sum(daily, CHRONIC_DAYS) / CHRONIC_DAYS


def prior_load(daily: Array) -> Array:
    """Mean daily load of the 21 days before the acute week, d-27 … d-7. [unit of *daily* per day]

    NaN until those days are known.
    """
    return _prior_sum(daily) / PRIOR_DAYS


def acwr_coupled(daily: Array) -> Array:
    """Acute load / chronic load. [1], from 0 to 4

    NaN until 28 days are known, and where the chronic load is 0.
    Source: Gabbett 2016, Br J Sports Med 50:273, doi:10.1136/bjsports-2015-095788.
    """
    return ratio(CHRONIC_DAYS // ACUTE_DAYS * window_sum(daily, ACUTE_DAYS), window_sum(daily, CHRONIC_DAYS))


def acwr_uncoupled(daily: Array) -> Array:
    """Acute load / load of the 21 days before the acute week. [1], from 0 without an upper end

    NaN until 28 days are known, and where the load before is 0.
    Source: Lolli et al. 2019, Br J Sports Med 53:921, doi:10.1136/bjsports-2017-098110.
    """
    return ratio(PRIOR_DAYS // ACUTE_DAYS * window_sum(daily, ACUTE_DAYS), _prior_sum(daily))


def ewma_load(daily: Array, days: int) -> Array:
    """Exponentially weighted mean with weight 2/(*days* + 1), starting from the first value. [unit of *daily* per day]

    NaN on unknown days; starts anew after them. Not masked while it still leans on the first value: `acwr_ewma` is.
    Source: Williams et al. 2017, Br J Sports Med 51:209, doi:10.1136/bjsports-2016-096589.
    """
    return exponential_mean(daily, 2 / (days + 1), from_zero=False)


def acwr_ewma(daily: Array) -> Array:
    """Exponentially weighted acute load / chronic load. [1]

    NaN until 42 days in a row are known, and where the chronic load is 0.
    Source: Williams et al. 2017, as `ewma_load`; the initial-load problem: Wang et al. 2020, Sports Med,
    doi:10.1007/s40279-020-01280-1.
    """
    settled = days_known(daily) >= SETTLED_DAYS
    return np.where(settled, ratio(ewma_load(daily, ACUTE_DAYS), ewma_load(daily, CHRONIC_DAYS)), np.nan)


def fitness_load(daily: Array) -> Array:
    """Chronic training load (CTL): exponential mean with a time constant of 42 days. [unit of *daily* per day]

    Starts from zero the day before the first known day, so it says too little for about four months.
    NaN on unknown days; starts anew after them. Source: Banister 1975; the constants are the field's custom.
    """
    return exponential_mean(daily, 1 - np.exp(-1 / FITNESS_DAYS), from_zero=True)


def fatigue_load(daily: Array) -> Array:
    """Acute training load (ATL): as `fitness_load`, with a time constant of 7 days. [unit of *daily* per day]"""
    return exponential_mean(daily, 1 - np.exp(-1 / FATIGUE_DAYS), from_zero=True)


def form(daily: Array) -> Array:
    """Training stress balance (TSB): yesterday's fitness − yesterday's fatigue. [unit of *daily* per day]

    0 on the first day of a stretch of known days, which both start from zero; NaN on unknown days.
    """
    yesterday = np.nan_to_num(shifted(fitness_load(daily) - fatigue_load(daily), 1))
    return np.where(np.isnan(daily), np.nan, yesterday)


def _prior_sum(daily: Array) -> Array:
    return shifted(window_sum(daily, PRIOR_DAYS), ACUTE_DAYS)
