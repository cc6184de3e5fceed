"""What comes of a way to Strava: what was agreed to, and what is left where it leads nowhere."""

from html import unescape

from monitor.store.consents import consents


def agreed(office, runner_id=1):
    """What the runner has ever agreed to."""
    with office.database.reading() as db:
        return [(row.subject, row.given, row.wording) for row in consents(db, runner_id)]


def assert_refused(office, answer, says, status=400):
    """A clear page, and no half account."""
    assert answer.status_code == status
    assert says in unescape(answer.text).lower()
    assert "Not connected" in answer.text
    assert office.connected() == []
    assert agreed(office) == []
