"""What else a week held: sleep, stress, food, strength. For the runner alone, as context: no rule reads any of it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from monitor.model import Evidence, Grade

SHORT_SLEEP_H = 7.0  # the study's own line
HIGH_STRESS = 7  # of 10, our own choice: no study looked for a line on this scale
BOUNDS = {"sleep_h": (0, 16), "stress": (0, 10), "strength_sessions": (0, 14)}

SLEEP = Evidence(
    Grade.C,
    says="In 95 endurance athletes, new injuries were more frequent after two weeks of under 7 hours a night (hazard"
    " ratio 1.51). A study of 161 high-school runners saw no such link.",
    source="Johnston et al. 2019; Joachim et al. 2023",
    doi="",
)
STRESS = Evidence(
    Grade.C,
    says="In 95 endurance athletes, new injuries were more frequent with complaints of mind and way of life (hazard"
    " ratio 1.32). It is one study, and it looked for no line on such a scale.",
    source="Johnston et al. 2019",
    doi="",
)
FOOD = Evidence(
    Grade.D,
    says="Named by a physiotherapist as part of such trouble. No study of it here.",
    source="A physiotherapist's article on buttock pain in runners, 2020",
    doi="",
)
FOOD_NEXT = "Missed periods, or weight that falls without your wish, are a reason to talk to a doctor."


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """Answers that may all stay blank; None was not told."""

    sleep_h: float | None = None  # a night, as a rule
    stress: int | None = None  # 0 none to 10 the most
    fuelling_concern: bool | None = None  # a worry about eating enough for the training
    strength_sessions: int | None = None

    @property
    def told(self) -> bool:
        return any(getattr(self, name) is not None for name in NAMES)


NAMES = tuple(field.name for field in fields(Circumstances))


def are_possible(told: Circumstances) -> bool:
    """Whether each number lies on its scale."""
    values = {name: getattr(told, name) for name in BOUNDS}
    return all(values[name] is None or least <= values[name] <= most for name, (least, most) in BOUNDS.items())


def context(told: Circumstances) -> tuple[str, ...]:
    """What is known of such circumstances, a sentence each, with the studies that disagree; empty where nothing is.

    Strength sessions are only counted: what is known of them is of team sports.
    """
    said = []
    if told.sleep_h is not None and told.sleep_h < SHORT_SLEEP_H:
        said.append(f"You told of {told.sleep_h:g} hours of sleep a night. {_known(SLEEP)}")
    if told.stress is not None and told.stress >= HIGH_STRESS:
        said.append(f"You told of stress of {told.stress} of 10. {_known(STRESS)}")
    if told.fuelling_concern:
        said.append(f"You told of a worry about eating enough. {_known(FOOD)} {FOOD_NEXT}")
    return tuple(said)


def latest(told: Sequence[Circumstances]) -> Circumstances:
    """Of each answer the last that was given, where *told* is oldest first."""
    given = {name: [value for each in told if (value := getattr(each, name)) is not None] for name in NAMES}
    return Circumstances(**{name: values[-1] if values else None for name, values in given.items()})


def _known(evidence: Evidence) -> str:
    return f"{evidence.says} (Grade {evidence.grade}: {evidence.source}.)"
