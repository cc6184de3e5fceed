"""run, web, worker: the product as it stands on a server."""

import ipaddress
import socket
from typing import TYPE_CHECKING

import typer

from monitor.cli.options import now
from monitor.errors import ConfigError, UserError

if TYPE_CHECKING:
    from fastapi import FastAPI

    from jobs.context import Context


EVENT_PATIENCE_S = 1.0  # Strava waits two seconds for an answer


def add_to(app: typer.Typer) -> None:
    for part in (run, web, worker):
        app.command()(part)


def run(context: typer.Context) -> None:
    """The product: scheduler and pages in one process."""
    from jobs.__main__ import scheduler

    listening = _listening(context)
    product = context.obj.product()
    ticking = scheduler(product)
    try:
        serve(product, listening)
    finally:
        ticking.shutdown()


def web(context: typer.Context) -> None:
    """The pages alone."""
    listening = _listening(context)
    serve(context.obj.product(), listening)


def worker(context: typer.Context) -> None:
    """The scheduler alone."""
    from jobs.__main__ import work

    work(context.obj.product())


def _listening(context: typer.Context) -> socket.socket:
    """Before anything is opened, so that a wrong host or port leaves nothing behind."""
    web = context.obj.settings().web
    return listen(web.host, web.port)


def listen(host: str, port: int) -> socket.socket:
    """The socket of the pages. Loopback only: the pages have no sign-in of their own."""
    if not _is_loopback(host):
        raise ConfigError(
            f"web.host = {host}: the pages have no sign-in yet and serve 127.0.0.1 only; "
            "put a proxy that signs people in before them"
        )
    try:
        listening = socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # else every small answer waits 40 ms
        return listening
    except OSError as error:
        raise UserError(f"port {port} cannot be used ({error.strerror}): choose another with web.port") from error


def serve(product: "Context", listening: socket.socket) -> None:
    """Serve the pages until interrupted."""
    import uvicorn

    host, port = listening.getsockname()[:2]
    typer.echo(f"pages: http://{host}:{port}")
    # Whom a proxy served is ours to judge (web/caller.py): uvicorn would believe whoever comes from loopback.
    config = uvicorn.Config(pages(product), log_level="warning", server_header=False, proxy_headers=False)
    server = uvicorn.Server(config)
    server.run(sockets=[listening])


def pages(product: "Context") -> "FastAPI":
    """All pages of the product."""
    from functools import partial

    from jobs import leaving, watch
    from jobs.exporting import export
    from monitor.watch import Part
    from monitor.web import (
        answers,
        check_in,
        check_ins,
        connect,
        corrections,
        join,
        leave,
        mails,
        own_events,
        own_settings,
        strava_events,
        yours,
    )
    from monitor.web.api.app import PATH, create_api
    from monitor.web.app import create_app
    from monitor.web.desk import Desk
    from monitor.web.pulse import pulse
    from monitor.web.ready import kept_ready, together

    beating = pulse(lambda: watch.run(product, Part.WEB, now()), product.settings.watch.beat_s)
    app = create_app(
        product.database.reading, product.rules, now, product.settings, product.secrets, together(beating, kept_ready)
    )
    base_url = product.settings.web.base_url
    desk = Desk(product.database, product.keys, product.secrets, product.strava, base_url, now)
    for subject in (answers, check_in, check_ins, connect, corrections, join, mails, own_events, own_settings, yours):
        app.include_router(subject.routes(desk))
    disconnect, erase = partial(leaving.disconnect, product), partial(leaving.erase, product)
    app.include_router(
        leave.routes(leave.Door(product.database.reading, product.secrets, export, disconnect, erase, now))
    )
    hurried, trusted = product.database.impatient(EVENT_PATIENCE_S), product.settings.web.trusted_proxies
    mailbox = strava_events.Mailbox(hurried, product.secrets, now, trusted)
    app.include_router(strava_events.routes(mailbox))
    app.mount(PATH, create_api(app.state.shell, product.database))
    return app


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
