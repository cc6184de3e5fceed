"""Attack 16: whoever writes X-Forwarded-For themselves is counted by where they come from."""

from ipaddress import ip_network

import pytest

from monitor.web.buckets import MOST_KEPT, Buckets
from monitor.web.caller import caller

PROXY, INNER, VISITOR, STRANGER = "10.0.0.1", "10.0.0.2", "203.0.113.7", "198.51.100.9"
OURS = [ip_network("10.0.0.0/24"), ip_network("127.0.0.1")]


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "counts"),
    [
        pytest.param(VISITOR, [], [], VISITOR, id="nobody between"),
        pytest.param(VISITOR, [STRANGER], [], VISITOR, id="a header from a visitor is not believed"),
        pytest.param(VISITOR, [STRANGER], OURS, VISITOR, id="not even where there are proxies"),
        pytest.param(PROXY, [VISITOR], OURS, VISITOR, id="our proxy says whom it served"),
        pytest.param(PROXY, [f"{STRANGER}, {VISITOR}"], OURS, VISITOR, id="what was written before it is a claim"),
        pytest.param(PROXY, [STRANGER, VISITOR], OURS, VISITOR, id="in two lines"),
        pytest.param(PROXY, [f"{VISITOR}, {INNER}"], OURS, VISITOR, id="two proxies of ours"),
        pytest.param(PROXY, [f"{STRANGER},{INNER},{VISITOR},{INNER}"], OURS, VISITOR, id="one of ours as a claim"),
        pytest.param(PROXY, [], OURS, PROXY, id="a proxy that says nothing"),
        pytest.param(PROXY, [INNER], OURS, INNER, id="a visitor from our own network"),
        pytest.param(PROXY, ["for=<script>"], OURS, "unknown", id="nonsense"),
        pytest.param("testclient", [], OURS, "unknown", id="no address at all"),
        pytest.param("2001:db8::1:2:3:4", [], [], "2001:db8::/64", id="one of the many addresses of a household"),
        pytest.param("::ffff:203.0.113.7", [], [], VISITOR, id="an old address in new clothes"),
    ],
)
def test_the_last_hop_that_is_not_ours_counts(peer, forwarded, trusted, counts):
    assert caller(peer, forwarded, trusted) == counts


def test_a_thousand_addresses_are_remembered_and_no_more():
    buckets = Buckets(2, 1)
    assert [buckets.has_room("first", 0.0) for _ in range(3)] == [True, True, False]
    for n in range(MOST_KEPT):
        assert buckets.has_room(str(n), 0.0)
    assert len(buckets.kept) == MOST_KEPT
    assert "first" not in buckets.kept


def test_a_bucket_fills_by_the_second():
    buckets = Buckets(2, 1)
    assert [buckets.has_room("a", at) for at in (0.0, 0.0, 0.5, 1.0, 1.0)] == [True, True, False, True, False]
