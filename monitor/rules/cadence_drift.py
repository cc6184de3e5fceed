"""R9: fewer steps a minute than the runner's own at that speed and on that slope."""

import numpy as np

from monitor.load.cadence import cadence_drift
from monitor.load.daily import History
from monitor.load.windows import Array
from monitor.model import Evidence, Grade
from monitor.rules.rule import Kind, Mails, Rule


def measure(history: History) -> Array:
    """How far the cadence of the latest 3 runs was below the runner's own at that speed and grade. [%]

    The mean of the three; 0 where it was above. NaN as in `load.cadence.cadence_drift`.
    """
    return np.maximum(-100 * cadence_drift(history), 0)


RULE = Rule(
    name="cadence_drift",
    title="Fewer steps a minute than usual",
    measure=measure,
    watch=5,
    kind=Kind.WINDOW,
    mails=Mails.NEVER,
    sentence="in the latest three runs {value:.0f} % fewer steps a minute than usual at that speed",
    unknown="it takes three runs with cadence in 28 days, and fifteen in the 90 days before each",
    evidence=Evidence(
        Grade.D,
        says="In a laboratory study of 45 runners, steps 10 % quicker than their own were shorter, with less braking"
        " and less energy taken up by hip and knee. Whether cadence has to do with injury is open: a review found"
        " too little evidence to say. The line of 5 % is our own.",
        source="Heiderscheit et al. 2011, Med Sci Sports Exerc 43:296; Anderson et al. 2022, Sports Med Open,"
        " doi:10.1186/s40798-022-00504-0",
        doi="10.1249/MSS.0b013e3181ebedf4",
    ),
    advice="A cue for your form, nothing more: tired legs, other shoes or another sensor can do the same. If you like,"
    " try 5 % more steps a minute (10 % at most) on easy flat runs for two or three weeks, and stop if the back of the"
    " thigh or the buttock complains.",
)
