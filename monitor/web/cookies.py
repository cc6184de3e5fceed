"""The cookies of signing in: taken over https alone, for this host alone, out of reach of any script."""

from datetime import timedelta

from fastapi import Request, Response

from monitor.store import sessions, sign_ins

SESSION = "__Host-hamwatch"
NONCE = "__Host-hamwatch-sign-in"  # binds what was begun to this browser
LIVES = {SESSION: sessions.LIFE, NONCE: sign_ins.LIFE}


def held(request: Request, name: str) -> str:
    return request.cookies.get(name, "")


def keep(answer: Response, name: str, value: str) -> None:
    _set(answer, name, value, LIVES[name])


def drop(answer: Response, name: str) -> None:
    _set(answer, name, "", timedelta(0))


def _set(answer: Response, name: str, value: str, life: timedelta) -> None:
    answer.set_cookie(
        name, value, max_age=int(life.total_seconds()), path="/", secure=True, httponly=True, samesite="lax"
    )
