"""Figures of several runners together: when one tells of none of them what only they may tell."""

FEWEST = 5


def may_be_told(runners: int, seen: int = 0) -> bool:
    """Whether a figure of so many *runners* may be shown to whoever sees *seen* of them one by one.

    Whoever does takes their part out of it: what is left must be of nobody, or of five or more, too. A list that names
    each runner is no such figure.
    Source of the five: the threat model of this project (a coach infers a hidden runner from a team's totals).
    """
    return runners >= FEWEST and (runners == seen or runners - seen >= FEWEST)
