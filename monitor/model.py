"""The words of Hamwatch: what a run is, what a finding says, what a verdict can be. Values only, no behaviour."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum, StrEnum

RUN_SPORTS = frozenset({"Run", "TrailRun", "VirtualRun"})


class Origin(StrEnum):
    """Where a row came from. Rows of Strava's API carry Strava's terms with them; a runner's own files do not."""

    STRAVA = "strava"
    EXPORT = "export"
    RECORDING = "recording"


class Flag(StrEnum):
    """What is doubtful about a run. The text is what a person reads."""

    MANUAL = "entered by hand"
    TREADMILL = "treadmill"
    NO_DISTANCE = "no distance"
    NO_TIME = "no moving time"
    TOO_FAST = "faster than anybody runs: distance not used"
    TOO_SLOW = "slower than walking: perhaps another unit"
    TOO_LONG = "longer than 24 hours"
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
    workout: Workout = Workout.DEFAULT
    flags: frozenset[Flag] = frozenset()

    @property
    def day(self) -> date:
        """The runner's calendar day on which it began."""
        return self.start_local.date()

    @property
    def is_run(self) -> bool:
        return self.sport in RUN_SPORTS


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
    data_until: date | None = None

    @property
    def word(self) -> str:
        return "CANNOT SAY" if self.level is None else self.level.name

    @property
    def worst(self) -> Finding | None:
        return self.findings[0] if self.findings else None
