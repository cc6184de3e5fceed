"""The measures of `monitor.load.metrics` as one would write them in pandas, for one runner of known days."""

import numpy as np
import pandas as pd


def metrics(runner: pd.DataFrame) -> dict[str, pd.Series]:
    """The columns of `monitor.load.metrics.COLUMNS`; *runner* has a row a day and a column a series of `History`."""
    km = runner["distance_m"] / 1000
    acute, chronic, week = km.rolling(7).mean(), km.rolling(28).mean(), km.rolling(7).sum()
    monotony = km.rolling(7).mean() / km.rolling(7).std()
    longest = longest_30d(runner["longest_m"])
    fitness, fatigue = (from_zero(km, days) for days in (42, 7))
    return {
        "distance_km": km,
        "acute_load": acute,
        "chronic_load": chronic,
        "acwr_coupled": acute / chronic,
        "acwr_uncoupled": acute / km.rolling(21).mean().shift(7),
        "acwr_ewma": (km.ewm(span=7, adjust=False).mean() / km.ewm(span=28, adjust=False).mean()).where(day(km) >= 41),
        "monotony": monotony,
        "strain": week * monotony,
        "week_to_week": week / week.shift(7),
        "longest_30d_km": longest / 1000,
        "session_spike": runner["longest_m"] / longest,
        "fitness": fitness,
        "fatigue": fatigue,
        "form": (fitness - fatigue).shift(1).fillna(0.0),
        "fast_km": runner["fast_m"] / 1000,
        **{name: runner[name] for name in ("sprint_m", "fast_uphill_m", "climb_m", "internal_load", "cadence_spm")},
    }


def longest_30d(longest: pd.Series) -> pd.Series:
    before = longest.rolling(30, min_periods=1).max().shift(1)
    return before.where(before > 0)


def from_zero(load: pd.Series, days: int) -> pd.Series:
    with_zero = pd.concat([pd.Series([0.0]), load.reset_index(drop=True)])
    means = with_zero.ewm(alpha=1 - np.exp(-1 / days), adjust=False).mean()
    return pd.Series(means.to_numpy()[1:], index=load.index)


def day(series: pd.Series) -> pd.Series:
    """How many days came before."""
    return pd.Series(np.arange(len(series)), index=series.index)
