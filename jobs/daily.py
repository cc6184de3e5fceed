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
    served = []
    for each in due:
        with only_this_runner(context, each, now):
            pull.run(context, each.person, now)
            assess.run(context, each.person, now)
            served.append(each.person)
    for person in served:
        with fenced("samples failed", runner=person.id):
            samples.run(context, person, now)
            assess.run(context, person, now)
    alert.run(context, now)
