"""The sandbox over HTTPS, with a certificate of the test's own making."""

import ssl
from pathlib import Path

import pytest
import requests
import trustme

from monitor.sandbox import Sandbox, serving
from tests.sandbox.conftest import Clock, ada


def test_it_serves_over_https_with_the_certificate_it_is_given(tmp_path: Path) -> None:
    authority, tls = trustme.CA(), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(tls)
    authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
    with serving(Sandbox([ada(1)], Clock()), tls=tls) as base_url, requests.Session() as session:
        session.trust_env, session.verify = False, str(tmp_path / "ca.pem")
        assert base_url.startswith("https://127.0.0.1:")
        assert session.get(f"{base_url}/api/v3/athlete", timeout=10).status_code == 401
        session.verify = True
        with pytest.raises(requests.exceptions.SSLError):
            session.get(f"{base_url}/api/v3/athlete", timeout=10)
