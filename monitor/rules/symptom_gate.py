"""S1: pain that the runner told of in the last check-in, of buttock, hip or the back of the thigh."""

import numpy as np

from monitor.load.daily import History
from monitor.load.windows import Array
from monitor.model import Evidence, Grade, Origin
from monitor.rules.rule import Kind, Mails, Rule, where_applies
from monitor.symptoms.pain import ACCEPTABLE, HOLD_UP_TO

HOLDS_DAYS = 7  # the check-in asks of as many


def days_since(history: History) -> Array:
    """Days since the last check-in; infinite where there was none."""
    days = np.arange(history.checked_in.shape[-1], dtype=float)
    told = np.where(history.checked_in > 0, days, -np.inf)
    return days - np.maximum.accumulate(told, axis=-1)


def measure(history: History) -> Array:
    """The pain of the last check-in of the 7 days to that day. [0-10]

    A worse next morning, pain that has risen for two weeks and a sudden onset count as 6 at least, a red flag as 11.
    0 where no check-in was made in those 7 days: that is not the same as no pain. NaN on days that no source has told.
    """
    ago = days_since(history)
    holds = ago < HOLDS_DAYS
    told_on = np.arange(history.pain.shape[-1]) - np.where(holds, ago, 0).astype(int)
    pain = np.nan_to_num(np.take_along_axis(history.pain, told_on, axis=-1))
    return where_applies(pain, holds, history)


RULE = Rule(
    name="symptom_gate",
    title="Pain that asks for less running",
    measure=measure,
    caution=ACCEPTABLE,
    strong=HOLD_UP_TO,
    kind=Kind.TOLD,
    mails=Mails.ALONE,
    origin=Origin.CHECK_IN,
    sentence="the last check-in told of pain above 3 of 10, of a worse next morning, or of something that somebody"
    " should look at",
    evidence=Evidence(
        Grade.B,
        says="In a trial of people with a painful Achilles tendon, those who went on with activity as long as pain"
        " stayed at 5 of 10 or below, was gone the next morning and did not rise from week to week did no worse than"
        " those who rested from it. It was not about hamstrings; for those, experts use 3. No check-in is not the same"
        " as no pain.",
        source="Silbernagel et al. 2007, Am J Sports Med 35:897",
        doi="10.1177/0363546506298279",
    ),
    advice="If your check-in named a sign for a doctor, do that first, and do not run. Otherwise leave out fast and"
    " uphill running, and do no more than you did for 48 to 72 hours. Pain above 5, a worse next morning or two weeks"
    " of rising pain are for a physiotherapist. A new check-in takes the place of this one.",
)
