"""Check-ins with sensible defaults: what the tests of the symptoms build from."""

from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from monitor.symptoms.check_in import CheckIn, Morning
from monitor.symptoms.patterns import Trait
from monitor.symptoms.red_flags import RedFlag

DAY = date(2026, 11, 22)
FINE = CheckIn(day=DAY, participation=1)


def told(*traits: Trait, days_ago: int = 0, **given: Any) -> CheckIn:
    """Trouble of buttock, hip or thigh: full participation with a mild problem, no pain, whatever else is *given*."""
    mild: dict[str, Any] = {
        "participation": 2,
        "modification": 1,
        "performance": 1,
        "symptoms": 2,
        "there": True,
        "pain": 0,
        "morning": Morning.AS_BEFORE,
    }
    return CheckIn(day=DAY - timedelta(days=days_ago), **mild | {"traits": frozenset(traits)} | given)


OPTION = st.integers(1, 4)
CHECK_IN = st.builds(
    CheckIn,
    day=st.integers(0, 30).map(lambda days_ago: DAY - timedelta(days=days_ago)),
    participation=OPTION,
    modification=st.none() | OPTION,
    performance=st.none() | OPTION,
    symptoms=st.none() | OPTION,
    there=st.booleans(),
    pain=st.none() | st.integers(0, 10),
    morning=st.none() | st.sampled_from(Morning),
    lasting=st.booleans(),
    flags=st.frozensets(st.sampled_from(RedFlag), max_size=3),
    traits=st.frozensets(st.sampled_from(Trait)),
)
