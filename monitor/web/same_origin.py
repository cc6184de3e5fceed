"""Whoever changes something must do so from a page of ours: a form of another site is refused."""

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, HTTPException, Request


def _from_our_page(
    request: Request,
    sec_fetch_site: Annotated[str | None, Header()] = None,
    origin: Annotated[str | None, Header()] = None,
) -> None:
    """Browsers say where a form was shown. Under our `no-referrer` the Origin is "null", so Sec-Fetch-Site is asked."""
    if sec_fetch_site is not None:
        allowed = sec_fetch_site == "same-origin"
    else:
        allowed = origin is not None and urlsplit(origin).netloc == request.headers.get("host")
    if not allowed:
        raise HTTPException(403)


SameOrigin = Depends(_from_our_page)
