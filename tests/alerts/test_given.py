"""What people wrote stands in every mail as they wrote it, in each of its parts, whoever reads it and where."""

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import monitor.alerts
from monitor.alerts.appointment import appointed_letter, changed_role_letter, dismissed_letter
from monitor.alerts.coach_digest import Line, coach_letter
from monitor.alerts.digest import corrected, weekly_letter
from monitor.alerts.farewell import erased_letter, removed_letter
from monitor.alerts.given import BEGIN, END, around_given, one_line, without_marks
from monitor.alerts.given import given as as_given
from monitor.alerts.invitation import invitation_letter, left_team_letter
from monitor.alerts.letter import Letter, alert_letter, reconnect_letter, stale_letter
from monitor.alerts.locales import locale_named
from monitor.alerts.message import mail_of
from monitor.alerts.sign_in import sign_in_letter
from monitor.alerts.to_operator import brake_letter, inactive_letter, late_letter, subscription_letter
from monitor.model import Freshness, Level, Verdict
from tests.alerts.letters import FRIDAY, ROOM, THURSDAY, envelope, spike
from tests.alerts.test_message import received, text

NOON, PAGE = datetime(2026, 11, 20, 12, tzinfo=UTC), "https://hamwatch.example.org"
LOCALES = ["", "de-DE", "fr-FR", "en-US", "en-ZA", "hi-IN"]
NAMES = [
    *("10.5 km loop", "Team 1,000.5", "Team 1000.5", "19 Nov relay", "Thursday 19 November 2026", "Thu 5 Nov"),
    *("1234 m, 5 % <b>up</b>", "Club 12345 runners", "{name} & 3.14", "Olé 9.5 km – 1 Jan", "4:30 per km"),
]


def weekly(name: str) -> Letter:
    changed = [corrected(name, THURSDAY, (name, 22_700), ("Run", 12_700))]
    steady = Verdict(FRIDAY, Level.OK)
    return weekly_letter(name, None, steady, (), (), headroom=ROOM, corrections=changed, page_url=PAGE)


def digest(name: str) -> Letter:
    look = Line(1, name, "single_session_spike", Level.CAUTION, "Thursday 19 November: 22.7 km was 42 % beyond.")
    lines = [look, Line(2, name, "stale", None, "stale since 2 Nov.")]
    return coach_letter(name, name, lines, {}, watched=12, not_agreed=1, board_url=PAGE)


def alert(name: str) -> Letter:
    return alert_letter(name, [spike()], FRIDAY, headroom=ROOM, hours_until_hard=None, page_url=PAGE)


def reconnect(name: str) -> Letter:
    return reconnect_letter(name, source="Strava", lost=Freshness.REVOKED, connect_url=PAGE)


NAMED: dict[Callable[..., Letter], Callable[[str], Letter]] = {  # each letter in which a name stands
    alert_letter: alert,
    stale_letter: lambda name: stale_letter(name, THURSDAY, FRIDAY, source="Strava", reason="", page_url=PAGE),
    reconnect_letter: reconnect,
    weekly_letter: weekly,
    coach_letter: digest,
    invitation_letter: lambda name: invitation_letter(name, [name, name], PAGE, NOON),
    appointed_letter: lambda name: appointed_letter(name, "coach", name, PAGE),
    changed_role_letter: lambda name: changed_role_letter(name, "viewer", "owner", name, PAGE),
    dismissed_letter: lambda name: dismissed_letter(name, name),
    left_team_letter: lambda name: left_team_letter(name, name),
    erased_letter: lambda name: erased_letter(name, NOON, was_connected=True),
    removed_letter: lambda name: removed_letter(name, NOON, connect_url=PAGE),
}
NAMELESS = (sign_in_letter, brake_letter, inactive_letter, late_letter, subscription_letter)


def parts(letter: Letter, tag: str) -> tuple[str, str, str]:
    """Subject, plain part and text of the HTML part, each on one line."""
    message = received(mail_of(replace(envelope(), locale=locale_named(tag)), letter))
    html = unescape(re.sub(r"<[^>]*>", " ", text(message, "html").partition("</style>")[2]))
    return message["Subject"], *(re.sub(r"[ \r\n]+", " ", part) for part in (text(message, "plain"), html))


def test_every_letter_is_either_in_the_table_or_names_nobody() -> None:
    files = pkgutil.iter_modules(monitor.alerts.__path__)
    modules = [importlib.import_module(f"monitor.alerts.{each.name}") for each in files]
    written = {
        name
        for module in modules
        for name, _ in inspect.getmembers(module, inspect.isfunction)
        if name.endswith("_letter") and not name.startswith("_")
    }
    assert written == {each.__name__ for each in (*NAMED, *NAMELESS)}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("letter", NAMED.values(), ids=[each.__name__ for each in NAMED])
def test_a_name_stands_in_a_mail_as_it_was_written(letter: Callable[[str], Letter], name: str) -> None:
    as_written = [part.count(name) for part in parts(letter(name), "")]
    assert min(as_written[1:]) > 0
    for tag in LOCALES:
        read = parts(letter(name), tag)
        assert [part.count(name) for part in read] == as_written
        assert not {BEGIN, END} & set("".join(read))


def test_what_we_say_beside_a_name_is_still_read_as_in_the_country() -> None:
    _, plain, html = parts(weekly("10.5 km loop"), "de-DE")
    assert "10.5 km loop, Thursday 19 November: Run, 12,7 km; it was 10.5 km loop, 22,7 km." in plain
    assert "Run, 12,7\N{NO-BREAK SPACE}km; it was 10.5 km loop, 22,7\N{NO-BREAK SPACE}km." in html


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=[])), st.sampled_from(LOCALES))
def test_any_name_passes_a_sentence_and_cannot_end_its_own_marks(name: str, tag: str) -> None:
    read = locale_named(tag).text(f"{as_given(name)}: 22.7 km on 19 Nov")
    assert without_marks(read).startswith(f"{one_line(name)}: 22")
    assert around_given(as_given(name), lambda _: "") == as_given(name)
