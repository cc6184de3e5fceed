"""A runner's past, counted back from today: which plan was run how many days ago."""

from collections.abc import Callable, Sequence

from monitor.sandbox.plan import Plan, easy

Diary = dict[int, Plan]  # days ago → plan; yesterday is 1
Week = tuple[float, float, float, float, float, float, float]  # [km] a day, the last one being yesterday; 0 is rest

WEEKS = 31
BUILDING = (1.0, 0.96, 0.92, 0.85)  # this week, last week, …: three weeks up and an easier one, over and over
EVEN = (1.0,)
UNEVEN = 0.02  # runs fall short of the plan by up to this share, never beyond it: no run is a spike by accident


def weekly(week: Week, *, scale: Sequence[float] = BUILDING, make: Callable[[int], Plan] = easy) -> Diary:
    """The same week again and again up to yesterday, each as large as *scale* says, the latest week first."""
    days = range(1, 7 * WEEKS + 1)
    planned_km = {day: week[-1 - (day - 1) % 7] * scale[(day - 1) // 7 % len(scale)] for day in days}
    return {day: make(_nearly(km, day)) for day, km in planned_km.items() if km}


def before(diary: Diary, days_ago: int) -> Diary:
    """The part of *diary* that is longer ago than that."""
    return {day: plan for day, plan in diary.items() if day > days_ago}


def every_week(plan: Plan, *, first: int) -> Diary:
    """*plan* once a week, most recently *first* days ago."""
    return dict.fromkeys(range(first, 7 * WEEKS + 1, 7), plan)


def _nearly(km: float, day: int) -> int:
    golden = day * 0.618034 % 1  # spreads evenly and is the same every time
    return round(1_000 * km * (1 - UNEVEN * golden))
