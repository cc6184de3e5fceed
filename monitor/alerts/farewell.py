"""What is written when something ends: the last letter, and the one about what was removed."""

from datetime import datetime

from monitor.alerts.given import one_line
from monitor.alerts.letter import Letter, weekday


def erased_letter(name: str, at: datetime, *, was_connected: bool) -> Letter:
    """The last letter: what was erased and when. *at* carries the runner's time zone."""
    at_strava = (
        "Strava is told that our permission has ended; until it has heard, the key to it stays here, sealed. "
        "You can see it there under Settings, My Apps."
    )
    return Letter(
        subject="Everything we held about you has been erased",
        name=one_line(name),
        happened=(
            f"It was done on {weekday(at.date())} at {at:%H:%M}: your name and address, your runs and all that was "
            "computed from them, what you told of yourself, of injuries and of events, what you agreed to, and every "
            "mail that we had written to you.",
            "Nothing of it is kept. Only your former number stays, so that nothing is ever stored under it again.",
            *((at_strava,) if was_connected else ()),
        ),
        next_steps=(
            "You need not do anything. This is our last mail, and our copy of it goes as soon as it is sent.",
            "Ask whoever runs Hamwatch for your team how long they keep backups: one made earlier is not changed.",
        ),
        why="You get this mail because the erasure was asked for, by you or on your behalf.",
        care="",
    )


def removed_letter(name: str, since: datetime, *, connect_url: str) -> Letter:
    """What Strava's permission had brought was removed, because it ended and was not given again."""
    return Letter(
        subject="Your runs from Strava were removed here",
        name=one_line(name),
        happened=(
            f"Our access to your Strava account ended on {weekday(since.date())}, and you did not connect again.",
            "So all that came from Strava was removed, and what was computed from it. Your own files stay.",
        ),
        next_steps=(
            "If you wanted that, there is nothing to do.",
            "If not, connect again: the last 120 days are read in anew.",
        ),
        link=("Connect Strava again", connect_url),
        why="You get this mail because you once connected your account with Hamwatch.",
        care="",
    )
