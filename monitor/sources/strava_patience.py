"""Connections that give up on an answer whose head drips: each byte comes too soon for a read timeout to notice."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Timer
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

SILENCES = 3  # a head may take as long as this many read timeouts: a minute


class Connection(HTTPConnection):
    def getresponse(self) -> Any:
        with _hanging_up(self):
            return super().getresponse()


class SecureConnection(HTTPSConnection):
    def getresponse(self) -> Any:
        with _hanging_up(self):
            return super().getresponse()


class Pool(HTTPConnectionPool):
    ConnectionCls = Connection


class SecurePool(HTTPSConnectionPool):
    ConnectionCls = SecureConnection


class PatientAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **options: Any) -> None:
        super().init_poolmanager(*args, **options)
        self.poolmanager.pool_classes_by_scheme = {"http": Pool, "https": SecurePool}


@contextmanager
def _hanging_up(connection: HTTPConnection) -> Iterator[None]:
    too_late = Event()
    seconds = SILENCES * float(connection.timeout or 20)
    alarm = Timer(seconds, _hang_up, [connection.sock, too_late])
    alarm.daemon = True
    alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        if too_late.is_set():  # whatever http.client made of the sudden end: it may take it for the end of the head
            raise TimeoutError(f"the head of the answer took longer than {seconds:g} s")


def _hang_up(connected: socket.socket, too_late: Event) -> None:
    too_late.set()
    with suppress(OSError):  # it may have ended by itself just now
        connected.shutdown(socket.SHUT_RDWR)
