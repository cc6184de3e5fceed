"""How many mails the rules make of a runner and month: `python -m tests.benchmarks.burden`.

The budget is two. Counted are the months in which something could be said; the demo's stories hold planted errors.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from jobs.scorecard import replay
from monitor.load.training import Known, training
from monitor.rules import RULES
from monitor.rules.scorecard import DAYS_A_MONTH, Scorecard, scorecard
from monitor.sources.archive import read_archive
from tests.benchmarks.demo_team import demo_team

NOW = datetime(2026, 9, 30, 22, tzinfo=UTC)
EXPORT = (Path(__file__).parents[2] / "../shared/data/export/activities.csv").resolve()


def main() -> None:
    mails: Counter[str] = Counter()
    months = 0.0
    print("mails of a runner and month, by the rule that leads them; and runs beyond the single-session line a month")
    for name, found in demo():
        show(name, found)
        mails.update(found.mails)
        months += judged_months(found)
    by_rule = ", ".join(f"{rule} {count / months:.2f}" for rule, count in mails.most_common())
    print(f"  {'the whole demo team':<22}{sum(mails.values()) / months:6.2f} in {months:5.1f} months: {by_rule}")
    if EXPORT.exists():
        show("a real export", of_export())
    else:
        print("  no real export here: its folder is not part of this repository")


def demo() -> Iterator[tuple[str, Scorecard]]:
    for athlete, known in demo_team(NOW):
        yield athlete.story, scored(known, ZoneInfo(athlete.timezone))


def of_export() -> Scorecard:
    runs = [run for run in read_archive(EXPORT, ZoneInfo("UTC"), NOW).activities if run.is_run]
    return scored(Known(tuple(runs), ((runs[0].day, runs[-1].day),)), ZoneInfo("UTC"))


def scored(known: Known, zone: ZoneInfo) -> Scorecard:
    history = training(known).history
    if history is None:
        raise ValueError("no day is known")
    return scorecard(list(replay(known, RULES, zone, history.first_day, history.last_day)), known.injuries, RULES)


def judged_months(found: Scorecard) -> float:
    return (found.mornings - sum(found.cannot_say.values())) / DAYS_A_MONTH


def show(name: str, found: Scorecard) -> None:
    months = judged_months(found)
    by_rule = ", ".join(f"{rule} {count}" for rule, count in found.mails.items()) or "none"
    rate = f"{sum(found.mails.values()) / months:6.2f}" if months else "     –"
    spikes = sum(found.findings.get("single_session_spike", {}).values())
    print(f"  {name:<22}{rate} in {months:5.1f} months: {by_rule}; {spikes / found.months:.2f} long runs")


if __name__ == "__main__":
    main()
