"""What is written to whoever coaches a team from now on, in another role, or no longer. Nothing of its runners.

What was typed as their name stands nowhere in it: an address may be somebody else's.
"""

from monitor.alerts.given import given
from monitor.alerts.letter import Letter

MAY = {  # by role
    "viewer": "A viewer looks at the team's board and at what it leads to, and changes nothing.",
    "coach": "A coach looks at the team's board and at what it leads to, invites runners, and makes groups.",
    "owner": "An owner does what a coach does, decides who else coaches and in which role, and takes runners out.",
}
AGREED = "Everybody there sees only runners who have agreed to it, and of them what they have agreed to."
OPERATOR = "whoever runs Hamwatch for your club"
WHY = "You get this mail because your address was entered for a coach of this team."


def appointed_letter(team: str, role: str, by: str, team_url: str) -> Letter:
    """They coach a team from now on. *by* is who decided it; empty for the operator."""
    return Letter(
        subject=f"You are {_a(role)} of {given(team)} on Hamwatch",
        name="",
        happened=(
            f"{_upper(_who(by))} entered you as {_a(role)} of the team {given(team)}. Hamwatch tells runners and their"
            " coaches when training changed too suddenly.",
            f"{MAY[role]} {AGREED}",
        ),
        next_steps=(
            "Open the page below and sign in with this address: a link is mailed to you then.",
            "A digest comes in your morning, once a day at most and only with something new; it can be switched off.",
            _mistake(by),
        ),
        link=("Open the team", team_url),
        why=WHY,
        care="",
    )


def changed_role_letter(team: str, was: str, role: str, by: str, team_url: str) -> Letter:
    """They may do more, or less."""
    return Letter(
        subject=f"You are {_a(role)} of {given(team)} on Hamwatch now",
        name="",
        happened=(
            f"{_upper(_who(by))} changed your role in the team {given(team)}: you were {_a(was)}, and are {_a(role)}.",
            f"{MAY[role]} {AGREED}",
        ),
        next_steps=("You need not do anything: it holds already.", _mistake(by)),
        link=("Open the team", team_url),
        why=WHY,
        care="",
    )


def dismissed_letter(team: str, by: str) -> Letter:
    """They see nothing any more."""
    return Letter(
        subject=f"You no longer coach {given(team)} on Hamwatch",
        name="",
        happened=(
            f"{_upper(_who(by))} took you out of those who coach the team {given(team)}.",
            "You no longer see the team or any of its runners, and get no digest of it.",
        ),
        next_steps=("You need not do anything.", _mistake(by)),
        why=WHY,
        care="",
    )


def _who(by: str) -> str:
    return given(by) if by else OPERATOR


def _mistake(by: str) -> str:
    return f"If that is a mistake, tell {_who(by)}: it can be changed back at any time."


def _a(role: str) -> str:
    return f"{'an' if role[0] in 'aeiou' else 'a'} {role}"


def _upper(text: str) -> str:
    """A name begins with its mark, and stays."""
    return f"{text[:1].upper()}{text[1:]}"
