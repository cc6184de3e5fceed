"""The API asked at random, after its own description: no 5xx, and every answer is one that it describes."""

import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from monitor.web.api.app import PATH
from tests.web.api.conftest import ALICE, HARRIERS
from tests.web.serving import serving

KNOWN = {"runner_id": ALICE, "team_id": HARRIERS, "event_id": 1, "rule": "single_session_spike", "day": "2026-11-21"}
at_random = settings(
    max_examples=12,  # an operation
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
def test_whatever_is_sent_the_answer_is_one_that_the_description_tells(api, mode):
    """Of a real runner, with a real token. That `from` comes before `to` cannot be described: it may be refused."""
    app = api.app(at_once=1_000_000)
    shown = {"Authorization": f"Bearer {api.caller(app=app).token}"}
    answered = {}
    with serving(app) as address, requests.Session() as session:
        schema = schemathesis.openapi.from_url(f"{address}{PATH}/openapi.json")
        for operation in (each.ok() for each in schema.get_all_operations()):
            if mode is GenerationMode.NEGATIVE and not (operation.body or operation.query):
                continue  # nothing of it can be wrong but what is known
            known = {name: value for name, value in KNOWN.items() if f"{{{name}}}" in operation.path}

            @at_random
            @given(case=operation.as_strategy(mode, path_parameters=known or None, headers=shown))
            def ask(case):
                answer = case.call_and_validate(session=session, excluded_checks=[positive_data_acceptance])
                answered.setdefault(case.operation.label, set()).add(answer.status_code)

            ask()
    if mode is GenerationMode.POSITIVE:
        assert len(answered) == 13
        assert [label for label, statuses in answered.items() if not statuses & {200, 201, 204}] == []
    else:
        assert [statuses for statuses in answered.values() if not statuses & {400, 422}] == []
        assert len(answered) == 5
