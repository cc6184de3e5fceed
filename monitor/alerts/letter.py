"""What a mail says, in plain and calm English. A letter is written once; its two parts are drawn from it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from monitor.alerts.answers import Say
from monitor.alerts.given import one_line
from monitor.alerts.headroom import easy_step, in_short
from monitor.alerts.policy import Reason
from monitor.load.headroom import Headroom
from monitor.load.left_out import NOTHING_TOLD, LeftOut
from monitor.model import Finding, Freshness, Origin
from monitor.rules.rule import Kind, Rule

Told = tuple[Rule, Finding]
Section = tuple[str, Sequence[str]]  # a heading and its lines

NORMAL = "Findings like this are an ordinary part of training. We write because the next days are still yours to plan."
AGAIN = "To go on, connect again. It takes a minute, and your training is read in anew."
ON_PURPOSE = "If you ended it on purpose, do nothing: what came from {source} is removed here on {day}."
LOST = {  # what happened, then what to do
    Freshness.REVOKED: (
        "{source} answered that our access to your account has ended.",
        AGAIN,
    ),
    Freshness.NEEDS_SCOPE: (
        "{source} answered that we may not read your activities.",
        "Connect again and leave the box ticked that lets us view your activities on {source}.",
    ),
    Freshness.NEEDS_REAUTH: ("We can no longer open the key that {source} gave us for your account.", AGAIN),
}
STILL = "Still true: {}"
WHY = {
    Reason.FIRST: "You get this mail because Hamwatch watches your training load, and this is new.",
    Reason.WORSE: "You get this mail because what we wrote of lately has become more.",
    Reason.REMINDER: "You get this mail because what we wrote of ten days ago or earlier still holds, and no answer"
    " came. One press on an answer ends it.",
}
CARE = (
    "Hamwatch gives training information. It is not a medical device, and this is not a diagnosis. "
    "Stop running and seek care if you cannot hop or put weight on the leg, if it hurts at night or at rest, "
    "or if a sudden pop was followed by bruising or weakness. "
    "Numbness around the saddle or a change of bladder or bowel control is an emergency."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """The words of one mail, in the order in which they are read. What has a default may be empty."""

    subject: str
    name: str
    happened: tuple[str, ...]  # one sentence each
    next_steps: tuple[str, ...]
    evidence: tuple[Rule, ...] = ()
    closing: str = ""
    link: tuple[str, str] = ("", "")  # its words and where it leads
    answers: tuple[tuple[str, str], ...] = ()  # the words of each, and where it leads
    also: tuple[Section, ...] = ()  # what else there is to tell
    ahead: Section = ("", ())  # what the coming days can hold
    why: str
    care: str = CARE


def alert_letter(
    name: str,
    told: Sequence[Told],
    today: date,
    *,
    headroom: Headroom,
    hours_until_hard: float | None,
    left_out: LeftOut = NOTHING_TOLD,
    page_url: str,
    reason: Reason = Reason.FIRST,
    answer_url: str = "",
) -> Letter:
    """What was found, what to do next, and what is known about it; the worst finding first, which is the subject.

    At its foot what *headroom* knows of the day on which it is read, unless the runner told of pain. *answer_url* is
    where an answer goes, but for which one; empty where none is asked for.
    """
    worst_first = sorted(told, key=lambda pair: (pair[1].level, pair[1].day), reverse=True)
    rules = tuple({rule.name: rule for rule, _ in worst_first}.values())
    subject = headline(*worst_first[0], today)
    longest_before_m = [round(f.facts["longest_30d_km"] * 1000) for _, f in told if "longest_30d_km" in f.facts]
    hurts = any(rule.origin is Origin.CHECK_IN for rule in rules)  # then nothing is said of what a run can hold
    return Letter(
        subject=STILL.format(subject) if reason is Reason.REMINDER else subject,
        name=one_line(name),
        happened=tuple(in_a_sentence(rule, finding) for rule, finding in worst_first),
        next_steps=(*(rule.advice for rule in rules), *(() if hurts else easy_step(headroom, longest_before_m))),
        evidence=rules,
        closing=NORMAL,
        link=("See the runs behind this", page_url),
        answers=tuple((say.label, f"{answer_url}&say={say.value}") for say in Say) if answer_url else (),
        ahead=("", ()) if hurts else in_short(headroom, hours_until_hard, left_out),
        why=f"{WHY[reason]} {_as_of(today)}",
    )


def stale_letter(name: str, since: date, today: date, *, source: str, reason: str, page_url: str) -> Letter:
    """No new data since *since*: what that means, and what helps."""
    return Letter(
        subject=f"No new runs have reached us since {weekday(since)}",
        name=one_line(name),
        happened=(
            f"The last attempt: {one_line(reason).rstrip('.')}.",
            "Without new runs we cannot judge your training. That is neither good news nor bad: we do not know.",
        ),
        next_steps=(
            "If you have not run since then, there is nothing to do.",
            f"If you have, look whether your latest run shows in {source}.",
            "If it does, and tomorrow your page still cannot judge, tell whoever runs Hamwatch for your team.",
        ),
        link=("Open your page", page_url),
        why=f"You get this mail because Hamwatch watches your training load. {_as_of(today)}",
    )


def reconnect_letter(
    name: str, *, source: str, lost: Freshness, connect_url: str, removal: date | None = None
) -> Letter:
    """A permission that was *lost*: ended by the runner, too narrow, or kept under a key that is gone.

    On the day of *removal* what it brought goes; None where it stays.
    """
    happened, next_step = LOST[lost]
    on_purpose = (ON_PURPOSE.format(source=source, day=weekday(removal)),) if removal else ()
    return Letter(
        subject=f"{source} no longer shares your runs with us",
        name=one_line(name),
        happened=(
            happened.format(source=source),
            "Until that changes, no new runs reach us and we cannot judge your training.",
        ),
        next_steps=(next_step.format(source=source), *on_purpose),
        link=(f"Connect {source} again", connect_url),
        why="You get this mail because you once connected your account with Hamwatch.",
    )


def headline(rule: Rule, finding: Finding, today: date) -> str:
    """The subject: a run's distance beside the longest where the finding has both, else the rule's title.

    Only a run has a day; a window is about all its days. What a runner told of their body stands in no subject: it
    shows on locked screens.
    """
    if rule.origin is Origin.CHECK_IN:
        return "About your last check-in"
    if rule.kind is Kind.WINDOW:
        return rule.title
    when = day_word(finding.day, today)
    if {"distance_km", "beyond_percent"} <= finding.facts.keys():
        run = "{distance_km:.1f} km was {beyond_percent:.0f} % beyond your longest in 30 days"
        return f"{when}'s {run.format(**finding.facts)}"
    return f"{when}: {rule.title[:1].lower()}{rule.title[1:]}"


def in_a_sentence(rule: Rule, finding: Finding) -> str:
    """What was found, and of which day."""
    when = weekday(finding.day)
    return f"{when if rule.kind is Kind.SESSION else f'As of {when}'}: {rule.say(finding)}."


def day_word(day: date, today: date) -> str:
    """`Today`, `Yesterday`, the weekday within the last week, else the date."""
    match (today - day).days:
        case 0:
            return "Today"
        case 1:
            return "Yesterday"
        case days if 1 < days < 7:
            return f"{day:%A}"
        case _:
            return f"{day.day} {day:%B}"


def weekday(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def _as_of(today: date) -> str:
    return f"It tells what was known on {weekday(today)}."
