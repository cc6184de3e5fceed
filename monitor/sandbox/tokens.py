"""Codes and tokens: who allowed what, until when. A refresh token works once."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from monitor.sandbox.summary import Record

LIFETIME = timedelta(hours=6)
READING = frozenset({"activity:read", "activity:read_all"})


@dataclass(frozen=True, slots=True)
class Grant:
    """What an athlete allowed the app."""

    athlete_id: int
    scope: frozenset[str]

    def shows(self, row: Record) -> bool:
        """Whether the app may see this activity: "only me" needs the wider scope."""
        wanted = {"activity:read_all"} if row.get("visibility") == "only_me" else READING
        return bool(self.scope & wanted)


@dataclass
class Tokens:
    codes: dict[str, Grant] = field(default_factory=dict)
    refresh_tokens: dict[str, Grant] = field(default_factory=dict)
    access_tokens: dict[str, tuple[Grant, datetime]] = field(default_factory=dict)  # with the end of their life

    def code(self, grant: Grant) -> str:
        """A code that can be exchanged once."""
        code = secrets.token_hex(20)
        self.codes[code] = grant
        return code

    def exchange(self, code: str, now: datetime) -> dict[str, Any] | None:
        """Tokens for a code, in the shape of Strava's answer; None where the code is unknown or used."""
        return self._issued(self.codes.pop(code, None), now)

    def refresh(self, refresh_token: str, now: datetime) -> dict[str, Any] | None:
        """New tokens for a refresh token, which is dead from now on; None where it is unknown or used."""
        return self._issued(self.refresh_tokens.pop(refresh_token, None), now)

    def allowed(self, access_token: str, now: datetime) -> Grant | None:
        """What an access token allows; None where it is unknown or expired."""
        grant, ends = self.access_tokens.get(access_token, (None, now))
        return grant if now < ends else None

    def behind(self, secret: str) -> Grant | None:
        """The grant that a code or any token belongs to, expired or not."""
        grant, _ = self.access_tokens.get(secret, (None, None))
        return grant or self.codes.get(secret) or self.refresh_tokens.get(secret)

    def given(self, athlete_id: int) -> Grant | None:
        """All that an athlete allows the app at present; None where it is not connected."""
        scopes = [grant.scope for grant in self.refresh_tokens.values() if grant.athlete_id == athlete_id]
        return Grant(athlete_id, frozenset().union(*scopes)) if scopes else None

    def forget(self, athlete_id: int) -> None:
        """The athlete withdrew: nothing of theirs works any more."""
        self.codes = {code: grant for code, grant in self.codes.items() if grant.athlete_id != athlete_id}
        self.refresh_tokens = {t: grant for t, grant in self.refresh_tokens.items() if grant.athlete_id != athlete_id}
        self.access_tokens = {t: g for t, g in self.access_tokens.items() if g[0].athlete_id != athlete_id}

    def _issued(self, grant: Grant | None, now: datetime) -> dict[str, Any] | None:
        if grant is None:
            return None
        access_token, refresh_token = secrets.token_hex(20), secrets.token_hex(20)
        self.access_tokens[access_token] = (grant, now + LIFETIME)
        self.refresh_tokens[refresh_token] = grant
        return {
            "token_type": "Bearer",
            "access_token": access_token,
            "expires_at": int((now + LIFETIME).timestamp()),
            "expires_in": int(LIFETIME.total_seconds()),
            "refresh_token": refresh_token,
        }
