"""Mornings counted: mails, findings, what could not be said, and the injuries that followed."""

from datetime import timedelta

import pytest

from monitor.model import Finding, Freshness, Injury, Level, Site, Verdict
from monitor.rules import RULES
from monitor.rules.scorecard import Morning, scorecard
from tests.builders import FIRST_DAY

DAY = timedelta(days=1)
SPIKE, WEEKLY = "single_session_spike", "weekly_jump"  # the second is context


def finding(rule=SPIKE, level=Level.CAUTION, n=0):
    return Finding(rule, FIRST_DAY + n * DAY, level, 1.4)


def mornings(count, said=None):
    """Quiet mornings, one a day; *said* puts others in their place, by position."""
    quiet = {n: Morning(Verdict(FIRST_DAY + n * DAY, Level.OK)) for n in range(count)}
    return list((quiet | {n: make(n) for n, make in (said or {}).items()}).values())


def mail(n):
    return Morning(Verdict(FIRST_DAY + n * DAY, Level.CAUTION), (finding(n=n - 1),), (finding(n=n - 1),))


def cannot_say(n):
    return Morning(Verdict(FIRST_DAY + n * DAY, None, "12 of 28 days", Freshness.INSUFFICIENT_HISTORY))


def unjudged(n):
    return Morning(Verdict(FIRST_DAY + n * DAY, Level.OK, not_judged=("sprint_jump",)))


def context(n):
    return Morning(Verdict(FIRST_DAY + n * DAY, Level.OK), (finding(WEEKLY, Level.WATCH, n - 1),))


def injury(n):
    return Injury(Site.OTHER, "left", FIRST_DAY + n * DAY)


def test_mails_findings_and_silences_are_counted():
    said = {0: cannot_say, 1: cannot_say, 5: unjudged, 20: mail, 40: mail, 41: context}
    found = scorecard(mornings(60, said), (), RULES)
    assert (found.mornings, found.first, found.last) == (60, FIRST_DAY, FIRST_DAY + 59 * DAY)
    assert found.mails == {SPIKE: 2}
    assert found.findings == {SPIKE: {Level.CAUTION: 2}, WEEKLY: {Level.WATCH: 1}}
    assert found.cannot_say == {Freshness.INSUFFICIENT_HISTORY: 2}
    assert found.not_judged == {"sprint_jump": 1}


def test_a_year_has_twelve_months():
    assert scorecard(mornings(1461), (), RULES).months == pytest.approx(48)


def test_without_an_injury_nothing_is_said_of_hits():
    found = scorecard(mornings(60, {20: mail}), (), RULES)
    assert (found.injuries, found.unscored, found.by_mail, found.by_finding) == (0, 0, None, None)


def test_a_mail_before_an_onset_is_a_hit_and_an_onset_without_is_a_miss():
    found = scorecard(mornings(100, {20: mail}), [injury(25), injury(70)], RULES)
    assert (found.by_mail.hits, found.by_mail.misses, found.by_mail.lead_days) == (1, 1, (5,))
    assert found.by_mail.precision == 1.0


def test_two_injuries_of_one_day_are_one_onset():
    assert scorecard(mornings(60), [injury(30), injury(30)], RULES).injuries == 1


@pytest.mark.parametrize("onset", [3, 90], ids=["nothing could be said yet", "after the last morning"])
def test_an_injury_that_nothing_could_be_said_before_is_told_apart(onset):
    found = scorecard(mornings(60, dict.fromkeys(range(20), cannot_say)), [injury(onset)], RULES)
    assert (found.injuries, found.unscored, found.by_mail) == (0, 1, None)


def test_context_foretells_nothing():
    found = scorecard(mornings(60, {20: context}), [injury(25)], RULES)
    assert (found.by_finding.signals, found.by_finding.hits) == (0, 0)


def test_a_finding_without_a_mail_is_a_hit_of_its_own_kind():
    def seen(n):
        return Morning(Verdict(FIRST_DAY + n * DAY, Level.WATCH), (finding("no_rest_day", Level.WATCH, n - 1),))

    found = scorecard(mornings(60, {20: seen}), [injury(25)], RULES)
    assert (found.by_mail.hits, found.by_finding.hits) == (0, 1)
