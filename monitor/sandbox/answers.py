"""Strava's words for what it refuses, as real answers have them."""

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, NamedTuple, NoReturn

from fastapi import HTTPException
from fastapi.responses import JSONResponse


class Refusal(NamedTuple):
    status: HTTPStatus
    body: dict[str, Any]


def _refusal(status: HTTPStatus, message: str, resource: str, field: str, code: str) -> Refusal:
    return Refusal(status, {"message": message, "errors": [{"resource": resource, "field": field, "code": code}]})


def bad_request(resource: str, field: str, code: str = "invalid") -> Refusal:
    return _refusal(HTTPStatus.BAD_REQUEST, "Bad Request", resource, field, code)


def unauthorized(resource: str, field: str, code: str = "invalid") -> Refusal:
    return _refusal(HTTPStatus.UNAUTHORIZED, "Authorization Error", resource, field, code)


WRONG_CLIENT = bad_request("Application", "client_id")
WRONG_SECRET = unauthorized("Application", "")
WRONG_CODE = bad_request("AuthorizationCode", "code")
WRONG_REFRESH_TOKEN = bad_request("RefreshToken", "refresh_token")
WRONG_ACCESS_TOKEN = unauthorized("Athlete", "access_token")
SCOPE_MISSING = unauthorized("AccessToken", "activity:read_permission", "missing")
NO_SUCH_ACTIVITY = _refusal(HTTPStatus.NOT_FOUND, "Resource Not Found", "Activity", "", "not found")
NO_SUCH_SUBSCRIPTION = _refusal(HTTPStatus.NOT_FOUND, "Resource Not Found", "PushSubscription", "id", "not found")
SUBSCRIBED_ALREADY = bad_request("PushSubscription", "", "already exists")
TOO_MANY = _refusal(HTTPStatus.TOO_MANY_REQUESTS, "Rate Limit Exceeded", "Application", "rate limit", "exceeded")
INACTIVE = _refusal(HTTPStatus.FORBIDDEN, "Forbidden", "Application", "Status", "Inactive")
# Its title is what people report of it; no answer with its errors was ever published, so those are ours.
LIMIT = "Limit of connected athletes exceeded"
ATHLETE_LIMIT = _refusal(HTTPStatus.FORBIDDEN, LIMIT, "Application", "Athletes", "exceeded")


def answer(refusal: Refusal, headers: Mapping[str, str] | None = None) -> JSONResponse:
    return JSONResponse(refusal.body, refusal.status, headers)


def refuse(refusal: Refusal) -> NoReturn:
    raise HTTPException(refusal.status, refusal.body)
