"""Every mail as a preview: complete, inert, and nothing fetched from elsewhere."""

import re
from email.message import EmailMessage

import pytest

from jobs.previewing import previews
from monitor.cli.preview import as_page
from tests.jobs.conftest import NOW, World

SWITCHABLE = ("alert-", "weekly-", "coach", "no-new-runs", "reconnect-")


@pytest.fixture
def written(world: World) -> dict[str, EmailMessage]:
    return dict(previews(world.context, NOW))


def part(message: EmailMessage, kind: str) -> str:
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content())


def test_every_kind_of_mail_is_there_once(written: dict[str, EmailMessage]) -> None:
    assert len(written) >= 13
    assert len({message["Message-ID"] for message in written.values()}) == len(written)


def test_every_mail_tells_the_same_in_text_and_html(written: dict[str, EmailMessage]) -> None:
    for name, message in written.items():
        text = " ".join(part(message, "plain").split())
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", part(message, "html"), re.S)
        assert heading, name
        assert str(message["Subject"]) in text, name
        assert "What to do next" in part(message, "html"), name
        assert "WHAT TO DO NEXT" in text, name


FETCHED = re.compile(r"""(?:src|srcset|background)=(?!["']?cid:)|url\(|@import|<link""")


def test_no_mail_fetches_anything(written: dict[str, EmailMessage]) -> None:
    assert {name: found for name, mail in written.items() if (found := FETCHED.findall(part(mail, "html")))} == {}


def test_what_can_be_switched_off_names_its_switch_and_what_comes_once_does_not(
    written: dict[str, EmailMessage],
) -> None:
    for name, message in written.items():
        assert (message["List-Unsubscribe"] is not None) == name.startswith(SWITCHABLE), name


def test_an_alert_reads_as_new_worse_or_a_reminder(written: dict[str, EmailMessage]) -> None:
    assert "and this is new" in " ".join(part(written["alert-first"], "plain").split())
    assert "has become more" in " ".join(part(written["alert-worse"], "plain").split())
    assert str(written["alert-reminder"]["Subject"]).startswith("Still true: ")


def test_a_page_of_a_mail_holds_its_picture(written: dict[str, EmailMessage]) -> None:
    page = as_page(written["alert-first"])
    assert "data:image/png;base64," in page
    assert "cid:" not in page
