"""What a runner sets out to do: a run as a few segments. The distances are exact, whole metres."""

from typing import NamedTuple


class Segment(NamedTuple):
    """A stretch at one speed on one slope."""

    distance_m: int
    effort: float  # speed as a share of the runner's easy speed
    grade: float = 0.0  # rise per metre run; 0.06 is 6 %


Plan = tuple[Segment, ...]

EASY, JOG = 1.0, 0.8
WARM_UP_M, COOL_DOWN_M = 2_000, 1_000


def easy(distance_m: int) -> Plan:
    """One easy run from door to door."""
    return (Segment(distance_m, EASY),)


def repetitions(distance_m: int, *, count: int, length_m: int, effort: float, grade: float = 0.0) -> Plan:
    """An ordinary distance with *count* fast stretches in it, each followed by as long a jog back.

    With a *grade* the fast stretches lead uphill and the jogs down again.
    """
    work = (Segment(length_m, effort, grade), Segment(length_m, JOG, -grade)) * count
    return _filled(distance_m, work)


def hilly(distance_m: int, *, climb_m: int = 400, grade: float = 0.08) -> Plan:
    """Up and down all the way, slower up than down."""
    up_and_down = (Segment(climb_m, 0.75, grade), Segment(climb_m, 1.1, -grade))
    return _filled(distance_m, up_and_down * ((distance_m - WARM_UP_M - COOL_DOWN_M) // (2 * climb_m)))


def _filled(distance_m: int, work: Plan) -> Plan:
    """*work* between easy running, so that the whole run is *distance_m* long."""
    easy_m = distance_m - sum(segment.distance_m for segment in work)
    warm_up_m = min(WARM_UP_M, easy_m // 2)
    return (Segment(warm_up_m, EASY), *work, Segment(easy_m - warm_up_m, EASY))


def distance_m(plan: Plan) -> int:
    """How long the whole run is. [m]"""
    return sum(segment.distance_m for segment in plan)
