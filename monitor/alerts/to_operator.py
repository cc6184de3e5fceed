"""To the operator: what Hamwatch cannot mend by itself. Each letter comes once a day while its trouble lasts."""

from datetime import datetime

from monitor.alerts.given import one_line
from monitor.alerts.letter import Letter
from monitor.rules.freshness import told
from monitor.watch import TROUBLES, Late


def late_letter(late: Late, base_url: str) -> Letter:
    """Something that should run by itself does not. It comes from the half that is alive."""
    trouble = TROUBLES[late.part]
    return _letter(trouble.subject, (late.says,), trouble.next_steps, base_url)


def brake_letter(since: datetime, lost: int, base_url: str) -> Letter:
    """Deletions are held back."""
    return _letter(
        "Hamwatch holds back deletions: many Strava permissions ended at once",
        (
            f"{lost} runners' permissions have ended since shortly before {told(since.date())}, {since:%H:%M} UTC. "
            "So many at once look like a fault of ours or of Strava's.",
            "Until you have looked nothing is deleted for it, nobody is asked to reconnect, and their state reads "
            "“Strava unreachable”. Rows that no list has shown for strava.keep_days go all the same: Strava's terms "
            "allow no longer.",
        ),
        (
            "Look whether strava.client_id, HAMWATCH_STRAVA__CLIENT_SECRET and the app in Strava's settings are right.",
            "hamwatch strava release --ask-again tries the stored tokens once more: for a fault that is mended.",
            "hamwatch strava release starts the runners' clocks and asks them to reconnect: if they did leave.",
        ),
        base_url,
    )


def inactive_letter(reason: str, base_url: str) -> Letter:
    """Strava answers nobody because of the app itself."""
    return _letter(
        "Strava has made the Hamwatch app inactive",
        (f"{one_line(reason)}.", "Until then no runner's training can be read, and every page says so."),
        ("Renew the subscription and reactivate the app; Hamwatch goes on by itself.",),
        base_url,
    )


def subscription_letter(number: int, since: datetime, base_url: str) -> Letter:
    """Strava no longer tells of changes."""
    return _letter(
        "Strava has dropped Hamwatch's subscription",
        (
            f"Strava was asked on {told(since.date())} and knows of no subscription {number}. It drops one whose "
            "address it cannot reach, for example.",
            "Nothing is lost: every runner is listed daily again, which takes more requests and is up to a day slower.",
        ),
        ("hamwatch strava subscribe, while the pages can be reached from outside.",),
        base_url,
    )


def _letter(subject: str, happened: tuple[str, ...], next_steps: tuple[str, ...], base_url: str) -> Letter:
    return Letter(
        subject=subject,
        name="",
        happened=happened,
        next_steps=next_steps,
        link=("Open Hamwatch", base_url),
        why="You get this mail, once a day while it lasts, because your address stands in mail.operator.",
        care="",
    )
