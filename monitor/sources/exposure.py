"""What a run contained, from its samples; these are needed no more afterwards.

samples → seconds (`exposure_seconds`) → ground, efforts, body (`exposure_hills`, `_efforts`, `_body`) → Exposure.
"""

import numpy as np

from monitor.load.grade import grade_adjusted_speed
from monitor.model import Exposure
from monitor.sources.exposure_body import beats, cadence, fade, heartrate, mean_of
from monitor.sources.exposure_efforts import best_5k_s, histograms, repetitions, sprint_m
from monitor.sources.exposure_hills import hills
from monitor.sources.exposure_seconds import seconds
from monitor.sources.samples import Samples

SLOPE = 0.04  # rise / run, up or down


def exposure(samples: Samples, *, indoors: bool) -> Exposure:
    """The exposure of one run. *indoors* (a treadmill, a virtual run) no altitude is believed.

    Moving is 0.5 m/s and more outside of pauses: more than 10 s without a sample, or said to be one. BadRecord where
    the samples tell too little: no movement at all, or most of the way between samples more than 10 s apart.
    """
    run = seconds(samples)
    ground = None if indoors else hills(run)
    grade = np.zeros(len(run.moving)) if ground is None else ground.grade
    graded_mps = grade_adjusted_speed(run.filtered_mps, grade)
    # Down a slope gravity does part of the work: what looks fast there is an easy run of a hilly route.
    effort_mps = np.where(grade <= -SLOPE, np.minimum(run.filtered_mps, graded_mps), run.filtered_mps)
    speed_m, speed_s = histograms(run, effort_mps, run.moving)
    uphill_m, uphill_s = histograms(run, graded_mps, run.moving & (grade >= SLOPE)) if ground else (None, None)
    steps = cadence(run)
    heart = heartrate(run, steps)
    return Exposure(
        speed_m=speed_m,
        speed_s=speed_s,
        uphill_m=uphill_m,
        uphill_s=uphill_s,
        repetitions=repetitions(run, effort_mps),
        sprint_m=sprint_m(run),
        best_5k_s=best_5k_s(run),
        climb_m=ground.climb_m if ground else None,
        descent_m=ground.descent_m if ground else None,
        cadence_spm=mean_of(steps, run.moving),
        cadence_mps=mean_of(run.filtered_mps, ~np.isnan(steps)),
        cadence_grade=mean_of(grade, ~np.isnan(steps)),
        cadence_fade=fade(steps, run.moving),
        pace_fade=fade(graded_mps, run.moving),
        heartrate_fade=fade(heart, run.moving),
        heartrate_s=beats(heart),
        heartrate_coverage=round(float(np.isfinite(heart).sum() / run.moving.sum()), 4),
    )
