"""Headroom and the way back in words, the same for page, mail and command line."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil

from monitor.alerts.units import in_km
from monitor.load.fast_speed import FastSpeed
from monitor.load.headroom import Headroom
from monitor.load.ladder import SYMPTOMS
from monitor.load.left_out import NOTHING_TOLD, LeftOut
from monitor.load.returning import Return
from monitor.load.spikes import LOOK_BACK_DAYS
from monitor.load.usual import WEEK, WEEKS
from monitor.rules.freshness import told

NOT_KNOWN = "not known"
NO_PROMISE = "This compares you with your own last weeks. Nobody has tested it as a limit, and it is no promise."
OWN_RANGE = "Your own usual range, for when you plan more than an easy run:"
WAY_BACK = "The way back:"


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that a day can hold: what it is, how much, and what that means."""

    title: str
    figure: str
    text: str

    def __str__(self) -> str:
        return f"{self.title}: {self.figure}. {self.text}"


def headroom_said(headroom: Headroom, hours_until_hard: float | None, left_out: LeftOut = NOTHING_TOLD) -> list[Said]:
    """What the day can hold, each in a sentence with what it lacks; nothing while the runner is returning."""
    if headroom.returning:
        return []
    before = headroom.day - timedelta(days=1)
    return [
        _lacking(_easy(headroom), left_out.distance(before, LOOK_BACK_DAYS)),
        _lacking(_fast(headroom), left_out.fast(before, WEEK * (WEEKS + 1))),
        _lacking(_climb(headroom), left_out.climb(before, LOOK_BACK_DAYS)),
        _hard(headroom, hours_until_hard),
    ]


def _lacking(said: Said, lacks: str) -> Said:
    return replace(said, text=f"{said.text} ({lacks[0].upper()}{lacks[1:]}.)") if lacks else said


def easy_step(headroom: Headroom, longest_before_m: Sequence[int]) -> list[str]:
    """The easy run of a day as a step to take, after runs that were longer than *longest_before_m*, if any. [m]

    The longest before such a run is what counts then: one that was itself too long does not raise it.
    """
    if headroom.easy_ceiling_m is None:
        return []
    metres = min([headroom.easy_ceiling_m, *longest_before_m])
    distance = f"{metres // 100 / 10:.1f} km"  # downwards: no distance is rounded up
    if metres in longest_before_m:
        text = f"Before the long run {distance} was your longest: stay within it for now."
    elif headroom.builds_on_record:
        text = f"Your longest of 30 days, {distance}, is too new to build upon: shorter is the calmer choice."
    else:
        text = (
            f"{distance} is a tenth beyond your longest of 30 days: as far as the comparison group of a study of 5205"
            " runners went beyond theirs. It is no promise."
        )
    return [f"If you run today, keep it easy. {text}"]


def in_short(
    headroom: Headroom, hours_until_hard: float | None, left_out: LeftOut = NOTHING_TOLD
) -> tuple[str, list[str]]:
    """What is known of the day beside its easy run, or the step on the way back: a heading, and its lines if any."""
    if headroom.returning:
        return WAY_BACK, _here(headroom.returning)
    beside = headroom_said(headroom, hours_until_hard, left_out)[1:]
    known = [str(said) for said in beside if said.figure != NOT_KNOWN]
    return OWN_RANGE, [*known, NO_PROMISE] if known else []


def fast_speed_said(fast: FastSpeed | None) -> str:
    """From what speed on running is fast for this runner, and where that comes from."""
    if fast is None:
        return "What is fast for you is not known: no run of 5 km and more with samples, and no fast speed set."
    pace = f"Fast for you is {fast.mps:.1f} m/s ({_clock(1000 / fast.mps)} per km) and faster"
    if fast.origin == "set" or fast.best_5k_s is None:
        return f"{pace}, as set."
    if fast.origin == "usual":
        return (
            f"{pace}: 15 % above your usual speed of the last {fast.days} days with samples. No faster 5 km is known."
        )
    return f"{pace}: 5 % above your best 5 km ({_clock(fast.best_5k_s)}) of the last {fast.days} days with samples."


