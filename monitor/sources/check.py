"""The checks that every activity passes, whatever its source: what cannot be true is flagged, dropped or refused.

Doubtful is not wrong: a distance that cannot be true stays readable beside its flag, and `load.daily.usable_distance`
keeps it out of every sum. A sensor value that cannot be true is dropped, because nothing downstream asks for its flag.
"""

import math
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.errors import BadRecord
from monitor.model import Activity, Flag

EARLIEST_YEAR = 1980  # people enter old races by hand, decades late; an unset clock says 1970
CLOCK_TOLERANCE = timedelta(hours=36)  # a start may be a day ahead in the furthest zone
LARGEST_STORED = 10**9  # beyond it a number is damage, not a distance or a time

LONGEST_RUN_M = 350_000  # the world record for 24 hours is 319 km
FASTEST_MEAN_M_PER_S = 6.7  # over ten minutes: a little above the world record for 5 000 m
FASTEST_SPRINT_M_PER_S = 12.5
SLOWEST_MEAN_M_PER_S = 0.3
TEN_MINUTES_S, FOUR_HOURS_S, TWELVE_HOURS_S, ONE_DAY_S = 600, 4 * 3600, 12 * 3600, 24 * 3600

HEART_RATES_BPM = (30, 230)
CADENCES_SPM = (20, 300)
ONE_LEG_AT_MOST_SPM = 130  # a higher cadence already counts both feet
CLIMBS_M = (0, 25_000)  # the most that anybody has climbed on foot in a day is below 22 km

LONGEST_NAME = 200
MARKS_ON_A_LETTER = 4
LINE_BREAKS = "\u2028\u2029"
BIDI_CONTROLS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"


def checked(activity: Activity, now: datetime) -> Activity:
    """The activity with its flags, without the fields that cannot be used.

    Raises BadRecord where nothing of it can be: a negative or absurd number, or a start before 1980 or more than
    36 hours after *now*. Old starts are accepted because runners enter races of decades ago by hand.
    """
    _refuse_impossible(activity, now)
    moving_s, time_doubts = _times(activity)
    distance_m, distance_doubts = _distance(activity, moving_s)
    average_bpm, max_bpm = activity.average_heartrate_bpm, activity.max_heartrate_bpm
    heart_rate = _heart_rate_plausible(average_bpm, max_bpm)
    cadence = _within(activity.cadence_spm, CADENCES_SPM)
    climb = _within(activity.climb_m, CLIMBS_M)
    ignored = {Flag.HEART_RATE_IGNORED: heart_rate, Flag.CADENCE_IGNORED: cadence, Flag.CLIMB_IGNORED: climb}
    return replace(
        activity,
        name=clean_name(activity.name),
        sport=_clean(activity.sport),
        distance_m=distance_m,
        moving_s=moving_s,
        elapsed_s=activity.elapsed_s or None,
        average_heartrate_bpm=average_bpm if heart_rate else None,
        max_heartrate_bpm=max_bpm if heart_rate else None,
        cadence_spm=activity.cadence_spm if cadence else None,
        climb_m=activity.climb_m if climb else None,
        flags=activity.flags | time_doubts | distance_doubts | {flag for flag, usable in ignored.items() if not usable},
    )


def both_feet(cadence: float | None) -> float | None:
    """A run's cadence in steps per minute, where the source counted one leg."""
    return cadence if cadence is None or cadence > ONE_LEG_AT_MOST_SPM else 2 * cadence


def whole_metres(distance_m: float) -> int:
    """Whole metres, half to even, so that sums of runs are exact. BadRecord where it is not a finite number."""
    if not math.isfinite(distance_m):
        raise BadRecord(f"the distance is {distance_m}, not a number")
    return round(distance_m)


def clean_name(text: object) -> str:
    """A title that is safe in a mail header, a database and a page: one line, at most 200 letters, never empty.

    Control characters and line separators become spaces, lone surrogates U+FFFD; direction overrides go. Markup
    stays as it is: the page escapes it.
    """
    return (_clean(text) if isinstance(text, str) else "") or "Untitled"


