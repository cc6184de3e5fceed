"""What is written when something ends."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from monitor.alerts.farewell import erased_letter, removed_letter
from monitor.alerts.letter import Letter
from monitor.alerts.message import Addressee, Envelope, mail_of

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
PAGE = "https://club.example/connect/strava"


def drawn(letter: Letter) -> tuple[str, str]:
    """The plain and the HTML part, each on one line."""
    envelope = Envelope(
        to=Addressee("Ada", "ada@example.org"),
        sender=Addressee("Hamwatch", "hamwatch@example.org"),
        message_id="<1@example.org>",
        sent_at=NOON,
        base_url="https://club.example",
        runner_id=None,
    )
    parts = [mail_of(envelope, letter).get_body((kind,)) for kind in ("plain", "html")]
    plain, html = (" ".join(part.get_content().split()) for part in parts if part)
    return plain, html


def test_the_last_letter_says_what_was_erased_and_when_in_the_runners_own_time() -> None:
    letter = erased_letter("Ada", NOON.astimezone(ZoneInfo("Europe/Paris")), was_connected=True)
    for text in drawn(letter):
        assert "Friday 20 November at 13:00" in text
        assert "Nothing of it is kept" in text
        assert "Settings, My Apps" in text
        assert "backups" in text


def test_the_last_letter_leads_nowhere_because_nothing_is_there_any_more() -> None:
    plain, html = drawn(erased_letter("Ada", NOON, was_connected=False))
    assert "http" not in plain
    assert "href" not in html
    assert "Strava" not in plain


def test_who_is_told_that_rows_were_removed_is_told_the_way_back() -> None:
    for text in drawn(removed_letter("Ada", NOON, connect_url=PAGE)):
        assert "ended on Friday 20 November" in text
        assert "Your own files stay" in text
        assert PAGE in text
