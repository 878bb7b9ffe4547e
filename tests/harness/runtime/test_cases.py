"""Does every behaviour that has a file in tests/harness/cases end as it should?"""

from datetime import datetime
from pathlib import Path

import pytest

from contract.action import Action
from harness.portal import Portal
from harness.runtime.outcome import Outcome
from harness.runtime.runs import Runtime
from tests.harness.runtime.case_table import ELSEWHERE, EXPECTED, Expected


def run(expected: Expected, runtime: Runtime, portal: Portal, cases: Path) -> Outcome:
    if expected.busy:
        portal.weather.busy(times=1, status=expected.busy)
    action = Action.read(cases / f"{expected.case}.py")
    wanted = action.contract is None or "TOKEN" in action.contract.secrets
    return runtime.run(
        action,
        {"inputFields": expected.inputs},
        secrets=expected.secrets or ({"TOKEN": portal.token()} if wanted else {}),
        now=datetime.fromisoformat(expected.now) if expected.now else None,
        timeout_s=expected.timeout_s,
    )


@pytest.mark.parametrize("expected", EXPECTED, ids=str)
def test_each_case_ends_as_expected(expected: Expected, runtime: Runtime, portal: Portal, cases: Path) -> None:
    """A run ends with exactly this status, mark, outputs, error, problems and calls, forked or spawned."""
    outcome = run(expected, runtime, portal, cases)
    told = outcome.as_json()
    kept = {key: told[key] for key in ("status", "mark", "outputFields", "error", "problems", "calls")}
    assert kept == {
        "status": expected.status,
        "mark": expected.mark,
        "outputFields": expected.fields,
        "error": {"name": expected.error[0], "sentence": expected.error[1]} if expected.error else None,
        "problems": list(expected.problems),
        "calls": [{"method": method, "path": path, "status": status} for method, path, status in expected.calls],
    }
    if expected.printed is not None:
        assert "\n".join(outcome.logs.splitlines()[1:-2]) == expected.printed


def test_every_case_has_an_expectation(cases: Path) -> None:
    """No file in tests/harness/cases is without a test."""
    named = {expected.case for expected in EXPECTED} | set(ELSEWHERE)
    assert sorted(named) == sorted(path.stem for path in cases.glob("*.py"))
