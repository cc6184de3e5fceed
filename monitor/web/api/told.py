"""What the API answers. Numbers that cannot be computed are null, and CANNOT SAY is a value of its own."""

from datetime import date, datetime
from math import isfinite
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, create_model

from monitor.alerts.answers import Say
from monitor.load.metrics import COLUMNS
from monitor.load.scores import SCORES
from monitor.model import EventKind, Freshness, Grade, Origin


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not isfinite(value) else value


Number = Annotated[float | None, BeforeValidator(_finite)]
LevelName = Literal["OK", "WATCH", "CAUTION", "STRONG"]


class Told(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class EvidenceTold(Told):
    """What a rule rests on."""

    grade: Grade
    meaning: str
    says: str
    source: str
    doi: str


class FindingTold(Told):
    """A rule's measure was beyond one of its lines on a day. `value` larger is worse, in the rule's own unit."""

    rule: str
    title: str
    day: date
    level: LevelName
    value: Number
    facts: dict[str, Number]
    sentence: str
    advice: str
    raised: list[str] = Field(description="Why it stands one level above its line; empty where it does not.")
    context: bool = Field(description="Contested: shown, and never the verdict.")
    origins: list[Origin]
    evidence: EvidenceTold


class _Judgement(Told):
    day: date
    data_until: date | None
    freshness: Freshness
    notes: list[str] = Field(description="What was left out, and what is doubtful.")
    not_judged: list[str] = Field(description="Rules whose measure is unknown.")


class Judgement(_Judgement):
    """The worst finding in force. OK is no promise: no line was crossed."""

    verdict: LevelName
    in_force: list[FindingTold]


class CannotSay(_Judgement):
    """Too little, too old or too doubtful data. It never means that all is well."""

    verdict: Literal["CANNOT SAY"]
    reason: Annotated[str, Field(min_length=1)]


VerdictTold = Annotated[Judgement | CannotSay, Field(discriminator="verdict")]


class Team(Told):
    id: int
    name: str


class Runner(Told):
    """A runner now. The ratios are null where nothing current can be said."""

    id: int
    name: str
    team_id: int | None
    timezone: str
    verdict: VerdictTold
    longest_ratio: Number = Field(description="Longest run of 7 days / longest of the 30 before it; 0 without a run.")
    acwr_coupled: Number = Field(description="Contested: never the verdict.")
    hidden: str = Field(description="What of the runs this token does not see; empty where all are seen.")
    from_strava: bool = Field(description="Rests on Strava's API, whose terms bind whoever shows it.")


class Board(Told):
    """A team, who needs a look first at the top."""

    team: Team
    runners: list[Runner]
    not_agreed: int = Field(description="How many more have not agreed to be seen.")


class Findings(Told):
    """Newest first, of the last 60 days at most."""

    runner_id: int
    findings: list[FindingTold]


Metrics = create_model(
    "Metrics",
    __base__=Told,
    __doc__="A day; null is not computable. Units as in `hamwatch metrics`.",
    day=(date, ...),
    **dict.fromkeys((*COLUMNS, *SCORES), (Number, ...)),  # type: ignore[call-overload]
)


class MetricsOfDays(Told):
    """One row a day of those that are known, oldest first."""

    runner_id: int
    days: list[Metrics]


class Returning(Told):
    """The way back after a break or an injury, in place of every ratio."""

    since: date
    weekly_before_m: Number
    weekly_needed_m: Number
    last_week_m: Number
    step: int | None = Field(description="1 is the first of the ladder; null where distances cannot tell.")
    ladder: list[str]


class Room(Told):
    """Within the runner's own usual range; null is not known, and nothing of it is a promise."""

    model_config = ConfigDict(from_attributes=True)

    easy_ceiling_m: int | None
    longest_30d_m: int | None
    builds_on_record: bool = Field(description="That longest is a week old or less, so the ceiling is no higher.")
    fast_usual_m: Number
    fast_left_m: Number
    fast_week_m: Number
    climb_m: Number


class HeadroomTold(Told):
    """What today can hold. On the way back `returning` takes the place of `room`."""

    runner_id: int
    day: date
    verdict: VerdictTold
    nothing_because: str = Field(description="Why nothing is said; empty where something is.")
    room: Room | None = None
    hours_until_hard: Number = Field(default=None, description="Until a hard session is 48 h away from the last.")
    returning: Returning | None = None
    sentences: list[str] = []


class EventTold(Told):
    id: int
    kind: EventKind
    first_day: date
    last_day: date


class Events(Told):
    """Oldest first."""

    runner_id: int
    events: list[EventTold]


class Answered(Told):
    """What was answered, and what follows."""

    say: Say
    follows: str


class CheckedIn(Told):
    """What follows from a check-in. It is not a diagnosis."""

    day: date
    severity: Annotated[int, Field(ge=0, le=100)]
    substantial: bool
    urgency: Literal["NONE", "PHYSIOTHERAPIST", "CLINICIAN", "DOCTOR", "TODAY", "EMERGENCY"]
    stops_running: bool
    sentences: list[str] = Field(description="All that the runner must read, in this order.")


class Myself(Told):
    """Whose token it is."""

    holder: Literal["runner", "coach", "operator"]
    runner_id: int | None
    team_id: int | None
    read_only: bool
    now: datetime
