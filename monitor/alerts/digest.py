"""The weekly letter to a runner: the week, what the next one can hold, and what stayed quiet, with why."""

from collections.abc import Sequence
from datetime import date

from monitor.alerts.given import given, one_line
from monitor.alerts.headroom import NO_PROMISE, easy_step, headroom_said, return_said
from monitor.alerts.letter import Letter, in_a_sentence, weekday
from monitor.alerts.policy import Reason
from monitor.alerts.units import in_km
from monitor.load.headroom import Headroom
from monitor.load.left_out import NOTHING_TOLD, LeftOut
from monitor.load.week import Week
from monitor.model import Finding, Origin, Verdict
from monitor.rules.rule import Rule

Quiet = tuple[Rule, Finding, Reason]  # what was found, and why no mail told it

NEITHER = "That is neither good news nor bad: we do not know."
HOW_ARE_YOU = "How are you? It takes half a minute"


def weekly_letter(
    name: str,
    past: Week | None,
    verdict: Verdict,
    in_force: Sequence[tuple[Rule, Finding]],
    quiet: Sequence[Quiet],
    *,
    headroom: Headroom | None,
    hours_until_hard: float | None = None,
    left_out: LeftOut = NOTHING_TOLD,
    corrections: Sequence[str] = (),
    page_url: str,
    check_in_url: str = "",
) -> Letter:
    """One runner's week. *past* and *headroom* are None where nothing is known of their days.

    *corrections* are what changed in runs that were told before. Verdict and headroom are of the day of the letter.
    """
    return Letter(
        subject=_subject(past, verdict),
        name=one_line(name),
        happened=(*_the_week(past), *_judged(verdict)),
        next_steps=_next(verdict, in_force, headroom, hours_until_hard, left_out),
        link=("Open your page", page_url),
        answers=((HOW_ARE_YOU, check_in_url),) if check_in_url else (),
        also=(
            ("Found, and not mailed", [_unmailed(*each) for each in quiet]),
            ("Corrected since the last mail", list(corrections)),
        ),
        why=f"You get this mail every {verdict.day:%A} because Hamwatch watches your training load.",
    )


def corrected(name: str, day: date, was: tuple[str, int | None], now: tuple[str, int | None]) -> str:
    """A run that reads differently now: its sport and distance [m] as they *were* told and as they are *now*."""
    return f"{given(name)}, {weekday(day)}: {_run(*now)}; it was {_run(*was)}."


def _run(sport: str, distance_m: int | None) -> str:
    return f"{given(sport)}, {'no distance' if distance_m is None else in_km(distance_m)}"


def _subject(past: Week | None, verdict: Verdict) -> str:
    if verdict.level is None or past is None:
        return "Your week: we cannot judge it"
    if not past.runs:
        return "Your week: no runs"
    runs = "1 run" if past.runs == 1 else f"{past.runs} runs"
    return f"Your week: {in_km(past.distance_m)} in {runs}"


def _the_week(past: Week | None) -> list[str]:
    if past is None:
        return []
    upto = f"In the 7 days up to {weekday(past.last)} you ran {in_km(past.distance_m)}"
    longest = f", the longest {in_km(past.longest_m)}" if past.longest_m and past.runs > 1 else ""
    fast = f" {past.fast_m} m of it were fast." if past.fast_m else ""
    usual = f"The four weeks before held {in_km(past.usual_m)} each, on average." if past.usual_m is not None else ""
    unknown = f"{7 - past.known_days} of these 7 days are not known." if past.known_days < 7 else ""
    return [part for part in (f"{upto}{longest}.{fast}", usual, unknown) if part]


def _judged(verdict: Verdict) -> list[str]:
    if verdict.level is None:
        return [f"We cannot judge your training: {one_line(verdict.reason)}.", NEITHER]
    notes = [f"{note[:1].upper()}{note[1:]}." for note in verdict.notes]
    if verdict.findings:
        return notes
    return ["No rule that could be judged found a sudden change.", *notes]


def _next(
    verdict: Verdict,
    in_force: Sequence[tuple[Rule, Finding]],
    headroom: Headroom | None,
    hours_until_hard: float | None,
    left_out: LeftOut,
) -> tuple[str, ...]:
    """What comes next: the advice of what was found, else what the day of the letter can hold, else what helps."""
    if verdict.level is None or headroom is None:
        return (
            "If you have run, look whether your latest run shows where you record them.",
            "If you have not, there is nothing to do.",
        )
    if headroom.returning:
        return tuple(return_said(headroom.returning))
    if any(rule.origin is Origin.CHECK_IN for rule, _ in in_force):  # it hurts: nothing is said of what a run can hold
        return tuple(dict.fromkeys(rule.advice for rule, _ in in_force))
    if in_force:
        longest_before = [round(f.facts["longest_30d_km"] * 1000) for _, f in in_force if "longest_30d_km" in f.facts]
        return (*dict.fromkeys(rule.advice for rule, _ in in_force), *easy_step(headroom, longest_before))
    return (*(str(said) for said in headroom_said(headroom, hours_until_hard, left_out)), NO_PROMISE)


def _unmailed(rule: Rule, finding: Finding, why: Reason) -> str:
    how = f"{finding.level.name.capitalize()}; grade {rule.evidence.grade}, {rule.evidence.grade.meaning}"
    return f"{in_a_sentence(rule, finding)} {how}. Not mailed: {why.value}."


def digest_week(today: date, chosen_weekday: int) -> date:
    """The latest day up to *today* that is the runner's own for the digest: what its episode is named by."""
    return date.fromordinal(today.toordinal() - (today.weekday() - chosen_weekday) % 7)