def why_returning(back: Return) -> str:
    """What the runner comes back from."""
    injury, since = back.injury, f"{told(back.since)} {back.since.year}"
    if injury is None:
        return f"{'In' if back.is_open else 'Back after'} a break from running that began on {since}."
    site = f"{injury.site} ({injury.side})"
    if injury.ended is None:
        return f"An injury is open: {site}, since {told(injury.onset)} {injury.onset.year}."
    return f"Back after an injury: {site}, {told(injury.onset)} to {told(injury.ended)} {injury.ended.year}."


def when_over(back: Return) -> str:
    """After what ratios are shown again."""
    if back.weekly_before_m is None or back.weekly_needed_m is None:
        weeks = "three weeks back: how much was usual before is not known"
    else:
        weeks = (
            f"two weeks in a row of {in_km(back.weekly_needed_m)} or more, which is 75 % of a week before"
            f" ({in_km(back.weekly_before_m)})"
        )
    healed = " and the injury noted as over" if back.injury and back.injury.ended is None else ""
    return (
        "Ceilings and load ratios have too little to compare with and are left out; a run far beyond the others is"
        f" still named. They return after {weeks}{healed}."
    )


def return_said(back: Return) -> list[str]:
    """The way back as sentences: why, the step as far as distances tell, what decides, and when it is over."""
    return [why_returning(back), *_here(back), when_over(back)]


def _here(back: Return) -> list[str]:
    step = [] if back.step is None else [f"Step {back.step + 1} of {len(back.ladder)}: {back.ladder[back.step].text}"]
    return [*step, SYMPTOMS]


def _easy(headroom: Headroom) -> Said:
    if headroom.easy_ceiling_m is None or headroom.longest_30d_m is None:
        return Said("Easy run", NOT_KNOWN, "Fewer than 4 runs are known in the 30 days before.")
    figure = f"up to {in_km(headroom.easy_ceiling_m)}"
    if headroom.builds_on_record:
        text = "Your longest of 30 days is new this week: nothing to build upon yet, and shorter is the calmer choice."
    else:
        text = (
            f"Your longest of 30 days was {in_km(headroom.longest_30d_m)}. Up to a tenth more was the reference group"
            " of a study of 5205 runners; it is not proven to be harmless."
        )
    return Said("Easy run", figure, text)


def _fast(headroom: Headroom) -> Said:
    if headroom.fast_left_m is None:
        return Said(
            "Fast running",
            NOT_KNOWN,
            "Too little of the last five weeks is known: that takes runs with samples, and a fast speed.",
        )
    if not headroom.fast_usual_m and not headroom.fast_week_m:
        return Said("Fast running", "none lately", "Your last five weeks held none: begin with very little.")
    if not headroom.fast_usual_m:
        week = f"These 7 days hold {headroom.fast_week_m:.0f} m"
        return Said("Fast running", "none left", f"{week}, and the four weeks before held none.")
    usual = f"as much as the largest known week of the four before ({headroom.fast_usual_m:.0f} m)."
    if not headroom.fast_left_m:
        return Said("Fast running", "none left", f"These 7 days hold {usual}")
    return Said("Fast running", f"{headroom.fast_left_m:.0f} m more", f"Then these 7 days hold {usual}")


def _climb(headroom: Headroom) -> Said:
    if headroom.climb_m is None:
        return Said("Climb", NOT_KNOWN, "Too little is known of the climb of the 30 days before.")
    if not headroom.climb_m:
        return Said("Climb", "none lately", "No run of the 30 days before climbed: begin with little.")
    return Said("Climb", f"up to {headroom.climb_m:.0f} m", "The most that is known of one run in the 30 days before.")


def _hard(headroom: Headroom, hours: float | None) -> Said:
    if hours is None or headroom.hard_from is None:
        return Said("Hard session", NOT_KNOWN, "Whether one of the last days was hard cannot be told.")
    if not hours:
        return Said("Hard session", "none in 48 h", "None began in the last 48 hours. How you feel says more.")
    moment = headroom.hard_from
    when = f"{moment:%a} {told(moment.date())}, {moment:%H:%M}"
    return Said("Hard session", f"{ceil(hours)} h to go", f"Until {when}, when the last one is 48 hours ago.")


def _clock(seconds: float) -> str:
    return f"{round(seconds) // 60}:{round(seconds) % 60:02}"
