"""The two halves of the product as processes of their own, with short patience, made to be killed."""

import logging
import multiprocessing
import os
import signal
import socket
from contextlib import suppress
from datetime import UTC, datetime
from multiprocessing.process import BaseProcess
from typing import Any

import uvicorn

from jobs.__main__ import work
from jobs.start import start
from monitor.cli.serve import pages
from monitor.delivery import public
from monitor.settings import without_environment


def clock() -> datetime:
    return datetime.now(UTC)


def worker(given: dict[str, Any], authority: str) -> None:
    """Its ping goes to a server on loopback, with a certificate from that *authority*."""
    public.is_public = lambda _address: True
    os.environ["SSL_CERT_FILE"] = authority
    logging.getLogger("apscheduler").setLevel(logging.ERROR)  # a busy machine may leave out a beat
    work(start(without_environment(given), clock))


def web(given: dict[str, Any], listening: socket.socket) -> None:
    app = pages(start(without_environment(given), clock))
    uvicorn.Server(uvicorn.Config(app, log_level="error")).run(sockets=[listening])


def born(work: Any, *given: Any) -> BaseProcess:
    """A process that does *work*; everything it needs was imported once."""
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload([__name__, "alembic.command"])
    process = processes.Process(target=work, args=given, daemon=True)
    process.start()
    return process


def kill(process: BaseProcess) -> None:
    """As a power cut would; nothing where it is dead already."""
    with suppress(ProcessLookupError):
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join(30)
