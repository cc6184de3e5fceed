"""A week's fast metres against the runner's own weeks, or against weeks with none."""

from typing import NamedTuple

import numpy as np

from monitor.load.variation import WEEK
from monitor.load.windows import Array, ratio, shifted, sum_before, window_sum

NORM_WEEKS, FEWEST_WEEKS = 26, 8
NONE_DAYS, NONE_M = 28, 100  # less than 100 m in four weeks is a run for the bus, or a watch that wavers
FIRST_M = 300
SMALLEST_RISE_M = 400
# A week may rise by a fifth, or by 200 m, without being unusual. A runner of always the same dose has no deviation.
SMALLEST_DEVIATION_M, SMALLEST_DEVIATION_SHARE = 200, 0.2


class Norm(NamedTuple):
    """What a runner's weeks before the last 7 days held, by blocks of 7 days. All NaN with fewer than 8 known weeks."""

    mean: Array  # [m per week]
    deviation: Array  # sample standard deviation [m per week]
    weeks: Array  # how many of the 26 blocks are known


def norm(daily: Array) -> Norm:
    """The runner's own weeks, up to 26 of them, as they stand before the 7 days ending that day.

    A block with an unknown day is left out. *daily* in whole metres, so that equal weeks deviate by exactly 0.
    """
    week = window_sum(daily, WEEK)
    weeks = _of_weeks_before(~np.isnan(week))
    weeks = np.where(weeks >= FEWEST_WEEKS, weeks, np.nan)
    total, squares = _of_weeks_before(np.nan_to_num(week)), _of_weeks_before(np.nan_to_num(week) ** 2)
    variance = np.maximum(weeks * squares - total**2, 0) / (weeks * (weeks - 1))
    return Norm(total / weeks, np.sqrt(variance), weeks)


def fast_score(daily: Array) -> Array:
    """How many of their own standard deviations the 7 days ending that day lie above the runner's mean week. [1]

    0 where they hold less than 400 m more than that mean. The deviation counts as at least 200 m and at least 20 % of
    the mean, so that an even dose does not make every change enormous.
    NaN where a day of the week is unknown, and where a week of 400 m or more has fewer than 8 known weeks before it.
    Source: the idea of own norms is that of Duhig et al. 2016, Br J Sports Med 50:1536,
    doi:10.1136/bjsports-2015-095679; blocks, floors and the 400 m are defaults of this project.
    """
    usual, week = norm(daily), window_sum(daily, WEEK)
    deviation = np.maximum(np.maximum(usual.deviation, SMALLEST_DEVIATION_M), SMALLEST_DEVIATION_SHARE * usual.mean)
    rise = week - usual.mean
    return np.where((week < SMALLEST_RISE_M) | (rise < SMALLEST_RISE_M), 0.0, ratio(rise, deviation))


def first_dose(daily: Array) -> Array:
    """What the 7 days ending that day hold where the 28 days before them held none (less than 100 m). [m]

    0 where those 28 days held more, and where it is less than 300 m. NaN where a day of the week is unknown, or
    whether the 28 days held any. The numbers are defaults of this project.
    """
    week, before = window_sum(daily, WEEK), shifted(window_sum(daily, NONE_DAYS), WEEK)
    at_least = shifted(window_sum(np.nan_to_num(daily), NONE_DAYS), WEEK)  # an unknown day takes nothing away
    applies = ~((at_least >= NONE_M) | (week < FIRST_M))
    return np.where(applies, np.where(np.isnan(before), np.nan, week), 0.0)


def largest_week_before(daily: Array) -> Array:
    """Largest of the four blocks of 7 days before the 7 days ending that day. [m]

    NaN where one of those 28 days is unknown.
    """
    week = window_sum(daily, WEEK)
    fortnight = np.maximum(shifted(week, WEEK), shifted(week, 2 * WEEK))
    return np.maximum(fortnight, shifted(fortnight, 2 * WEEK))


def _of_weeks_before(weekly: Array) -> Array:
    """Sum of the values 7, 14, … 182 days ago, as far as the series reaches."""
    days = weekly.shape[-1]
    whole = np.zeros((*weekly.shape[:-1], -(-days // WEEK) * WEEK))
    whole[..., :days] = weekly
    by_weekday = np.swapaxes(whole.reshape(*weekly.shape[:-1], -1, WEEK), -1, -2)
    before = np.swapaxes(sum_before(by_weekday, NORM_WEEKS), -1, -2)
    return before.reshape(whole.shape)[..., :days]
