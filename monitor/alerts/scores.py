"""The published scores of a runner's week in words, and what is missing for each."""

from datetime import date, timedelta

from monitor.alerts.headroom import NOT_KNOWN, Said
from monitor.load.scores import SCORES, Score, daily_scores
from monitor.load.stretch import stretch
from monitor.load.training import Log

WEEK = 7
IN_WORDS = {
    "resting_heartrate_bpm": "resting heart rate",
    "max_heartrate_bpm": "maximal heart rate",
    "first_threshold_bpm": "first threshold",
    "second_threshold_bpm": "second threshold",
    "threshold_mps": "threshold speed",
}


def scores_said(log: Log, today: date) -> list[Said]:
    """The sum of each score over the 7 days that end with the last known one up to *today*, or why there is none."""
    if log.history is None:
        return []
    last, days = min(today, log.history.last_day), daily_scores(log)
    return [
        _said(score, float(stretch(log.history, days[name], last, WEEK).sum()), log, last)
        for name, score in SCORES.items()
    ]


def _said(score: Score, total: float, log: Log, last: date) -> Said:
    if total == total:  # not NaN
        return Said(score.title, f"{total:.0f}", "in 7 days")
    if untold := score.missing(log.profile):
        return Said(score.title, NOT_KNOWN, f"not told: {' and '.join(IN_WORDS[name] for name in untold)}")
    runs = [each.run for each in log.runs if timedelta(0) <= last - each.run.day < timedelta(days=WEEK)]
    without = sum(score.of(run, log.exposures.get(run.key), log.profile) is None for run in runs)
    if not without:
        return Said(score.title, NOT_KNOWN, "a day of the 7 is not known")
    return Said(score.title, NOT_KNOWN, f"{without} of {len(runs)} runs in 7 days without {score.of_each_run}")
