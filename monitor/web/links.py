"""Links that prove where they came from: signed, bound to one purpose, and valid for a time."""

import hmac
from collections.abc import Sequence
from hmac import compare_digest
from typing import Any
from urllib.parse import urlencode

from itsdangerous import BadSignature, URLSafeTimedSerializer

from monitor.errors import UserError

INVITE_DAYS = 30
OWN_DAYS = 365  # it stands in every mail, and must outlive most of them
STATE_S = 600
NOT_VALID = "this link is not valid any more: ask for a new one"


def connect_url(base_url: str, secrets: Sequence[str], runner_id: int) -> str:
    """The link with which a runner connects their Strava account."""
    return f"{base_url}/connect/strava?{urlencode({'invite': signer(secrets, 'invite').dumps(runner_id)})}"


def invited_runner(secrets: Sequence[str], invite: str) -> int:
    """The runner of an invitation. Raises `UserError` for one that is forged or too old."""
    return int(opened(secrets, "invite", invite, INVITE_DAYS * 86_400))


def join_url(base_url: str, token: str) -> str:
    """The link of an invitation to a team. It is not signed: what it opens stands in the database, once."""
    return f"{base_url}/join?{urlencode({'invite': token})}"


def signed_state(secrets: Sequence[str], runner_id: int, nonce: str) -> str:
    """What goes to Strava and must come back within ten minutes, to the browser that holds the nonce."""
    return str(signer(secrets, "state").dumps([runner_id, nonce]))


def opened_state(secrets: Sequence[str], state: str) -> tuple[int, str]:
    """Runner and nonce of a state. Raises `UserError` for one that is forged or too old."""
    runner_id, nonce = opened(secrets, "state", state, STATE_S)
    return int(runner_id), str(nonce)


def connected_path(secrets: Sequence[str], runner_id: int, athlete: str | None) -> str:
    """The page that says whose account was connected; it can be loaded again, which Strava's answer cannot."""
    return f"/connect/strava/done?{urlencode({'told': signer(secrets, 'connected').dumps([runner_id, athlete])})}"


def connected_athlete(secrets: Sequence[str], told: str) -> tuple[int, str | None]:
    """Runner and Strava account of such a page. Raises `UserError` for a link that is forged or too old."""
    runner_id, athlete = opened(secrets, "connected", told, STATE_S)
    return int(runner_id), athlete


def own_url(base_url: str, secrets: Sequence[str], runner_id: int, page: str = "your-data") -> str:
    """A runner's own link to what is held of them, what they agreed to, and the ways to end it."""
    return own_path(own_key(secrets, runner_id), f"{base_url}/{page}")


def own_path(key: str, page: str = "/your-data") -> str:
    """The page that *key* opens."""
    return f"{page}{'&' if '?' in page else '?'}{urlencode({'key': key})}"


def own_key(secrets: Sequence[str], runner_id: int) -> str:
    """What opens the pages of `own_url`, and nothing else."""
    return str(signer(secrets, "own").dumps(runner_id))


def owner(secrets: Sequence[str], key: str) -> int:
    """The runner whose own link it is. Raises `UserError` for one that is forged or too old."""
    return int(opened(secrets, "own", key, OWN_DAYS * 86_400))


def is_own(secrets: Sequence[str], key: str, runner_id: int) -> bool:
    """Whether *key* opens this runner's own pages; an empty one opens none."""
    try:
        return bool(secrets and key) and owner(secrets, key) == runner_id
    except UserError:
        return False


def webhook_url(base_url: str, secrets: Sequence[str]) -> str:
    """Where Strava posts its events: an address that nobody can guess."""
    return f"{base_url}/webhooks/strava/{_derived(secrets[0], 'webhook')}"


def is_webhook(secrets: Sequence[str], path: str) -> bool:
    """Whether *path* is the end of `webhook_url`, of a secret that was in front once or still is."""
    return any(compare_digest(path.encode(), _derived(secret, "webhook").encode()) for secret in secrets)


def verify_token(secrets: Sequence[str]) -> str:
    """What we give Strava when subscribing, and it repeats when it looks at our address."""
    return _derived(secrets[0], "verify")


def is_verify_token(secrets: Sequence[str], text: str) -> bool:
    return any(compare_digest(text.encode(), _derived(secret, "verify").encode()) for secret in secrets)


def _derived(secret: str, purpose: str) -> str:
    return hmac.new(secret.encode(), f"hamwatch {purpose}".encode(), "sha256").hexdigest()[:40]  # 160 bits


def signer(secrets: Sequence[str], purpose: str) -> URLSafeTimedSerializer:
    """Signs what is for this *purpose* alone."""
    return URLSafeTimedSerializer(list(reversed(secrets)), salt=f"hamwatch {purpose}")  # it signs with the last key


def opened(secrets: Sequence[str], purpose: str, text: str, seconds: int) -> Any:
    """What was signed for this *purpose*. Raises `UserError` for a link that is forged or older than *seconds*."""
    try:
        return signer(secrets, purpose).loads(text, max_age=seconds)
    except BadSignature as error:
        raise UserError(NOT_VALID) from error
