"""Which way out the settings name."""

from pathlib import Path
from typing import Any

import pytest

from monitor.delivery import Send, sender
from monitor.errors import ConfigError
from tests.delivery.mailserver import Inbox, mail, running


def chosen(folder: Path, **given: Any) -> Send:
    defaults = {"host": None, "port": 587, "security": "starttls", "username": None, "password": None}
    return sender(**(defaults | given), spool_folder=folder)


@pytest.mark.parametrize("host", [None, ""])
def test_without_a_host_mail_goes_to_the_folder(tmp_path: Path, host: str | None) -> None:
    chosen(tmp_path, host=host)(mail())
    assert len(list(tmp_path.iterdir())) == 1


def test_with_a_host_mail_goes_there_and_not_to_the_folder(tmp_path: Path) -> None:
    inbox = Inbox()
    with running(inbox) as port:
        chosen(tmp_path, host="127.0.0.1", port=port, security="plain")(mail())
    assert len(inbox.arrived) == 1
    assert list(tmp_path.iterdir()) == []


def test_a_host_that_must_not_be_used_so_is_refused_at_once(tmp_path: Path) -> None:
    with pytest.raises(ConfigError):
        chosen(tmp_path, host="mail.example.org", security="plain")
