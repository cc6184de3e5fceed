"""What is ahead of a runner, for their page: what today can hold, or the way back after a break."""

from dataclasses import dataclass
from datetime import datetime

from monitor.alerts.headroom import NO_PROMISE, Said, headroom_said, when_over, why_returning
from monitor.load.headroom import headroom
from monitor.load.ladder import EVIDENCE, SYMPTOMS, Step
from monitor.load.left_out import LeftOut
from monitor.load.returning import returning
from monitor.model import Evidence, Freshness
from monitor.store.view import Judged


@dataclass(frozen=True, slots=True)
class Room:
    """What today can hold."""

    said: list[Said]
    promise: str = NO_PROMISE


@dataclass(frozen=True, slots=True)
class WayBack:
    """The ladder that stands in place of ratios; *here* is the step as far as distances tell."""

    why: str
    steps: tuple[Step, ...]
    here: int | None
    over: str
    symptoms: str = SYMPTOMS
    evidence: Evidence = EVIDENCE


def way_back(judged: Judged) -> WayBack | None:
    """Where the runner stands on the way back; None where the days are too old to tell, unless an injury does."""
    if judged.history is None:
        return None
    back = returning(judged.history, judged.injuries, judged.today)
    is_current = judged.verdict.level is not None or judged.verdict.freshness is Freshness.NO_ACTIVITY
    if back is None or not (is_current or back.injury):
        return None
    return WayBack(why_returning(back), back.ladder, back.step, when_over(back))


def room(judged: Judged, now: datetime) -> Room | None:
    """What today can hold; None while a finding is in force, whose advice comes first, or nothing current is known."""
    if judged.history is None or judged.verdict.level is None or judged.verdict.findings:
        return None
    found = headroom(judged.history, judged.today, judged.injuries)
    wall_clock = now.astimezone(judged.person.zone).replace(tzinfo=None)
    return Room(headroom_said(found, found.hours_until_hard(wall_clock), LeftOut(judged.runs, judged.exposures)))
