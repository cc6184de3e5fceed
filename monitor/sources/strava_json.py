"""JSON as Python reads it is too generous: here NaN is no number, and a field that stands twice is noticed."""

import json
from typing import Any


class RepeatedFields(dict[str, Any]):
    """A JSON object in which a field stands twice: nobody can say which of the two is meant."""


def strict_json(body: bytes) -> Any:
    """The JSON of *body*; ValueError where it is none, or nested beyond reason.

    An object with a repeated field becomes `RepeatedFields`. NaN and Infinity, which are no JSON, become texts: they
    fail in the number field where they stand, and so cost one record and not its page.
    """
    try:
        return json.loads(body, object_pairs_hook=_object, parse_constant=str)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    return fields if len(fields) == len(pairs) else RepeatedFields(fields)
