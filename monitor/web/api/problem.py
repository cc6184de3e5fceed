"""What the API answers where nothing came of a request: always the same form, and nothing of what was sent."""

import json
from collections.abc import Mapping
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

WORDS = {
    400: "The body could not be read.",
    401: "A valid token is needed: Authorization: Bearer …",
    403: "This token may not do that.",
    404: "There is nothing here.",
    405: "This address cannot be used in that way.",
    409: "There is no room for more of these.",
    413: "The body is too large.",
    422: "What was sent does not fit.",
    429: "Too many requests with this token.",
    500: "Something went wrong on our side. Nothing was changed.",
}


class Detail(BaseModel):
    """One thing that does not fit."""

    model_config = ConfigDict(frozen=True)

    at: str
    says: str


class Problem(BaseModel):
    """Why nothing came of a request."""

    model_config = ConfigDict(frozen=True)

    error: str
    details: list[Detail] = []


RESPONSES: dict[int | str, dict[str, Any]] = {
    status: {"model": Problem, "description": words} for status, words in WORDS.items() if status != 500
}


class Ascii(JSONResponse):
    """JSON in which half a character, which no encoding has, is still an escape."""

    def render(self, content: Any) -> bytes:
        return json.dumps(content, allow_nan=False).encode()


def problem(status: int, *details: Detail, headers: Mapping[str, str] | None = None) -> Response:
    """The answer with this status."""
    said = Problem(error=WORDS.get(status, "This request cannot be answered."), details=list(details))
    return Ascii(said.model_dump(), status_code=status, headers=headers)


def refused(_request: Request, error: Exception) -> Response:
    """What a route refused; text of its own is the detail."""
    assert isinstance(error, HTTPException)
    own = error.detail if error.status_code in (409, 422) else ""
    return problem(error.status_code, *([Detail(at="body", says=own)] if own else []), headers=error.headers)


def left(_request: Request, _gone: Exception) -> Response:
    """The runner left while their request was answered."""
    return problem(404)


def unfit(_request: Request, error: Exception) -> Response:
    """What does not fit, where; the value itself is not repeated."""
    assert isinstance(error, RequestValidationError)
    return problem(422, *(Detail(at=_place(each["loc"]), says=each["msg"]) for each in error.errors()[:20]))


def _place(steps: tuple[str | int, ...]) -> str:
    return ".".join(map(str, steps))[:200]
