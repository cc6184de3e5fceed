"""What trouble of buttock or hamstring has in common with others': a pattern to mention to a clinician, no more.

The four patterns of a physiotherapist's article (expert opinion, grade D), and sudden onset. A pattern needs the trait
that is typical of it, or two of its traits.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from monitor.symptoms.red_flags import Urgency


class Trait(StrEnum):
    """Something that holds of the trouble. The value is what is stored."""

    SIT_BONE = "sit-bone"
    HARD_SEAT = "hard-seat"
    UPHILL = "uphill"
    FASTER = "faster"
    SHOE = "shoe"
    DIFFUSE = "diffuse"
    AFTER_DISTANCE = "after-distance"
    STIFF_AFTER_SITTING = "stiff-after-sitting"
    BURNING = "burning"
    SPREADING = "spreading"
    BACK_POSITION = "back-position"
    MORNING = "morning"
    SUDDEN = "sudden"

    @property
    def text(self) -> str:
        """What a runner ticks."""
        return ASKED[self]


ASKED = {
    Trait.SIT_BONE: "It hurts at one point, where the thigh meets the bone I sit on",
    Trait.HARD_SEAT: "Sitting on something hard hurts",
    Trait.UPHILL: "It is worse uphill",
    Trait.FASTER: "It is worse at a faster pace",
    Trait.SHOE: "Kicking off a shoe hurts",
    Trait.DIFFUSE: "It is spread out or deep, and no single point is sore",
    Trait.AFTER_DISTANCE: "It begins after a certain distance",
    Trait.STIFF_AFTER_SITTING: "I am stiff after sitting for long",
    Trait.BURNING: "It burns",
    Trait.SPREADING: "It spreads, below the middle of the thigh or below the knee",
    Trait.BACK_POSITION: "It changes with how I hold my back, as in bending forward",
    Trait.MORNING: "It is worst in the morning",
    Trait.SUDDEN: "It came suddenly and sharply in the middle of the thigh, while I ran fast",
}


class Pattern(StrEnum):
    """What is shown. The text is what a person reads."""

    RED = "stop, and see a doctor"
    SUDDEN = "sudden onset"
    SPREADING = "back-position related, spreading"
    SIT_BONE = "load-sensitive, at the sit bone"
    DIFFUSE = "diffuse, distance-related"

    @property
    def urgency(self) -> Urgency:
        """Without a red flag."""
        return {Pattern.SUDDEN: Urgency.CLINICIAN, Pattern.SPREADING: Urgency.CLINICIAN}.get(self, Urgency.NONE)


@dataclass(frozen=True, slots=True)
class _Sign:
    """What makes a pattern: one trait that is typical of it, or two of all."""

    typical: Trait
    others: frozenset[Trait]
    advice: tuple[str, ...]

    def weight(self, traits: Collection[Trait]) -> int:
        found = 2 * (self.typical in traits) + len(self.others.intersection(traits))
        return found if found >= 2 else 0


SUDDEN_ADVICE = (
    "Stop running for now, and let a clinician look at it within days.",
    "Walk as far as it is comfortable. Leave stretching and fast steps until somebody has looked.",
)
SIGNS = {  # in order of caution: the first of equal ones is named
    Pattern.SPREADING: _Sign(
        Trait.SPREADING,
        frozenset({Trait.BURNING, Trait.BACK_POSITION, Trait.MORNING}),
        (
            "Let a clinician look at it, and mention your back too.",
            "Run only what does not make it spread further. If a leg becomes numb or weak, call a doctor that day.",
        ),
    ),
    Pattern.SIT_BONE: _Sign(
        Trait.SIT_BONE,
        frozenset({Trait.HARD_SEAT, Trait.UPHILL, Trait.FASTER, Trait.SHOE}),
        (
            "Reduce fast and uphill running first; easy running on the flat comes last.",
            "Leave out stretching to the end of the range, and sit on something soft.",
        ),
    ),
    Pattern.DIFFUSE: _Sign(
        Trait.DIFFUSE,
        frozenset({Trait.AFTER_DISTANCE, Trait.STIFF_AFTER_SITTING}),
        (
            "Keep your runs shorter than the distance at which it begins.",
            "Get up now and then when you sit for long.",
        ),
    ),
}


def pattern(traits: Collection[Trait]) -> Pattern | None:
    """The pattern that most of the *traits* fit, the more careful one of equals; None where they fit none."""
    if Trait.SUDDEN in traits:
        return Pattern.SUDDEN
    weights = {found: sign.weight(traits) for found, sign in SIGNS.items()}
    best = max(weights, key=lambda found: weights[found])
    return best if weights[best] else None


def advice(found: Pattern | None) -> tuple[str, ...]:
    """What to do first; empty where no pattern was found. What is red has texts of its own (`medical_text`)."""
    if found is Pattern.SUDDEN:
        return SUDDEN_ADVICE
    return SIGNS[found].advice if found in SIGNS else ()
