"""JSON as Python reads it is too generous: here NaN is no number, and a field that stands twice is noticed."""

import hashlib
import json
from typing import Any


class Unreadable(ValueError):
    """What came is no JSON. Only its digest and size are kept: it could hold anything."""

    def __init__(self, body: bytes) -> None:
        super().__init__("no JSON, or nested too deeply")
        self.digest = digest(body)


class RepeatedFields(dict[str, Any]):
    """A JSON object in which a field stands twice: nobody can say which of the two is meant."""


def strict_json(body: bytes) -> Any:
    """The JSON of *body*; `Unreadable` where it is none, or nested beyond reason.

    An object with a repeated field becomes `RepeatedFields`. NaN and Infinity, which are no JSON, become texts: they
    fail in the number field where they stand, and so cost one record and not its page.
    """
    try:
        return json.loads(body, object_pairs_hook=_object, parse_constant=str)
    except (ValueError, RecursionError) as error:
        raise Unreadable(body) from error


def digest(body: bytes) -> tuple[str, int]:
    """What tells whether it is still the same, and nothing of what it says: sha256, and size [bytes]."""
    return hashlib.sha256(body).hexdigest(), len(body)


def digest_of(raw: object) -> tuple[str, int]:
    """The same for JSON that was read already."""
    return digest(json.dumps(raw, sort_keys=True).encode())


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else RepeatedFields(fields)
