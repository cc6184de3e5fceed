"""What a reader may not see must not read as if it had not happened."""

from datetime import date

import pytest

from monitor.model import Finding, Freshness, Level, Verdict
from monitor.rules.hidden import Hidden, with_hidden

DAY = date(2026, 3, 2)
SPIKE = Finding("single_session_spike", DAY, Level.CAUTION, 1.4)
OK = Verdict(DAY, Level.OK, not_judged=("fade_in_long_run",))
FOUND = Verdict(DAY, Level.CAUTION, findings=(SPIKE,))
QUIET = Verdict(DAY, None, "no runs since 3 Feb: rest, injury or unrecorded", Freshness.NO_ACTIVITY)
STALE = Verdict(DAY, None, "no file since 3 Feb", Freshness.STALE)
SOME, ALL = Hidden(2, 9), Hidden(9, 9, everything=True)


@pytest.mark.parametrize("verdict", [OK, FOUND, QUIET, STALE], ids=["ok", "found", "quiet", "stale"])
def test_where_nothing_is_hidden_the_verdict_stands(verdict: Verdict) -> None:
    assert with_hidden(verdict, Hidden(0, 9)) == verdict


@pytest.mark.parametrize(
    ("verdict", "hidden", "reason"),
    [
        pytest.param(OK, SOME, "hidden: 2 of 9 runs are on Strava only", id="no line crossed"),
        pytest.param(QUIET, SOME, "hidden: 2 of 9 runs are on Strava only", id="no runs since"),
        pytest.param(OK, ALL, "hidden: all there is comes from Strava", id="nothing is seen"),
        pytest.param(QUIET, ALL, "hidden: all there is comes from Strava", id="nothing is seen of a quiet runner"),
    ],
)
def test_what_would_be_said_of_hidden_runs_too_cannot_be_said(verdict: Verdict, hidden: Hidden, reason: str) -> None:
    said = with_hidden(verdict, hidden)
    assert (said.word, said.reason, said.not_judged) == ("CANNOT SAY", reason, ())


@pytest.mark.parametrize("verdict", [FOUND, STALE], ids=["a finding", "old files"])
def test_what_was_found_in_the_runs_that_are_seen_stands(verdict: Verdict) -> None:
    assert with_hidden(verdict, SOME) == verdict


def test_the_note_counts_and_says_why() -> None:
    assert SOME.note == "2 of 9 runs hidden: Strava only"
    assert Hidden(0, 9).note == ""
