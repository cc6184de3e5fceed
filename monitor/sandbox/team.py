"""The stories turned into athletes with two hundred days of runs, each in their own time zone."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from monitor.sandbox.athlete import Athlete
from monitor.sandbox.plan import Plan, distance_m, easy
from monitor.sandbox.stories import STORIES, Story

FIRST_ID = 7_001
EARLY, BACK_BY = time(5, 30), time(7, 30)
TODAY = easy(9_900)
PHONE_SHARE, PHONE_DELAY = 9.87 / 10.02, timedelta(seconds=30)


def team(now: datetime) -> list[Athlete]:
    """The twelve runners as they stand at *now*: the same for the same moment, and no run ends after it."""
    return [_athlete(story, FIRST_ID + n, now) for n, story in enumerate(STORIES)]


def _athlete(story: Story, athlete_id: int, now: datetime) -> Athlete:
    first_name, last_name = story.name
    athlete = Athlete(
        id=athlete_id,
        first_name=first_name,
        last_name=last_name,
        email=f"{first_name}.{last_name}@example.org".lower(),
        timezone=story.timezone,
        story=story.slug,
        line=story.line,
        history_days=max(story.diary),
        body=story.body,
    )
    local_now = now.astimezone(ZoneInfo(story.timezone)).replace(tzinfo=None)
    for days_ago, plan in sorted(story.diary.items(), reverse=True):
        _run(athlete, story, local_now.date() - timedelta(days=days_ago), plan, slot=(days_ago - 1) % 7 + 1)
    if story.runs_today and local_now.time() >= BACK_BY:
        athlete.record(datetime.combine(local_now, EARLY), TODAY)
    return athlete


def _run(athlete: Athlete, story: Story, day: date, plan: Plan, slot: int) -> None:
    """One day's run, and what a second device made of it."""
    spread = (day.toordinal() * 37 + athlete.id * 11) % 55  # nobody leaves home on the dot
    start = datetime.combine(day, time(story.hour, spread))
    if slot in story.treadmill:
        athlete.record(start, plan, treadmill=True)
        return
    athlete.record(start, plan, sport=story.sport, pause_s=spread)
    if story.two_devices:
        phone = easy(round(distance_m(plan) * PHONE_SHARE))
        athlete.record(start + PHONE_DELAY, phone, device="Sandbox phone", heartrate=False, pause_s=spread)
