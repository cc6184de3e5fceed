"""The severity score of the OSTRC questionnaires, exactly as published.

Source: Clarsen et al. 2020, Br J Sports Med 54:390, doi:10.1136/bjsports-2019-101337.
"""

from monitor.symptoms.check_in import CheckIn

POINTS = {1: 0, 2: 8, 3: 17, 4: 25}  # by option
FULL, CANNOT = 1, 4  # options of the first question
MOST = 100
DETECTABLE_CHANGE = 35  # points; known second-hand: less than that says little about one person


def severity(told: CheckIn) -> int:
    """The sum of the four questions' points, 0 to 100.

    Full participation without problems is 0 and ends the questionnaire; could not participate is 100, and the other
    three questions are not asked. (Summing 25 for it instead, as some software does, is not what was published.)
    """
    if told.participation == FULL:
        return 0
    if told.participation == CANNOT:
        return MOST
    answers = (told.participation, told.modification, told.performance, told.symptoms)
    return sum(POINTS[answer] for answer in answers if answer is not None)


def is_substantial(told: CheckIn) -> bool:
    """Could not participate, or training or performance changed to a moderate extent or more."""
    if told.participation in (FULL, CANNOT):
        return told.participation == CANNOT
    return any(answer is not None and answer >= 3 for answer in (told.modification, told.performance))
