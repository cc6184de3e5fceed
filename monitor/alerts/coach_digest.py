"""The daily letter to a coach: who needs a look, who cannot be judged, and why. It goes only when that is news."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from monitor.alerts.given import given, one_line
from monitor.alerts.letter import Letter
from monitor.alerts.policy import Reason
from monitor.model import Freshness, Level

MONDAY = 0
NO_NEWS = (Freshness.INSUFFICIENT_HISTORY, Freshness.SOURCE_DOWN)  # a new runner; a trouble of the operator's
ASK = "Ask before you change a plan: a finding is about training, not about an injury, and the runner may know why."
BOTH_WAYS = (
    "Whoever is not named here is not thereby without risk: no finding of theirs stands at CAUTION or above,"
    " and that is all it says."
)


@dataclass(frozen=True, slots=True)
class Line:
    """One runner as the coach may see them: what leads (a rule, or why nothing can be said), and its words."""

    runner_id: int
    name: str
    what: str
    level: Level | None
    text: str
    is_news: bool = True  # whether it may cause a mail

    @property
    def needs_a_look(self) -> bool:
        return self.level is not None and self.level >= Level.CAUTION


Before = Mapping[int, tuple[str, Level | None]]  # what the latest digest told, by runner


def coach_reason(lines: Sequence[Line], before: Before, weekday: int) -> Reason:
    """Whether today's digest goes, and why: somebody new, somebody worse, else on Mondays while something is true.

    Another rule at the same level is no news; *before* forgets after a week, so that a flapping runner is told once.
    """
    news = [line for line in lines if line.is_news]
    if any(_is_new(line, before) for line in news):
        return Reason.FIRST
    if any(line.level is not None and line.level > (before[line.runner_id][1] or Level.OK) for line in news):
        return Reason.WORSE
    if not lines:
        return Reason.NOTHING_NEW
    return Reason.REMINDER if weekday == MONDAY else Reason.STILL_TRUE


def coach_letter(
    name: str, team: str, lines: Sequence[Line], before: Before, *, watched: int, not_agreed: int, board_url: str
) -> Letter:
    """What a coach reads in the morning. *watched* runners agreed to be seen, *not_agreed* did not.

    No name stands in the subject: it shows on locked screens.
    """
    look = [line for line in lines if line.needs_a_look]
    unjudged = [line for line in lines if line.level is None]
    return Letter(
        subject=f"{given(team)}: {_how_many(len(look), 'needs a look', 'need a look')},"
        f" {_how_many(len(unjudged), 'cannot be judged', 'cannot be judged')}",
        name=one_line(name),
        happened=(
            _how_many(watched, "runner has agreed that you see them.", "runners have agreed that you see them."),
            *_others(not_agreed),
        ),
        next_steps=(ASK,),
        link=("Open the board", board_url),
        also=(
            ("Needs a look", [_said(line, before) for line in look]),
            ("Cannot be judged, and why", [_said(line, before) for line in unjudged]),
            ("What this does not say", [BOTH_WAYS]),
        ),
        why="You get this mail because you coach this team, at most once a day, and only when something is new"
        " or it is Monday.",
        care="",
    )


def _is_new(line: Line, before: Before) -> bool:
    """Not told lately, or now judged and then not, or the other way round."""
    return line.runner_id not in before or (before[line.runner_id][1] is None) is not (line.level is None)


def _said(line: Line, before: Before) -> str:
    new = " (new)" if before.get(line.runner_id, ("",))[0] != line.what else ""
    word = f", {line.level.name}" if line.level is not None else ""
    return f"{given(line.name)}{word}{new}: {line.text}"


def _others(not_agreed: int) -> tuple[str, ...]:
    if not not_agreed:
        return ()
    return (f"{_how_many(not_agreed, 'other has', 'others have')} not agreed, and nothing is told of them.",)


def _how_many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
