"""Whether signals came before injuries more often than chance would have it, for one runner."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Bools = npt.NDArray[np.bool_]

WINDOW_DAYS = 14
SHUFFLES, SEED = 1_000, 20_251_130


@dataclass(frozen=True, slots=True)
class Foresight:
    """How signals and onsets met. Onsets on one day count once. A share is None where it would be one of nothing."""

    signals: int  # days with one
    hits: int  # onsets with a signal on one of the 14 days before
    misses: int
    lead_days: tuple[int, ...]  # of each hit: from the first signal of those 14 days to the onset
    precision: float | None  # share of the signals with an onset on one of the 14 days after
    chance_of_hits: float | None  # share of 1,000 shuffled histories with as many hits, or more
    chance_of_precision: float | None  # … with as high a precision, or higher


def foresight(signals: Bools, onsets: Bools, judged: Bools) -> Foresight:
    """How *signals* foretold *onsets*, a value a day, against 1,000 shuffled histories.

    Onsets without a *judged* day among the 14 before are left out: nothing could have been said. A shuffled history
    moves all other onsets by one random number of days, round and round within the days that can be scored. So signals
    keep their clusters and onsets their distances, and only what ties the two to each other is lost; to deal out each
    day by itself would make chance look weaker than it is. The same input gives the same answer.
    """
    scored = np.flatnonzero(after_any(judged))
    here = np.flatnonzero(onsets[scored])
    shifts = np.random.default_rng(SEED).integers(max(len(scored), 1), size=SHUFFLES)
    moved = scored[(here + shifts[:, None]) % max(len(scored), 1)] if len(here) else np.empty((SHUFFLES, 0), np.intp)
    at, was_signalled = scored[here], after_any(signals)
    hits, precision = int(was_signalled[at].sum()), _precision(signals, at)
    return Foresight(
        signals=int(signals.sum()),
        hits=hits,
        misses=len(at) - hits,
        lead_days=tuple(_lead_days(signals, int(day)) for day in at[was_signalled[at]]),
        precision=precision,
        chance_of_hits=float(np.mean(was_signalled[moved].sum(axis=-1) >= hits)) if len(at) else None,
        chance_of_precision=_share_as_precise(signals, moved, precision) if len(at) else None,
    )


def after_any(days: Bools) -> Bools:
    """Where one of the 14 days before was one of *days*."""
    until_yesterday = np.concatenate([[0], np.cumsum(days)])[: len(days)]
    long_before = np.concatenate([np.zeros(WINDOW_DAYS), until_yesterday])[: len(days)]
    return np.asarray(until_yesterday > long_before)


def _lead_days(signals: Bools, onset: int) -> int:
    start = max(0, onset - WINDOW_DAYS)
    return onset - start - int(np.argmax(signals[start:onset]))


def _precision(signals: Bools, onsets: npt.NDArray[np.intp]) -> float | None:
    """The share of the *signals* before the last 14 days, after which nobody knows yet, that an onset followed."""
    told = np.flatnonzero(signals[: max(0, len(signals) - WINDOW_DAYS)])
    days_until = onsets[None, :] - told[:, None]
    followed = ((days_until > 0) & (days_until <= WINDOW_DAYS)).any(axis=-1)
    return float(followed.mean()) if len(told) else None


def _share_as_precise(signals: Bools, shuffled: npt.NDArray[np.intp], precision: float | None) -> float | None:
    if precision is None:
        return None
    return float(np.mean([(_precision(signals, onsets) or 0.0) >= precision for onsets in shuffled]))
