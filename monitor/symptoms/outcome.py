"""From the answers to what the runner reads: one pure function. A red flag silences everything else."""

from collections.abc import Iterable
from dataclasses import dataclass

from monitor.symptoms.check_in import CheckIn
from monitor.symptoms.pain import TEXTS, Step, is_rising, step
from monitor.symptoms.patterns import Pattern, advice, pattern
from monitor.symptoms.red_flags import Urgency, medical_text, urgency
from monitor.symptoms.scoring import FULL, is_substantial, severity

HEADLINES = {
    Urgency.EMERGENCY: "This is an emergency",
    Urgency.TODAY: "See a doctor today",
    Urgency.DOCTOR: "Stop running, and see a doctor",
    Urgency.CLINICIAN: "Let a clinician look at it, within days",
    Urgency.PHYSIOTHERAPIST: "A physiotherapist can help",
}
FINE = "Noted: a week without problems"
NOTED = "Noted: what you told, and what may help"
LASTING = "It has lasted two weeks or longer: see a physiotherapist."
SUBSTANTIAL = (
    "By the questionnaire's own definition this is substantial. If it is new, or does not ease within days, talk to a"
    " physiotherapist or a doctor."
)
RISING = "The pain you told of has risen for two weeks."
NO_DIAGNOSIS = "This is not a diagnosis. Only somebody who examines you can tell what it is."
MENTION = "A pattern to mention to a clinician"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is said back. With a red flag *steps* are medical, and pattern and pain are not named."""

    severity: int  # 0 to 100
    substantial: bool
    urgency: Urgency
    headline: str
    steps: tuple[str, ...]
    pattern: Pattern | None = None
    pain: Step | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_red(self) -> bool:
        return self.urgency.is_red

    @property
    def stops_running(self) -> bool:
        """Whether a plan for the next run would be out of place."""
        return self.is_red or self.pattern is Pattern.SUDDEN

    @property
    def sentences(self) -> tuple[str, ...]:
        """All that a runner reads of it."""
        named = (f"{MENTION}: {self.pattern}",) if self.pattern and not self.is_red else ()
        return (self.headline, *self.steps, *named, *self.notes)


def outcome(told: CheckIn, earlier: Iterable[CheckIn] = ()) -> Outcome:
    """What follows from *told*, and from the *earlier* check-ins as far as pain has risen since."""
    before = [each for each in earlier if each.day < told.day]
    score, substantial = severity(told), is_substantial(told)
    red = urgency(told.flags)
    if red.is_red:
        return Outcome(score, substantial, red, HEADLINES[red], medical_text(told.flags), Pattern.RED)
    found = pattern(told.traits)
    allowed = step(told, before)
    how_soon = max(found.urgency if found else Urgency.NONE, _physiotherapist(told, allowed))
    headline = HEADLINES.get(how_soon, FINE if told.participation == FULL else NOTED)
    steps = (*advice(found), *_pain_text(found, allowed), *_when_to_be_seen(substantial, how_soon, allowed))
    notes = (*((RISING,) if is_rising(told, before) else ()), *((NO_DIAGNOSIS,) if told.there else ()))
    return Outcome(score, substantial, how_soon, headline, steps, found, allowed, notes)


def _physiotherapist(told: CheckIn, allowed: Step | None) -> Urgency:
    is_due = allowed is Step.STOP_FAST or (told.there and told.lasting)
    return Urgency.PHYSIOTHERAPIST if is_due else Urgency.NONE


def _pain_text(found: Pattern | None, allowed: Step | None) -> tuple[str, ...]:
    """What the pain allows, unless the pattern asks for a stop; no leave to go on where it asks for a clinician."""
    if allowed is None or found is Pattern.SUDDEN:
        return ()
    return () if allowed is Step.CONTINUE and found is Pattern.SPREADING else TEXTS[allowed]


def _when_to_be_seen(substantial: bool, how_soon: Urgency, allowed: Step | None) -> tuple[str, ...]:
    """Unless another text has sent the runner there already."""
    if how_soon is Urgency.PHYSIOTHERAPIST and allowed is not Step.STOP_FAST:
        return (LASTING,)
    return (SUBSTANTIAL,) if substantial and how_soon is Urgency.NONE else ()
