"""Whether the time of an answer tells what its words do not: `python -m tests.benchmarks.enumeration`.

Known and unknown addresses at sign-in, and what is somebody else's beside what does not exist; 10 ms is what may
differ. They take turns, so that other work on the machine meets both alike.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from httpx2 import Response
from starlette.testclient import TestClient

from monitor.cli.logs import show_logs
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.settings.sections import LogSettings
from monitor.store.people import add_runner
from tests.web.club import NOW, empty_club
from tests.web.gate import BOB, GUS, HARRIERS, OTHER, Gate, product_of, with_people
from tests.web.office import ATHLETE

ROUNDS, MAY_DIFFER_MS = 300, 10
NOBODY = 999_999
Ask = Callable[[int], Response]


def main() -> None:
    show_logs(LogSettings(level="ERROR"))
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as gate:
        print(f"{ROUNDS} requests of each, in turns; median and 95th percentile in milliseconds")
        for name, (one, other) in pairs(gate).items():
            times = in_turns(one, other)
            gap = abs(median(times[0]) - median(times[1]))
            told = "   ".join(f"{median(each):6.1f} {quantiles(each, n=20)[-1]:6.1f}" for each in times)
            print(f"  {name:<44}{told}   gap {gap:5.2f} {'' if gap <= MAY_DIFFER_MS else '(too much)'}".rstrip())


def pairs(gate: Gate) -> dict[str, tuple[Ask, Ask]]:
    """What is there beside what is not, by what is asked. A network of its own each time: limits are not measured."""
    ann, cora = gate.signed_in("ann@example.org"), gate.signed_in("cora@example.org")

    def asked(address: str) -> Ask:
        return lambda n: gate.ask(gate.browser(f"10.0.{n // 250}.{n % 250}"), address.format(n))

    def got(browser: TestClient, path: str) -> Ask:
        return lambda n: browser.get(path)

    return {
        "sign-in, an address known or unknown": (asked("r{}@example.org"), asked("u{}@example.org")),
        "a runner, another's or none": (got(ann, f"/runners/{GUS}"), got(ann, f"/runners/{NOBODY}")),
        "a team, another's or none": (got(cora, f"/teams/{OTHER}"), got(cora, f"/teams/{NOBODY}")),
        "a member who has not agreed, or none": (
            got(cora, f"/teams/{HARRIERS}/runners/{BOB}"),
            got(cora, f"/teams/{HARRIERS}/runners/{NOBODY}"),
        ),
    }


def in_turns(one: Ask, other: Ask) -> tuple[list[float], list[float]]:
    """How long each answer took, whose words must be the same. [ms]"""
    times: tuple[list[float], list[float]] = [], []
    for n in range(ROUNDS):
        statuses = set()
        for ask, kept in zip((one, other), times, strict=True):
            began = perf_counter()
            statuses.add(ask(n).status_code)
            kept.append(1000 * (perf_counter() - began))
        if len(statuses) > 1:
            raise RuntimeError(f"the answers differ by their status: {statuses}")
    return times


@contextmanager
def served(folder: Path) -> Iterator[Gate]:
    """The product behind its sign-in, with one more runner for each round."""
    database = empty_club(folder)
    with_people(database)
    with database.writing() as db:
        for n in range(ROUNDS):
            add_runner(db, f"Runner {n}", f"r{n}@example.org", "UTC", None, NOW)
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "Europe/Paris")], lambda: NOW)
    with serving(sandbox) as url:
        yield Gate(product_of(database, sandbox, url, folder), sandbox)
    database.close()


if __name__ == "__main__":
    main()
