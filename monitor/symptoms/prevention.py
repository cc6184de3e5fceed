"""What may help a runner's hamstrings and buttocks, each with its evidence. None of it is a promise."""

from dataclasses import dataclass

from monitor.model import Evidence, Grade
from monitor.symptoms.circumstances import FOOD, FOOD_NEXT, SLEEP

ARTICLE = FOOD.source


@dataclass(frozen=True, slots=True)
class Habit:
    """Something to do, how, and what it rests on."""

    title: str
    how: str
    evidence: Evidence


HABITS = (
    Habit(
        "Strength under lengthening",
        "Twice a week, on days that are not hard: slow movements in which the hamstring works while it gets longer, as"
        " when lowering a bridge or bending forward with a weight. Begin light, and add little by little.",
        Evidence(
            Grade.D,
            says="For pain at the sit bone a review of trials found no treatment that was better than others, and"
            " experts favour loading. Trials of such exercises for the middle of the muscle are of team sports.",
            source="Nasser et al. 2021, Int J Sports Phys Ther",
            doi="10.26603/001c.21250",
        ),
    ),
    Habit(
        "Movement of the hip rather than stretching",
        "Swing, circle and turn the hip before a run. Leave out long stretches of the hamstring to the end of its range"
        " while its upper end hurts.",
        Evidence(
            Grade.D,
            says="Experts hold that stretching presses the upper tendon on the bone. No trial of runners was found.",
            source="Beatty et al. 2017, Curr Sports Med Rep 16:162",
            doi="10.1249/JSR.0000000000000355",
        ),
    ),
    Habit(
        "Cadence 5 to 10 % up, as a trial",
        "On easy flat runs, for two to three weeks, 5 % more steps a minute at the same pace, 10 % at most. Stop the"
        " trial if the hamstring likes it less.",
        Evidence(
            Grade.D,
            says="In a laboratory 45 runners with 10 % more steps took shorter ones, and hip and knee absorbed less. A"
            " review found too little evidence to say what that does for injuries.",
            source="Heiderscheit et al. 2011, Med Sci Sports Exerc 43:296; Anderson et al. 2022, Sports Med Open",
            doi="10.1249/MSS.0b013e3181ebedf4",
        ),
    ),
    Habit(
        "Two to four days between hard sessions",
        "Leave 48 hours between two fast or hilly sessions, and more after a race.",
        Evidence(
            Grade.C,
            says="After a simulated football match the strength of lengthening hamstrings was lowest at 40 to 48 hours,"
            " and not back in full until 96. It was not about runners.",
            source="Rhodes et al. 2019, Res Sports Med",
            doi="10.1080/15438627.2018.1523168",
        ),
    ),
    Habit(
        "Sleep",
        "Look after your sleep in weeks that are hard, and make a hard week easier when sleep was short.",
        SLEEP,
    ),
    Habit(
        "Food enough for the training",
        f"Eat before and after long and hard sessions, and enough over the week. {FOOD_NEXT}",
        FOOD,
    ),
    Habit(
        "Glutes that do their part",
        "Train them on purpose, with bridges, side steps and single-leg work, so that hamstring and back need not do"
        " their work. A physiotherapist can show how.",
        Evidence(
            Grade.D,
            says="Expert opinion: no study of runners that followed them over time was found.",
            source=ARTICLE,
            doi="",
        ),
    ),
)
