"""Boards are made before somebody looks: in the morning most runners have changed, and reading them all takes long."""

import structlog

from monitor.store.people import teams
from monitor.web.pulse import pulse
from monitor.web.shell import Shell
from monitor.web.team import team

EVERY_S = 30.0

log = structlog.get_logger()


def make_ready(shell: Shell) -> None:
    """Make the rows of all runners who changed, team by team. A fault is left to the look that meets it."""
    try:
        with shell.open_db() as db:
            everyone = teams(db)
        for team_id, _, _ in everyone:
            team(shell, team_id, shell.now())
    except Exception:
        log.exception("boards were not made ready")


kept_ready = pulse(lambda app: make_ready(app.state.shell), EVERY_S)
