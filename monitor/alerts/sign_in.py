"""The mail that signs somebody in."""

from monitor.alerts.letter import Letter


def sign_in_letter(url: str) -> Letter:
    """The link, and what to do for whoever did not ask for it."""
    return Letter(
        subject="Your link to sign in to Hamwatch",
        name="",
        happened=(
            "Somebody, most likely you, asked to sign in with this address.",
            "The link below is valid for ten minutes, once, and only in the browser in which it was asked for.",
        ),
        next_steps=(
            "Open the link in that browser, and press the button there.",
            "If you did not ask for it, do nothing: without that browser the link opens nothing. Give it to nobody.",
        ),
        link=("Sign in", url),
        why="You get this mail because a sign-in with your address was asked for.",
        care="",
    )
