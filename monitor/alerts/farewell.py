"""What is written when something ends: the last letter, the one about what was removed, and those to the operator."""

from datetime import datetime

from monitor.alerts.letter import Letter, one_line, weekday
from monitor.rules.freshness import told


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


def brake_letter(since: datetime, lost: int, base_url: str) -> Letter:
    """To the operator: deletions are held back."""
    return Letter(
        subject="Hamwatch holds back deletions: many Strava permissions ended at once",
        name="",
        happened=(
            f"{lost} runners' permissions have ended since shortly before {told(since.date())}, {since:%H:%M} UTC. "
            "So many at once look like a fault of ours or of Strava's.",
            "Until you have looked nothing is deleted for it, nobody is asked to reconnect, and their state reads "
            "“Strava unreachable”. Rows that no list has shown for strava.keep_days go all the same: Strava's terms "
            "allow no longer.",
        ),
        next_steps=(
            "Look whether strava.client_id, HAMWATCH_STRAVA__CLIENT_SECRET and the app in Strava's settings are right.",
            "hamwatch strava release --ask-again tries the stored tokens once more: for a fault that is mended.",
            "hamwatch strava release starts the runners' clocks and asks them to reconnect: if they did leave.",
        ),
        link=("Open Hamwatch", base_url),
        why="You get this mail, once a day while it lasts, because your address stands in mail.operator.",
        care="",
    )


def inactive_letter(reason: str, base_url: str) -> Letter:
    """To the operator: Strava answers nobody because of the app itself."""
    return Letter(
        subject="Strava has made the Hamwatch app inactive",
        name="",
        happened=(
            f"{one_line(reason)}.",
            "Until then no runner's training can be read, and every page says so.",
        ),
        next_steps=("Renew the subscription and reactivate the app; Hamwatch goes on by itself.",),
        link=("Open Hamwatch", base_url),
        why="You get this mail, once a day while it lasts, because your address stands in mail.operator.",
        care="",
    )


def subscription_letter(number: int, since: datetime, base_url: str) -> Letter:
    """To the operator: Strava no longer tells of changes."""
    return Letter(
        subject="Strava has dropped Hamwatch's subscription",
        name="",
        happened=(
            f"Strava was asked on {told(since.date())} and knows of no subscription {number}. It drops one whose "
            "address it cannot reach, for example.",
            "Nothing is lost: every runner is listed daily again, which takes more requests and is up to a day slower.",
        ),
        next_steps=("hamwatch strava subscribe, while the pages can be reached from outside.",),
        link=("Open Hamwatch", base_url),
        why="You get this mail, once a day while it lasts, because your address stands in mail.operator.",
        care="",
    )
