"""How long a try in vain is waited out, whatever was tried."""

from datetime import timedelta

BACKOFF_MIN = (1, 5, 15, 30, 60)


def wait_after(tries: int, jitter: float = 1.0) -> timedelta:
    """How long to wait after so many tries in vain: 1, 5, 15, 30, 60 minutes, then hourly, times *jitter*."""
    return timedelta(minutes=jitter * BACKOFF_MIN[min(max(tries, 1), len(BACKOFF_MIN)) - 1])
