"""The check-ins of the demo: what stopped the runner who comes back now, and how it felt since."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait

if TYPE_CHECKING:
    from jobs.context import Context

TRAITS = frozenset({Trait.SIT_BONE, Trait.HARD_SEAT, Trait.UPHILL})
TOLD = (  # days ago, options of the four questions, pain, next morning, sleep [h]
    (47, (3, 4, 3, 3), 6, Morning.WORSE, None),
    (40, (4, None, None, None), 3, Morning.NO_RUN, 6.0),
    (26, (3, 3, 3, 2), 2, Morning.NO_RUN, None),
    (13, (3, 2, 2, 2), 1, Morning.NO_RUN, 7.5),
    (3, (2, 1, 2, 2), 2, Morning.AS_BEFORE, 6.5),
)


def tell(product: "Context", name: str, now: datetime) -> str:
    """The runner called *name* has told this in the last weeks; the link under which they tell more."""
    from monitor.store.check_ins import save_check_in
    from monitor.store.people import people
    from monitor.web.links import own_url

    with product.database.writing() as db:
        runner = next(each for each in people(db) if each.name == name)
        for days_ago, (participation, modification, performance, symptoms), pain, morning, sleep_h in TOLD:
            at = now - timedelta(days=days_ago)
            told = CheckIn(
                day=at.astimezone(runner.zone).date(),
                participation=participation,
                modification=modification,
                performance=performance,
                symptoms=symptoms,
                there=True,
                pain=pain,
                morning=morning,
                traits=TRAITS,
                sleep_h=sleep_h,
            )
            save_check_in(db, runner.id, told, at)
    return own_url(product.settings.web.base_url, product.secrets, runner.id, "check-ins")
