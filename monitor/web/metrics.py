"""/metrics, for Prometheus. It holds no personal data: counts and ages, no name, no address, no runner's number."""

from collections.abc import Iterator, Mapping

from fastapi import APIRouter, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from monitor.store.figures import Counts, Figures, counts, figures
from monitor.store.seeing import seen_by_coaches
from monitor.web.shell import Here
from monitor.web.team import everyone

router = APIRouter()


@router.get("/metrics", response_class=Response)
def metrics(here: Here) -> Response:
    """Everybody is counted as the operator's board shows them: only who changed is judged anew."""
    now = here.now()
    with here.open_db() as db:
        machine = figures(db, now)
        seen = list(seen_by_coaches(db, strava_is_shared=here.settings.strava.coach_sharing))
    everybody = counts([row.verdict for row in everyone(here, now).rows], seen)
    return Response(exposition(machine, everybody), media_type=CONTENT_TYPE_LATEST)


def exposition(machine: Figures, everybody: Counts) -> bytes:
    """The text that Prometheus reads."""
    registry = CollectorRegistry()
    registry.register(_Collected(machine, everybody))
    return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, machine: Figures, everybody: Counts) -> None:
        self.machine, self.everybody = machine, everybody

    def collect(self) -> Iterator[GaugeMetricFamily]:
        machine, everybody = self.machine, self.everybody
        last_pass = {} if machine.last_pass_age_s is None else {"": machine.last_pass_age_s}
        yield _gauge("heartbeat_age_seconds", "Age of the last sign of life", ("part",), machine.beat_age_s)
        yield _gauge("last_pass_age_seconds", "Age of the last daily pass that was finished", (), last_pass)
        yield _gauge("letters", "Letters in the outbox", ("state",), machine.letters)
        oldest = {"": machine.oldest_due_age_s}
        yield _gauge("oldest_due_letter_age_seconds", "How long the oldest letter has been due", (), oldest)
        yield _gauge("strava_requests", "Requests to Strava", ("window", "which"), machine.requests)
        yield _gauge("runners", "Runners by verdict", ("verdict",), everybody.verdicts)
        yield _gauge("runners_by_freshness", "Runners by freshness", ("freshness",), everybody.freshness)
        yield _gauge("findings", "Findings in force", ("rule", "level"), everybody.findings)


def _gauge(
    name: str, what: str, labels: tuple[str, ...], values: Mapping[str, float] | Mapping[tuple[str, str], float]
) -> GaugeMetricFamily:
    """One value for each set of labels; without labels the key is empty."""
    gauge = GaugeMetricFamily(f"hamwatch_{name}", what, labels=labels)
    for key, value in values.items():
        gauge.add_metric([key] if isinstance(key, str) else list(key), value)
    return gauge
