"""When a coach gets a digest, and what stands in it: the table of sentences."""

import re
from dataclasses import replace

import pytest

from monitor.alerts.coach_digest import Line, coach_letter, coach_reason
from monitor.alerts.given import without_marks
from monitor.alerts.message import mail_of
from monitor.alerts.policy import Reason
from monitor.model import Level
from tests.alerts.letters import envelope
from tests.alerts.test_message import HOSTILE, received, text

TUESDAY, MONDAY = 1, 0
ANN = Line(1, "Ann Lee", "single_session_spike", Level.CAUTION, "Thursday 19 November: 22.7 km was 42 % beyond.")
BOB = Line(2, "Bob Ray", "stale", None, "no new data since Monday 2 November.")
NEW_RUNNER = Line(3, "Cy Fox", "insufficient history", None, "9 of 28 days.", is_news=False)
TOLD_ANN = {1: ("single_session_spike", Level.CAUTION)}
TOLD_BOTH = TOLD_ANN | {2: ("stale", None)}


@pytest.mark.parametrize(
    ("lines", "before", "weekday", "reason"),
    [
        pytest.param([ANN], {}, TUESDAY, Reason.FIRST, id="somebody needs a look for the first time"),
        pytest.param([ANN, BOB], TOLD_ANN, TUESDAY, Reason.FIRST, id="somebody more cannot be judged"),
        pytest.param([ANN], TOLD_ANN, TUESDAY, Reason.STILL_TRUE, id="the same is no news the next day"),
        pytest.param([ANN], TOLD_ANN, MONDAY, Reason.REMINDER, id="but on Monday it is said again"),
        pytest.param([replace(ANN, level=Level.STRONG)], TOLD_ANN, TUESDAY, Reason.WORSE, id="a level that rises is"),
        pytest.param([replace(ANN, what="fast_uphill")], TOLD_ANN, TUESDAY, Reason.STILL_TRUE, id="another rule no"),
        pytest.param([replace(BOB, what="revoked")], TOLD_BOTH, TUESDAY, Reason.STILL_TRUE, id="nor another silence"),
        pytest.param([replace(ANN, level=None)], TOLD_ANN, TUESDAY, Reason.FIRST, id="judged yesterday, and now not"),
        pytest.param([NEW_RUNNER], {}, TUESDAY, Reason.STILL_TRUE, id="a new runner with few days causes no mail"),
        pytest.param([], TOLD_BOTH, MONDAY, Reason.NOTHING_NEW, id="nobody to name, no mail, not even on Monday"),
    ],
)
def test_a_digest_goes_when_it_is_news(lines, before, weekday, reason) -> None:
    assert coach_reason(lines, before, weekday) is reason


def letter(lines=(ANN, BOB), before=TOLD_ANN, not_agreed=1):
    return coach_letter(
        "Cato", "Harriers", lines, before, watched=12, not_agreed=not_agreed, board_url="https://x/teams/1"
    )


def test_the_subject_counts_and_names_nobody() -> None:
    assert without_marks(letter().subject) == "Harriers: 1 needs a look, 1 cannot be judged"
    assert "Ann" not in letter().subject


def test_each_runner_stands_with_word_and_reason_and_what_is_new_is_marked() -> None:
    sections = {heading: [*map(without_marks, lines)] for heading, lines in letter().also}
    assert sections["Needs a look"] == ["Ann Lee, CAUTION: Thursday 19 November: 22.7 km was 42 % beyond."]
    assert sections["Cannot be judged, and why"] == ["Bob Ray (new): no new data since Monday 2 November."]


def test_whoever_has_not_agreed_is_counted_and_not_named() -> None:
    assert letter().happened[1] == "1 other has not agreed, and nothing is told of them."
    assert len(letter(not_agreed=0).happened) == 1


def test_it_never_says_that_the_others_are_safe() -> None:
    assert "not thereby without risk" in dict(letter().also)["What this does not say"][0]


@pytest.mark.parametrize("name", HOSTILE)
def test_attack_10_a_runners_name_is_inert_in_a_coachs_mail(name: str) -> None:
    written = coach_letter("Cato", name, [replace(ANN, name=name)], {}, watched=1, not_agreed=0, board_url="https://x")
    message = received(mail_of(envelope(), written))
    html = text(message, "html")
    assert re.findall(r"<script|<img src=x", html) == []
    assert message["Bcc"] is None
    assert [address.addr_spec for address in message["To"].addresses] == ["ada@example.org"]
    assert len(html) < 20_000
