"""Where the pages may be served, and what that needs."""

import pytest

from monitor.cli.serve import refuse_unsafe
from monitor.errors import ConfigError
from monitor.settings import without_environment

SECRET = "a secret of more than thirty-two characters"
CLUB = {"host": "0.0.0.0", "base_url": "https://club.example"}


def settings(secret=SECRET, **web):
    return without_environment({"web": web} | ({"secret_key": secret} if secret else {}))


@pytest.mark.parametrize("web", [{}, {"host": "::1"}, {"host": "localhost", "base_url": "http://localhost:8000"}])
def test_pages_of_this_machine_alone_need_nothing(web):
    refuse_unsafe(settings(secret="", **web))


def test_pages_for_everybody_are_served_where_people_can_sign_in_safely():
    refuse_unsafe(settings(**CLUB))


@pytest.mark.parametrize(
    ("given", "says"),
    [
        pytest.param({"host": "0.0.0.0"}, "asks nobody to sign in", id="to the network, and nobody signs in"),
        pytest.param({"host": "192.0.2.1", "base_url": "http://127.0.0.2:80"}, "asks nobody", id="the same, elsewhere"),
        pytest.param({"base_url": "http://club.example"}, "needs https", id="a cookie over http"),
        pytest.param(CLUB | {"secret": ""}, "HAMWATCH_SECRET_KEY", id="without a secret of its own"),
    ],
)
def test_attack_27_unsafe_pages_are_not_served(given, says):
    with pytest.raises(ConfigError, match=says):
        refuse_unsafe(settings(**given))
