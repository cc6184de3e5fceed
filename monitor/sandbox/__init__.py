"""A Strava of our own on the loopback address: the demo and the tests travel the real road to it.

    sandbox = Sandbox(team(now), lambda: now)
    with serving(sandbox) as base_url:
        ...                                    # OAuth at {base_url}/oauth/…, API at {base_url}/api/v3/…
        sandbox.refuse(athlete_id, faults.status(503))
        sandbox.edit(athlete, row, name="Intervals")  # told to the app's webhook

plan.py → recording.py → summary.py, streams.py    what a runner sets out to do, and what a watch makes of it
diary.py → stories.py → team.py                    the twelve runners and their two hundred days
tokens.py, limits.py, paging.py → sandbox.py       the state
broken.py → faults.py → script.py                  what goes wrong on purpose, and when
events.py → webhooks.py                            what the app is told of changes
oauth.py, api.py, subscriptions.py → app.py → server.py    the wire, in the words of answers.py
"""

from monitor.sandbox import faults, paging
from monitor.sandbox.athlete import Athlete
from monitor.sandbox.limits import STRAVAS, Limits
from monitor.sandbox.sandbox import Asked, Sandbox
from monitor.sandbox.server import serving
from monitor.sandbox.team import team

__all__ = ["STRAVAS", "Asked", "Athlete", "Limits", "Sandbox", "faults", "paging", "serving", "team"]
