"""The words of Hamwatch: what a run is, what a finding says, what a verdict can be. Values only, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

RUN_SPORTS = frozenset({"Run", "TrailRun", "VirtualRun"})


class Origin(StrEnum):
    """Where a row came from. Rows of Strava's API carry Strava's terms with them; a runner's own files do not.

    CHECK_IN is what a runner told of how it feels: coaches see it by a consent of its own, and no run comes from it.
    """

    STRAVA = "strava"
    EXPORT = "export"
    RECORDING = "recording"
    CHECK_IN = "check-in"


class Flag(StrEnum):
    """What is doubtful about a run. The text is what a person reads."""

    MANUAL = "entered by hand"
    TREADMILL = "treadmill"
    NO_DISTANCE = "no distance"
    NO_TIME = "no moving time"
    TOO_FAST = "faster than anybody runs: distance not used"
    TOO_SLOW = "slower than walking: perhaps another unit"
    TOO_LONG = "longer than 24 hours"
    FULL_DAY = "beyond 24 hours of running on one day"
    TOLD_TWICE = "listed twice, differently: the later used"
    FORGOTTEN_STOP = "watch left running: moving time used"
    TIMES_SWAPPED = "moving time above elapsed time: the smaller used"
    HEART_RATE_IGNORED = "heart rate not plausible: not used"
    CADENCE_IGNORED = "cadence not plausible: not used"
    CLIMB_IGNORED = "climb not plausible: not used"
    ZONE_UNKNOWN = "time zone unknown: the runner's own used"
    HIDDEN_START = "start time hidden"


class Workout(IntEnum):
    """What the runner called the run (Strava's `workout_type`)."""

    DEFAULT = 0
    RACE = 1
    LONG_RUN = 2
    WORKOUT = 3


@dataclass(frozen=True, slots=True)
class Activity:
    """One training session as its source told it, in metres and seconds. None is unknown, never zero."""

    origin: Origin
    origin_id: str
    name: str
    sport: str
    start: datetime  # UTC
    start_local: datetime  # wall clock of the place, without a zone
    distance_m: int | None
    moving_s: int | None
    elapsed_s: int | None = None
    climb_m: float | None = None
    average_heartrate_bpm: float | None = None
    max_heartrate_bpm: float | None = None
    cadence_spm: float | None = None
    rpe: float | None = None  # the runner's own rating of exertion, 0 to 10
    workout: Workout = Workout.DEFAULT
    flags: frozenset[Flag] = frozenset()

    @property
    def key(self) -> "RunKey":
        """What tells it from every other run of its runner."""
        return self.origin, self.origin_id

    @property
    def day(self) -> date:
        """The runner's calendar day on which it began."""
        return self.start_local.date()

    @property
    def is_run(self) -> bool:
        return self.sport in RUN_SPORTS


RunKey = tuple[Origin, str]
SPEED_STEP_MPS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """What the samples of a run contained; the samples themselves are dropped. None is unknown, never zero.

    Bin n of a histogram holds speeds from n/10 up to (n+1)/10 m/s, so that what counts as fast can be decided later.
    """

    # Speeds are 10-s median-filtered; down slopes of 4 % and more the grade-adjusted one counts, where it is lower.
    speed_m: tuple[int, ...]  # metres by speed
    speed_s: tuple[int, ...]  # seconds by the same
    uphill_m: tuple[int, ...] | None  # metres at grades of 4 % and more, by grade-adjusted speed; None without a grade
    uphill_s: tuple[int, ...] | None
    repetitions: tuple[int, ...]  # stretches of 20 s and longer at or above the lower end of bin n; may rise with n
    sprint_m: int  # at 5.5 m/s or faster for at least 2 s
    best_5k_s: int | None  # fastest 5 km within the run
    climb_m: int | None
    descent_m: int | None
    cadence_spm: float | None  # both feet, mean of the running samples …
    cadence_mps: float | None  # … and their mean speed
    cadence_grade: float | None  # … and their mean grade (rise / run; 0 where it is unknown)
    cadence_fade: float | None  # last third / first third
    pace_fade: float | None  # grade-adjusted speed, last third / first third
    heartrate_fade: float | None  # heart rate, last third / first third
    heartrate_s: tuple[tuple[int, int], ...] = ()  # (beats per minute, seconds), where it was measured
    heartrate_coverage: float = 0.0  # share of the moving time with a plausible heart rate


class Change(StrEnum):
    """What a runner can say of a run of theirs, against its source."""

    EXCLUDE = "exclude"  # it does not count
    DISTANCE = "distance"  # this is how far it was
    RPE = "rpe"  # this is how hard it was
    MERGE = "merge"  # it is a part of another one


@dataclass(frozen=True, slots=True)
class Amendment:
    """A run as its runner corrects it. What the source told stays as it is, and is corrected anew on each reading."""

    run: RunKey
    change: Change
    value: float | None = None  # metres, or a rating from 0 to 10
    into: RunKey | None = None  # the run of which it is a part
    reason: str = ""


class Site(StrEnum):
    """Where an injury is; the first two change what the rules say."""

    HAMSTRING = "hamstring strain"
    HIGH_HAMSTRING = "high hamstring tendon"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Injury:
    """An injury that a runner told of. *ended* is None while it is open."""

    site: Site
    side: str
    onset: date
    ended: date | None = None


class EventKind(StrEnum):
    """Why a runner does less than usual, on purpose or not."""

    RACE = "race"
    TAPER = "taper"
    ILLNESS = "illness"
    HOLIDAY = "holiday"


@dataclass(frozen=True, slots=True)
class Event:
    """Something planned or met that explains a runner's days."""

    kind: EventKind
    first_day: date
    last_day: date


@dataclass(frozen=True, slots=True)
class Profile:
    """What a runner told of themselves, needed to read their runs; None is unknown."""

    fast_mps: float | None = None
    resting_heartrate_bpm: int | None = None
    max_heartrate_bpm: int | None = None
    sex: str | None = None  # "men" or "women": which published weights of heart rate apply
    first_threshold_bpm: int | None = None  # first and second ventilatory threshold, as tested
    second_threshold_bpm: int | None = None
    threshold_mps: float | None = None  # speed that can be held for about an hour


class Level(IntEnum):
    """How far a rule's measure is beyond its lines."""

    OK = 0
    WATCH = 1
    CAUTION = 2
    STRONG = 3


class Grade(StrEnum):
    """How good the evidence behind a rule is."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    CONTESTED = "contested"

    @property
    def meaning(self) -> str:
        return {
            "A": "strong evidence",
            "B": "moderate evidence: one good study of runners",
            "C": "plausible: evidence from other sports or mechanisms",
            "D": "expert opinion",
            "contested": "studies disagree",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a rule rests on: what may be said about it, and where that was published."""

    grade: Grade
    says: str
    source: str
    doi: str


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's measure was beyond one of its lines on a day."""

    rule: str
    day: date
    level: Level
    value: float
    facts: Mapping[str, float] = field(default_factory=dict)  # the numbers its sentence needs
    origins: frozenset[Origin] = frozenset()  # where the days that it was measured on were told


class Freshness(StrEnum):
    """Whether there is enough recent data to judge a runner."""

    REVOKED = "revoked"
    NEEDS_SCOPE = "needs scope"
    NEEDS_REAUTH = "needs reauthorisation"
    SOURCE_DOWN = "source down"
    STALE = "stale"
    INSUFFICIENT_HISTORY = "insufficient history"
    NO_ACTIVITY = "no activity"
    OK = "ok"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What can be said of a runner on a day. *level* is None where nothing can be said, and *reason* tells why."""

    day: date
    level: Level | None
    reason: str = ""
    freshness: Freshness = Freshness.OK
    findings: tuple[Finding, ...] = ()  # in force, the worst first
    notes: tuple[str, ...] = ()  # what was left out of this verdict, and what was doubtful
    not_judged: tuple[str, ...] = ()  # rules whose measure is unknown
    data_until: date | None = None

    @property
    def word(self) -> str:
        return "CANNOT SAY" if self.level is None else self.level.name

    @property
    def worst(self) -> Finding | None:
        return self.findings[0] if self.findings else None
