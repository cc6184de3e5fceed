"""The product, one pass: new runs in, findings updated, notices queued. Sending them is `jobs.deliver`."""

from collections.abc import Iterable
from datetime import datetime

from jobs import alert, assess, pull, samples
from jobs.context import Context, fenced, only_this_runner
from monitor.store.due import Due


def run(context: Context, due: Iterable[Due], now: datetime) -> None:
    """Carry out the passes that are *due*; a runner whose source failed is assessed all the same, and turns stale.

    Everybody's list comes before anybody's samples: those cost a request a run, and Strava counts.
    """
    for each in due:
        with only_this_runner(context, each, now):
            pull.run(context, each.person, now, asked=each.asked)
            assess.run(context, each.person, now)
    with fenced("samples failed"):
        for runner_id in samples.run(context, now):
            with fenced("assessment failed", runner=runner_id):
                assess.again(context, runner_id, now)
    alert.run(context, now)
