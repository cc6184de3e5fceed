"""A mail that waited says of which day it is; a channel gets it in short; what cannot be drawn is still told."""

from datetime import timedelta
from email.message import EmailMessage

from monitor.alerts.message import alert_message
from monitor.alerts.plain import plain_message
from monitor.alerts.short import shortened
from monitor.alerts.waited import as_of
from tests.alerts.letters import FOUR_WEEKS, FRIDAY, ROOM, envelope, spike


def alert() -> EmailMessage:
    return alert_message(envelope(name="Zoë"), [spike()], FOUR_WEEKS, FRIDAY, headroom=ROOM)


def test_on_its_own_day_a_mail_is_left_as_it_is() -> None:
    message = alert()
    before = message.as_bytes()
    sent_at = message["Date"].datetime
    assert as_of(message, sent_at.replace(hour=23, minute=59)).as_bytes() == before
    assert as_of(message, sent_at - timedelta(days=1)).as_bytes() == before


def test_a_day_later_both_parts_begin_with_the_day_it_is_of() -> None:
    message, message_id = alert(), alert()["Message-ID"]
    types = [part.get_content_type() for part in message.walk()]
    left_at = message["Date"].datetime + timedelta(days=1)
    late = as_of(message, left_at)
    said = f"Computed on {FRIDAY:%A} {FRIDAY.day} {FRIDAY:%B}"
    assert late.get_body(("plain",)).get_content().startswith(said)
    assert late.get_body(("html",)).get_content().count(said) == 1
    assert (late["Message-ID"], late["Date"].datetime) == (message_id, left_at)
    assert [part.get_content_type() for part in late.walk()] == types


def test_a_short_copy_has_no_greeting_no_name_and_no_link_with_a_key() -> None:
    short = shortened(alert())
    text = short.get_content()
    assert short["Subject"] == alert()["Subject"]
    assert short.get_content_type() == "text/plain"
    assert [word for word in ("Zoë", "Hello", "doi.org", "?") if word in text] == []
    assert text.count("https://") == 1


def test_what_stands_in_for_a_letter_has_its_message_id_and_no_name() -> None:
    made = envelope(name="Zoë")
    plain = plain_message(made)
    assert plain["Message-ID"] == made.message_id
    assert plain["To"] == made.to.email
    assert made.page_url in plain.get_content()
    assert "Zoë" not in plain.as_string()
