"""Mail as it leaves: its headers, its two parts, its picture, and what hostile text cannot do to it."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from functools import cache
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.alerts.message import Addressee, Envelope, alert_message, reconnect_message, stale_message
from monitor.errors import UserError
from monitor.model import Freshness
from tests.alerts.letters import FOUR_WEEKS, FRIDAY, ROOM, THURSDAY, envelope, no_rest, spike

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "x\r\nBcc: evil@example.org",
    "a\u2028Bcc: evil@example.org\u0000",
    "\ud800",
    "\u202eetirw",
    "x" * 1_000_000,
    "o" + "\u0308" * 5_000,
    "",
]


def received(message: EmailMessage) -> EmailMessage:
    """The message after the road: bytes and back."""
    parsed = message_from_bytes(message.as_bytes(), policy=policy.SMTP)
    assert isinstance(parsed, EmailMessage)
    return parsed


def text(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    assert part is not None
    return str(part.get_content())


@cache
def alert(message_id: str = "<alert-7-2026-11-20@example.org>") -> EmailMessage:
    given = envelope(message_id=message_id)
    return received(alert_message(given, [spike(), no_rest()], FOUR_WEEKS, FRIDAY, headroom=ROOM))


def stale(given: Envelope | None = None, reason: str = "no answer") -> EmailMessage:
    return received(stale_message(given or envelope(), since=THURSDAY, today=FRIDAY, reason=reason))


def test_the_runners_own_link_stands_at_the_foot_of_both_parts() -> None:
    link = "https://hamwatch.example.org/your-data?key=NQ.a-key_of.theirs"
    message = stale(envelope(own_url=link))
    foot = text(message, "plain").replace("\r", "").partition("\n-- \n")[2]
    assert f"(this link is yours alone):\n{link}\n" in foot
    assert f'href="{link}"' in text(message, "html")


def test_a_mail_to_whoever_has_no_page_any_more_has_no_such_link() -> None:
    assert "what you agreed to" not in (text(stale(), "plain") + text(stale(), "html")).lower()


def test_the_headers_tell_from_whom_to_whom_when_and_that_a_machine_wrote() -> None:
    message = alert()
    assert message["From"] == "Hamwatch <hamwatch@example.org>"
    assert message["To"] == "Ada <ada@example.org>"
    assert message["Subject"] == "Yesterday's 22.7 km was 42 % beyond your longest in 30 days"
    assert message["Message-ID"] == "<alert-7-2026-11-20@example.org>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert parsedate_to_datetime(message["Date"]) == envelope().sent_at


def test_every_part_is_there_in_the_order_that_mail_programs_expect() -> None:
    assert [part.get_content_type() for part in alert().walk()] == [
        "multipart/alternative",
        "text/plain",
        "multipart/related",
        "text/html",
        "image/png",
    ]


@pytest.mark.parametrize("kind", ["plain", "html"])
def test_each_text_part_is_complete_on_its_own(kind: str) -> None:
    words = " ".join(unescape(text(alert(), kind)).split())
    order = [
        "Hello Ada",
        "22.7 km was 42 % beyond the longest run of the 30 days before (16.0 km)",
        "Keep the next runs at or below",
        "keep it easy. Before the long run 16.0 km was your longest",
        "In a study of 5205 runners",
        "Most such runs are not followed by injury",
        "moderate evidence: one good study of runners",
        "Br J Sports Med 59:1203",
        "https://doi.org/10.1136/bjsports-2024-109380",
        "an ordinary part of training",
        "https://hamwatch.example.org/runners/7",
        "Your own usual range",
        "Fast running: 1200 m more.",
        "Climb: up to 240 m.",
        "Hard session: 26 h to go. Until Sat 21 Nov, 08:30",  # the mail leaves on Friday at 6:30
        "it is no promise",
        "You get this mail because",
        "not a medical device, and this is not a diagnosis",
    ]
    places = [words.find(piece) for piece in order]
    assert -1 not in places
    assert places == sorted(places)


def test_lines_of_the_plain_part_fit_a_terminal() -> None:
    lines = text(alert(), "plain").splitlines()
    assert max(len(line) for line in lines if "https://" not in line) <= 76


def test_the_picture_is_shown_by_its_content_id_and_described_in_words() -> None:
    message = alert()
    picture = next(part for part in message.walk() if part.get_content_type() == "image/png")
    html = text(message, "html")
    assert picture.get_content().startswith(b"\x89PNG\r\n\x1a\n")
    assert f'src="cid:{picture["Content-ID"].strip("<>")}"' in html
    assert re.search(r'alt="Chart\. [^"]*Caution on 19 Nov\.', html)


def test_two_mails_never_share_a_picture() -> None:
    other = alert("<alert-8-2026-11-20@example.org>")
    assert text(alert(), "html") != text(other, "html")


def test_opening_a_mail_fetches_nothing() -> None:
    html = text(alert(), "html")
    assert re.findall(r'(?:src|background|data)="(?!cid:)|url\(|@import|<link|<script', html) == []


def test_css_is_inlined_and_the_dark_scheme_kept() -> None:
    html = text(alert(), "html")
    assert re.search(r"<h1 style=\"[^\"]*font-size", html)
    assert "@media (prefers-color-scheme: dark)" in html
    assert 'name="color-scheme" content="light dark"' in html


def test_dark_colours_win_over_the_inlined_ones() -> None:
    _, _, dark = text(alert(), "html").partition("(prefers-color-scheme: dark)")
    declarations = re.findall(r"[a-z-]+: [^;{}]+;", dark.partition("</style>")[0])
    assert len(declarations) > 10
    assert all("!important" in declaration for declaration in declarations)


def test_a_number_is_never_parted_from_its_unit() -> None:
    assert "was 42\N{NO-BREAK SPACE}% beyond" in unescape(text(alert(), "html"))


def test_nothing_is_red() -> None:
    colours = {tuple(bytes.fromhex(code)) for code in re.findall(r"#([0-9a-f]{6})", text(alert(), "html"))}
    assert colours
    assert not [colour for colour in colours if colour[0] > 2 * colour[1]]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_inert_in_every_part(name: str) -> None:
    message = stale(envelope(name=name))
    html = text(message, "html")
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]
    assert message["Bcc"] is None
    assert re.findall(r"<script|<img src=x", html) == []
    assert len(html) < 20_000
    assert not set("\x00\u2028\u202e") & set(text(message, "plain"))


def test_a_runner_without_a_name_is_greeted_all_the_same() -> None:
    assert text(stale(envelope(name="\x00")), "plain").startswith("Hello,")


def test_a_name_is_never_read_as_a_template() -> None:
    assert "Hello {{7*7}}," in text(stale(envelope(name="{{7*7}}")), "plain")


@settings(max_examples=50)
@given(st.text(st.characters(exclude_categories=[])))
def test_no_name_or_reason_adds_a_header_or_a_recipient(words: str) -> None:
    message = stale(envelope(name=words), reason=words)
    assert message.keys() == stale().keys()
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]


def test_a_mail_without_data_leads_to_the_page_and_carries_no_picture() -> None:
    message = stale(reason="the daily limit was reached")
    assert message["Subject"] == "No new runs have reached us since Thursday 19 November"
    assert "The last attempt: the daily limit was reached." in text(message, "plain")
    assert 'href="https://hamwatch.example.org/runners/7"' in text(message, "html")
    assert "image/png" not in [part.get_content_type() for part in message.walk()]


def test_a_mail_to_reconnect_carries_the_link() -> None:
    message = received(
        reconnect_message(envelope(), connect_url="https://hamwatch.example.org/connect/strava", lost=Freshness.REVOKED)
    )
    assert 'href="https://hamwatch.example.org/connect/strava"' in text(message, "html")
    assert "https://hamwatch.example.org/connect/strava" in text(message, "plain")


@pytest.mark.parametrize(
    "email",
    [
        pytest.param("a@b.example, evil@example.org", id="two recipients"),
        pytest.param('"a"@[127.0.0.1]', id="a literal address"),
        pytest.param("ａdmin@example.org", id="full-width letters"),
        pytest.param("ada@example.org\r\nBcc: evil@example.org", id="a header of its own"),
        pytest.param("Ada <ada@example.org>", id="a name beside the address"),
        pytest.param("ada@example..org", id="an empty label"),
        pytest.param("ada", id="no domain"),
        pytest.param("@example.org", id="no person"),
        pytest.param("", id="nothing"),
    ],
)
def test_an_addressee_has_exactly_one_address(email: str) -> None:
    with pytest.raises(UserError, match="name@domain"):
        Addressee("Ada", email)
