"""How even the training was: within a week, and from one week to the next."""

import numpy as np

from monitor.load.windows import Array, ratio, shifted, window_sum

WEEK = 7


def monotony(daily: Array) -> Array:
    """Mean / standard deviation of the 7 days ending that day. [1]

    The sample deviation (n − 1); Foster does not say which, and the population's gives 8 % more. *daily* in whole
    numbers: the deviation comes from two sums of them, so that seven equal days deviate by exactly 0.
    NaN until 7 days are known, and for seven equal days.
    Source: Foster 1998, Med Sci Sports Exerc 30:1164, doi:10.1097/00005768-199807000-00023.
    """
    total, squares = window_sum(daily, WEEK), window_sum(daily**2, WEEK)
    deviation = np.sqrt((WEEK * squares - total**2) / (WEEK * (WEEK - 1)))
    return ratio(total, WEEK * deviation)


def strain(daily: Array) -> Array:
    """Load of the 7 days ending that day × their monotony. [unit of *daily*]

    NaN where monotony is. Source: Foster 1998, as `monotony`.
    """
    return window_sum(daily, WEEK) * monotony(daily)


def week_to_week(daily: Array) -> Array:
    """Load of the 7 days ending that day / load of the 7 days before. [1]

    NaN until 14 days are known, and where the week before is 0.
    """
    week = window_sum(daily, WEEK)
    return ratio(week, shifted(week, WEEK))
