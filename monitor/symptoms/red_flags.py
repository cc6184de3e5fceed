"""Signs that belong before a doctor, whatever else was said."""

from collections.abc import Collection
from enum import IntEnum, StrEnum


class Urgency(IntEnum):
    """How soon somebody should look at it. From DOCTOR on it is red, and nothing else is said beside it."""

    NONE = 0
    PHYSIOTHERAPIST = 1
    CLINICIAN = 2  # within days
    DOCTOR = 3  # promptly
    TODAY = 4
    EMERGENCY = 5

    @property
    def is_red(self) -> bool:
        return self >= Urgency.DOCTOR


class RedFlag(StrEnum):
    """A sign that is asked for by itself. The value is what is stored."""

    SADDLE = "saddle"
    BLADDER_OR_BOWEL = "bladder-or-bowel"
    WEAKER_LEGS = "weaker-legs"
    POP = "pop"
    CALF_OR_BREATH = "calf-or-breath"
    UNWELL = "unwell"
    ONE_LEG = "one-leg"
    CANNOT_HOP = "cannot-hop"
    SHARP_WITH_WEIGHT = "sharp-with-weight"
    GROIN_OR_SIDE = "groin-or-side"
    NIGHT_OR_REST = "night-or-rest"
    LIMP = "limp"
    BONE = "bone"

    @property
    def text(self) -> str:
        """What a runner ticks."""
        return ASKED[self][1]

    @property
    def urgency(self) -> Urgency:
        return ASKED[self][0]


ASKED = {
    RedFlag.CANNOT_HOP: (Urgency.DOCTOR, "I cannot hop on that leg, or put weight on it"),
    RedFlag.SHARP_WITH_WEIGHT: (Urgency.DOCTOR, "It turns sharp when I put weight on the leg"),
    RedFlag.GROIN_OR_SIDE: (Urgency.DOCTOR, "It hurts deep in the groin or at the side of the hip"),
    RedFlag.NIGHT_OR_REST: (Urgency.DOCTOR, "It hurts at night, or at rest"),
    RedFlag.LIMP: (Urgency.DOCTOR, "I limp"),
    RedFlag.BONE: (
        Urgency.DOCTOR,
        "I had a bone stress injury, or miss periods, or eat less than my training takes",
    ),
    RedFlag.POP: (Urgency.TODAY, "There was a sudden pop, then a bruise or lost strength"),
    RedFlag.ONE_LEG: (Urgency.TODAY, "The leg is numb or weak"),
    RedFlag.UNWELL: (Urgency.TODAY, "I have a fever, lose weight without knowing why, or have had cancer"),
    RedFlag.CALF_OR_BREATH: (Urgency.TODAY, "A calf is swollen and hot, or I am short of breath"),
    RedFlag.WEAKER_LEGS: (Urgency.EMERGENCY, "A leg gets weaker and weaker, or both legs are weak"),
    RedFlag.SADDLE: (Urgency.EMERGENCY, "I am numb where one sits on a saddle"),
    RedFlag.BLADDER_OR_BOWEL: (Urgency.EMERGENCY, "Bladder or bowel do not work as they used to"),
}
CALL_NOW = "Call the emergency number of your country now, or have somebody take you to an emergency department."
CALL_TODAY = "Do not run. Call a doctor today and say what you ticked here."
SEE_DOCTOR = "Stop running, and contact a doctor promptly, today or tomorrow. Say what you ticked here."
SHORT_OF_BREATH = "If you are short of breath, call the emergency number now."


def urgency(flags: Collection[RedFlag]) -> Urgency:
    """The most urgent of the *flags*; NONE without one."""
    return max((flag.urgency for flag in flags), default=Urgency.NONE)


def medical_text(flags: Collection[RedFlag]) -> tuple[str, ...]:
    """What to do, in words that stand alone; empty without a flag.

    Source: Robertson 2017, PMC6226070 (weight-bearing); the rest is expert opinion, and on the careful side.
    """
    match urgency(flags):
        case Urgency.EMERGENCY:
            return (CALL_NOW, "Do not drive yourself, and do not wait to see whether it passes.")
        case Urgency.TODAY:
            breath = (SHORT_OF_BREATH,) if RedFlag.CALF_OR_BREATH in flags else ()
            return (*breath, CALL_TODAY)
        case Urgency.DOCTOR:
            return (
                SEE_DOCTOR,
                "Until then no running, hopping or jumping, and no more weight on the leg than is comfortable.",
            )
        case _:
            return ()
