"""What a reader may not see must not read as if it had not happened."""

from dataclasses import dataclass, replace

from monitor.model import Freshness, Level, Verdict


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many *runs* of the last 8 weeks a reader does not see, *of* how many; whether that is *everything* known."""

    runs: int = 0
    of: int = 0
    everything: bool = False

    @property
    def note(self) -> str:
        """What stands beside the verdict; empty where no run is hidden."""
        return f"{self.runs} of {self.of} runs hidden: Strava only" if self.runs else ""


def with_hidden(verdict: Verdict, hidden: Hidden) -> Verdict:
    """The verdict for a reader who does not see all.

    Findings of the runs that are seen stand. "No line crossed" and "no runs since" would be said of hidden runs too,
    so nothing can be said there.
    """
    if hidden.everything:
        return _cannot_say(verdict, "hidden: all there is comes from Strava")
    says_nothing_happened = verdict.level is Level.OK or verdict.freshness is Freshness.NO_ACTIVITY
    if hidden.runs and says_nothing_happened:
        return _cannot_say(verdict, f"hidden: {hidden.runs} of {hidden.of} runs are on Strava only")
    return verdict


def _cannot_say(verdict: Verdict, reason: str) -> Verdict:
    return replace(verdict, level=None, reason=reason, freshness=Freshness.INSUFFICIENT_HISTORY, not_judged=())
