"""The operator is told what only they can mend."""

from jobs import deliver, operator
from monitor.model import Freshness
from monitor.rules.freshness import Access
from monitor.sandbox import faults
from monitor.store.people import Person
from tests.jobs.conftest import NOW, World
from tests.jobs.ended import HOUR, OPERATOR


def test_an_inactive_app_is_told_to_the_operator_once_a_day_and_revokes_nobody(world: World, ada: Person) -> None:
    world.set(mail={"operator": OPERATOR})
    world.sandbox.refuse(None, faults.inactive)
    world.pull(ada)
    for hours in (0, 1):
        operator.run(world.context, NOW + hours * HOUR)
        deliver.run(world.context, NOW + hours * HOUR)
    assert world.subjects == ["Strava has made the Hamwatch app inactive"]
    assert world.connection(ada).access == Access.OK
    assert world.seen(ada).verdict.freshness is Freshness.SOURCE_DOWN


def test_without_an_operator_nobody_is_mailed(world: World, ada: Person) -> None:
    world.sandbox.refuse(None, faults.inactive)
    world.pull(ada)
    operator.run(world.context, NOW)
    assert deliver.run(world.context, NOW) == 0
