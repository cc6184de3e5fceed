"""What FIT, GPX and TCX files call a sport, in Strava's words."""

from monitor.sources.archive_words import plain

# Digits are what Strava itself writes into GPX files.
_SPORTS = {
    "Run": "run|running|9|street running|track running|road running|jogging",
    "TrailRun": "trail run|trail running|trail",
    "VirtualRun": "virtual run|virtual running",
    "Ride": "ride|cycling|biking|bike|1",
    "Walk": "walk|walking|10",
    "Hike": "hike|hiking|4",
    "Swim": "swim|swimming",
    "Workout": "workout|training|other|generic|all",
}
SPORTS = {word: sport for sport, words in _SPORTS.items() for word in words.split("|")}
TREADMILL = {"treadmill", "treadmill run", "treadmill running", "indoor run", "indoor running"}

UNSAID = "Run"  # a runner's own file that names no sport


def sport(word: str | None) -> str:
    """Strava's word for a sport; one that is in no table is spelt like Strava's, and is no run."""
    word = plain(word or "")
    if not word:
        return UNSAID
    return "Run" if word in TREADMILL else SPORTS.get(word, word.title().replace(" ", ""))


def is_known(word: str) -> bool:
    return plain(word) in SPORTS or is_treadmill(word)


def is_treadmill(word: str | None) -> bool:
    return plain(word or "") in TREADMILL
