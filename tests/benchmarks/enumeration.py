"""Whether the time of an answer tells what its words do not: `python -m tests.benchmarks.enumeration`.

Known and unknown addresses at sign-in, and what is somebody else's beside what does not exist, on pages and on every
route of the API that reads by a number; 10 ms is what may differ. They take turns, so that other work on the machine
meets both alike, and the gap is the median of what the two of a pair differ by.

On two busy cores, 300 pairs each: sign-in 36 to 38 ms, gap 0.9 ms; pages 7 to 12 ms, gaps 0.0 to 0.1 ms; the API 4 to
7 ms, gaps 0.0 to 0.1 ms, and 0.1 ms where the two are the same. A revoked token beside an unknown one: gap 0.0 ms.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from math import inf
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from httpx2 import Response
from starlette.testclient import TestClient

from monitor.cli.logs import show_logs
from monitor.model import Origin
from monitor.sandbox import Athlete, Sandbox, serving
from monitor.settings.sections import LogSettings
from monitor.store.activities import extend_coverage, write_activities
from monitor.store.api_tokens import PREFIX, revoke_token, tokens
from monitor.store.people import add_runner
from monitor.web.api.app import PATH
from tests.builders import activities
from tests.web.api.conftest import Api, Caller
from tests.web.club import HABIT, NOW, TODAY, empty_club
from tests.web.gate import ANN, BOB, GUS, HARRIERS, OTHER, Gate, product_of, with_people
from tests.web.office import ATHLETE

ROUNDS, MAY_DIFFER_MS = 300, 10
NOBODY = 999_999
Ask = Callable[[int], Response]


def main() -> None:
    show_logs(LogSettings(level="ERROR"))
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as gate:
        print(f"{ROUNDS} requests of each, in turns; median and 95th percentile in milliseconds", flush=True)
        for name, (one, other) in pairs(gate).items():
            times = in_turns(one, other)
            gap = abs(median(one_s - other_s for one_s, other_s in zip(*times, strict=True)))
            told = "   ".join(f"{median(each):6.1f} {quantiles(each, n=20)[-1]:6.1f}" for each in times)
            print(f"  {name:<56}{told}   gap {gap:5.2f} {'' if gap <= MAY_DIFFER_MS else '(too much)'}".rstrip())


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
    } | api_pairs(gate)


def api_pairs(gate: Gate) -> dict[str, tuple[Ask, Ask]]:
    """The same of every route of the API that reads by a number, with tokens that may not see it, and of tokens."""
    database, api = gate.product.database, Api(gate.product.database)
    app = api.app(at_once=inf)
    ann, cora = api.caller(app=app, runner_id=ANN), api.caller(app=app, coach_id=1)
    unknown, revoked = Caller(ann.client, f"{PREFIX}{'x' * 43}"), api.caller(app=app, runner_id=ANN)
    with database.writing() as db:
        revoke_token(db, tokens(db)[-1].id or 0)
    described = ann.client.get(f"{PATH}/openapi.json").json()["paths"]
    paths = [path.removeprefix(PATH) for path, methods in described.items() if "get" in methods]

    def got(caller: Caller, path: str, number: int = NOBODY) -> Ask:
        filled = path.format(runner_id=number, team_id=number)
        return lambda n: caller.get(filled)

    def beside_nobody(caller: Caller, path: str, number: int) -> tuple[Ask, Ask]:
        return got(caller, path, number), got(caller, path)

    found = {
        "API, nobody twice: how exact this is": beside_nobody(cora, "/runners/{runner_id}", NOBODY),
        "API, a token revoked or unknown": (got(revoked, "/me"), got(unknown, "/me")),
    }
    for path in paths:
        if "{team_id}" in path:
            found[f"{path}, another's or none"] = beside_nobody(cora, path, OTHER)
            found[f"{path}, to a runner"] = beside_nobody(ann, path, HARRIERS)
        if "{runner_id}" in path:
            found[f"{path}, another's or none"] = beside_nobody(ann, path, GUS)
            found[f"{path}, of another team"] = beside_nobody(cora, path, GUS)
            found[f"{path}, not agreed"] = beside_nobody(cora, path, BOB)
    return found


def in_turns(one: Ask, other: Ask) -> tuple[list[float], list[float]]:
    """How long each answer took, whose words must be the same. [ms]"""
    times: tuple[list[float], list[float]] = [], []
    for n in range(ROUNDS):
        statuses, pair = set(), list(zip((one, other), times, strict=True))
        for ask, kept in pair if n % 2 else reversed(pair):
            began = perf_counter()
            statuses.add(ask(n).status_code)
            kept.append(1000 * (perf_counter() - began))
        if len(statuses) > 1:
            raise RuntimeError(f"the answers differ by their status: {statuses}")
    return times


@contextmanager
def served(folder: Path) -> Iterator[Gate]:
    """The product behind its sign-in, with one more runner for each round, and a year of runs of whom nobody sees."""
    database = empty_club(folder)
    with_people(database)
    runs = activities(" ".join([HABIT] * 52), TODAY - timedelta(days=52 * 7 - 1), origin=Origin.RECORDING)
    with database.writing() as db:
        for hidden in (BOB, GUS):
            write_activities(db, hidden, runs, NOW)
            extend_coverage(db, hidden, Origin.RECORDING, [runs[0].day, TODAY])
        for n in range(ROUNDS):
            add_runner(db, f"Runner {n}", f"r{n}@example.org", "UTC", None, NOW)
    sandbox = Sandbox([Athlete(ATHLETE, "Ann", "Lee", "ann@example.org", "Europe/Paris")], lambda: NOW)
    with serving(sandbox) as url:
        yield Gate(product_of(database, sandbox, url, folder), sandbox)
    database.close()


if __name__ == "__main__":
    main()
