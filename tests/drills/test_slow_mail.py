"""M7: a thousand letters before a mail server that answers nobody: four of them wait, and nothing else does."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from email import message_from_bytes

import pytest
from starlette.testclient import TestClient

from jobs import daily, deliver
from monitor.cli.serve import pages
from monitor.settings import without_environment
from monitor.store.due import due_passes
from tests.delivery.mailserver import Slow
from tests.drills.sending import queue
from tests.jobs.conftest import NOW, SPIKE_YESTERDAY, World, world
from tests.jobs.post import served, states

__all__ = ["world"]

pytestmark = pytest.mark.drill

LETTERS, HANDS, PATIENCE_S = 1_000, 4, 300


def test_a_thousand_letters_wait_four_at_a_time_and_hold_up_neither_pass_nor_page(
    world: World, stack: ExitStack
) -> None:
    """M7."""
    slow = Slow(at_once=HANDS)
    queue(world.context.database, LETTERS, NOW)
    secret = world.context.settings.secret_key
    world.context = replace(world.context, settings=without_environment({"secret_key": secret}))
    served(world, stack, slow)
    with ThreadPoolExecutor(1) as pool:
        sending = pool.submit(deliver.run, world.context, NOW)
        assert slow.full.wait(PATIENCE_S)
        ann = world.join(world.athlete(SPIKE_YESTERDAY))
        daily.run(world.context, due_passes(world.context.database, lambda: NOW, world.context.owner, 7), NOW)
        with TestClient(pages(world.context), base_url="http://127.0.0.1:8000") as visitor:
            shown = visitor.get("/healthz"), visitor.get("/")
        assert [page.status_code for page in shown] == [200, 200]
        assert len(world.runs(ann)) == 19
        assert Counter(states(world)) == {"sending": HANDS, "queued": LETTERS - HANDS + 1}
        assert slow.arrived == []
        slow.go.set()
        assert sending.result(PATIENCE_S) == LETTERS + 1
    accepted = Counter(str(message_from_bytes(content)["Message-ID"]) for _, content in slow.arrived)
    assert {f"<alert-{number}@example.org>" for number in range(LETTERS)} < set(accepted)
    assert (len(accepted), set(accepted.values()), slow.most) == (LETTERS + 1, {1}, HANDS)
    assert set(states(world)) == {"sent"}
