"""Whether the product is alive, and whether it does its work."""

from dataclasses import asdict
from typing import Any

from fastapi import APIRouter
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse

from monitor.store.status import status
from monitor.web.shell import Here

router = APIRouter()


@router.get("/healthz")
def alive() -> dict[str, str]:
    """The process answers."""
    return {"status": "alive"}


@router.get("/healthz/deep")
def working(here: Here) -> JSONResponse:
    """503 where jobs or sources are late, with the reasons; no name of a runner is told."""
    with here.open_db() as db:
        found = status(db, here.now(), here.settings.watch.dead_after)
    body: dict[str, Any] = asdict(found) | {"unfinished_passes": len(found.unfinished_passes)}
    return JSONResponse(jsonable_encoder(body), status_code=503 if found.needs_a_person else 200)
