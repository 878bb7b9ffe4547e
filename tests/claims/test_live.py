"""Do the claims reach an account over the wire? The local one, served, stands in for the real one."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.harness.serve.conftest import Serve

ROOT = Path(__file__).parents[2]


def put(host: str, token: str, only: str) -> tuple[int, list[dict[str, object]], str]:
    """Put claims to a host: exit code, the lines, and what was said beside them."""
    ran = subprocess.run(
        [sys.executable, "-m", "tests.claims.live", "--host", host, "--only", only, "--per-second", "1000"],
        cwd=ROOT,
        env=os.environ | {"HUBSPOT_TEST_TOKEN": token},
        capture_output=True,
        text=True,
        check=False,
    )
    lines = [json.loads(line) for line in ran.stdout.splitlines() if line.startswith("{")]
    return ran.returncode, lines, ran.stderr or ran.stdout


def test_claims_are_put_over_the_wire_and_tidied_up_after(serve: Serve) -> None:
    """Each claim is one line that says whether it held, and what was made for it is archived."""
    served = serve("--no-limits")
    code, lines, said = put(served.address, served.token, "records.create")
    assert (code, {line["held"] for line in lines if line["held"] is not None}, bool(said)) == (0, {True}, True)
    assert served.call("GET", "/crm/objects/2026-09/tickets").body["results"] == []


def test_without_a_token_nothing_is_asked() -> None:
    """The variable that is missing is named."""
    assert put("http://127.0.0.1:9", "", "records.") == (
        1,
        [],
        "live: expected a test account's token in HUBSPOT_TEST_TOKEN, found none. Nothing was asked.\n",
    )


def test_where_no_test_account_answers_nothing_is_written(serve: Serve) -> None:
    """A token that opens no test account ends it before the first claim."""
    served = serve()
    code, lines, said = put(served.address, "local-unknown", "records.")
    assert (code, lines, said.startswith("live: expected a test account (")) == (1, [], True)
