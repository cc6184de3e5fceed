"""What stands at the top of every page while something is late: nobody must take an old page for one of today."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from fastapi import FastAPI

from monitor.store.heartbeats import signs
from monitor.watch import Part, late
from monitor.web.shell import Shell

_look: ContextVar[Callable[[], list[str]]] = ContextVar("_look", default=list)


def banner() -> list[str]:
    """Sentences for the page that is being answered; asked for when it is made, so that other answers cost nothing."""
    return _look.get()()


def show_banner(app: FastAPI, shell: Shell) -> None:
    """Let every page of *app* say what is late."""
    app.add_middleware(_Looking, look=lambda: _sentences(shell))


def _sentences(shell: Shell) -> list[str]:
    now = shell.now()
    with shell.open_db() as db:
        found = late(signs(db, now), shell.settings.watch.dead_after, now)
    return [each.says for each in found if each.part is not Part.WEB]  # whoever reads a page has the pages


class _Looking:
    """A request is answered in a context of its own, and the threads that make its page inherit that."""

    def __init__(self, app: Any, look: Callable[[], list[str]]) -> None:
        self.app, self.look = app, look

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        _look.set(self.look)
        await self.app(scope, receive, send)
