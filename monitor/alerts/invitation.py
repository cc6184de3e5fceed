"""What is written to whoever is asked to join a team, and to a runner whom a team has taken out."""

from collections.abc import Sequence
from datetime import datetime

from monitor.alerts.given import given, one_line
from monitor.alerts.letter import Letter, weekday


def invitation_letter(team: str, coaches: Sequence[str], url: str, ends: datetime) -> Letter:
    """Who asks, and that nothing follows from doing nothing. What the inviter typed as a name stands nowhere in it."""
    asked_by = f" Its coaches: {', '.join(map(given, coaches))}." if coaches else ""
    return Letter(
        subject=f"{given(team)} asks you to join on Hamwatch",
        name="",
        happened=(
            f"Hamwatch tells runners and their coaches when training changed too suddenly. {given(team)} uses it,"
            f" and asks whether you want to join.{asked_by}",
            "Nobody sees anything of you before you have agreed, and you can leave again whenever you want.",
        ),
        next_steps=(
            f"Open the link below, until {weekday(ends.date())}, {ends:%H:%M %Z}. It says what the coaches would see,"
            " and asks you for your yes.",
            "If you do not want to, or do not know who asks, do nothing. You can also decline there: then nothing of"
            " you is kept.",
        ),
        link=("Look at the invitation", url),
        why="You get this mail because somebody of that team gave your address.",
        care="",
    )


def left_team_letter(name: str, team: str) -> Letter:
    """The team has taken the runner out; everything of their own goes on."""
    return Letter(
        subject=f"You are no longer in {given(team)} on Hamwatch",
        name=one_line(name),
        happened=(
            f"You were taken out of the team {given(team)}. Its coaches see nothing of you any more.",
            "Everything of your own stays as it was: your runs, your pages, your mails.",
        ),
        next_steps=("You need not do anything. To join again you need a new invitation, and agree anew.",),
        why="You get this mail because you were in this team.",
        care="",
    )
