"""What was left in the last third."""

import numpy as np
import pytest

from monitor.load.fade import fade
from tests.builders import history

NAN = np.nan


@pytest.mark.parametrize(
    ("cadence", "pace", "heart_rate", "expected"),
    [
        pytest.param(0.94, 1.00, 1.00, 6, id="cadence fell"),
        pytest.param(1.00, 0.92, 1.00, 8, id="pace fell"),
        pytest.param(0.97, 0.90, 1.00, 10, id="the larger counts"),
        pytest.param(1.02, 1.05, 1.00, 0, id="a fast finish is no fade"),
        pytest.param(NAN, 0.92, 1.00, 8, id="pace alone"),
        pytest.param(0.94, NAN, 1.00, 6, id="cadence alone"),
        pytest.param(0.90, 0.90, 0.95, 10, id="a heart rate 5 % lower is steady"),
        pytest.param(0.90, 0.90, 1.05, 10, id="a heart rate 5 % higher is steady"),
        pytest.param(0.90, 0.90, 0.94, 0, id="slowed down on purpose"),
        pytest.param(0.90, 0.90, 1.06, 0, id="harder at the end"),
        pytest.param(NAN, NAN, 1.00, NAN, id="neither cadence nor pace"),
        pytest.param(0.90, 0.90, NAN, NAN, id="no heart rate"),
    ],
)
def test_a_fade_is_less_cadence_or_pace_at_the_same_heart_rate(cadence, pace, heart_rate, expected):
    days = history("20", cadence_fade=[cadence], pace_fade=[pace], heartrate_fade=[heart_rate])
    assert fade(days)[0] == pytest.approx(expected, nan_ok=True)
