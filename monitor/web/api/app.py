"""The API put together: an application of its own below `/api/v1`, with errors of its own."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from monitor.errors import Gone
from monitor.store.api_tokens import Holder, holder
from monitor.store.database import Database
from monitor.web.api import reading, writing
from monitor.web.api.guard import A_SECOND, AT_ONCE, Guard
from monitor.web.api.problem import RESPONSES, left, refused, unfit
from monitor.web.shell import Shell

PATH = "/api/v1"
ABOUT = """What Hamwatch says of runners, for other programs. Training information, not a diagnosis.

A verdict is OK, WATCH, CAUTION, STRONG or CANNOT SAY, which is never the same as OK. Every finding carries its evidence
and the grade of it. Distances in metres where a name ends in `_m`, kilometres where it ends in `_km`; null is unknown.
"""


def create_api(shell: Shell, database: Database, at_once: float = AT_ONCE, a_second: float = A_SECOND) -> FastAPI:
    """All of `/api/v1`; each token may ask *at_once* times, and *a_second* more."""

    def find(token: str) -> Holder | None:
        with shell.open_db() as db:
            return holder(db, token)

    api = FastAPI(
        title="Hamwatch",
        version="1",
        description=ABOUT,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        responses=RESPONSES,
    )
    api.state.shell = shell
    api.include_router(reading.router)
    api.include_router(writing.routes(database.writing))
    api.add_middleware(Guard, find=find, at_once=at_once, a_second=a_second)
    api.exception_handler(HTTPException)(refused)
    api.exception_handler(Gone)(left)
    api.exception_handler(RequestValidationError)(unfit)
    return api