def _refuse_impossible(activity: Activity, now: datetime) -> None:
    numbers = {"distance": activity.distance_m, "moving time": activity.moving_s, "elapsed time": activity.elapsed_s}
    for name, number in numbers.items():
        if number is not None and not 0 <= number <= LARGEST_STORED:
            raise BadRecord(f"the {name} is {'negative' if number < 0 else 'absurdly large'}")
    if activity.start.year < EARLIEST_YEAR:
        raise BadRecord(f"it starts in {activity.start.year}, before {EARLIEST_YEAR}: an unset clock")
    if activity.start > now + CLOCK_TOLERANCE:
        raise BadRecord(f"it starts on {activity.start:%Y-%m-%d}, in the future")


def _times(activity: Activity) -> tuple[int | None, set[Flag]]:
    """The moving time that can be used [s], at most a day, None where there is none; and what is doubtful about it."""
    moving_s, elapsed_s = activity.moving_s, activity.elapsed_s or None
    if moving_s is None and elapsed_s is not None and elapsed_s <= TWELVE_HOURS_S:
        return elapsed_s, set()
    if not moving_s:
        return None, {Flag.NO_TIME}
    flags = set()
    if elapsed_s is not None and moving_s > elapsed_s:
        moving_s = elapsed_s
        flags.add(Flag.TIMES_SWAPPED)
    elif elapsed_s is not None and elapsed_s - moving_s > max(moving_s, FOUR_HOURS_S):
        flags.add(Flag.FORGOTTEN_STOP)  # stood longer than it moved, and for hours: not an ultra with its rests
    if moving_s > ONE_DAY_S:
        moving_s = ONE_DAY_S
        flags.add(Flag.TOO_LONG)
    return moving_s, flags


def _distance(activity: Activity, moving_s: int | None) -> tuple[int | None, set[Flag]]:
    """The distance [m] and what is doubtful about it. Only runs are judged: a ride may be fast, yoga goes nowhere."""
    distance_m = activity.distance_m
    if not activity.is_run:
        return distance_m, set()
    if not distance_m:
        return None, {Flag.NO_DISTANCE}
    if distance_m > LONGEST_RUN_M or (moving_s is not None and _too_fast(distance_m, moving_s)):
        return distance_m, {Flag.TOO_FAST}
    if moving_s is not None and distance_m < SLOWEST_MEAN_M_PER_S * moving_s:
        return distance_m, {Flag.TOO_SLOW}  # miles or kilometres, perhaps: never guessed
    return distance_m, set()


def _too_fast(distance_m: int, moving_s: int) -> bool:
    limit = FASTEST_MEAN_M_PER_S if moving_s > TEN_MINUTES_S else FASTEST_SPRINT_M_PER_S
    return distance_m > limit * moving_s


def _heart_rate_plausible(average_bpm: float | None, max_bpm: float | None) -> bool:
    """Both or neither: a strap that reads one of them wrong has read the other wrong as well."""
    if average_bpm is not None and max_bpm is not None and average_bpm > max_bpm:
        return False
    return _within(average_bpm, HEART_RATES_BPM) and _within(max_bpm, HEART_RATES_BPM)


def _within(value: float | None, limits: tuple[float, float]) -> bool:
    lowest, highest = limits
    return value is None or lowest <= value <= highest  # NaN is within no limits


def _clean(text: str) -> str:
    """One line of at most 200 letters, each with at most four combining marks."""
    kept: list[str] = []
    letters = marks = 0
    for char in text:
        mark = unicodedata.category(char).startswith("M")
        letters, marks = (letters, marks + 1) if mark else (letters + 1, 0)
        if letters > LONGEST_NAME:
            break
        if marks <= MARKS_ON_A_LETTER:
            kept.append(_clean_char(char))
    return " ".join("".join(kept).split())


def _clean_char(char: str) -> str:
    if char in BIDI_CONTROLS:
        return ""
    if char in LINE_BREAKS or unicodedata.category(char) == "Cc":
        return " "
    return "\ufffd" if unicodedata.category(char) == "Cs" else char
