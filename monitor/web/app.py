"""The web application: pages made on the server, no script."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from monitor.rules.rule import Rule
from monitor.settings import Settings
from monitor.web import (
    board,
    compare,
    evidence,
    export_csv,
    health,
    heat_map,
    metrics,
    operator,
    people,
    report,
    runner,
)
from monitor.web.banner import show_banner
from monitor.web.pulse import Lifespan
from monitor.web.reading import read_by_each
from monitor.web.security import protect
from monitor.web.shell import OpenDb, Prolong, Shell
from monitor.web.squeezing import Squeezed

STATIC = Path(__file__).parent / "static"


def create_app(
    open_db: OpenDb,
    commits: Callable[[], object],
    rules: tuple[Rule, ...],
    now: Callable[[], datetime],
    settings: Settings,
    secrets: tuple[str, ...] = (),
    lifespan: Lifespan | None = None,
    prolong: Prolong | None = None,
) -> FastAPI:
    """All pages over one database; *open_db* opens a transaction, *now* is the only clock.

    *commits* returns something else after everything that was written, by whomever. *secrets* tell whether a runner's
    own link is theirs; without them none is. *prolong* notes that a session is used.
    """
    app = FastAPI(title="Hamwatch", docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.shell = Shell(open_db, commits, rules, now, settings, secrets, prolong=prolong)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    for subject in (board, heat_map, compare, report, export_csv, people, runner, evidence, operator, health, metrics):
        app.include_router(subject.router)
    show_banner(app, app.state.shell)
    read_by_each(app, app.state.shell)
    app.add_middleware(Squeezed)
    protect(app, settings.web.base_url)
    return app
