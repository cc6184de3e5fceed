"""The twelve runners of the demo: what each of them did, and so what there is to find.

Planted are exactly the runs that a story names. Everybody else's training is even: a rest day in every week, no run
more than a tenth longer than the longest of the 30 days before, no gap.
"""

from dataclasses import dataclass

from monitor.sandbox.diary import EVEN, Diary, before, every_week, weekly
from monitor.sandbox.plan import easy, hilly, repetitions
from monitor.sandbox.recording import AVERAGE_BODY, Body

TAPER = (0.55, 0.68, 0.82, *[1.0] * 28)
SIX_TIMES_400 = repetitions(10_000, count=6, length_m=400, effort=2.0)
# Hard because it leads uphill, yet below the speed that is fast for this runner: hills alone are no fast running.
FIVE_HILLS = repetitions(9_000, count=5, length_m=200, effort=1.05, grade=0.06)
FAST_AFTER_HILLS = repetitions(8_000, count=5, length_m=200, effort=1.8)
EVERY_DAY_KM = (10.0, 8.8, 10.1, 9.4, 10.2, 8.6, 9.5)  # yesterday first
DAILY_BEFORE_KM = (6.0, 6.1, 5.9, 10.0, 6.0, 6.2, 5.8, 6.0, 6.1)


def daily(distances_km: tuple[float, ...], *, first: int) -> Diary:
    """A run on every day, most recently *first* days ago."""
    return {first + n: easy(round(1_000 * km)) for n, km in enumerate(distances_km)}


@dataclass(frozen=True)
class Story:
    slug: str
    name: tuple[str, str]
    timezone: str
    line: str
    diary: Diary
    body: Body = AVERAGE_BODY
    hour: int = 6  # of the runner's day
    sport: str = "Run"
    runs_today: bool = False
    treadmill: frozenset[int] = frozenset()  # slots of the week, counted back from yesterday
    two_devices: bool = False


STORIES = (
    Story(
        "long-run-42",
        ("Amara", "Okafor"),
        "Africa/Lagos",
        "Yesterday's run was 42 % longer than the longest of the 30 days before.",
        weekly((0, 8, 10, 0, 8, 6, 16)) | {8: easy(16_000), 1: easy(22_720)},
    ),
    Story(
        "long-run-15",
        ("Linnea", "Sandberg"),
        "Europe/Stockholm",
        "The run two days ago was 15 % longer than the longest of the 30 days before.",
        weekly((0, 8, 6, 0, 8, 14, 5)) | {9: easy(14_000), 2: easy(16_100)},
        hour=17,
    ),
    Story(
        "long-run-130",
        ("Mateo", "Quispe"),
        "America/Lima",
        "Yesterday's run was 2.3 times as long as the longest of the 30 days before.",
        weekly((0, 6, 7, 0, 8, 0, 10)) | {8: easy(10_000), 1: easy(23_000)},
        body=Body(easy_mps=2.7, easy_bpm=144.0),
    ),
    Story(
        "first-speed",
        ("Hana", "Morikawa"),
        "Asia/Tokyo",
        "Fast running two days ago, the first in five weeks; the distances are ordinary.",
        weekly((0, 8, 6, 0, 8, 10, 12)) | every_week(SIX_TIMES_400, first=37) | {2: SIX_TIMES_400},
        body=Body(easy_mps=2.6, easy_bpm=136.0),
        hour=18,
    ),
    Story(
        "hills-then-speed",
        ("Tomasz", "Wilk"),
        "Europe/Warsaw",
        "The first hills five days ago, the first fast running two days ago; the distances are ordinary.",
        weekly((0, 7, 9, 0, 6, 8, 12)) | {5: FIVE_HILLS, 2: FAST_AFTER_HILLS},
        body=Body(easy_mps=2.8),
    ),
    Story(
        "no-rest",
        ("Priya", "Raman"),
        "Asia/Kolkata",
        "Has run on each of the last 16 days, nearly the same distance every day of this week.",
        before(weekly((6, 0, 0, 0, 6, 0, 10.5)), 17) | daily(DAILY_BEFORE_KM, first=8) | daily(EVERY_DAY_KM, first=1),
        runs_today=True,
    ),
    Story(
        "comeback",
        ("Joanna", "Redfern"),
        "America/Denver",
        "Back six days ago after 40 days without a run: four short runs since.",
        before(weekly((0, 8, 6, 0, 10, 0, 15)), 46) | {6: easy(5_000), 4: easy(4_000), 3: easy(4_500), 1: easy(4_800)},
        hour=12,
    ),
    Story(
        "steady",
        ("Sione", "Tavake"),
        "Pacific/Auckland",
        "55 km a week, every week alike.",
        weekly((0, 10, 12, 8, 0, 10.5, 15), scale=EVEN),
        body=Body(easy_mps=3.1, easy_bpm=138.0),
    ),
    Story(
        "new",
        ("Yusuf", "Demir"),
        "Europe/Istanbul",
        "Began ten days ago.",
        {9: easy(5_000), 7: easy(4_800), 6: easy(5_000), 4: easy(5_200), 3: easy(5_000), 1: easy(5_100)},
        body=Body(easy_mps=2.5, easy_bpm=150.0),
        hour=19,
    ),
    Story(
        "stopped",
        ("Maeve", "Corrigan"),
        "America/Halifax",
        "An ordinary runner, whom the demo's Strava stops telling of.",
        weekly((0, 8, 0, 10, 6, 0, 14)),
        hour=7,
    ),
    Story(
        "two-devices",
        ("Yulan", "Chen"),
        "Asia/Singapore",
        "Outdoor runs recorded by a watch and a phone, and a treadmill in between.",
        weekly((0, 8, 10.02, 0, 8, 0, 13), scale=EVEN) | {5: easy(10_020)},
        treadmill=frozenset({3, 6}),
        two_devices=True,
    ),
    Story(
        "taper",
        ("Camille", "Verdier"),
        "Europe/Paris",
        "Big weeks on trails, then three ever smaller ones before a race.",
        weekly((0, 14, 10, 0, 16, 10, 30), scale=TAPER, make=hilly),
        body=Body(easy_mps=2.6, easy_bpm=142.0),
        sport="TrailRun",
    ),
)
