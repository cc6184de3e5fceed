"""What the samples of a run may have contained."""

from tests.builders import held


def samples(fast_m):
    """Easy running and *fast_m* at 5 m/s, a best 5 km of 20 minutes, no hills."""
    speed_m = (0,) * 30 + (6_000,) + (0,) * 19 + (fast_m,)
    seconds = tuple(round(metres / 3) for metres in speed_m)
    return held(speed_m=speed_m, speed_s=seconds, uphill_m=(), best_5k_s=1200, climb_m=90)
